"""What of the evidence bears on the last answer. Pure."""

from collections.abc import Sequence

from focalface.agent.basics.evidence import Evidence, UnitReading
from focalface.agent.basics.phrasing import (
    region_phrase,
)
from focalface.agent.composing.attributes.units import cites
from focalface.agent.understanding import Intent
from focalface.tools.face import combinations
from focalface.tools.proposing import region_selection
from focalface.tools.types import Emotion, EmotionEstimate, RegionDescription

MOST = 3
"""Movements that a reason names; more would be a list."""


def emotion_of(intent: Intent, ev: Evidence) -> tuple[RegionDescription, EmotionEstimate] | None:
    """Return the emotion, if the last answer was about one."""
    of_parts = bool({*intent.named} - {"face"})
    asked = "emotion" in intent.attributes or not (intent.attributes or of_parts)
    return ev.emotion() if asked else None


def readings_of(intent: Intent, ev: Evidence) -> list[UnitReading]:
    """Return the units that bear on the last answer, strongest first."""
    wanted = region_selection.units_for(tuple(a for a in intent.attributes if a != "age"))
    codes = wanted or tuple(ev.levels())
    found = [r for code in codes if (r := ev.reading(code))]
    return sorted(found, key=lambda r: -r.level)


def presence_of(reading: UnitReading, ev: Evidence) -> float | None:
    """Return the probability that a unit is there, where the describer gives one."""
    known = [
        u.presence
        for d in ev
        if d.region.id in cites(reading)
        for u in d.action_units
        if u.code == reading.code and u.presence is not None
    ]
    return max(known, default=None)


def units_fitting(label: Emotion, ev: Evidence) -> tuple[str, ...]:
    """Return the units that show and go with an emotion."""
    found = combinations.suggestions(ev.levels())
    return next((s.seen for s in found if s.emotion == label), ())


def readings_for(codes: Sequence[str], ev: Evidence) -> list[UnitReading]:
    """Return the readings of those units that were read."""
    return [r for code in codes if (r := ev.reading(code))]


def ranked(estimate: EmotionEstimate) -> list[tuple[Emotion, float]]:
    """Return the emotions with their probabilities, the likeliest first."""
    return sorted(estimate.probabilities.items(), key=lambda pair: -pair[1])


def whole(where: RegionDescription) -> str:
    """Return what the whole face, or a region, is called where it suggests something."""
    return "the expression" if where.region.name == "face" else region_phrase(where)
