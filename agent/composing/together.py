"""Two faces, or those of two pictures, held together: what they share, how they differ. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from focalface.agent.basics.evidence import Evidence, UnitReading
from focalface.agent.basics.phrasing import capital, joined, listed_places, unit_name
from focalface.agent.basics.sentence import Sentence
from focalface.agent.composing.attributes import cites, covers, suggests
from focalface.agent.composing.attributes.ages import APART
from focalface.agent.understanding import Intent
from focalface.tools.face.wording import EMOTION_NOUNS, mood_noun

Pair = Sequence[tuple[str, Evidence]]
"""What each of two faces is called, and its evidence."""
CHANGED = 0.2
"""Difference of intensity from which a movement sets two faces apart (our choice)."""
_TOLD = 2
"""Movements told of each face."""


def told(intent: Intent, pair: Pair) -> list[Sentence]:
    """Return what two faces share, what sets them apart, or yes or no where it was asked whether
    they are alike."""
    if intent.weighing == "shared":
        return shared(pair, intent.expert)
    if intent.weighing == "differ":
        return apart(pair, intent.expert)
    same = _are_alike(pair)
    first = (shared if same else apart)(pair, intent.expert)[0]
    yes = same == (intent.weighing != "uneven")
    return [replace(first, verdict="yes" if yes else "no")]


def _are_alike(pair: Pair) -> bool:
    """Tell whether two faces suggest the same; where no emotion was read, whether they move so."""
    moods = [_mood(ev) for _, ev in pair]
    return moods[0] == moods[1] if all(moods) else not _clear(pair)


def _mood(ev: Evidence) -> str:
    """Return what a face suggests as a noun, by its movements where it is not surely read
    otherwise; "" where none was read."""
    felt, moved = ev.emotion(), ev.rival() or ev.in_part()
    return EMOTION_NOUNS[moved.emotion] if moved else mood_noun(felt[1]) if felt else ""


def shared(pair: Pair, expert: bool) -> list[Sentence]:
    """Return the emotion that both faces suggest and the movements that both show."""
    (_, one), (_, other) = pair
    found = []
    if (mood := _mood(one)) and mood == _mood(other):
        found.append(f"suggest {mood}")
    both = [a for a, b in _read(one, other) if a.visible and b.visible]
    both.sort(key=lambda reading: -reading.level)
    if both:
        found.append(f"show {joined(unit_name(r.code, expert) for r in both[: _TOLD + 1])}")
    ids = (*one.ids(), *other.ids())
    says = [Sentence(f"Both {joined(found)}." if found else "No movement shows on both.", ids)]
    hidden = [{d.region.name for d in ev if d.region.hidden_by} for _, ev in pair]
    if behind := tuple(d for d in one if d.region.name in hidden[0] & hidden[1]):
        says.append(Sentence(f"On both, something hides {listed_places(behind)}.", ids))
    return says


def apart(pair: Pair, expert: bool) -> list[Sentence]:
    """Return what each of two faces suggests where that differs, and what shows more on each."""
    felt = [(name, ev, found) for name, ev in pair if (found := ev.emotion())]
    says = []
    if len({_mood(ev) for _, ev, _ in felt}) > 1:
        each = [f"{name} {suggests(*found, ev)}" for name, ev, found in felt]
        says.append(
            Sentence(f"{capital('; '.join(each))}.", tuple(f[0].region.id for *_, f in felt))
        )
    says += more_on_each(pair, expert)
    says += _ages(pair)
    says += _covered(pair)
    ids = tuple(i for _, ev in pair for i in ev.ids())
    return says or [Sentence("Nothing clear sets the two apart.", ids)]


def _ages(pair: Pair) -> list[Sentence]:
    """Return which of two faces looks older, where that sets them apart."""
    known = sorted(((a[1].years, name, a[0]) for name, ev in pair if (a := ev.age())), reverse=True)
    if len(known) < 2 or known[0][0] - known[1][0] < APART:
        return []
    (old, older, where), (young, _, there) = known
    text = f"{capital(older)} looks older, about {old:.0f} against {young:.0f}."
    return [Sentence(text, (where.region.id, there.region.id))]


def _covered(pair: Pair) -> list[Sentence]:
    """Return what hides a part of one of two faces and leaves it free on the other."""
    says = []
    free = {d.region.name for _, ev in pair for d in ev if not d.region.hidden_by}
    for name, ev in pair:
        parts = [d for d in ev if d.region.name != "face"]
        behind = tuple(d for d in parts if d.region.hidden_by and d.region.name in free)
        if behind:
            cover = covers.hidden(Evidence(ev.scene, behind), ())[0]
            says.append(replace(cover, face=name, led=False))
    return says


def more_on_each(pair: Pair, expert: bool) -> list[Sentence]:
    """Return the movements that are stronger on one of two faces, in one sentence."""
    clear = _clear(pair)
    said: list[str] = []
    ids: list[str] = []
    for (name, _), second in zip(pair, (False, True), strict=True):
        if more := [(a, b) for a, b in clear if (b.level > a.level) == second][:_TOLD]:
            what = joined(unit_name(a.code, expert).removeprefix("a ") for a, _ in more)
            said.append(f"{name} {'shows ' * (not said)}more {what}")
            ids += [i for two in more for reading in two for i in cites(reading)]
    return [Sentence(f"{capital(', '.join(said))}.", tuple(dict.fromkeys(ids)))] if said else []


def _clear(pair: Pair) -> list[tuple[UnitReading, UnitReading]]:
    """Return the movements in which two faces clearly differ, the widest gap first."""
    (_, one), (_, other) = pair
    found = [(a, b) for a, b in _read(one, other) if a.visible or b.visible]
    found.sort(key=lambda two: -abs(two[1].level - two[0].level))
    return [(a, b) for a, b in found if abs(b.level - a.level) >= CHANGED]


def _read(one: Evidence, other: Evidence) -> list[tuple[UnitReading, UnitReading]]:
    codes = one.levels()
    return [(a, b) for c in codes if (a := one.reading(c)) and (b := other.reading(c))]
