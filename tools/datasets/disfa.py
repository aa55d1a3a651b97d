"""DISFA: ``ActionUnit_Labels/SN001/SN001_au12.txt`` and frames taken out of its videos.

Each label line is ``frame,intensity`` with intensities 0..5 and frames from 1. The set comes as
videos; take the frames out first, for instance with
``ffmpeg -i LeftVideoSN001_comp.avi Images/SN001/%05d.jpg``. Twelve units are coded, so the others
are unknown. Subjects are named. S. M. Mavadati et al., DISFA (IEEE TAC 2013).
"""

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

_PICTURES = (".jpg", ".jpeg", ".png")


def recognises(root: Path) -> bool:
    """Tell whether ``root`` looks like DISFA."""
    return any(root.glob("ActionUnit_Labels/*/*_au*.txt"))


def read_records(root: Path, report: Report) -> Iterator[Record]:
    """Yield one record a coded frame that has a picture."""
    pictures = _frames(root)
    for folder in sorted((root / "ActionUnit_Labels").iterdir()):
        subject = folder.name
        labels: dict[int, list[UnitLabel]] = {}
        for file in sorted(folder.glob("*_au*.txt"), key=lambda f: _unit_of(f)):
            for where, fields in lines_of(file):
                frame = whole_number(fields[0], 1, 10**6)
                level = whole_number(fields[-1], 0, 5) if len(fields) == 2 else None
                if frame is None or level is None:
                    report(BadRow(where, "not 'frame,intensity' with an intensity 0..5"))
                    continue
                labels.setdefault(frame, []).append(
                    UnitLabel(f"AU{_unit_of(file)}", level > 0, level / 5)
                )
        for frame, units in sorted(labels.items()):
            picture = pictures.get((subject, frame))
            if picture is None:
                report(BadRow(f"{subject} frame {frame}", "coded, but no picture of the frame"))
                continue
            yield Record(
                id=f"{subject}/{frame}",
                source="disfa",
                picture=picture,
                units=tuple(units),
                subject=subject,
            )


def _unit_of(file: Path) -> int:
    return int(file.stem.rpartition("_au")[2])


def _frames(root: Path) -> dict[tuple[str, int], Path]:
    """(subject, frame) -> picture: subject in the path, frame number at the end of the name."""
    found: dict[tuple[str, int], Path] = {}
    for file in sorted(root.rglob("*")):
        if file.suffix.lower() in _PICTURES:
            subject = re.search(r"SN\d{3}", str(file.relative_to(root)))
            number = re.search(r"(\d+)$", file.stem)
            if subject and number:
                found.setdefault((subject.group(0), int(number.group(1))), file)
    return found
