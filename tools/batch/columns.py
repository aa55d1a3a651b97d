"""The columns of tables: a row a face, names as users of py-feat and OpenFace know them.

====================================  ============================================================
``input frame timestamp face_id``     file, number of the frame, seconds, number of the face (from
                                      1; in films it stays the same)
``success confidence``                1 where there is a face; the detector's score (OpenFace)
``FaceRectX ... FaceScore``           box in pixels and score (py-feat)
``Pitch Roll Yaw``                    degrees (py-feat)
``AU12``                              intensity 0..1, the stronger side (py-feat)
``AU12_left AU12_right``              intensity 0..1 of the subject's sides, where a unit has sides
``AU12_presence``                     probability that a coder would call the unit present
``AU12_r AU12_c``                     intensity 0..5; 1 present, 0 absent (OpenFace)
``anger ... surprise`` ``emotion``    probabilities (py-feat) and the likeliest
``age age_low age_high``              apparent age and its 80 % interval
====================================  ============================================================

What was not assessed is empty, never 0. Of several regions the first that shows a unit counts;
what a region says by itself (emotion, age, text, visibility, attributes) stands in columns that
begin with its name, but for the whole face: ``mouth_happiness``, ``left_eye_visibility``.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, get_args

from focalface.tools.batch.job import distinct
from focalface.tools.batch.rows import Row
from focalface.tools.face import facs
from focalface.tools.types import EMOTIONS, Attributes

Flat = dict[str, Any]
"""One row of a table; a column that is missing is empty."""

_WHERE = ("input", "frame", "timestamp", "face_id", "success", "confidence")
_BOX = ("FaceRectX", "FaceRectY", "FaceRectWidth", "FaceRectHeight", "FaceScore")
_POSE = ("Pitch", "Roll", "Yaw")
_ABOUT = ("image_id", "width", "height", "error", "content")
JOB = (
    "regions",
    "describer",
    "detector",
    "emotion_told",
    "every",
    "smoothing",
    "version",
    "schema",
)
"""Columns that are the same in all rows of a job."""
FULL_SCALE = 5
"""OpenFace's intensities end at 5, ours at 1."""
_TEXT = (
    "input",
    "image_id",
    "error",
    "content",
    "regions",
    "describer",
    "detector",
    "smoothing",
    "version",
)
_MIXED = "emotion_mixed"
"""Probability that a face suggests no single emotion."""
_WHOLE = ("frame", "face_id", "success", "width", "height", "emotion_told", "schema")
_OWN_TEXT = ("emotion", "text", "hidden_by")
_OF_A_REGION = ("visibility", "hidden_by")


def column_names(regions: Sequence[str], *, emotion: bool = True) -> tuple[str, ...]:
    """Return all columns of a job in their order, which depends on its regions only.

    ``regions``: names as they stand in the rows' descriptions, each once. Without ``emotion``
    there are no columns of emotions.
    """
    units = [name for unit in _units() for name in _unit_columns(unit)]
    felt = () if emotion else (*EMOTIONS, "emotion", _MIXED)
    own = [
        f"{_prefix(region)}{name}"
        for region in regions
        for name in _own_columns()
        if name not in felt
    ]
    return (*_WHERE, *_BOX, *_POSE, *units, *own, *_ABOUT, *JOB)


def _units() -> list[facs.Unit]:
    return sorted(facs.UNITS.values(), key=lambda unit: unit.number)


def _unit_columns(unit: facs.Unit) -> list[str]:
    code = _padded(unit.code)
    sides = [f"{code}_left", f"{code}_right"] if unit.sided else []
    return [code, *sides, f"{code}_presence", f"{code}_r", f"{code}_c"]


def _padded(code: str) -> str:
    """``AU4`` -> ``AU04``, as both programs write it."""
    return f"AU{int(code[2:]):02d}"


def _prefix(region: str) -> str:
    return "" if region == "face" else f"{region}_"


def _own_columns() -> tuple[str, ...]:
    return (
        *EMOTIONS,
        "emotion",
        _MIXED,
        "age",
        "age_low",
        "age_high",
        "text",
        *_OF_A_REGION,
        *Attributes.model_fields,
    )


def kind_of(column: str) -> type:
    """Return the type of a column's values: str, int (also for yes and no) or float."""
    if column in _TEXT or _ends_with(column, _OWN_TEXT):
        return str
    if (name := _ends_with(column, Attributes.model_fields)) is not None:
        kinds = {part for part in (str, bool, float) if _may_be(part, name)}
        return str if str in kinds else int if bool in kinds else float
    return int if column in _WHOLE or column.endswith("_c") else float


def _ends_with(column: str, names: Iterable[str]) -> str | None:
    """Tell which of ``names`` a column is, with or without a region before it."""
    return next((name for name in names if f"_{column}".endswith(f"_{name}")), None)


def _may_be(kind: type, attribute: str) -> bool:
    """Tell whether an attribute's annotation allows values of that type."""
    parts = get_args(Attributes.model_fields[attribute].annotation)
    leaves = [leaf for part in parts for leaf in (get_args(part) or (part,))]
    return any(leaf is kind or type(leaf) is kind for leaf in leaves)


def flatten(row: Row) -> Iterator[Flat]:
    """Yield the rows of a table that a row of a batch makes: one a face, one empty one without
    faces.

    The last row of a film makes none: its frames say it all.
    """
    if row.get("kind") == "clip":
        return
    shared = _shared(row)
    for number, face in enumerate(row["faces"], 1):
        yield {**shared, **_face(face, number)}
    if not row["faces"]:
        yield {**shared, "success": 0}


def _shared(row: Row) -> Flat:
    job = {name: row.get(name) for name in JOB} | {"regions": "|".join(row["regions"])}
    job["emotion_told"] = int(bool(job["emotion_told"]))
    about = {name: row.get(name) for name in _ABOUT}
    place = {"input": row["file"], "frame": row.get("frame"), "timestamp": row.get("seconds")}
    return {**place, **about, **job}


def _face(found: Mapping[str, Any], number: int) -> Flat:
    face, box = found["face"], found["face"]["box"]
    flat: Flat = {
        "face_id": found.get("track", number),
        "success": 1,
        "confidence": face["score"],
        "FaceRectX": box["x1"],
        "FaceRectY": box["y1"],
        "FaceRectWidth": box["x2"] - box["x1"],
        "FaceRectHeight": box["y2"] - box["y1"],
        "FaceScore": face["score"],
        **{name: face["pose"][name.lower()] for name in _POSE},
    }
    descriptions = found["descriptions"]
    flat.update(_intensities(descriptions))
    names = distinct([one["region"]["name"] for one in descriptions])
    for name, description in zip(names, descriptions, strict=True):
        flat.update({f"{_prefix(name)}{key}": value for key, value in _own(description).items()})
    return flat


def _intensities(descriptions: Sequence[Mapping[str, Any]]) -> Flat:
    units: dict[tuple[str, str], Mapping[str, Any]] = {}
    for unit in (unit for one in descriptions for unit in one["action_units"]):
        units.setdefault((unit["code"], unit["side"]), unit)
    flat: Flat = {}
    for unit in units.values():
        code = _padded(unit["code"])
        if unit["side"] != "both":
            flat[f"{code}_{unit['side']}"] = unit["intensity"]
        flat[code] = max(unit["intensity"], flat.get(code, 0.0))
        flat[f"{code}_r"] = flat[code] * FULL_SCALE
        if unit.get("presence") is not None:
            flat[f"{code}_presence"] = max(unit["presence"], flat.get(f"{code}_presence", 0.0))
            flat[f"{code}_c"] = int(flat[f"{code}_presence"] >= 0.5)
        else:
            flat[f"{code}_c"] = int(flat[code] >= facs.PRESENT)
    return flat


def _own(description: Mapping[str, Any]) -> Flat:
    """Return what a region says by itself."""
    flat: Flat = {"text": description["text"]}
    flat.update({name: description["region"].get(name) for name in _OF_A_REGION})
    if emotion := description.get("emotion"):
        flat.update(emotion["probabilities"])
        flat |= {"emotion": emotion["label"], _MIXED: emotion.get("mixed")}
    if age := description.get("age"):
        flat.update({"age": age["years"], "age_low": age["low"], "age_high": age["high"]})
    for name, value in description["attributes"].items():
        flat[name] = int(value) if isinstance(value, bool) else value
    return flat
