"""From what the networks say of a face and its regions to the descriptions of these."""

from focalface.tools.describers.embedded.attributes import attributes_of
from focalface.tools.describers.embedded.reading import FaceReading
from focalface.tools.describers.embedded.suggestions import Suggestion
from focalface.tools.describers.language import results
from focalface.tools.face import facs, wording
from focalface.tools.face.hiding import sentence
from focalface.tools.geometry import atlas
from focalface.tools.geometry.scope import Scope, scope_of
from focalface.tools.types import (
    EMOTIONS,
    ActionUnit,
    AgeEstimate,
    EmotionEstimate,
    Face,
    Region,
    RegionDescription,
    age_group_of,
)

TELLS_LITTLE = "The region is very small, so it tells little."


def describe_region(
    face: Face, region: Region, reading: FaceReading, suggestion: Suggestion, made: results.Made
) -> RegionDescription:
    """The description of one region; hidden ones say why nothing was judged."""
    scope = scope_of(face, region, reading.hidings)
    units = _units(reading, scope)
    known = {unit.code for unit in units}
    missing = tuple(c for c in atlas.visible_units(face, region) if c not in known)
    if scope.empty:
        why = results.unfinished(region, scope, made, results.hidden(region))
        return why.model_copy(update={"not_assessed": missing})
    tiny = (TELLS_LITTLE,) if suggestion.tiny else ()
    limits = (*made.notes, *_hidden_here(face, region, reading), *tiny)
    emotion = _emotion(suggestion) if scope.emotion else None
    age = _age(suggestion) if scope.age else None
    # What hides a unit stands in the limits already.
    told = () if units else missing
    attributes = attributes_of(reading, scope.places)
    return RegionDescription(
        region=region,
        text=wording.describe(
            region, units, told, emotion, age, limits, places=scope.places, attributes=attributes
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
    """The face's units that a region shows, in FACS order."""
    return tuple(
        ActionUnit(
            code=code,
            name=facs.UNITS[code].name,
            side=side,
            intensity=level.intensity,
            presence=level.presence,
        )
        for code, sides in scope.units.items()
        for side, level in reading.units.get(code, {}).items()
        if (side == "both" or side in sides)
        and not any(hiding.hides(code, side) for hiding in reading.hidings)
    )


def _hidden_here(face: Face, region: Region, reading: FaceReading) -> tuple[str, ...]:
    """Sentences on what hides a part of the region."""
    places = atlas.covered(face, region) if reading.hidings else ()
    return tuple(sentence(h) for h in reading.hidings if any(map(h.share, places)))


def _emotion(suggestion: Suggestion) -> EmotionEstimate:
    """The distribution over the eight labels; a class that was never learnt has 0."""
    probabilities = dict.fromkeys(EMOTIONS, 0.0) | suggestion.emotion
    return EmotionEstimate(
        label=max(probabilities, key=probabilities.__getitem__), probabilities=probabilities
    )


def _age(suggestion: Suggestion) -> AgeEstimate:
    """The median of the distribution and its middle 80 %."""
    low, years, high = suggestion.age
    return AgeEstimate(years=years, low=low, high=high, group=age_group_of(years))
