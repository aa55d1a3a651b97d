"""UTKFace: everything is in the file name, ``[age]_[gender]_[race]_[date&time].jpg[.chip.jpg]``.

Only the age is read; gender and race are no target of this project. Ages above 116 do not occur in
the set. Z. Zhang et al., Age progression by CAAE (CVPR 2017).
"""

from collections.abc import Iterator
from pathlib import Path

from focalface.tools.datasets.record import BadRow, Record, Report, whole_number

OLDEST = 116


def recognises(root: Path) -> bool:
    """Tell whether ``root`` holds pictures with UTKFace names."""
    return any(root.glob("**/*_*_*_*.jpg"))


def read_records(root: Path, report: Report) -> Iterator[Record]:
    """Yield one record a picture; names without an age (a few in the set) are reported."""
    for picture in sorted(root.glob("**/*.jpg")):
        fields = picture.name.split("_")
        age = whole_number(fields[0], 0, OLDEST)
        if age is None or len(fields) != 4:
            report(BadRow(picture.name, "the name is not age_gender_race_date.jpg"))
            continue
        yield Record(
            id=picture.name,
            source="utkface",
            picture=picture,
            age=float(age),
            whole_face=picture.name.endswith(".chip.jpg"),
        )
