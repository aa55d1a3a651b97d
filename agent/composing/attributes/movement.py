"""What moves in each region. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from focalface.agent.basics.evidence import Evidence, UnitReading
from focalface.agent.basics.phrasing import (
    are_several,
    capital,
    joined,
    listed_places,
    movement_clauses,
    told_once,
    unit_name,
)
from focalface.agent.basics.scene import Scene
from focalface.agent.basics.sentence import Sentence
from focalface.agent.composing.attributes import covers
from focalface.agent.composing.attributes.gaps import unread
from focalface.agent.composing.attributes.units import TRACE, cites, moving
from focalface.tools.face import facs
from focalface.tools.face.hiding import HIDDEN
from focalface.tools.face.regions import UNIONS
from focalface.tools.types import RegionDescription


def movements(ev: Evidence, expert: bool) -> list[Sentence]:
    """Return what moves in each region or pair of them, and in one sentence those that are at
    rest."""
    says: list[Sentence] = []
    still: list[RegionDescription] = []
    blank: list[RegionDescription] = []
    for group in _pairs(ev):
        clauses = movement_clauses(group, expert, without=_told_elsewhere(group, ev))
        if clauses:
            says.append(Sentence(_sentence(group, clauses[:4], expert), _ids(group)))
        elif not movement_clauses(group, expert):
            still += [d for d in group if d.action_units]
            blank += [d for d in group if not d.action_units]
    if still:
        verb = "look" if are_several(still) else "looks"
        says.append(Sentence(f"{capital(listed_places(still))} {verb} at rest.", _ids(still)))
    return says + unjudged(blank, ev.scene, expert=expert)


def foremost(ev: Evidence, expert: bool) -> list[Sentence]:
    """Return the strongest movement of a face in one sentence, or that there is none."""
    best = max((r for c in ev.levels() if (r := ev.reading(c))), key=_level, default=None)
    if best is None or not best.visible:
        return movements(ev, expert)[:1]
    return [Sentence(f"{capital(moving(best, expert))}.", cites(best))]


_TELLING = ("AU12", "AU4", "AU1", "AU2", "AU15", "AU9", "AU10", "AU5", "AU7", "AU6", "AU17", "AU24",
            "AU20", "AU25", "AU26", "AU43")  # fmt: skip
"""Units whose absence is worth a word, those that people look for first."""
ABSENT = 5
"""Movements that a sentence on what is not there names."""


def absent(ev: Evidence, expert: bool) -> list[Sentence]:
    """Return what a face does not do, as far as it was judged."""
    quiet = [r for code in _TELLING if (r := ev.reading(code)) and r.level < TRACE]
    if not quiet:
        return [Sentence("Nothing that I could judge is wholly at rest.", ev.ids())]
    told = quiet[:ABSENT]
    ids = tuple(dict.fromkeys(i for r in told for i in cites(r)))
    what = joined((unit_name(r.code, expert) for r in told), "or")
    return [Sentence(f"There is no {what.removeprefix('a ')}.", ids)]


def _level(reading: UnitReading) -> float:
    return reading.level


def _pairs(ev: Evidence) -> list[list[RegionDescription]]:
    """Return regions in order, a left and a right one together."""
    groups: dict[str, list[RegionDescription]] = {}
    for one in ev:
        name = facs.unsided(one.region.name)
        groups.setdefault(one.region.id if name == "custom" else name, []).append(one)
    return list(groups.values())


def _ids(found: Sequence[RegionDescription]) -> tuple[str, ...]:
    return tuple(d.region.id for d in found)


def unjudged(found: Sequence[RegionDescription], scene: Scene, *, expert: bool) -> list[Sentence]:
    """Say that no movement could be judged at some regions, and why if the describer says so."""
    silent = [d for d in found if not (d.action_units or d.limits)]
    hidden = tuple(d for d in found if d.region.visibility < HIDDEN and d.region.hidden_by)
    told = hidden if len(hidden) > 1 else ()  # each says so by itself
    says = [
        replace(s, text=f"{capital(s.text.rstrip('.'))}, so nothing was judged.", verdict="")
        for s in (covers.hidden(Evidence(scene, told), ()) if told else ())
    ]
    others = [d for d in found if d not in silent and d not in told]
    says += [Sentence(limit, (d.region.id,)) for d in others for limit in d.limits]
    if silent:
        codes = facs.in_order(code for d in silent for code in d.not_assessed)
        why = joined((unread(code, expert) for code in codes), "or")
        text = f"I could not judge movement at {listed_places(silent)}"
        text += f": {why} is not assessed." if why else "."
        says.insert(0, Sentence(text, _ids(silent)))
    return says


def _told_elsewhere(group: Sequence[RegionDescription], ev: Evidence) -> set[str]:
    """Return units of a wide region that are told where they show best."""
    if len(group) > 1 or group[0].region.name not in UNIONS:
        return set()
    best = {u.code: ev.reading(u.code) for u in group[0].action_units}
    own = group[0].region.id
    return {code for code, r in best.items() if r and r.visible and own not in cites(r)}


def _sentence(group: Sequence[RegionDescription], clauses: Sequence[str], expert: bool) -> str:
    if expert:
        return f"{capital(listed_places(group))}: {'; '.join(clauses)}."
    return f"{capital(joined(told_once(clauses)))}."
