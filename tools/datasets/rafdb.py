"""RAF-DB basic: ``EmoLabel/list_patition_label.txt`` (the set spells it so) and ``Image/``.

Lines are ``train_00001.jpg 5``; labels 1..7. The aligned faces are taken where they are
(``Image/aligned/train_00001_aligned.jpg``), else the originals with their face boxes from
``Annotation/boundingbox``. Its age labels (0-3, 4-19, 20-39, 40-69, 70+) do not fit the age groups
of this project and are left out. S. Li et al., RAF-DB (CVPR 2017).
"""

from collections.abc import Iterator
from pathlib import Path

from focalface.tools.datasets.record import BadRow, Record, Report, lines_of, whole_number
from focalface.tools.types import Box, Emotion

_EMOTIONS: tuple[Emotion, ...] = (
    "surprise",
    "fear",
    "disgust",
    "happiness",
    "sadness",
    "anger",
    "neutral",
)
_LIST = Path("EmoLabel") / "list_patition_label.txt"


def recognises(root: Path) -> bool:
    """Tell whether ``root`` (or its folder ``basic``) looks like RAF-DB."""
    return any((base / _LIST).is_file() for base in (root, root / "basic"))


def read_records(root: Path, report: Report) -> Iterator[Record]:
    """Yield one record a listed picture."""
    base = root if (root / _LIST).is_file() else root / "basic"
    for where, fields in lines_of(base / _LIST):
        label = whole_number(fields[-1], 1, len(_EMOTIONS)) if len(fields) == 2 else None
        if label is None:
            report(BadRow(where, "not 'name label' with a label 1..7"))
            continue
        stem = Path(fields[0]).stem
        aligned = base / "Image" / "aligned" / f"{stem}_aligned.jpg"
        original = base / "Image" / "original" / fields[0]
        picture = next((p for p in (aligned, original) if p.is_file()), None)
        if picture is None:
            report(BadRow(where, f"there is no picture {fields[0]}, aligned or original"))
            continue
        yield Record(
            id=stem,
            source="rafdb",
            picture=picture,
            emotion=_EMOTIONS[label - 1],
            split="train" if stem.startswith("train") else "test",
            box=_box(base, stem) if picture == original else None,
            whole_face=picture == aligned,
        )


def _box(base: Path, stem: str) -> Box | None:
    file = base / "Annotation" / "boundingbox" / f"{stem}_boundingbox.txt"
    if not file.is_file():
        return None
    try:
        x1, y1, x2, y2 = (float(v) for v in file.read_text(encoding="utf-8").split())
        return Box(x1=x1, y1=y1, x2=x2, y2=y2)
    except ValueError:
        return None
