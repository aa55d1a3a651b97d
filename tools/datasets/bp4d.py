"""BP4D: ``AUCoding/AU_OCC/F001_T1.csv``, ``AUCoding/AU_INT/AU06/F001_T1_AU06.csv``, frames.

The occurrence tables have the unit numbers in their first row and the frame number in the first
column; 1 is present, 0 absent, 9 not coded (unknown). Intensities are ``frame,level`` with levels
0..5 and 9. Pictures: ``F001/T1/2440.jpg`` anywhere below the root, with or without leading zeros.
X. Zhang et al., BP4D-Spontaneous (IVC 2014).
"""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from focalface.tools.datasets.record import (
    BadRow,
    Record,
    Report,
    UnitLabel,
    lines_of,
    whole_number,
)

_NAME = re.compile(r"([FM]\d{3})_(T\d+)")


def recognises(root: Path) -> bool:
    """Tell whether ``root`` looks like BP4D."""
    return any(root.glob("**/AU_OCC/*.csv"))


def read_records(root: Path, report: Report) -> Iterator[Record]:
    """Yield one record a coded frame that has a picture; codes outside 0, 1 and 9 are reported."""
    pictures = _frames(root)
    levels = _levels(root, report)
    for table in sorted(root.glob("**/AU_OCC/*.csv")):
        name = _NAME.search(table.stem)
        if name is None:
            report(BadRow(table.name, "the name has no subject and task such as F001_T1"))
            continue
        subject, task = name.groups()
        with table.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file)
            numbers = [whole_number(cell, 1, 99) for cell in next(rows, [])][1:]
            for line, cells in enumerate(rows, start=2):
                where = f"{table.name}:{line}"
                frame = whole_number(cells[0], 0, 10**6) if cells else None
                if frame is None or len(cells) != len(numbers) + 1:
                    report(BadRow(where, "not a frame number and one code a unit"))
                    continue
                picture = pictures.get((subject, task, frame))
                if picture is None:
                    report(BadRow(where, f"no picture of frame {frame} of {subject} {task}"))
                    continue
                units = []
                for number, cell in zip(numbers, cells[1:], strict=True):
                    code = whole_number(cell, 0, 9)
                    if code in (0, 1) and number is not None:
                        level = levels.get((subject, task, number, frame))
                        units.append(UnitLabel(f"AU{number}", code == 1, level if code else 0.0))
                    elif code != 9:
                        report(BadRow(where, f"the code {cell!r} is not 0, 1 or 9"))
                yield Record(
                    id=f"{subject}/{task}/{frame}",
                    source="bp4d",
                    picture=picture,
                    units=tuple(units),
                    subject=subject,
                )


def _frames(root: Path) -> dict[tuple[str, str, int], Path]:
    found: dict[tuple[str, str, int], Path] = {}
    for file in sorted(root.rglob("*")):
        if file.suffix.lower() in (".jpg", ".jpeg", ".png") and file.stem.isdigit():
            task, subject = file.parent.name, file.parent.parent.name
            found.setdefault((subject, task, int(file.stem)), file)
    return found


def _levels(root: Path, report: Report) -> dict[tuple[str, str, int, int], float]:
    """(subject, task, unit, frame) -> intensity 0..1, where it was coded."""
    found: dict[tuple[str, str, int, int], float] = {}
    for table in sorted(root.glob("**/AU_INT/**/*.csv")):
        name, unit = _NAME.search(table.stem), re.search(r"AU0*(\d+)$", table.stem)
        if name is None or unit is None:
            report(BadRow(table.name, "the name has no subject, task and unit"))
            continue
        for where, fields in lines_of(table):
            frame, level = whole_number(fields[0], 0, 10**6), whole_number(fields[-1], 0, 9)
            if frame is None or level is None or 5 < level < 9 or len(fields) != 2:
                report(BadRow(where, "not 'frame,level' with a level 0..5 or 9"))
            elif level != 9:
                found[*name.groups(), int(unit.group(1)), frame] = level / 5  # type: ignore[index]
    return found
