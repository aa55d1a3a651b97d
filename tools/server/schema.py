"""What travels between the MCP server and its clients: result models and their text twins.

The structure holds our own types, rounded; the text says everything that matters in words, because
many clients never show structured content or pictures to their model.
"""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from pydantic import BaseModel

from focalface.tools.types import ActionUnit, Face, Frozen, Region, RegionDescription

TRACE = 0.1
"""Intensity below which the text lists a unit as absent; the structure keeps its number."""

_PIXELS = frozenset({"box", "polygon", "landmarks", "keypoints"})


class DetectResult(Frozen):
    """Faces on one picture, largest first; ``faces[n].id`` is the face_id of other tools.

    ``landmarks`` are empty unless they were asked for; ``landmark_names`` names them then.
    """

    image_id: str
    name: str
    width: int
    height: int
    faces: tuple[Face, ...]
    landmark_names: tuple[str, ...] = ()
    note: str


class ProposeResult(Frozen):
    """Regions worth looking at, most relevant first; ``regions[n].id`` is the region_id."""

    image_id: str
    face_id: str
    regions: tuple[Region, ...]


class DescribeResult(Frozen):
    """One description a region, in the order asked: names, region_ids, boxes, polygons, points."""

    image_id: str
    face_id: str
    descriptions: tuple[RegionDescription, ...]


class LegendEntry(Frozen):
    """What one number or name on an annotated picture stands for."""

    number: int
    id: str
    name: str


class AnnotateResult(Frozen):
    """What was drawn; the picture itself is the image content beside this."""

    image_id: str
    width: int
    height: int
    faces: tuple[LegendEntry, ...]
    regions: tuple[LegendEntry, ...]


def structure(result: BaseModel) -> dict[str, Any]:
    """A result as JSON data: pixels with two decimals, everything else with four."""
    data = _rounded(result.model_dump(mode="json"), 4)
    assert isinstance(data, dict)
    return data


def _rounded(value: Any, digits: int) -> Any:
    if isinstance(value, float):
        return round(value, digits)
    if isinstance(value, list):
        return [_rounded(item, digits) for item in value]
    if isinstance(value, dict):
        return {key: _rounded(v, 2 if key in _PIXELS else digits) for key, v in value.items()}
    return value


def detect_text(result: DetectResult) -> str:
    """The text twin of a detection."""
    head = f"'{result.name}', {result.width} x {result.height} pixels, image_id {result.image_id}."
    count = len(result.faces)
    if count == 0:
        found = "No face was found."
    else:
        found = f"{count} face{'s' if count > 1 else ''}, largest first:"
    lines = [_face_line(number, face) for number, face in enumerate(result.faces, 1)]
    return "\n".join([f"{head} {found}", *lines, result.note])


def _face_line(number: int, face: Face) -> str:
    x1, y1, x2, y2 = (round(v) for v in face.box.xyxy)
    where = f"box {x1},{y1},{x2},{y2} ({x2 - x1} x {y2 - y1} pixels)"
    return f"{number}. face_id {face.id}: {where}, score {face.score:.2f}, {_pose_words(face)}"


def _pose_words(face: Face) -> str:
    pose = face.pose
    parts = [
        (pose.yaw, "turned {} degrees to its own left", "turned {} degrees to its own right"),
        (pose.pitch, "raised {} degrees", "lowered {} degrees"),
        (pose.roll, "tilted {} degrees counter-clockwise", "tilted {} degrees clockwise"),
    ]
    words = [
        (more if angle > 0 else less).format(round(abs(angle)))
        for angle, more, less in parts
        if abs(angle) >= 10
    ]
    return ", ".join(words) if words else "facing the camera"


def propose_text(result: ProposeResult) -> str:
    """The text twin of a proposal."""
    lines = [
        f"{number}. {_region_head(region)}: {region.reason or 'asked for'}"
        for number, region in enumerate(result.regions, 1)
    ]
    head = f"Regions worth looking at on face {result.face_id}, most relevant first:"
    return "\n".join([head, *lines, "Pass their names or region_ids to describe_regions."])


def _region_head(region: Region) -> str:
    text = f"{region.name} (region_id {region.id}"
    if region.relevance is not None:
        text += f", relevance {region.relevance:.2f}"
    return f"{text}, visibility {region.visibility:.2f})"


def describe_text(result: DescribeResult) -> str:
    """The text twin of descriptions: sentences first, the numbers that they rest on below."""
    blocks = [_description_block(found) for found in result.descriptions]
    describers = dict.fromkeys(f"{d.describer} on {d.device}" for d in result.descriptions)
    foot = (
        f"Face {result.face_id}; described by {'; '.join(describers)}. Left and right are the "
        "subject's. Intensities are 0 to 1, an estimate and not a human FACS coding; emotion is "
        "what the expression suggests, not what the person feels."
    )
    return "\n\n".join([*blocks, foot])


def _description_block(found: RegionDescription) -> str:
    lines = [f"{_region_head(found.region)}: {found.text}", *_unit_lines(found.action_units)]
    if found.not_assessed:
        lines.append(f"  Not assessed (unknown, not absent): {', '.join(found.not_assessed)}")
    if found.emotion:
        ranked = sorted(found.emotion.probabilities.items(), key=lambda item: -item[1])
        lines.append("  Emotion: " + ", ".join(f"{k} {v:.2f}" for k, v in ranked if v >= 0.005))
    if found.age:
        age = found.age
        interval = f"80 % interval {age.low:.0f} to {age.high:.0f}"
        lines.append(f"  Apparent age: {age.years:.0f} years ({interval}), group {age.group}")
    lines += [f"  Limit: {limit}" for limit in found.limits]
    return "\n".join(lines)


def _unit_lines(units: Sequence[ActionUnit]) -> list[str]:
    ordered = sorted(units, key=lambda unit: int(unit.code[2:]))
    shown: list[str] = []
    absent: list[str] = []
    for code, same in groupby(ordered, key=lambda unit: unit.code):
        sides = list(same)
        if max(unit.intensity for unit in sides) < TRACE:
            absent.append(code)
        else:
            values = ", ".join(_side_value(unit) for unit in sides)
            shown.append(f"{code} {sides[0].name} {values}")
    lines = [f"  Action units: {'; '.join(shown)}"] if shown else []
    return [*lines, f"  Absent (below {TRACE}): {', '.join(absent)}"] if absent else lines


def _side_value(unit: ActionUnit) -> str:
    value = f"{unit.intensity:.2f}"
    return value if unit.side == "both" else f"{unit.side} {value}"


def annotate_text(result: AnnotateResult) -> str:
    """The text twin of an annotated picture: its legend."""
    size = f"{result.width} x {result.height} pixels"
    lines = [f"The picture {result.image_id} with its faces and regions drawn, {size}."]
    for kind, entries in (("Face", result.faces), ("Region", result.regions)):
        lines += [f"{kind} {entry.number}: {entry.name} ({entry.id})" for entry in entries]
    return "\n".join(lines)
