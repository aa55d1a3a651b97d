"""AffectNet, both ways in which it is handed out.

The first release: ``training.csv`` and ``validation.csv`` (path, face box, landmarks, expression,
valence, arousal) beside the pictures. The second: ``train_set`` and ``val_set`` with
``images/12.jpg`` and ``annotations/12_exp.npy``. Expressions 8..10 (none, uncertain, no face) carry
no emotion label and are left out. A. Mollahosseini et al., AffectNet (IEEE TAC 2017).
"""

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from focalface.tools.datasets.record import BadRow, Record, Report, Split, whole_number
from focalface.tools.types import Box, Emotion

_EMOTIONS: tuple[Emotion, ...] = (
    "neutral",
    "happiness",
    "sadness",
    "surprise",
    "fear",
    "disgust",
    "anger",
    "contempt",
)
_TABLES: tuple[tuple[str, Split], ...] = (("training", "train"), ("validation", "validation"))
_FOLDERS: tuple[tuple[str, Split], ...] = (("train_set", "train"), ("val_set", "validation"))


def recognises(root: Path) -> bool:
    """Tell whether ``root`` looks like one of the two releases."""
    return (root / "training.csv").is_file() or (root / "train_set" / "annotations").is_dir()


def read_records(root: Path, report: Report) -> Iterator[Record]:
    """Yield one record a picture with one of the eight expressions."""
    for name, split in _TABLES:
        if (root / f"{name}.csv").is_file():
            yield from _table(root, root / f"{name}.csv", split, report)
    for name, split in _FOLDERS:
        if (root / name).is_dir():
            yield from _folder(root / name, split, report)


def _table(root: Path, table: Path, split: Split, report: Report) -> Iterator[Record]:
    with table.open(encoding="utf-8-sig", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            where = f"{table.name}:{line}"
            label = whole_number(row.get("expression") or "", 0, 10)
            name = row.get("subDirectory_filePath") or ""
            picture = next(
                (
                    p
                    for p in (root / name, root / "Manually_Annotated_Images" / name)
                    if p.is_file()
                ),
                None,
            )
            if label is None or picture is None:
                report(BadRow(where, "no picture" if label is not None else "no expression 0..10"))
            elif label < len(_EMOTIONS):
                yield Record(
                    id=name,
                    source="affectnet",
                    picture=picture,
                    emotion=_EMOTIONS[label],
                    split=split,
                    box=_box(row),
                )


def _box(row: dict[str, str]) -> Box | None:
    keys = ("face_x", "face_y", "face_width", "face_height")
    sides = [whole_number(row.get(key) or "", 0, 10**6) for key in keys]
    x, y, width, height = sides
    if x is None or y is None or not width or not height:
        return None
    return Box(x1=x, y1=y, x2=x + width, y2=y + height)


def _folder(folder: Path, split: Split, report: Report) -> Iterator[Record]:
    pictures = sorted((folder / "images").iterdir(), key=lambda p: (len(p.stem), p.stem))
    for picture in pictures:
        file = folder / "annotations" / f"{picture.stem}_exp.npy"
        try:
            label = whole_number(str(np.load(file, allow_pickle=False)), 0, 10)
        except (OSError, ValueError):
            label = None
        if label is None:
            report(BadRow(f"{folder.name}/{picture.name}", f"{file.name} has no expression 0..10"))
        elif label < len(_EMOTIONS):
            yield Record(
                id=f"{folder.name}/{picture.stem}",
                source="affectnet",
                picture=picture,
                emotion=_EMOTIONS[label],
                split=split,
                whole_face=True,
            )
