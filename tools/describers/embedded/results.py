"""From what the networks say of a face and its regions to the descriptions of these."""

from collections.abc import Sequence
from functools import lru_cache

from focalface.tools.describers.embedded.attributes import attributes_of
from focalface.tools.describers.embedded.reading import FaceReading
from focalface.tools.describers.embedded.suggestions import Suggestion
from focalface.tools.describers.language import results
from focalface.tools.face import wording
from focalface.tools.face.hiding import sentence
from focalface.tools.geometry import atlas, visible
from focalface.tools.geometry.scope import Scope
from focalface.tools.types import (
    EMOTIONS,
    ActionUnit,
    AgeEstimate,
    EmotionEstimate,
    Face,
    Region,
    RegionDescription,
    Side,
    age_group_of,
)

TELLS_LITTLE = "The region is very small, so it tells little."


def describe_region(
    face: Face,
    region: Region,
    scope: Scope,
    reading: FaceReading,
    suggestion: Suggestion,
    made: results.Provenance,
) -> RegionDescription:
    """Return the description of one region; hidden ones say why nothing was judged."""
    places = atlas.covered(face, region)
    units = _units(reading, scope)
    missing = _missing(places, region.side, frozenset(unit.code for unit in units))
    attributes = attributes_of(reading.attributes, places)
    if scope.empty:
        why = results.unfinished(region, scope, made, results.hidden(region))
        return why.model_copy(update={"not_assessed": missing, "attributes": attributes})
    tiny = (TELLS_LITTLE,) if suggestion.tiny else ()
    limits = (*made.notes, *_hidden_here(places, reading), *tiny)
    emotion = _emotion(suggestion) if scope.emotion else None
    age = _age(suggestion) if scope.age else None
    # What hides a unit stands in the limits already.
    told = () if units else missing
    return RegionDescription(
        region=region,
        text=wording.describe(
            region,
            units,
            told,
            emotion,
            age,
            limits,
            places=visible.facing(face, scope.places),
            attributes=attributes,
        ),
        action_units=units,
        not_assessed=missing,
        emotion=emotion,
        age=age,
        attributes=attributes,
        limits=limits,
        describer=made.describer,
        device=made.device,
        milliseconds=made.milliseconds,
    )


def _units(reading: FaceReading, scope: Scope) -> tuple[ActionUnit, ...]:
    """Return the face's units that a region shows, in FACS order."""
    seen = reading.seen
    return tuple(
        [
            unit
            for code, sides in scope.units.items()
            if code in seen
            for side, unit in seen[code].items()
            if side == "both" or side in sides
        ]
    )


@lru_cache(maxsize=512)
def _missing(places: tuple[str, ...], side: Side, known: frozenset[str]) -> tuple[str, ...]:
    """Return codes that could show in a region but that could not be assessed."""
    return tuple(code for code in atlas.shown_in(places, side) if code not in known)


def _hidden_here(places: Sequence[str], reading: FaceReading) -> tuple[str, ...]:
    """Return sentences on what hides a part of some basic atlas regions."""
    return tuple(sentence(h) for h in reading.hidings if any(map(h.share, places)))


def _emotion(suggestion: Suggestion) -> EmotionEstimate:
    """Return the distribution over the eight labels; a class that was never learnt has 0."""
    probabilities = dict.fromkeys(EMOTIONS, 0.0) | suggestion.emotion
    return EmotionEstimate(
        label=max(probabilities, key=probabilities.__getitem__),
        probabilities=probabilities,
        mixed=suggestion.mixed,
    )


def _age(suggestion: Suggestion) -> AgeEstimate:
    """Return the median of the distribution and its middle 80 %."""
    low, years, high = suggestion.age
    return AgeEstimate(years=years, low=low, high=high, group=age_group_of(years))
