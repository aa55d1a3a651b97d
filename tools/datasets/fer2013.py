"""FER2013: ``fer2013.csv`` (or ``icml_face_data.csv``) with the pixels in the table.

Columns ``emotion,pixels,Usage``: label 0..6, 48 x 48 grey values, Training, PublicTest or
PrivateTest. The same set as folders (``train/happy/*.jpg``) is read too.
I. Goodfellow et al., Challenges in Representation Learning (2013).
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import PIL.Image

from focalface.tools.datasets.record import BadRow, Record, Report, Split, whole_number
from focalface.tools.types import Emotion

SIDE = 48
_EMOTIONS: tuple[Emotion, ...] = (
    "anger",
    "disgust",
    "fear",
    "happiness",
    "sadness",
    "surprise",
    "neutral",
)
_USAGE: dict[str, Split] = {
    "training": "train",
    "publictest": "validation",
    "privatetest": "test",
}
_FOLDERS: dict[str, Emotion] = dict(
    zip(("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"), _EMOTIONS, strict=True)
)
_TABLES = ("fer2013.csv", "icml_face_data.csv")


def recognises(root: Path) -> bool:
    """Tell whether ``root`` looks like FER2013, as a table or as folders."""
    return any((root / name).is_file() for name in _TABLES) or (root / "train" / "happy").is_dir()


def read_records(root: Path, report: Report) -> Iterator[Record]:
    """Yield one record a row; its picture is a PNG made of the row's pixels."""
    table = next((root / name for name in _TABLES if (root / name).is_file()), None)
    yield from _folders(root) if table is None else _table(table, report)


def _table(table: Path, report: Report) -> Iterator[Record]:
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file, skipinitialspace=True)
        for line, row in enumerate(rows, start=2):
            where = f"{table.name}:{line}"
            label = whole_number(row.get("emotion") or "", 0, 6)
            picture = _picture(row.get("pixels") or "")
            split = _USAGE.get((row.get("Usage") or "").strip().lower())
            if label is None or picture is None or split is None:
                wrong = "label 0..6" if label is None else "48 x 48 pixels" if split else "usage"
                report(BadRow(where, f"the row has no {wrong}"))
                continue
            yield Record(
                id=str(line - 2),
                source="fer2013",
                picture=picture,
                emotion=_EMOTIONS[label],
                split=split,
                whole_face=True,
            )


def _picture(pixels: str) -> bytes | None:
    try:
        grey = np.array(pixels.split(), dtype=np.uint8)
    except (ValueError, OverflowError):
        return None
    if grey.size != SIDE * SIDE:
        return None
    out = io.BytesIO()
    PIL.Image.fromarray(grey.reshape(SIDE, SIDE)).save(out, format="PNG")
    return out.getvalue()


def _folders(root: Path) -> Iterator[Record]:
    parts: tuple[tuple[str, Split], ...] = (("train", "train"), ("test", "test"))
    for part, split in parts:
        for name, emotion in _FOLDERS.items():
            for picture in sorted((root / part / name).glob("*.*")):
                yield Record(
                    id=f"{part}/{name}/{picture.stem}",
                    source="fer2013",
                    picture=picture,
                    emotion=emotion,
                    split=split,
                    whole_face=True,
                )
