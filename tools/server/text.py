"""The text twin of a structure: the same facts in words, for hosts that pass on text. Pure."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from focalface.tools.server.summary import DRAWN, FACES
from focalface.tools.types import Face, Region

Data = Mapping[str, Any]

MOST_LISTED = 20
"""Faces that a legend lists; all are drawn."""

_TOLD = frozenset(
    (
        "region",
        "text",
        "action_units",
        "absent",
        "not_assessed",
        "emotion",
        "age",
        "limits",
        "describer",
        "device",
        "milliseconds",
    )
)
"""Fields of a finding that have their own line here; others are told as they are."""


def of_faces(structure: Data, first: int) -> str:
    """Return the text twin of a page of faces that begins with face number ``first``."""
    lines = [_face_line(number, face) for number, face in enumerate(structure["faces"], first)]
    more = structure.get("next_cursor")
    if more:
        lines.append(f'More faces: call detect_faces again with cursor "{more}".')
    return _joined(structure, [f"image_id {structure['image_id']}", *lines])


def _face_line(number: int, face: Data) -> str:
    x1, y1, x2, y2 = (round(face["box"][key]) for key in ("x1", "y1", "x2", "y2"))
    where = f"box {x1},{y1},{x2},{y2} ({x2 - x1} x {y2 - y1} pixels)"
    head = f"{number}. face_id {face['id']}"
    return f"{head}: {where}, score {face['score']:.2f}, {_pose_words(face['pose'])}"


def _pose_words(pose: Data) -> str:
    parts = [
        (pose["yaw"], "turned {} degrees to its own left", "turned {} degrees to its own right"),
        (pose["pitch"], "raised {} degrees", "lowered {} degrees"),
        (pose["roll"], "tilted {} degrees counter-clockwise", "tilted {} degrees clockwise"),
    ]
    words = [
        (more if angle > 0 else less).format(round(abs(angle)))
        for angle, more, less in parts
        if abs(angle) >= 10
    ]
    return ", ".join(words) if words else "facing the camera"


def of_regions(structure: Data) -> str:
    """Return the text twin of a proposal."""
    lines = [
        f"{number}. {_region_head(region)}: {region.get('reason') or 'asked for'}"
        for number, region in enumerate(structure["regions"], 1)
    ]
    return _joined(structure, lines)


def of_findings(structure: Data) -> str:
    """Return the text twin of findings: the sentences of each region, its numbers below them."""
    blocks = [_block(found) for found in structure["descriptions"]]
    foot = f"Described by {structure['describer']} on {structure['device']}."
    return _joined(structure, [*blocks, foot])


def of_drawing(
    image_id: str, size: tuple[int, int], faces: Sequence[Face], regions: Sequence[Region]
) -> str:
    """Return the legend of a drawn picture of ``size`` (width, height)."""
    drawn = f"with {_many(faces, 'face')} and {_many(regions, 'region')} drawn"
    drawn = drawn if faces else "as it is"
    lines = [f"The picture {image_id} {drawn}, {size[0]} x {size[1]} pixels."]
    lines += [f"Face {n}: face_id {face.id}" for n, face in enumerate(faces[:MOST_LISTED], 1)]
    if len(faces) > MOST_LISTED:
        lines.append(f"... and {len(faces) - MOST_LISTED} more, numbered largest first")
    lines += [f"Region {n}: {_region_head(r.model_dump())}" for n, r in enumerate(regions, 1)]
    return "\n".join([*lines, f"Caution: {DRAWN} {FACES}"])


def _many(things: Sequence[object], name: str) -> str:
    return f"{len(things)} {name}{'' if len(things) == 1 else 's'}"


def _joined(structure: Data, lines: Sequence[str]) -> str:
    return "\n".join([structure["summary"], *lines, f"Caution: {structure['caution']}"])


def _region_head(region: Data) -> str:
    about = [f"region_id {region['id']}"] if region.get("id") else []
    if region.get("relevance") is not None:
        about.append(f"relevance {region['relevance']:.2f}")
    if region.get("visibility", 1) < 1:
        about.append(f"visibility {region['visibility']:.2f}")
    if region.get("hidden_by"):
        about.append(f"hidden by {region['hidden_by']}")
    return f"{region['name']} ({', '.join(about)})" if about else str(region["name"])


def _block(found: Data) -> str:
    head = _region_head(found["region"])
    lines = [f"{head}: {found['text']}" if found.get("text") else head]
    if numbers := _numbers(found):
        lines.append("  " + "; ".join(numbers))
    lines += [f"  {key.replace('_', ' ')}: {_plain(found[key])}" for key in _others(found)]
    lines += [f"  Limit: {limit}" for limit in found.get("limits", ())]
    return "\n".join(lines)


def _others(found: Data) -> list[str]:
    return [key for key, value in found.items() if key not in _TOLD and value]


def _plain(value: Any) -> str:
    """Return a value that has no words of its own yet."""
    if isinstance(value, Mapping):
        return ", ".join(f"{k.replace('_', ' ')} {_plain(v)}" for k, v in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(_plain(item) for item in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def _numbers(found: Data) -> list[str]:
    told = [
        f"{code} {', '.join(_side_value(unit) for unit in same)}"
        for code, same in groupby(found.get("action_units", ()), key=lambda unit: unit["code"])
    ]
    if absent := found.get("absent"):
        told.append(f"absent {', '.join(absent)}")
    if unknown := found.get("not_assessed"):
        told.append(f"not assessed {', '.join(unknown)}")
    if emotion := found.get("emotion"):
        told.append(", ".join(f"{k} {v:.2f}" for k, v in emotion["probabilities"].items()))
    if age := found.get("age"):
        told.append(f"apparent age {age['years']:.0f} ({age['low']:.0f} to {age['high']:.0f})")
    return told


def _side_value(unit: Data) -> str:
    value = f"{unit['intensity']:.2f}"
    return value if unit["side"] == "both" else f"{unit['side']} {value}"
