"""From whole results to what fits into the context of a model. Pure, on JSON data.

What a reader can do without goes first: boxes, then numbers of parts, then handles that a name
replaces, and sentences last.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from focalface.tools.face.facs import PRESENT
from focalface.tools.face.regions import ATLAS, UNIONS
from focalface.tools.server.schema import Detail
from focalface.tools.types import Face, Region, RegionDescription

Data = dict[str, Any]

LARGEST = 12_000
"""Bytes of a structure at most, unless every detail was asked for."""

TRACE = 0.1
"""Intensity below which a unit is listed as absent."""
_LITTLE = 0.05
"""Probability below which an emotion is left out."""

FINE, COARSE = (2, 4), (1, 2)
"""Decimals of pixels and of all other numbers, in full and in brief."""

_PIXELS = frozenset({"box", "polygon", "landmarks", "keypoints"})
_OF_THE_CALL = ("describer", "device", "milliseconds")
"""Fields that are equal, or are added up, for all findings of a call."""


def face(found: Face, number: int, detail: Detail, *, landmarks: bool) -> Data:
    """Return a face as data; keypoints in full detail only, landmarks only when asked for."""
    data: Data = found.model_dump(mode="json")
    if not landmarks:
        data["landmarks"] = []
    if detail == "full":
        return _rounded(data, *FINE)
    data = {"number": number, **data}
    for key in ("image_id", "keypoints", *(() if landmarks else ("landmarks",))):
        data.pop(key)
    return _rounded(data, *COARSE)


def region(found: Region, detail: Detail, *, several: bool = False) -> Data:
    """Return a region as data; its outline in full detail only, its face where there are
    ``several``."""
    data: Data = found.model_dump(mode="json")
    if detail == "full":
        return _rounded(data, *FINE)
    data.pop("polygon")
    if not several:
        data.pop("face_id")
    return _rounded(_filled(data), *COARSE)


def description(found: RegionDescription, detail: Detail, *, several: bool = False) -> Data:
    """Return a description as data; in brief without what is the same for all of the call."""
    data: Data = found.model_dump(mode="json")
    if detail == "full":
        return _rounded(data, *FINE)
    for key in _OF_THE_CALL:
        data.pop(key)
    data["region"] = region(found.region, detail, several=several)
    shown, data["absent"] = _units(data["action_units"])
    data["action_units"] = shown
    if data["emotion"]:
        odds = data["emotion"]["probabilities"]
        data["emotion"]["probabilities"] = {
            label: odds[label]
            for label in sorted(odds, key=odds.get, reverse=True)
            if odds[label] >= _LITTLE
        }
    if data["age"]:
        data["age"] |= {key: round(data["age"][key]) for key in ("years", "low", "high")}
    return _rounded(_filled(data), *COARSE)


def _units(units: Sequence[Data]) -> tuple[list[Data], list[str]]:
    """Return units that show somewhere, with all their sides and without names; codes of the
    others."""
    strongest: dict[str, float] = {}
    for unit in units:
        strongest[unit["code"]] = max(unit["intensity"], strongest.get(unit["code"], 0.0))
    shown = [_filled(_less(unit, "name")) for unit in units if strongest[unit["code"]] >= TRACE]
    return shown, [code for code, value in strongest.items() if value < TRACE]


def shorten_structure(structure: Data, most: int = LARGEST) -> Data:
    """Return a structure of descriptions made small enough, and saying so in its summary."""
    if size(structure) <= most:
        return structure
    found: list[Data] = list(structure["descriptions"])
    short = structure
    for step in _STEPS:
        found = [step(one) for one in found]
        told = f"{structure['summary']} {_SHORTENED}"
        short = structure | {"summary": told, "descriptions": found}
        if size(short) <= most:
            break
    return short


_SHORTENED = "Shortened to fit: ask for fewer regions at a time to get each in full."


def size(data: object) -> int:
    """Return bytes of the data as JSON."""
    return len(json.dumps(data, ensure_ascii=False).encode())


def _without_box(one: Data) -> Data:
    return one | {"region": _less(one["region"], "box")}


def _without_numbers_of_parts(one: Data) -> Data:
    name = one["region"]["name"]
    return one if name == "face" or name in UNIONS else _less(one, "emotion", "age")


def _without_handles(one: Data) -> Data:
    """A region of the atlas needs no handle: its name does as well, and tells the side."""
    told = one["region"]
    if told["name"] not in ATLAS:
        return one
    plain = ("visibility",) if told["visibility"] == 1 else ()
    return one | {"region": _less(told, "id", "side", *plain)}


def _without_absent(one: Data) -> Data:
    return _less(one, "absent")


def _with_first_sentence(one: Data) -> Data:
    """The first sentence tells of movement; what follows is in the numbers of the face as well."""
    first, stop, _ = one["text"].partition(". ")
    return one | {"text": first + stop.strip()}


def _with_clear_units(one: Data) -> Data:
    """Weak units of a part stand in the whole face as well."""
    clear = [unit for unit in one["action_units"] if unit["intensity"] >= PRESENT]
    return _less(one, "not_assessed") | {"action_units": clear}


def _without_text(one: Data) -> Data:
    return _less(one, "text", "limits", "attributes")


def _with_name(one: Data) -> Data:
    return {"region": {"name": one["region"]["name"]}}


_STEPS: tuple[Callable[[Data], Data], ...] = (
    _without_box,
    _without_numbers_of_parts,
    _without_handles,
    _without_absent,
    _with_first_sentence,
    _with_clear_units,
    _without_text,
    _with_name,
)


def _less(data: Mapping[str, Any], *keys: str) -> Data:
    return {key: value for key, value in data.items() if key not in keys}


def _filled(data: Data) -> Data:
    """Return the data without what is unknown."""
    return {key: value for key, value in data.items() if value is not None and value != {}}


def _rounded(data: Data, pixels: int, others: int) -> Data:
    """Return the data with so many decimals for pixels and for all other numbers."""
    return {
        key: _round(value, pixels, pixels if key in _PIXELS else others)
        for key, value in data.items()
    }


def _round(value: Any, pixels: int, others: int) -> Any:
    if isinstance(value, float):
        return round(value, others)
    if isinstance(value, list):
        return [_round(item, pixels, others) for item in value]
    return _rounded(value, pixels, others) if isinstance(value, dict) else value
