"""One row a picture of the face packs: labels by people and by the teacher, and codes by eye.

Every point is in pixels of the stored picture itself, (0, 0) the top left corner of the top left
pixel: 256 x 256, or 48 x 48 for FER2013. The packs give points in a frame of 160 x 160 of their
own.
"""

import csv
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from focalface.tools.training.describer.codes import CATEGORIES, EMOTIONS, UNIT_COLUMNS, UNITS
from focalface.tools.training.describer.points import FIVE_POINTS, HUMAN_POINTS, mesh_mirror

SOURCES = ("fer2013", "muxspace", "utkface", "udacity")
MOST_DISAGREEMENT = 0.12
"""Teacher meshes farther from the detector's points than this are left out, as the pack advises."""
LATE_CATEGORIES = ("gaze", "teeth", "tongue", "spectacles", "facial_hair", "head_wear")
"""Those that stand in ``attributes.csv``."""

Table = dict[str, NDArray[Any]]
Rows = list[dict[str, str]]


def read(path: Path) -> Rows:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def faces(folder: Path) -> Table:
    """Return the columns of ``labels.csv`` and ``teacher.npz``."""
    rows = read(folder / "labels.csv")
    teacher = np.load(folder / "teacher.npz")
    source = np.array([SOURCES.index(r["source"]) for r in rows], np.int8)
    small = source == SOURCES.index("fer2013")
    basis = teacher["lm_basis"] * float(teacher["lm_step"])
    mesh = (teacher["lm_mean"] + teacher["lm_code"].astype(np.float32) @ basis).reshape(-1, 478, 2)
    has_box = _flag(rows, "has_yunet")
    has_mesh = _flag(rows, "has_teacher") & ~(
        teacher["agree"].astype(np.float32) > MOST_DISAGREEMENT
    )
    five = _fixed(teacher["yunet_kps"])
    five[~has_box] = mesh[~has_box][:, FIVE_POINTS]
    return {
        "id": np.array([r["id"] for r in rows]),
        "source": source,
        "val": np.array([r["split"] == "val" for r in rows]),
        "emotion": np.array([_index(r["emotion"], EMOTIONS) for r in rows], np.int8),
        "contempt": np.array([r["emotion"] == "contempt" for r in rows]),
        "age": _ints(rows, "age"),
        "gender": _ints(rows, "gender"),
        "race": _ints(rows, "race"),
        "person_seen": _ints(rows, "person_seen"),
        "aligned": has_box | has_mesh,
        "has_mesh": has_mesh,
        "five": in_picture(five, small),
        "mesh": in_picture(mesh, small),
        "pose": teacher["angles"][:, [1, 0, 2]].astype(np.float32) / 64,
        "human": in_picture(_human(folder / "udacity68.npz", rows), small),
        "real": in_picture(_real_part(teacher).reshape(-1, 2, 2), small).reshape(-1, 4),
        "lids": lids(teacher, has_mesh),
        "mirror": mesh_mirror(teacher["lm_mean"].reshape(478, 2)),
        "place": np.where(small, np.cumsum(small) - 1, np.cumsum(~small) - 1).astype(np.int32),
    }


def lids(teacher: Table, known: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Tell how far the teacher takes the lids of the picture's left and right half to be closed,
    (N, 2), NaN where it saw no face. Its scores seldom pass 0.6 on closed eyes, so they are
    stretched."""
    names = [str(name) for name in teacher["shape_names"]]
    columns = [names.index(f"eyeBlink{side}") for side in ("Right", "Left")]
    found = np.clip(teacher["shapes"][:, columns].astype(np.float32) / 255 * 1.7, 0, 1)
    return np.where(known[:, None], found, np.nan).astype(np.float32)


def in_picture(points: NDArray[np.float32], small: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Points (N, n, 2) of the labels' 160 px frame as pixels of the stored pictures; the larger
    ones are cut tighter, 1.3 instead of 1.5 times the face, at 256 pixels."""
    where = small[:, None, None]
    return np.where(where, points * 48 / 160, (points - 80) * 24 / 13 + 128).astype(np.float32)


def coded(folder: Path, ids: NDArray[np.str_]) -> Table:
    """Return the codes by eye of the rows ``ids``: units 0, 1, 2 and NaN (both passes), sides of
    the picture, categories (-1 unknown), and the age that the face looks."""
    place = {str(name): i for i, name in enumerate(ids)}
    first, second = read(folder / "codes.csv"), read(folder / "codes_val_second.csv")
    late = read(folder / "attributes.csv")
    categories = {f"is_{name}": np.full(len(ids), -1, np.int8) for name in CATEGORIES}
    for name, classes in CATEGORIES.items():
        for row in late if name in LATE_CATEGORIES else first:
            value = {"0": "no", "1": "yes"}.get(row[name][:1], row[name])
            categories[f"is_{name}"][place[row["id"]]] = _index(value, classes)
    units = _units(first, place)
    looks = np.full(len(ids), np.nan, np.float32)
    for row in late:
        if row["apparent_age"]:
            looks[place[row["id"]]] = float(row["apparent_age"])
    has = np.zeros(len(ids), bool)
    has[[place[row["id"]] for row in first]] = True
    sides = np.repeat(units[:, None], 2, 1)
    for row in first:
        weaken(sides[place[row["id"]]], row["one_sided"])
    return categories | {
        "coded": has,
        "units": units,
        "units_second": _units(second, place),
        "sides": sides,
        "looks": unbiased(looks),
    }


def weaken(sides: NDArray[np.float32], one_sided: str) -> None:
    """Lower, in place, the half (left and right of the picture; 2, 16) on which a unit is weaker.

    ``one_sided``: as ``12R;2L``, the subject's side on which the unit is clearly stronger. The
    subject's right is the left half of the picture.
    """
    for word in one_sided.split(";"):
        code = f"AU{word[:-1]}"
        if code in UNITS and word[-1] in "LR":
            unit, weak = UNITS.index(code), 0 if word[-1] == "L" else 1
            sides[weak, unit] = max(sides[weak, unit] - 1, 0)


def unbiased(looks: NDArray[np.float32]) -> NDArray[np.float32]:
    """Coded ages with the coder's bias against true ages taken out (README of the codes: too old
    from 10 to 29, too young above 40), as a smooth curve."""
    bias = np.interp(looks, [0, 5, 15, 25, 35, 50, 58, 66], [0, 0, 1.5, 1.5, -0.5, -2, -5, -9])
    return np.minimum(looks - bias, 100).astype(np.float32)


def _units(rows: Rows, place: dict[str, int]) -> NDArray[np.float32]:
    units = np.full((len(place), len(UNITS)), np.nan, np.float32)
    for row in rows:
        values = [row[column] for column in UNIT_COLUMNS.values()]
        units[place[row["id"]]] = [float(v) if v else np.nan for v in values]
    return units


def _index(value: str, classes: tuple[str, ...]) -> int:
    return classes.index(value) if value in classes else -1


def _fixed(q: NDArray[np.uint16]) -> NDArray[np.float32]:
    return q.astype(np.float32) / np.float32(64) - np.float32(64)


def _flag(rows: Rows, field: str) -> NDArray[np.bool_]:
    return np.array([r[field] == "1" for r in rows])


def _ints(rows: Rows, field: str) -> NDArray[np.int16]:
    return np.array([int(float(r[field])) if r[field] else -1 for r in rows], np.int16)


def _real_part(teacher: Table) -> NDArray[np.float32]:
    """The part of the 160 px frame that is picture and not repeated edge, (N, 4) x0 y0 x1 y1."""
    crop, size = teacher["crop"], teacher["src_size"]
    side = crop[:, 2:3].astype(np.float32)
    low = np.maximum(0, -crop[:, :2])
    high = np.minimum(side, size - crop[:, :2])
    part = np.hstack([low, high]) * 160 / np.maximum(side, 1)
    return part.astype(np.float32)


def _human(path: Path, rows: Rows) -> NDArray[np.float32]:
    """Points set by people, (N, points, 2); NaN where there are none."""
    points = np.full((len(rows), len(HUMAN_POINTS), 2), np.nan, np.float32)
    place = {r["id"]: i for i, r in enumerate(rows)}
    udacity = np.load(path)
    at = [place[str(name)] for name in udacity["id"]]
    points[at] = _fixed(udacity["points"])[:, [a for a, _ in HUMAN_POINTS]]
    return points
