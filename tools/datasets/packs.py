"""The project's own face packs: ``labels.csv``, ``teacher.npz`` and tars of JPEG crops.

Human labels for emotion and age; units and landmarks by a teacher model (MediaPipe), which nobody
has coded. A teacher unit counts as present from intensity 0.3 (``facs.PRESENT``), as absent below
0.15, and stays unknown between; units that the teacher cannot see have no label.
"""

import csv
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from focalface.tools.datasets.record import BadRow, Record, Report, Split, UnitLabel, whole
from focalface.tools.face import facs, landmarks
from focalface.tools.training.describer.labels import CHANNELS, unit_targets
from focalface.tools.types import EMOTIONS, Box, Emotion, Point

ABSENT = 0.15
CROP = 160
MAX_DISAGREEMENT = 0.12
"""Teacher meshes further from the detector's points than this are left out, as the pack advises."""

_FER_SIDE = 48
_SPLITS: dict[str, Split] = {"train": "train", "val": "validation"}


def here(root: Path) -> bool:
    """Whether ``root`` holds such packs."""
    return (root / "labels.csv").is_file() and (root / "teacher.npz").is_file()


def read(root: Path, report: Report) -> Iterator[Record]:
    """One record a picture, in the order of the packs."""
    with (root / "labels.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["id"]: (index, row) for index, row in enumerate(csv.DictReader(file))}
    teacher = _Teacher(root / "teacher.npz")
    for shard in sorted(root.glob("*.tar.gz")):
        with tarfile.open(shard) as tar:
            for member in tar:
                index, row = rows.pop(Path(member.name).stem, (-1, None))
                data = tar.extractfile(member)
                if row is None or data is None:
                    report(BadRow(f"{shard.name}:{member.name}", "not in labels.csv"))
                    continue
                yield _record(row, data.read(), teacher.row(index), report)
    for name in rows:
        report(BadRow(name, "in labels.csv, but in no tar file"))


def _record(
    row: dict[str, str],
    picture: bytes,
    taught: tuple[NDArray[np.float32], NDArray[np.float32]] | None,
    report: Report,
) -> Record:
    age = whole(row["age"], 0, 120) if row["age"] else None
    emotion = row["emotion"] or None
    if emotion is not None and emotion not in EMOTIONS:
        report(BadRow(row["id"], f"the emotion {emotion!r} is not one of the eight"))
        emotion = None
    scale = _FER_SIDE / CROP if row["source"] == "fer2013" else 1.0
    points = None if taught is None else taught[1][list(landmarks.MESH)] * scale
    return Record(
        id=row["id"],
        source=f"pack-{row['source']}",
        picture=picture,
        units=() if taught is None else _units(taught[0]),
        emotion=_label(emotion),
        age=None if age is None else float(age),
        subject=row["person"] or None,
        split=_SPLITS.get(row["split"]),
        box=None if points is None else _box(points),
        landmarks=None if points is None else _points(points),
        whole_face=True,
        labelled_by="model",
    )


def _label(name: str | None) -> Emotion | None:
    return next((e for e in EMOTIONS if e == name), None)


def _points(points: NDArray[np.float32]) -> tuple[Point, ...]:
    return tuple((float(x), float(y)) for x, y in points)


def _box(points: NDArray[np.float32]) -> Box:
    """The box around the landmarks; the packs' own detector boxes miss some of the rows."""
    (x1, y1), (x2, y2) = points.min(axis=0), points.max(axis=0)
    return Box(x1=float(x1), y1=float(y1), x2=float(x2), y2=float(y2))


def _units(levels: NDArray[np.float32]) -> tuple[UnitLabel, ...]:
    return tuple(
        UnitLabel(channel.code, bool(level >= facs.PRESENT), float(level), channel.side)
        for channel, level in zip(CHANNELS, levels, strict=True)
        if channel.code in facs.UNITS and not ABSENT <= level < facs.PRESENT
    )


class _Teacher:
    """Teacher labels by row; rows without a plausible mesh give None."""

    def __init__(self, file: Path) -> None:
        with np.load(file, allow_pickle=False) as arrays:
            data: dict[str, Any] = {name: arrays[name] for name in arrays.files}
        self._code, self._step = data["lm_code"], float(data["lm_step"])
        self._mean, self._basis = data["lm_mean"], data["lm_basis"]
        self._shapes = data["shapes"]
        self._names = [str(name) for name in data["shape_names"]]
        self._good = self._code.any(axis=1) & (np.nan_to_num(data["agree"]) <= MAX_DISAGREEMENT)

    def row(self, index: int) -> tuple[NDArray[np.float32], NDArray[np.float32]] | None:
        """Unit targets by channel, and the (478, 2) mesh in pixels of the 160-pixel crop."""
        if not self._good[index]:
            return None
        mesh = self._mean + (self._code[index] * self._step) @ self._basis
        mesh = mesh.reshape(478, 2).astype(np.float32)
        levels = unit_targets(self._shapes[index : index + 1], self._names, mesh[None])
        return levels[0], mesh
