"""Movements that go with an emotion, and those that speak against it. Pure."""

from collections.abc import Sequence

from focalface.agent.basics.evidence import Evidence
from focalface.agent.basics.phrasing import graded_unit, joined, noun, unit_name
from focalface.agent.basics.sentence import Sentence
from focalface.agent.composing.attributes.units import cites
from focalface.tools.face import combinations
from focalface.tools.face.wording import EMOTION_NOUNS
from focalface.tools.types import Emotion, RegionDescription

FITS = 0.4
"""Strength from which movements are said to fit an emotion by themselves (our choice)."""


_OF_MANY = frozenset({"AU5", "AU17", "AU20", "AU25", "AU26"})
"""Units that many emotions show, and speaking too, so that alone they go with none."""


def by_itself(ev: Evidence, where: RegionDescription) -> list[Sentence]:
    """Return the emotion that goes best with what moves, where the whole does not tell."""
    suggested = combinations.suggestions(ev.levels())
    found = [s for s in suggested if {*s.seen} - _OF_MANY and s.strength >= FITS]
    if not found:
        return []
    return [best_with(max(found, key=lambda s: (len(s.seen), s.strength)), where, ev)]


def best_with(best: combinations.Suggestion, where: RegionDescription, ev: Evidence) -> Sentence:
    """Return the emotion that goes best with what moves, where the whole says otherwise."""
    what = joined(noun(code) for code in best.seen[:3])
    verb = "goes" if len(best.seen) == 1 else "go"
    word = EMOTION_NOUNS[best.emotion]
    ids = (where.region.id, *(i for c in best.seen if (r := ev.reading(c)) for i in cites(r)))
    alone = "By itself" if len(best.seen) == 1 else "By themselves"
    return Sentence(f"{alone}, {what} {verb} best with {word}.", tuple(dict.fromkeys(ids)))


def behind(label: Emotion, ev: Evidence, expert: bool, *, full: bool = True) -> list[Sentence]:
    """Return the movements that fit the prototype of an emotion, and those that speak against it.

    ``full``: also those that are missing.
    """
    fits = suggestion(label, ev)
    if fits is None:
        return []
    says = []
    if fits.seen:
        says.append(listed("That fits with {}.", fits.seen, ev, expert))
    if fits.against:
        says.append(listed("What speaks against it: {}.", fits.against, ev, expert))
    elif fits.missing and full:
        says.append(listed("What is missing for a full picture: {}.", fits.missing, ev, expert))
    return says


def suggestion(label: Emotion, ev: Evidence) -> combinations.Suggestion | None:
    """Return what the movements say of an emotion."""
    return next((s for s in combinations.suggestions(ev.levels()) if s.emotion == label), None)


def at_odds(ev: Evidence, expert: bool) -> list[Sentence]:
    """Among movements that were told already, those that do not go with the emotion."""
    best = ev.emotion()
    fits = suggestion(best[1].label, ev) if best else None
    if best is None or fits is None or not fits.against:
        return []
    found = [r for code in fits.against if (r := ev.reading(code))]
    words = joined(unit_name(r.code, expert) for r in found)
    verb = "does" if len(found) == 1 else "do"
    feeling = EMOTION_NOUNS[best[1].label]
    ids = tuple(dict.fromkeys(i for r in found for i in cites(r)))
    return [Sentence(f"Of these, {words} {verb} not go with {feeling}.", ids)]


def listed(frame: str, codes: Sequence[str], ev: Evidence, expert: bool) -> Sentence:
    """Return a sentence with the movements of some units put in."""
    found = [r for code in codes if (r := ev.reading(code))]
    words = [graded_unit(r, expert) for r in found]
    ids = dict.fromkeys(i for r in found for i in cites(r))
    return Sentence(frame.format(joined(words)), tuple(ids))
