"""Faces with truth: the built-in seven, or any folder of labelled data, as ``FaceCase``s.

A folder may hold the packs that the networks were trained on (``labels.csv`` and tars of faces), a
corpus of ``focalface data build`` (:mod:`~focalface.evals.datasets.built`), or one of the public
sets in its official layout (DISFA, BP4D, CK+, AffectNet, RAF-DB, FER2013, CelebA, UTKFace):
:mod:`focalface.tools.datasets` reads those, and :mod:`~focalface.evals.datasets.protocols` chooses
the part to test on.
"""

import csv
import hashlib
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from focalface.evals.datasets import built, protocols
from focalface.evals.harness.inspecting import take
from focalface.evals.records import FACE, FaceCase, RegionCase
from focalface.tools import datasets
from focalface.tools.errors import UsageError
from focalface.tools.face import facs
from focalface.tools.face.regions import ATLAS, BASIC, CUSTOM
from focalface.tools.paths import home
from focalface.tools.types import Box

DATA = Path(__file__).parents[1] / "suites" / "data"
OUTSIDE = ("mouth", "lower_lip", "chin")
"""Regions that the cut-off variants of the built-in faces lack; the upper ones stay visible."""

_KEPT = 4
"""Number of the form in which cases are kept; a new form makes old ones be read again."""
_GENDERS = {"0": "male", "1": "female"}
_RACES = {"0": "White", "1": "Black", "2": "Asian", "3": "Indian", "4": "other"}


def rows(name: str) -> list[dict[str, Any]]:
    """Return the rows of ``evals/suites/data/NAME.jsonl``."""
    text = (DATA / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def faces(
    data: str | None,
    *,
    limit: int | None = None,
    seed: int = 0,
    cut: bool = True,
    fold: int | None = None,
    only: Collection[str] | None = None,
) -> list[FaceCase]:
    """Return cases from a folder, or the built-in ones; at most ``limit``, drawn with ``seed``.

    ``cut``: with the built-in faces that are cut off above the mouth. ``fold``: of a set that is
    tested by folds. ``only``: ids of records to choose from.

    Raises ``UsageError`` for a folder that holds nothing readable, and for a fold that it lacks.
    """
    if fold not in (None, *protocols.FOLDS):
        raise UsageError("The folds of DISFA and BP4D are 1, 2 and 3.")
    if data is None:
        if fold is not None:
            raise UsageError("The built-in faces have no folds; give DISFA or BP4D with --data.")
        return take(builtin(cut), limit, seed)
    root = Path(data).expanduser()
    found = list(_of_folder(root, _Choice(limit, seed, fold, only)))
    if not found:
        raise UsageError(
            f"'{data}' holds no face to test on; 'focalface data layouts' lists what can be read."
        )
    return found


def builtin(cut: bool = True) -> list[FaceCase]:
    """Return the seven annotated faces, then those with all corners once more, cut off above the
    mouth."""
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


@dataclass(frozen=True, slots=True)
class _Choice:
    """Which records of a folder are taken."""

    limit: int | None
    seed: int
    fold: int | None
    only: Collection[str] | None


def _of_folder(root: Path, choice: _Choice) -> Iterator[FaceCase]:
    """Cases of a folder, kept with their pictures in the user's cache, so that runs can resume."""
    kept = home() / "evals" / "corpora" / _key(root, choice)
    listing = kept / "cases.jsonl"
    if not listing.is_file():
        _keep(root, kept, choice)
    for line in listing.read_text(encoding="utf-8").splitlines():
        yield FaceCase.model_validate_json(line)


def _key(root: Path, choice: _Choice) -> str:
    """Changes with the choice and with the tables that lie in the folder itself."""
    tables = [
        (file.name, file.stat().st_size, file.stat().st_mtime_ns)
        for file in sorted(root.glob("*.*"))
        if file.suffix in (".csv", ".json", ".jsonl", ".npz", ".txt")
    ]
    only = None if choice.only is None else sorted(choice.only)
    words = [_KEPT, str(root.resolve()), choice.limit, choice.seed, choice.fold, only, tables]
    return hashlib.sha256(json.dumps(words).encode()).hexdigest()[:16]


def _keep(root: Path, kept: Path, choice: _Choice) -> None:
    """Read the folder once; the listing is written last, so that half a copy is never used."""
    kept.mkdir(parents=True, exist_ok=True)
    if built.recognises(root):
        if choice.fold is not None:
            raise UsageError("A built corpus has no folds; leave --fold out.")
        found = built.cases(root, kept, choice.limit, choice.seed)
    else:
        records = datasets.read_records(root, report=lambda bad: None)
        if choice.only is not None:
            records = (r for r in records if r.id in choice.only)
        chosen = take(protocols.part_to_test(records, choice.fold), choice.limit, choice.seed)
        groups = _audit_groups(str(root))
        found = [_case(record, kept, groups) for record in chosen]
    lines = [case.model_copy(update={"groups": _groups(case)}).model_dump_json() for case in found]
    partial = kept / "cases.partial"
    partial.write_text("\n".join(lines), encoding="utf-8")
    partial.rename(kept / "cases.jsonl")


def _case(record: datasets.Record, kept: Path, groups: dict[str, dict[str, str]]) -> FaceCase:
    units = {u.code: _level(record.unit(u.code)) for u in record.units}
    return FaceCase(
        id=record.key,
        picture=_picture(record, kept),
        box=None if record.whole_face else record.box,
        regions=_regions(record),
        units={code: level for code, level in units.items() if level is not None},
        faint=tuple(code for code in units if _is_faint(record, code)),
        unit_source="human" if record.labelled_by == "people" else "coded",
        emotion=record.emotion,
        age=record.age,
        hidden=_hidden(record),
        groups={**groups.get(record.id, {}), **_groups_in_name(record)},
        protocol=record.source if record.source in protocols.PROTOCOLS else "",
        fold=protocols.fold_of(record),
    )


def _regions(record: datasets.Record) -> tuple[RegionCase, ...]:
    """Return the face and its basic regions, with what somebody wrote on them, then the boxes of
    texts."""
    said = {text.region: (text.text,) for text in record.texts}
    named = [RegionCase(target=n, references=said.get(n, ())) for n in (FACE, *BASIC)]
    unions = [
        RegionCase(target=n, references=words)
        for n, words in said.items()
        if n in ATLAS and n not in (FACE, *BASIC)
    ]
    boxes = [
        RegionCase(target=box, references=(text.text,))
        for text in record.texts
        if text.region == CUSTOM and (box := _box_of(text)) is not None
    ]
    return (*named, *unions, *boxes)


def _box_of(text: datasets.RegionText) -> Box | None:
    xs, ys = zip(*text.polygon, strict=True)
    if min(xs) >= max(xs) or min(ys) >= max(ys):
        return None
    return Box(x1=min(xs), y1=min(ys), x2=max(xs), y2=max(ys))


def _hidden(record: datasets.Record) -> dict[str, bool] | None:
    """Tell which parts a coder called hidden; a beard hides the edges of the lips only."""
    if record.labelled_by == "people" or not (record.units or record.unreadable):
        return None
    return {part: words != "a beard" for part, words in record.hidden.items()}


def _is_faint(record: datasets.Record, code: str) -> bool:
    """Coded as present, yet weaker than ``facs.PRESENT``; DISFA's protocol calls that absent."""
    label = record.unit(code)
    return (
        record.source != "disfa"
        and label is not None
        and label.present
        and (_level(label) or 0.0) < facs.PRESENT
    )


def _level(label: datasets.UnitLabel | None) -> float | None:
    if label is None:
        return None
    return label.intensity if label.intensity is not None else float(label.present)


def _picture(record: datasets.Record, kept: Path) -> str:
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


def _groups_in_name(record: datasets.Record) -> dict[str, str]:
    """UTKFace names its files ``age_gender_race_date``."""
    if record.source == "utkface" and isinstance(record.picture, Path):
        parts = record.picture.name.split("_")
        return _named(parts[1], parts[2]) if len(parts) >= 4 else {}
    return {}


def _groups(case: FaceCase) -> dict[str, str]:
    """Return the groups that are known, and the age group where the age is."""
    if case.age is None:
        return dict(case.groups)
    age = "under 20" if case.age < 20 else "20-59" if case.age < 60 else "60+"
    return {**case.groups, "age": age}


def _named(gender: str, race: str) -> dict[str, str]:
    found = {"gender": _GENDERS.get(gender), "race": _RACES.get(race)}
    return {name: value for name, value in found.items() if value}
