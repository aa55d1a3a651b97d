"""What is told of a face beside its movements, and which region shows what of it. Pure."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from focalface.tools.face import facs
from focalface.tools.face.hiding import Hiding
from focalface.tools.face.region_rows import ROWS
from focalface.tools.types import ActionUnit, Attributes, Side

_HIDDEN_WITH = {
    "AU43": ("gaze",),
    "AU25": ("teeth", "tongue", "mouth_opening", "facial_hair"),
}
"""Unit -> attributes that cannot be told where the unit is hidden."""
_NOTHING = Attributes()
_OTHER_WAY = {"left": "right", "right": "left"}
"""Side of the picture, as the network tells it -> the subject's."""


def face_attributes(
    told: Mapping[str, str],
    opening: float,
    units: Mapping[str, Mapping[Side, ActionUnit]],
    hidings: Sequence[Hiding],
) -> Attributes:
    """Return everything that is known of a face.

    ``told``: category of the reading network -> its class, where it is sure enough;
    ``opening``: how far the mouth is open, 0..1.
    """
    gaze = None if _closed(units) else told.get("gaze")
    known: dict[str, Any] = {
        "gaze": _OTHER_WAY.get(gaze, gaze) if gaze else None,
        "teeth": told["teeth"] == "yes" if "teeth" in told else None,
        "tongue": told["tongue"] == "yes" if "tongue" in told else None,
        "glasses": told.get("spectacles"),
        "facial_hair": told.get("facial_hair"),
        "head_wear": told.get("head_wear"),
        "mouth_opening": opening,
        "symmetry": _symmetry(units),
    }
    if any(hiding.cover == "dark_glasses" for hiding in hidings):
        known["glasses"] = "dark"
    for code, names in _HIDDEN_WITH.items():
        if any(hiding.hides(code, "both") for hiding in hidings):
            known |= dict.fromkeys(names)
    return Attributes(**known)


def _closed(units: Mapping[str, Mapping[Side, ActionUnit]]) -> bool:
    """Tell whether both eyes are closed: then they look nowhere."""
    lids = units.get("AU43", {}).values()
    return bool(lids) and all(unit.intensity >= facs.PRESENT for unit in lids)


def attributes_of(known: Attributes, places: tuple[str, ...]) -> Attributes:
    """Return what the basic atlas regions ``places`` show of a face's attributes."""
    shown = _shown(places)
    return _only(known, shown) if shown else _NOTHING


@lru_cache(maxsize=64)  # many regions of a face show the same
def _only(known: Attributes, names: tuple[str, ...]) -> Attributes:
    return Attributes.model_construct(**{name: getattr(known, name) for name in names})


@lru_cache(maxsize=256)
def _shown(places: tuple[str, ...]) -> tuple[str, ...]:
    bases = {facs.unsided(name) for name in places}
    halves = {name.split("_")[0] for name in places}
    symmetry = ("symmetry",) if halves >= {"left", "right"} else ()
    signs = {sign for base in bases for sign in ROWS[base].signs}
    return (*(name for name in Attributes.model_fields if name in signs), *symmetry)


def _symmetry(units: Mapping[str, Mapping[Side, ActionUnit]]) -> float:
    """1 less the largest difference of intensity between the sides.

    Landmarks say nothing here: on faces that look straight ahead their distance from their mirror
    image is the same with and without a one-sided movement (0.029 and 0.026 eye distances).
    """
    pairs = [sides for sides in units.values() if len(sides) == 2]
    return 1 - max((abs(p["left"].intensity - p["right"].intensity) for p in pairs), default=0.0)
