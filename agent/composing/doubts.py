"""Doubts of the last answer: what speaks against it, how sure it is, what would change it. Pure."""

from collections.abc import Sequence

from focalface.agent.basics.evidence import Evidence, UnitReading
from focalface.agent.basics.phrasing import (
    capital,
    close_call,
    joined,
    listed_places,
    noun,
    noun_at,
    region_phrase,
    seen_at,
)
from focalface.agent.basics.sentence import Sentence
from focalface.agent.composing.attributes.units import TRACE, cites, moving
from focalface.agent.composing.bearing import (
    MOST,
    emotion_of,
    presence_of,
    ranked,
    readings_for,
    readings_of,
)
from focalface.agent.understanding import Intent
from focalface.tools.face import combinations, facs, wording
from focalface.tools.face.hiding import HIDDEN
from focalface.tools.types import AgeEstimate, EmotionEstimate, RegionDescription

TOLD = 0.5
"""Probability from which another part is said to suggest something else (our choice)."""
VAGUE_YEARS = 40.0
"""Width in years of an 80 % interval that tells nothing."""


def against(intent: Intent, ev: Evidence, expert: bool) -> list[Sentence]:
    """Return what speaks against the last answer, or that nothing does."""
    feel = emotion_of(intent, ev)
    if feel is None:
        return _against_units(intent, ev)
    where, estimate = feel
    label = intent.emotions[0] if intent.emotions else estimate.label
    word = wording.EMOTION_NOUNS[label]
    if wording.is_mixed(estimate) and not intent.emotions:
        return [mixed(where, estimate)]
    fits = next((s for s in combinations.suggestions(ev.levels()) if s.emotion == label), None)
    says = []
    odd = readings_for(fits.against, ev) if fits else []
    if label == "neutral":  # of a face at rest nothing moves
        moved = [r for code in ev.levels() if (r := ev.reading(code)) and r.visible]
        odd = sorted(moved, key=lambda r: -r.level)[:MOST]
    if seen := odd:
        ids = tuple(i for r in seen for i in cites(r))
        says.append(Sentence(f"Against {word}: {joined(moving(r, expert) for r in seen)}.", ids))
    if fits and (lacking := readings_for(fits.missing, ev)):
        ids = tuple(i for r in lacking for i in cites(r))
        says.append(Sentence(f"It lacks {joined((noun(r.code) for r in lacking), 'and')}.", ids))
    says += _other_view(where, estimate, ev)
    none = Sentence(f"Nothing that I can see speaks against {word}.", (where.region.id,))
    return says[:MOST] or [none]


def _against_units(intent: Intent, ev: Evidence) -> list[Sentence]:
    readings = readings_of(intent, ev)
    shows = [r for r in readings if r.visible]
    if not shows:
        faint = [r for r in readings if r.level >= TRACE]
        if faint:
            text = f"Only a hint of {noun_at(faint[0])}."
            return [Sentence(text, cites(faint[0]))]
        ids = tuple(dict.fromkeys(i for r in readings[:MOST] for i in cites(r))) or ev.ids()
        return [Sentence("Nothing that I can see speaks against it.", ids)]
    weak = min(shows, key=lambda r: r.level)
    if close_call(weak.level):
        return [Sentence(f"{capital(noun_at(weak))} is a close call.", cites(weak))]
    ids = tuple(dict.fromkeys(i for r in shows[:MOST] for i in cites(r)))
    return [Sentence("Nothing that I can see speaks against it.", ids)]


def _other_view(
    where: RegionDescription, estimate: EmotionEstimate, ev: Evidence
) -> list[Sentence]:
    """Return a part that by itself suggests something else."""
    for one in ev:
        if one.emotion and one is not where and one.emotion.label != estimate.label:
            if one.emotion.probabilities[one.emotion.label] < TOLD:
                continue
            text = f"{capital(region_phrase(one))} alone {wording.emotion_phrase(one.emotion)}."
            return [Sentence(text, (one.region.id,))]
    return []


def doubt(intent: Intent, ev: Evidence, expert: bool) -> list[Sentence]:
    """Return the least certain of what was told, and what to make of it."""
    doubts: list[tuple[float, Sentence]] = []
    if feel := emotion_of(intent, ev):
        where, estimate = feel
        (first, p), (second, q) = ranked(estimate)[:2]
        text = f"What it suggests: {first} {p:.0%}, then {second} {q:.0%}."
        said = Sentence(text, (where.region.id,))
        doubts.append((1 - p, mixed(*feel) if wording.is_mixed(estimate) else said))
    if "age" in intent.attributes and (age := ev.age()):
        where, years = age
        text = f"The age: anything from {years.low:.0f} to {years.high:.0f} years is compatible."
        doubts.append(((years.high - years.low) / VAGUE_YEARS, Sentence(text, (where.region.id,))))
    told_of = [r for r in readings_of(intent, ev) if r.level >= TRACE]
    doubts += [(_unsure(r), _doubtful(r, ev)) for r in told_of]
    if not doubts:
        return [Sentence("Nothing stands out: no movement is near the limit.", ev.ids())]
    return [max(doubts, key=lambda pair: pair[0])[1]]


def _doubtful(reading: UnitReading, ev: Evidence) -> Sentence:
    share = presence_of(reading, ev)
    told = f", {share:.0%} likely to be there" if share is not None else f" ({reading.level:.2f})"
    near = " is a close call" if close_call(reading.level) else " is the least certain of it"
    return Sentence(f"{capital(noun_at(reading))}{near}{told}.", cites(reading))


def _unsure(reading: UnitReading) -> float:
    return max(0.0, 1 - abs(reading.level - facs.PRESENT) / facs.PRESENT)


def convince(intent: Intent, ev: Evidence, expert: bool) -> list[Sentence]:
    """Return what would have to be different for another answer."""
    if covered := [d for d in ev if d.region.visibility < HIDDEN and d.region.hidden_by]:
        return [_uncovered(covered)]
    feel = emotion_of(intent, ev)
    if feel is not None:
        return _other_emotion(*feel, ev)
    readings = readings_of(intent, ev)
    if not readings:
        return [Sentence("A sharper picture of that part, without anything before it.", ev.ids())]
    first = readings[0]
    text = (
        f"If {seen_at(first)} were at rest, I would say otherwise."
        if first.visible
        else f"If there were {noun_at(first)}, I would say otherwise."
    )
    return [Sentence(text, cites(first))]


def _uncovered(hidden: Sequence[RegionDescription]) -> Sentence:
    """That a hidden part would have to be seen."""
    places, ids = listed_places(hidden), tuple(d.region.id for d in hidden)
    cover = hidden[0].region.hidden_by
    text = f"If {places} were not hidden by {cover}, what moves there could change the answer."
    return Sentence(text, ids)


def _other_emotion(
    where: RegionDescription, estimate: EmotionEstimate, ev: Evidence
) -> list[Sentence]:
    first, second = (label for label, _ in ranked(estimate)[:2])
    found = {s.emotion: s for s in combinations.suggestions(ev.levels())}
    seen = readings_for(found[first].seen, ev) if first in found else []
    missing = readings_for(found[second].missing, ev) if second in found else []
    says = []
    if seen:
        ids = (where.region.id, *(i for r in seen for i in cites(r)))
        what = joined((noun(r.code) for r in seen[:MOST]), "and")
        says.append(
            Sentence(f"Without {what} I would not say {wording.EMOTION_NOUNS[first]}.", ids)
        )
    if missing:
        what = joined((noun(r.code) for r in missing[:MOST]), "and")
        text = f"If {what} showed, {wording.EMOTION_NOUNS[second]} would be likelier."
        says.append(Sentence(text, (where.region.id,)))
    if not says:
        word = wording.EMOTION_NOUNS[second]
        text = f"If brows, eyes and mouth moved otherwise; {word} could come next."
        says = [Sentence(text, (where.region.id,))]
    return says


def sureness(intent: Intent, ev: Evidence, expert: bool) -> list[Sentence]:
    """Tell how sure the answer is, as numbers."""
    says = []
    if (feel := emotion_of(intent, ev)) and ev.in_part():
        text = "Not very sure: a part is hidden, and the whole face tells no emotion clearly."
        return [Sentence(text, (feel[0].region.id,))]
    if feel and wording.is_mixed(feel[1]):
        return [mixed(*feel)]
    if feel:
        where, estimate = feel
        (first, p), (second, q) = ranked(estimate)[:2]
        part = "" if where.region.name == "face" else f"{region_phrase(where)} alone: "
        text = f"{part}{first} {p:.0%}, then {second} {q:.0%}."
        says.append(Sentence(capital(text), (where.region.id,)))
    if "age" in intent.attributes and (age := ev.age()):
        says.append(_sure_of_age(*age))
    units = () if says else readings_of(intent, ev)
    readings = [r for r in units if r.visible] or units
    says += [_sure_of_unit(r, ev) for r in readings[: max(0, 2 - len(says))]]
    return says or [Sentence("There is no number for that.")]


def mixed(where: RegionDescription, estimate: EmotionEstimate) -> Sentence:
    """Return how sure it is that no single emotion shows, and which one comes nearest."""
    (first, p), *_ = ranked(estimate)
    text = (
        f"{capital(wording.NO_SINGLE)} with {estimate.mixed:.0%}; of the emotions, "
        f"{wording.EMOTION_NOUNS[first]} comes nearest, with {p:.0%}."
    )
    return Sentence(text, (where.region.id,))


def _sure_of_age(where: RegionDescription, age: AgeEstimate) -> Sentence:
    text = f"With 80% the apparent age lies between {age.low:.0f} and {age.high:.0f} years."
    return Sentence(text, (where.region.id,))


def _sure_of_unit(reading: UnitReading, ev: Evidence) -> Sentence:
    share, what = presence_of(reading, ev), noun(reading.code)
    if share is not None:
        return Sentence(f"About {share:.0%} that {what} is there.", cites(reading))
    sure = "Not very sure" if close_call(reading.level) else "Fairly sure"
    shows = "shows" if reading.visible else "does not show"
    text = f"{sure} that {what} {shows}: its strength reads {reading.level:.2f} of 1."
    return Sentence(text, cites(reading))
