"""From what is told of a face to the attributes that one region of it shows. Pure."""

from collections.abc import Sequence
from typing import Any

from focalface.tools.describers.embedded.reading import FaceReading
from focalface.tools.face import facs
from focalface.tools.types import Attributes

_SHOWN_AT = {
    "gaze": {"eye"},
    "glasses": {"eye"},
    "teeth": {"mouth", "upper_lip", "lower_lip"},
    "tongue": {"mouth", "upper_lip", "lower_lip"},
    "mouth_opening": {"mouth", "upper_lip", "lower_lip"},
    "facial_hair": {"mouth", "chin", "jaw", "upper_lip"},
    "head_wear": {"forehead"},
}
"""Attribute -> regions without side that show it."""
_OTHER_WAY = {"left": "right", "right": "left"}
"""Side of the picture, as the network tells it -> the subject's."""
_HALVES = {"left", "right"}


def attributes_of(reading: FaceReading, places: Sequence[str]) -> Attributes:
    """What the basic atlas regions ``places`` show, of what is known of the whole face."""
    bases = {facs.unsided(name) for name in places}
    shown = {name for name, where in _SHOWN_AT.items() if bases & where}
    both = {n.split("_")[0] for n in places} >= _HALVES
    found = {name: value for name, value in _known(reading).items() if name in shown}
    if both:
        found["symmetry"] = _symmetry(reading)
    return Attributes(**found)


def _known(reading: FaceReading) -> dict[str, Any]:
    told = reading.told
    known: dict[str, Any] = {
        "gaze": _OTHER_WAY.get(told.get("gaze", ""), told.get("gaze")),
        "glasses": told.get("spectacles"),
        "facial_hair": told.get("facial_hair"),
        "head_wear": told.get("head_wear"),
        "mouth_opening": reading.mouth_opening,
    }
    for name in ("teeth", "tongue"):
        known[name] = told[name] == "yes" if name in told else None
    return known


def _symmetry(reading: FaceReading) -> float:
    """1 less the largest difference of intensity between the sides.

    Landmarks say nothing here: on faces that look straight ahead their distance from their mirror
    image is the same with and without a one-sided movement (0.029 and 0.026 eye distances).
    """
    pairs = [levels for levels in reading.units.values() if len(levels) == 2]
    return 1 - max((abs(p["left"].intensity - p["right"].intensity) for p in pairs), default=0.0)
