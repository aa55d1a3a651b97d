"""What a language model said of a region -> the description that everybody gets."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from focalface.tools.describers.language.parse import ParsedAnswer
from focalface.tools.describers.language.sentences import Kept, Structure, kept
from focalface.tools.face import facs, wording
from focalface.tools.face.hiding import HIDDEN, why_hidden
from focalface.tools.geometry.scope import Scope
from focalface.tools.types import (
    AGE_GROUPS,
    EMOTIONS,
    ActionUnit,
    AgeEstimate,
    AgeGroup,
    Emotion,
    EmotionEstimate,
    Region,
    RegionDescription,
    Side,
)

OLDEST = 90.0
"""End of the open age group ``70+``, for its interval."""
UNREADABLE = "The model's answer could not be read, so nothing is claimed about this region."
NO_DISTRIBUTION = "The emotion is one label; this model gave no probabilities for the others."


@dataclass(frozen=True, slots=True)
class Provenance:
    """Who made a description, where, and how long it took."""

    describer: str
    device: str
    milliseconds: float
    notes: tuple[str, ...] = ()
    """Limits that hold for every result of this describer, such as a licence."""


def describe(
    region: Region,
    scope: Scope,
    reading: ParsedAnswer,
    made: Provenance,
    *,
    supported: frozenset[str],
    emotion_scores: Mapping[Emotion, float] | None = None,
    places: Sequence[str] | None = None,
) -> RegionDescription:
    """Keep what the region can show, drop the rest, and say plainly what is missing.

    ``emotion_scores``: probabilities over the eight labels where the model gives them.
    ``places``: the basic regions that can be seen in it, else those of the scope. The age interval
    is that of the stated age group: it was not calibrated.
    """
    if scope.empty:
        return _empty(region, scope, made, hidden(region))
    if not reading.says_something:
        return _empty(region, scope, made, UNREADABLE)
    units, judged = _units(reading, scope, supported)
    emotion = _emotion(reading, emotion_scores) if scope.emotion else None
    age = age_of(reading.age_group, reading.years) if scope.age and reading.age_group else None
    seen = scope.places if places is None else tuple(places)
    left = kept(reading.text, seen, scope.units.keys(), Structure.of(units, emotion, age))
    text = left.text or wording.describe(region, units, (), emotion, age, (), places=seen)
    limits = [*_limits(reading, scope, emotion, age), *_left_out(left)]
    if emotion is not None and emotion_scores is None:
        limits.append(NO_DISTRIBUTION)
    return RegionDescription(
        region=region,
        text=text,
        action_units=units,
        not_assessed=facs.in_order(set(scope.units) - judged),
        emotion=emotion,
        age=age,
        limits=(*limits, *made.notes),
        describer=made.describer,
        device=made.device,
        milliseconds=made.milliseconds,
    )


def _limits(
    reading: ParsedAnswer,
    scope: Scope,
    emotion: EmotionEstimate | None,
    age: AgeEstimate | None,
) -> Iterator[str]:
    """Yield what an answer lacks of what the region can show, and what was left out of it."""
    if outside := {u.code for u in reading.units} - scope.units.keys():
        names = ", ".join(facs.in_order(outside)) or ", ".join(sorted(outside))
        yield f"The model also spoke of {names}, which cannot show in this region."
    if scope.emotion and emotion is None:
        yield "The model could not tell the emotion from this region."
    if scope.age and age is None:
        yield "The model could not tell the age from this region."
    if reading.how == "prose":
        yield "The attributes were read from sentences, not from a structured answer."
    elif "cut-off JSON closed" in reading.repairs:
        yield "The answer was cut off; what follows the cut is missing."


def _left_out(left: Kept) -> Iterator[str]:
    """Yield why sentences of the model are not in the text."""
    if left.strayed:
        names = ", ".join(facs.in_order(left.strayed))
        yield f"Sentences on {names} are left out: that cannot show in this region."
    if left.elsewhere:
        yield "Sentences on other parts of the face are left out."
    if left.contradicted:
        yield "Sentences that the model's own figures contradict are left out."


def hidden(region: Region) -> str:
    """Tell why nothing is judged in a region whose scope is empty."""
    here = wording.place_of(region)
    if region.visibility < HIDDEN:
        return why_hidden(here, region.hidden_by)
    return f"Nothing that could be judged shows in {here}."


def unfinished(region: Region, scope: Scope, made: Provenance, why: str) -> RegionDescription:
    """Return a result without content: nothing was judged, for the reason given in a sentence."""
    return _empty(region, scope, made, why)


def age_of(group: AgeGroup, years: float | None = None) -> AgeEstimate:
    """Return an age group as an estimate: its middle unless years were said, and its bounds."""
    starts = [float(start) for start, _ in AGE_GROUPS] + [OLDEST]
    index = next(i for i, (_, name) in enumerate(AGE_GROUPS) if name == group)
    low, high = starts[index], starts[index + 1]
    middle = (low + high) / 2 if years is None else years
    return AgeEstimate(years=middle, low=min(low, middle), high=max(high, middle), group=group)


def _units(
    reading: ParsedAnswer, scope: Scope, supported: frozenset[str]
) -> tuple[tuple[ActionUnit, ...], set[str]]:
    """Return units of the region in FACS order, absent ones with intensity 0, and the judged
    codes."""
    found: list[ActionUnit] = []
    judged: set[str] = set()
    for code, sides in scope.units.items():
        if code not in supported or code in reading.unknown:
            continue
        said = {u.side: u.intensity for u in reading.units if u.code == code}
        if not said and code not in reading.absent:
            continue
        judged.add(code)
        found += [_unit(code, side, _strength(said, side)) for side in sides]
    return tuple(found), judged


def _strength(said: Mapping[Side, float], side: Side) -> float:
    """A unit named without a side is there on both; a sided one on the other side is absent."""
    if side in said:
        return said[side]
    if "both" in said:
        return said["both"]
    return max(said.values(), default=0.0) if side == "both" else 0.0


def _unit(code: str, side: Side, strength: float) -> ActionUnit:
    return ActionUnit(code=code, name=facs.UNITS[code].name, side=side, intensity=strength)


def _emotion(
    reading: ParsedAnswer, scores: Mapping[Emotion, float] | None
) -> EmotionEstimate | None:
    if reading.emotion is None:
        return None
    if scores is None:
        probabilities = {label: float(label == reading.emotion) for label in EMOTIONS}
    else:
        total = sum(scores.values()) or 1.0
        probabilities = {label: scores.get(label, 0.0) / total for label in EMOTIONS}
    return EmotionEstimate(label=reading.emotion, probabilities=probabilities)


def _empty(region: Region, scope: Scope, made: Provenance, why: str) -> RegionDescription:
    return RegionDescription(
        region=region,
        text=why,
        action_units=(),
        not_assessed=facs.in_order(scope.units),
        emotion=None,
        age=None,
        limits=(why, *made.notes),
        describer=made.describer,
        device=made.device,
        milliseconds=made.milliseconds,
    )
