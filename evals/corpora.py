"""Faces with truth: the built-in seven, or any folder of labelled data, as ``FaceCase``s.

A folder may hold packs as in ``../shared/data/faces``, a corpus of ``focalface data build``, or one
of the public sets in its official layout (DISFA, BP4D, CK+, AffectNet, RAF-DB, FER2013, CelebA,
UTKFace); ``focalface.tools.training.layouts`` reads them. The official test part is taken where a
set has one, else its validation part, else everything.
"""

import csv
import hashlib
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from focalface.evals.inspecting import take
from focalface.evals.records import FACE, FaceCase, RegionCase
from focalface.tools.errors import UsageError
from focalface.tools.paths import home
from focalface.tools.region_names import BASIC
from focalface.tools.training import layouts
from focalface.tools.types import Box

DATA = Path(__file__).parent / "data"
OUTSIDE = ("mouth", "lower_lip", "chin")
"""Regions that the cut-off variants of the built-in faces lack; the upper ones stay visible."""

_GENDERS = {"0": "male", "1": "female"}
_RACES = {"0": "White", "1": "Black", "2": "Asian", "3": "Indian", "4": "other"}


def rows(name: str) -> list[dict[str, Any]]:
    """The rows of ``evals/data/NAME.jsonl``."""
    text = (DATA / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def faces(
    data: str | None, *, limit: int | None = None, seed: int = 0, cut: bool = True
) -> list[FaceCase]:
    """Cases from a folder, or the built-in ones; at most ``limit``, drawn with ``seed``.

    ``cut``: with the built-in faces that are cut off above the mouth.

    Raises ``UsageError`` for a folder that holds nothing readable.
    """
    if data is None:
        return take(builtin(cut), limit, seed)
    root = Path(data).expanduser()
    found = list(_of_folder(root, limit, seed))
    if not found:
        raise UsageError(f"'{data}' holds no face that could be read; see 'focalface data --help'.")
    return found


def builtin(cut: bool = True) -> list[FaceCase]:
    """The seven annotated faces, then those with all corners once more, cut off above the mouth."""
    whole = [_builtin(row) for row in rows("faces")]
    frontal = [case for case in whole if case.groups["pose"] == "frontal"]
    return whole + [_cut(case) for case in frontal if cut]


def _builtin(row: dict[str, Any]) -> FaceCase:
    x1, y1, x2, y2 = row["box"]
    return FaceCase(
        id=row["id"],
        picture=row["picture"],
        box=Box(x1=x1, y1=y1, x2=x2, y2=y2),
        regions=tuple(
            RegionCase(target=name, references=tuple(row["references"].get(name, ())))
            for name in (FACE, *BASIC)
        ),
        units=row["units"],
        emotion=row["emotion"],
        groups=row["groups"],
    )


def _cut(case: FaceCase) -> FaceCase:
    seen = ("forehead", "left_eye", "right_eye")
    return FaceCase(
        id=f"{case.id}-cut",
        picture=case.picture,
        box=case.box,
        regions=tuple(RegionCase(target=n, visible=n in seen) for n in (*seen, *OUTSIDE)),
        change="crop",
        severity=5,
    )


def _of_folder(root: Path, limit: int | None, seed: int) -> Iterator[FaceCase]:
    """Cases of a folder, kept with their pictures in the user's cache, so that runs can resume."""
    key = hashlib.sha256(f"{root.resolve()}|{limit}|{seed}".encode()).hexdigest()[:16]
    kept = home() / "evals" / "corpora" / key
    listing = kept / "cases.jsonl"
    if not listing.is_file():
        _keep(root, kept, limit, seed)
    for line in listing.read_text(encoding="utf-8").splitlines():
        yield FaceCase.model_validate_json(line)


def _keep(root: Path, kept: Path, limit: int | None, seed: int) -> None:
    """Reads the folder once; the listing is written last, so that half a copy is never used."""
    chosen = take(_test_part(root), limit, seed)
    kept.mkdir(parents=True, exist_ok=True)
    groups = _audit_groups(str(root))
    lines = [_case(record, kept, groups).model_dump_json() for record in chosen]
    partial = kept / "cases.partial"
    partial.write_text("\n".join(lines), encoding="utf-8")
    partial.rename(kept / "cases.jsonl")


def _test_part(root: Path) -> list[layouts.Record]:
    """The official test records, else validation, else all; training pictures are not kept."""
    rest = [r for r in layouts.read(root, report=lambda bad: None) if r.split != "train"]
    for part in ("test", "validation"):
        if records := [r for r in rest if r.split == part]:
            return records
    return rest


def _case(record: layouts.Record, kept: Path, groups: dict[str, dict[str, str]]) -> FaceCase:
    units = {u.code: _level(record.unit(u.code)) for u in record.units}
    return FaceCase(
        id=record.key,
        picture=_picture(record, kept),
        box=None if record.whole_face else record.box,
        regions=tuple(RegionCase(target=name) for name in (FACE, *BASIC)),
        units={code: level for code, level in units.items() if level is not None},
        unit_source="human" if record.labelled_by == "people" else "teacher",
        emotion=record.emotion,
        age=record.age,
        groups={**groups.get(record.id, {}), **_groups_in_name(record)},
    )


def _level(label: layouts.UnitLabel | None) -> float | None:
    if label is None:
        return None
    return label.intensity if label.intensity is not None else float(label.present)


def _picture(record: layouts.Record, kept: Path) -> str:
    if isinstance(record.picture, Path):
        return str(record.picture.resolve())
    name = hashlib.sha256(record.picture).hexdigest()[:20]
    path = kept / f"{name}.img"
    path.write_bytes(record.picture)
    return str(path)


@cache
def _audit_groups(root: str) -> dict[str, dict[str, str]]:
    """Gender and race columns of the packs: another project's guesses, for audits only."""
    table = Path(root) / "labels.csv"
    if not table.is_file():
        return {}
    with table.open(encoding="utf-8", newline="") as file:
        return {
            row["id"]: _named(row.get("gender", ""), row.get("race", ""))
            for row in csv.DictReader(file)
        }


def _groups_in_name(record: layouts.Record) -> dict[str, str]:
    """UTKFace names its files ``age_gender_race_date``; the age group is an audit group too."""
    found: dict[str, str] = {}
    if record.source == "utkface" and isinstance(record.picture, Path):
        parts = record.picture.name.split("_")
        found = _named(parts[1], parts[2]) if len(parts) >= 4 else {}
    if record.age is not None:
        found["age"] = "under 20" if record.age < 20 else "20-59" if record.age < 60 else "60+"
    return found


def _named(gender: str, race: str) -> dict[str, str]:
    found = {"gender": _GENDERS.get(gender), "race": _RACES.get(race)}
    return {name: value for name, value in found.items() if value}
