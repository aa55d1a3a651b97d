"""Comparisons: sides of a face, regions, pictures; a table and what it shows. Pure."""

from collections.abc import Sequence

from focalface.agent.basics.answer import Table
from focalface.agent.basics.evidence import Evidence, UnitReading
from focalface.agent.basics.phrasing import (
    capital,
    noun,
    unit_name,
)
from focalface.agent.basics.sentence import Sentence
from focalface.agent.composing.attributes import cites
from focalface.agent.understanding import Intent
from focalface.tools.face import combinations, facs, wording
from focalface.tools.proposing import region_selection


def codes_for(intent: Intent, evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """Return the units to compare: those asked for, else those that are present somewhere."""
    asked = region_selection.units_for(
        tuple(a for a in intent.attributes if a not in ("emotion", "age"))
    )
    if asked and "asymmetry" not in intent.attributes:
        return asked
    if intent.attributes and "asymmetry" not in intent.attributes:
        return ()
    found = [r for ev in evidence for c in ev.levels() if (r := ev.reading(c))]
    return facs.in_order(r.code for r in found if r.visible)


def sides(intent: Intent, ev: Evidence, expert: bool) -> tuple[list[Sentence], Table | None]:
    """Return left against right, unit by unit."""
    first = _open_wider(ev) if "eye_openness" in intent.attributes else []
    pairs = _pairs(intent, ev)
    if not pairs:
        return _nothing_sided(ev), None
    exact = expert or intent.numbers
    rows = tuple(
        (unit_name(r.code, expert), cell(r.sides["left"], exact), cell(r.sides["right"], exact))
        for r in pairs
    )
    table = Table(title="The subject's sides", columns=("", "left", "right"), rows=rows)
    uneven = first or [_side_by_side(r, expert) for r in _uneven_first(pairs)[:2]]
    measured = [_measured(r, expert) for r in pairs[:3]] if intent.numbers else []
    return [*measured, *(uneven or _alike(intent, pairs, expert))], table


def _pairs(intent: Intent, ev: Evidence) -> list[UnitReading]:
    """Return the units that were read on both sides: those that are asked for, if any."""
    read = [r for c in codes_for(intent, [ev]) if (r := ev.reading(c))]
    both = [r for r in read if {"left", "right"} <= set(r.sides)]
    return [r for r in both if r.code in intent.attributes] or both


def stronger_side(intent: Intent, ev: Evidence) -> str | None:
    """Tell which side shows more of what was asked for, "" for neither; None where none is
    judged."""
    pairs = _pairs(intent, ev)
    if not pairs:
        return "" if any(d.action_units for d in ev) else None
    uneven = _uneven_first(pairs)
    return max(uneven[0].sides, key=lambda side: uneven[0].sides[side]) if uneven else ""


def _open_wider(ev: Evidence) -> list[Sentence]:
    """Tell which eye is open wider, by what the lids do."""
    known = [r for code in ("AU43", "AU7", "AU5") if (r := ev.reading(code))]
    pairs = [r for r in known if {"left", "right"} <= set(r.sides)]
    if not pairs:
        return []
    one_shut = [r for r in pairs if r.code == "AU43" and _on_one_side(r)]
    clear = [r for r in pairs if _gap(r) >= combinations.UNEVEN and r.visible]
    uneven = next(iter((*one_shut, *clear)), None)
    if uneven is None:
        ids = tuple(dict.fromkeys(i for r in pairs for i in cites(r)))
        return [Sentence("Both eyes look about equally open.", ids)]
    more = "left" if uneven.sides["left"] > uneven.sides["right"] else "right"
    wider = more if uneven.code == "AU5" else {"left": "right", "right": "left"}[more]
    text = f"The {wider} eye is open wider: {noun(uneven.code)} is stronger on the {more}."
    return [Sentence(text, cites(uneven))]


def _nothing_sided(ev: Evidence) -> list[Sentence]:
    if not any(d.action_units for d in ev):
        return []
    return [Sentence("The two sides move alike: nothing stands out on either.", ev.ids())]


def _uneven_first(pairs: Sequence[UnitReading]) -> list[UnitReading]:
    return sorted(
        (r for r in pairs if _gap(r) >= combinations.UNEVEN and r.visible), key=lambda r: -_gap(r)
    )


def _gap(reading: UnitReading) -> float:
    return abs(reading.sides["left"] - reading.sides["right"])


def _on_one_side(reading: UnitReading) -> bool:
    return min(reading.sides.values()) < facs.PRESENT <= reading.level


def _side_by_side(reading: UnitReading, expert: bool) -> Sentence:
    one = "left" if reading.sides["left"] > reading.sides["right"] else "right"
    much = "clearly stronger" if _gap(reading) >= 2 * combinations.UNEVEN else "stronger"
    return Sentence(
        f"{capital(unit_name(reading.code, expert))} is {much} on the {one}.", cites(reading)
    )


def _measured(reading: UnitReading, expert: bool) -> Sentence:
    left, right = (reading.sides[side] for side in ("left", "right"))
    what = capital(unit_name(reading.code, expert))
    return Sentence(f"{what}: {left:.2f} on the left, {right:.2f} on the right.", cites(reading))


def _alike(intent: Intent, pairs: Sequence[UnitReading], expert: bool) -> list[Sentence]:
    """Tell that the sides do not differ: in what was asked for, else in anything."""
    ids = tuple(dict.fromkeys(i for r in pairs for i in cites(r)))
    shown = [r for r in pairs if r.visible]
    neither = "neither: " if intent.ranked and not intent.weighing else ""
    if not shown or not any(a in facs.UNITS for a in intent.attributes):
        return [Sentence(capital(f"{neither}the two sides move alike."), ids)]
    text = f"{neither}{unit_name(shown[0].code, expert)} is about equally strong on both sides."
    return [Sentence(capital(text), ids)]


def cell(value: float | None, expert: bool) -> str:
    """Return an intensity in a table: a word, a number for experts."""
    if value is None:
        return "not assessed"
    if expert:
        return f"{value:.2f}"
    return facs.strength(value)


def pictures(
    intent: Intent, before: Evidence, after: Evidence, expert: bool
) -> tuple[list[Sentence], Table | None]:
    """Return the same regions of the chosen face in the picture before and in this one."""
    codes = codes_for(intent, [before, after])
    pairs = [(a, b) for c in codes if (a := before.reading(c)) and (b := after.reading(c))]
    rows = [
        (unit_name(a.code, expert), cell(a.level, expert), cell(b.level, expert)) for a, b in pairs
    ]
    says: list[Sentence] = []
    named_so = before.scene.name != after.scene.name
    earlier = before.scene.name if named_so else "the picture before"
    for a, b in sorted(pairs, key=lambda p: -abs(p[1].level - p[0].level)):
        if abs(b.level - a.level) >= combinations.UNEVEN and len(says) < 3:
            word = "stronger" if b.level > a.level else "weaker"
            ids = (*cites(a), *cites(b))
            what = capital(unit_name(a.code, expert))
            here = f" in {after.scene.name}" if named_so else ""
            says.append(Sentence(f"{what} is {word}{here} than in {earlier}.", ids))
    rows += _ends(before, after, says, intent)
    if not says:
        says = [
            Sentence("Nothing that I looked at has clearly changed.", (*before.ids(), *after.ids()))
        ]
    if not rows:
        return [], None
    columns = ("", "before", "now")
    return says, Table(title="Before and now", columns=columns, rows=tuple(rows))


def _ends(
    before: Evidence, after: Evidence, says: list[Sentence], intent: Intent
) -> list[tuple[str, str, str]]:
    rows: list[tuple[str, str, str]] = []
    e1, e2 = before.emotion(), after.emotion()
    if e1 and e2 and (not intent.attributes or "emotion" in intent.attributes):
        rows.append(("suggests", wording.mood(e1[1]), wording.mood(e2[1])))
        if wording.mood(e1[1]) != wording.mood(e2[1]):
            ids = (e1[0].region.id, e2[0].region.id)
            says.append(
                Sentence(
                    f"It now {wording.emotion_phrase(e2[1])}; before it suggested "
                    f"{wording.mood_noun(e1[1])}.",
                    ids,
                )
            )
    a1, a2 = before.age(), after.age()
    if a1 and a2 and "age" in intent.attributes:
        rows.append(("age", f"{a1[1].years:.0f}", f"{a2[1].years:.0f}"))
    return rows
