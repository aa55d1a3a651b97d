"""The project's own face packs: ``labels.csv``, ``teacher.npz``, and tars of face crops.

Emotion and age by people, landmarks by a teacher model (MediaPipe). Where the folder ``coded`` lies
beside the packs, what it knows of a face joins the record: units, hidden parts, attributes, texts.
The teacher's own units are left out: they hardly agree with what can be seen.
"""

import csv
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from focalface.tools.datasets.codes import Coded, Codes
from focalface.tools.datasets.record import BadRow, Record, Report, Split, whole_number
from focalface.tools.face import landmarks
from focalface.tools.types import EMOTIONS, Box, Emotion, Point

MAX_DISAGREEMENT = 0.12
"""Teacher meshes further from the detector's points than this are left out, as the pack advises."""

_SPLITS: dict[str, Split] = {"train": "train", "val": "validation"}
_Floats = NDArray[np.float32]


def recognises(root: Path) -> bool:
    """Tell whether ``root`` holds such packs."""
    return (root / "labels.csv").is_file() and (root / "teacher.npz").is_file()


def recognises_coded(root: Path) -> bool:
    """Tell whether ``root`` holds codes, with the packs that they are about beside it."""
    return (root / "codes.csv").is_file() and recognises(root.parent / "faces")


def read_records(root: Path, report: Report) -> Iterator[Record]:
    """Yield one record a picture, in the order of the packs."""
    yield from _read(root, root.parent / "coded", report, only_coded=False)


def read_coded(root: Path, report: Report) -> Iterator[Record]:
    """Yield one record a picture that somebody coded, in the order of the packs."""
    yield from _read(root.parent / "faces", root, report, only_coded=True)


def _read(root: Path, codes: Path, report: Report, *, only_coded: bool) -> Iterator[Record]:
    with (root / "labels.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["id"]: (index, row) for index, row in enumerate(csv.DictReader(file))}
    coded = Codes(codes)
    teacher = _Teacher(root / "teacher.npz")
    for name, picture, where in _pictures(root):
        index, row = rows.pop(name, (-1, None))
        if row is None:
            report(BadRow(where, "not in labels.csv"))
        elif not only_coded or name in coded:
            yield _record(row, picture, teacher.mesh(index), coded.of(name), report)
    for name in rows:
        if not only_coded or name in coded:
            report(BadRow(name, "in labels.csv, but in no tar file"))


def _pictures(root: Path) -> Iterator[tuple[str, bytes, str]]:
    """(id, encoded picture, where it lies), shard by shard."""
    for shard in sorted([*root.glob("*.tar"), *root.glob("*.tar.gz")]):
        with tarfile.open(shard) as tar:
            for member in tar:
                if data := tar.extractfile(member):
                    yield Path(member.name).stem, data.read(), f"{shard.name}:{member.name}"


def _record(
    row: dict[str, str], picture: bytes, mesh: _Floats | None, coded: Coded, report: Report
) -> Record:
    emotion = _emotion(row, report)
    age = whole_number(row["age"], 0, 120) if row["age"] else None
    points = None if mesh is None else in_picture(mesh, row["source"])[list(landmarks.MESH)]
    return Record(
        id=row["id"],
        source=f"pack-{row['source']}",
        picture=picture,
        units=coded.units,
        emotion=emotion,
        age=None if age is None else float(age),
        subject=row["person"] or None,
        split=_SPLITS.get(row["split"]),
        box=None if points is None else _box(points),
        landmarks=None if points is None else _points(points),
        whole_face=True,
        labelled_by="vision-language model",
        unreadable=coded.unreadable,
        hidden=coded.hidden,
        emotions=_joined(emotion, coded),
        apparent_age=coded.apparent_age,
        attributes=coded.attributes,
        texts=coded.texts,
    )


def in_picture(points: _Floats, source: str) -> _Floats:
    """Label coordinates (160-pixel frame) -> pixels of the stored picture, as the pack states."""
    if source == "fer2013":
        return points * np.float32(48 / 160)
    return (points - 80) * np.float32(24 / 13) + 128


def _emotion(row: dict[str, str], report: Report) -> Emotion | None:
    found = next((e for e in EMOTIONS if e == row["emotion"]), None)
    if found is None and row["emotion"]:
        report(BadRow(row["id"], f"the emotion {row['emotion']!r} is not one of the eight"))
    return found


def _joined(emotion: Emotion | None, coded: Coded) -> dict[Emotion, float]:
    """People's label and the coders' together: half and half where both are given."""
    shares = dict(coded.suggests)
    if emotion is None:
        return shares
    shares = {e: share / 2 for e, share in shares.items()}
    shares[emotion] = shares.get(emotion, 0.0) + 1 - sum(shares.values())
    return shares


def _points(points: _Floats) -> tuple[Point, ...]:
    return tuple((float(x), float(y)) for x, y in points)


def _box(points: _Floats) -> Box:
    """Return the box around the landmarks; the packs' own detector boxes miss some of the rows."""
    (x1, y1), (x2, y2) = points.min(axis=0), points.max(axis=0)
    return Box(x1=float(x1), y1=float(y1), x2=float(x2), y2=float(y2))


class _Teacher:
    """The teacher's landmarks by row."""

    def __init__(self, file: Path) -> None:
        with np.load(file, allow_pickle=False) as arrays:
            names = ("lm_code", "lm_step", "lm_mean", "lm_basis", "agree")
            data: dict[str, Any] = {name: arrays[name] for name in names}
        self._code, self._step = data["lm_code"], float(data["lm_step"])
        self._mean, self._basis = data["lm_mean"], data["lm_basis"]
        self._good = self._code.any(axis=1) & (np.nan_to_num(data["agree"]) <= MAX_DISAGREEMENT)

    def mesh(self, index: int) -> _Floats | None:
        """Return the (478, 2) mesh in pixels of the 160-pixel frame; None without a plausible
        one."""
        if not self._good[index]:
            return None
        mesh = self._mean + (self._code[index] * self._step) @ self._basis
        return mesh.reshape(478, 2).astype(np.float32)  # type: ignore[no-any-return]
