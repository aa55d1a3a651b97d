"""A corpus of ``focalface data build`` as ``FaceCase``s: its faces and the regions drawn for them.

Test samples, or validation samples where there are none; training samples are never tested on. Each
region has its own truth; references are the texts by who looked, or the corpus' own where it has
none. From ``SPLIT.jsonl`` and ``pictures`` where they are, else from ``parquet`` (which needs the
extra ``data``).
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from focalface.evals.harness.inspecting import take
from focalface.evals.records import FACE, FaceCase, RegionCase
from focalface.tools.errors import ModelMissingError, UsageError
from focalface.tools.face.regions import ATLAS
from focalface.tools.types import Box

Json = dict[str, Any]


def recognises(root: Path) -> bool:
    """Tell whether ``root`` holds such a corpus."""
    return (root / "build.json").is_file() or any(root.glob("parquet/*-*.parquet"))


def cases(root: Path, kept: Path, limit: int | None, seed: int) -> list[FaceCase]:
    """Draw at most ``limit`` faces with ``seed``; pictures out of Parquet are put into ``kept``.

    Raises ``UsageError`` when the corpus has no sample to test on, and ``ModelMissingError`` when
    it is Parquet and the package to read it is missing.
    """
    for split in ("test", "validation"):
        file = root / f"{split}.jsonl"
        samples = _lines(file) if file.is_file() else _rows(root, split, ("id", "task", "truth"))
        faces: dict[str, list[Json]] = {}
        for sample in samples:
            # One sample of this kind for each region of a face, the whole face first.
            if sample["task"] in ("describe", "written"):
                faces.setdefault(_face_of(sample["id"]), []).append(sample)
        if faces:
            chosen = dict(take(faces.items(), limit, seed))
            found = _pictures(root, kept, split, chosen)
            # Our own wording is no reference for our own texts where somebody wrote better ones.
            seen = any(_by_people(s["truth"][0]) for own in faces.values() for s in own)
            return [_case(key, found[key], own, seen) for key, own in chosen.items()]
    raise UsageError(
        f"'{root}' holds training samples only, nothing to test on; build it from more subjects."
    )


def _face_of(sample_id: str) -> str:
    return sample_id.rpartition("#")[0]


def _lines(file: Path) -> Iterator[Json]:
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _rows(root: Path, split: str, columns: Sequence[str]) -> Iterator[Json]:
    """Yield the chosen columns of a split's Parquet files, truth decoded."""
    files = sorted(root.glob(f"parquet/{split}-*.parquet"))
    if not files:
        return
    try:
        import pyarrow.parquet as pq
    except ImportError:
        raise ModelMissingError(
            "Parquet needs the package 'pyarrow'; install it with: pip install 'focalface[data]'."
        ) from None
    for file in files:
        for batch in pq.ParquetFile(file).iter_batches(batch_size=64, columns=list(columns)):
            for row in batch.to_pylist():
                yield row | ({"truth": json.loads(row["truth"])} if "truth" in row else {})


def _pictures(root: Path, kept: Path, split: str, faces: dict[str, list[Json]]) -> dict[str, str]:
    """Face -> file of its picture."""
    first = {samples[0]["id"]: key for key, samples in faces.items()}
    if all("images" in samples[0] for samples in faces.values()):
        root = root.resolve()
        return {key: str(root / samples[0]["images"][0]) for key, samples in faces.items()}
    found = {}
    for row in _rows(root, split, ("id", "images")):
        if (key := first.get(row["id"])) is not None:
            path = kept / f"{hashlib.sha256(key.encode()).hexdigest()[:20]}.img"
            path.write_bytes(row["images"][0]["bytes"])
            found[key] = str(path)
    return found


def _case(key: str, picture: str, samples: list[Json], seen: bool) -> FaceCase:
    """``seen``: the corpus has texts by who looked, so that only they are references."""
    regions: dict[str, Json] = {}
    truths = [sample["truth"][0] for sample in samples]
    for truth in sorted(truths, key=_by_people, reverse=True):
        # The same atlas region may have been drawn twice; boxes are all different.
        name = truth["region"] if truth["region"] in ATLAS else str(truth["box"])
        regions.setdefault(name, truth)
    whole = regions[FACE]
    return FaceCase(
        id=key,
        picture=picture,
        box=_box(whole),
        regions=tuple(
            _region(truth, refers=_by_people(truth) or not seen)
            for truth in sorted(regions.values(), key=lambda truth: truth["region"] != FACE)
        ),
        units=_units(whole),
        unit_source="coded" if key.startswith("pack-") else "human",
        emotion=whole["emotion"],
        age=whole["years"],
    )


def _by_people(truth: Json) -> bool:
    """Tell whether somebody wrote the text who looked at the region."""
    return bool(truth.get("kind") == "written")


def _region(truth: Json, *, refers: bool) -> RegionCase:
    atlas = truth["region"] in ATLAS
    shows = bool(truth["can_show"]) or not {"emotion", "age"} <= {*truth["cannot_tell"]}
    return RegionCase(
        target=truth["region"] if atlas else _box(truth),
        references=(truth["text"],) if refers else (),
        # That the tip of a nose shows no unit is a convention; that a corner of wall does is not.
        visible=None if atlas and not shows else shows,
        units=_units(truth),
    )


def _box(truth: Json) -> Box:
    x1, y1, x2, y2 = truth["box"]
    return Box(x1=x1, y1=y1, x2=x2, y2=y2)


def _units(truth: Json) -> dict[str, float]:
    """Code to intensity, the stronger side; labelled absent is 0, without a label is no key."""
    found = dict.fromkeys(truth["absent"], 0.0)
    for name, level in truth["units"].items():
        code = name.partition(" ")[0]
        found[code] = max(found.get(code, 0.0), level)
    return found
