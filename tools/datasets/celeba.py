"""CelebA: two of its forty attributes are action units that people judged.

``Smiling`` is read as AU12 and ``Mouth_Slightly_Open`` as AU25 (our reading; presence only, no
intensity). ``list_attr_celeba.txt`` or ``.csv``, ``identity_CelebA.txt`` for subjects, the official
partition, and face boxes for pictures in the wild. Z. Liu et al., CelebA (ICCV 2015).
"""

from collections.abc import Iterator
from pathlib import Path

from focalface.tools.datasets.record import (
    BadRow,
    Record,
    Report,
    Split,
    UnitLabel,
    lines_of,
    whole_number,
)
from focalface.tools.types import Box

_UNITS = {"Smiling": "AU12", "Mouth_Slightly_Open": "AU25"}
_SPLITS: tuple[Split, ...] = ("train", "validation", "test")


def recognises(root: Path) -> bool:
    """Tell whether ``root`` has CelebA's attribute list."""
    return bool(_file(root, "list_attr_celeba"))


def read_records(root: Path, report: Report) -> Iterator[Record]:
    """Yield one record a picture."""
    table = _file(root, "list_attr_celeba")
    if table is None:
        return
    people = _columns(_file(root, "identity_CelebA"))
    parts = _columns(_file(root, "list_eval_partition"))
    boxes = _columns(_file(root, "list_bbox_celeba"))
    names: list[str] = []
    for where, fields in lines_of(table):
        if not names:
            if "Smiling" in fields:
                names = [name for name in fields if name != "image_id"]
            continue
        values = dict(zip(names, fields[1:], strict=False))
        coded = {code: values.get(name) for name, code in _UNITS.items()}
        if len(fields) != len(names) + 1 or any(v not in ("1", "-1") for v in coded.values()):
            report(BadRow(where, f"not a name and {len(names)} values 1 or -1"))
            continue
        picture, aligned = _picture(root, fields[0])
        if picture is None:
            report(BadRow(where, f"there is no picture {fields[0]}"))
            continue
        part = whole_number(parts.get(fields[0], [""])[0], 0, 2)
        yield Record(
            id=Path(fields[0]).stem,
            source="celeba",
            picture=picture,
            units=tuple(
                UnitLabel(c, v == "1", None if v == "1" else 0.0) for c, v in coded.items()
            ),
            subject=people.get(fields[0], [None])[0],
            split=None if part is None else _SPLITS[part],
            box=None if aligned else _box(boxes.get(fields[0])),
            whole_face=aligned,
        )


def _file(root: Path, stem: str) -> Path | None:
    found = sorted(p for p in root.glob(f"**/{stem}.*") if p.suffix in (".txt", ".csv"))
    return found[0] if found else None


def _columns(file: Path | None) -> dict[str, list[str]]:
    """Picture name -> the other fields of its line."""
    return {} if file is None else {fields[0]: fields[1:] for _, fields in lines_of(file)}


def _picture(root: Path, name: str) -> tuple[Path | None, bool]:
    """Return the picture, and whether it is the aligned crop."""
    for folder, aligned in (("img_align_celeba", True), ("img_celeba", False)):
        for base in (root, root / "Img", root / "Img" / folder, root / folder):
            for file in (base / folder / name, base / folder / f"{Path(name).stem}.png"):
                if file.is_file():
                    return file, aligned
    return None, False


def _box(fields: list[str] | None) -> Box | None:
    numbers = [whole_number(v, 0, 10**6) for v in fields or ()]
    if len(numbers) != 4 or None in numbers:
        return None
    x, y, width, height = (n or 0 for n in numbers)
    return Box(x1=x, y1=y, x2=x + width, y2=y + height) if width and height else None
