"""The atlas: geometry against landmark truth, names and aliases, regions proposed for questions."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Literal

import numpy as np
from inspect_ai import Task, task

from focalface.evals.datasets import corpora, pictures
from focalface.evals.harness import inspecting
from focalface.evals.harness.suite import Raw, Suite
from focalface.evals.metrics.geometry import centroid, distance, near, union_iou
from focalface.evals.metrics.statistics import Statistic, ratio
from focalface.evals.subjects import registry
from focalface.tools.errors import UnknownRegionError
from focalface.tools.face.regions import names_for
from focalface.tools.pictures.images import Image
from focalface.tools.types import Box, Face, Frozen, Point
from focalface.tools.workbench import Workbench

TOLERANCE = 0.08
"""Points may lie this far outside their region, in eye distances: many mark its very border."""

POINTS = "udacity68.npz"
LIMIT = 6
"""Regions asked for per question."""

_PARTS_68 = {
    "right_brow": range(17, 22),
    "left_brow": range(22, 27),
    "right_eye": range(36, 42),
    "left_eye": range(42, 48),
    "mouth": range(48, 60),
    "nose_tip": (30,),
    "right_lip_corner": (48,),
    "left_lip_corner": (54,),
}
"""Points of the 68-point scheme that lie on a region; 36-41 is the subject's right eye."""


class RegionsCase(Frozen):
    """``geometry``: parts with points set by people; ``name``: text and the names it means (none:
    an error is right); ``proposal``: a question with the regions it needs and may have.
    """

    id: str
    kind: Literal["geometry", "name", "proposal"]
    picture: str = ""
    box: Box | None = None
    parts: Mapping[str, tuple[Point, ...]] = {}
    text: str = ""
    expected: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()


class RegionsRecord(Frozen):
    """A case with its numbers: name of a number to (sum, count)."""

    case: RegionsCase
    sums: Mapping[str, tuple[float, float]] = {}
    got: tuple[str, ...] = ()
    failure: str | None = None


@task
def regions(data: str | None = None, limit: int | None = None, seed: int = 0) -> Task:
    """Geometry, names and proposals; ``data``: face packs with 68 human points for the geometry."""
    bench = registry.workbench(None)
    cases = [*_geometry(data, limit, seed), *_names(), *_proposals()]
    return inspecting.make_task(
        "regions",
        [case.model_dump(mode="json") for case in cases],
        partial(_run, bench),
        failed=_failed,
        worth=lambda r: {k: s / n for k, (s, n) in r["sums"].items() if n} or {"failed": 1.0},
        show=lambda r: ", ".join(r["got"]),
        subject={},
    )


def _geometry(data: str | None, limit: int | None, seed: int) -> list[RegionsCase]:
    if data is None:
        found = [_annotated(row) for row in corpora.rows("faces")]
    else:
        found = list(_sixty_eight(Path(data).expanduser(), limit, seed))
    return inspecting.take(found, limit, seed)


def _annotated(row: dict[str, Any]) -> RegionsCase:
    points = {name: (x, y) for name, (x, y) in row["points"].items()}
    parts: dict[str, tuple[Point, ...]] = {}
    for side in ("left", "right"):
        for region, names in (
            (f"{side}_eye", (f"{side}_eye_outer", f"{side}_eye_inner")),
            (f"{side}_brow", tuple(f"{side}_brow_{e}" for e in ("outer", "middle", "inner"))),
            (f"{side}_lip_corner", (f"{side}_mouth",)),
        ):
            if all(name in points for name in names):
                parts[region] = tuple(points[name] for name in names)
    parts["nose_tip"] = (points["nose_tip"],)
    x1, y1, x2, y2 = row["box"]
    return RegionsCase(
        id=f"geometry-{row['id']}",
        kind="geometry",
        picture=row["picture"],
        box=Box(x1=x1, y1=y1, x2=x2, y2=y2),
        parts=parts,
    )


def holds_points(root: Path) -> bool:
    """Tell whether a folder has points set by people, without which it says nothing of geometry."""
    return (root / POINTS).is_file()


def _sixty_eight(root: Path, limit: int | None, seed: int) -> Iterator[RegionsCase]:
    """Yield faces of a pack that have 68 points set by people (``udacity68.npz``, crop pixels)."""
    if not holds_points(root):
        return
    with np.load(root / POINTS, allow_pickle=False) as arrays:
        truth = dict(zip(arrays["id"].tolist(), arrays["points"] / 64.0 - 64.0, strict=True))
    for case in corpora.faces(str(root), limit=limit, seed=seed, only=truth.keys()):
        if (found := truth.get(case.id.rpartition("/")[2])) is not None:
            parts = {
                name: tuple((float(x), float(y)) for x, y in found[list(index)])
                for name, index in _PARTS_68.items()
            }
            yield RegionsCase(
                id=f"geometry-{case.id}", kind="geometry", picture=case.picture, parts=parts
            )


def _names() -> list[RegionsCase]:
    return [
        RegionsCase(id=row["id"], kind="name", text=row["text"], expected=row["expected"])
        for row in corpora.rows("names")
    ]


def _proposals() -> list[RegionsCase]:
    face = next(row for row in corpora.rows("faces") if row["id"] == "astronaut")
    x1, y1, x2, y2 = face["box"]
    return [
        RegionsCase(
            id=row["id"],
            kind="proposal",
            picture=face["picture"],
            box=Box(x1=x1, y1=y1, x2=x2, y2=y2),
            text=row["question"],
            expected=row["expected"],
            allowed=row["allowed"],
        )
        for row in corpora.rows("proposals")
    ]


def _run(bench: Workbench, raw: dict[str, Any]) -> dict[str, Any]:
    case = RegionsCase.model_validate(raw)
    record = {"geometry": _place, "name": _name, "proposal": _propose}[case.kind](bench, case)
    return record.model_dump(mode="json")


@lru_cache(maxsize=4)
def _opened(bench: Workbench, picture: str, box: Box | None) -> tuple[Image, Face]:
    """Return the picture and its face; all questions are about the same one."""
    image = bench.open(pictures.load(picture))
    return image, bench.face_at(image, box or Box(x1=0, y1=0, x2=image.width, y2=image.height))


def _place(bench: Workbench, case: RegionsCase) -> RegionsRecord:
    """Return points inside their region, and how far its middle is from theirs, in eye
    distances."""
    image, face = _opened(bench, case.picture, case.box)
    eyes = distance(face.keypoints.left_eye, face.keypoints.right_eye)
    sums: dict[str, tuple[float, float]] = {}
    inside, sided, offsets = [], [], []
    for name, points in case.parts.items():
        polygon = bench.regions(image, face, [name])[0].polygon
        inside += [near(polygon, p, TOLERANCE * eyes) for p in points]
        offsets.append(distance(centroid(polygon), centroid(points)) / max(eyes, 1.0))
        sums[f"points_inside@{name}"] = (float(sum(inside[-len(points) :])), float(len(points)))
        if (other := _mirrored(name)) in case.parts:
            theirs = centroid(case.parts[other])
            middle = centroid(polygon)
            sided.append(distance(middle, centroid(points)) < distance(middle, theirs))
    sums["points_inside"] = (float(sum(inside)), float(len(inside)))
    sums["side_right"] = (float(sum(sided)), float(len(sided)))
    sums["offset"] = (float(sum(offsets)), float(len(offsets)))
    return RegionsRecord(case=case, sums=sums)


def _mirrored(name: str) -> str:
    side, _, rest = name.partition("_")
    return f"{'right' if side == 'left' else 'left'}_{rest}" if side in ("left", "right") else ""


def _name(bench: Workbench, case: RegionsCase) -> RegionsRecord:
    try:
        got = tuple(sorted(names_for(case.text)))
    except UnknownRegionError:
        got = ()
    right = float(got == case.expected)
    return RegionsRecord(case=case, sums={"name_accuracy": (right, 1.0)}, got=got)


def _propose(bench: Workbench, case: RegionsCase) -> RegionsRecord:
    image, face = _opened(bench, case.picture, case.box)
    proposed = bench.propose(image, face, case.text, limit=LIMIT)
    got = tuple(r.name for r in proposed)
    wanted = bench.regions(image, face, case.expected)
    iou = union_iou([r.polygon for r in proposed], [r.polygon for r in wanted])
    # With more regions needed than may be asked for, the limit is the best possible.
    needed = min(len(case.expected), LIMIT)
    sums = {
        "proposal_recall": (float(min(len({*case.expected} & {*got}), needed)), float(needed)),
        "proposal_precision": (
            float(len({*case.expected, *case.allowed} & {*got})),
            float(len(got)),
        ),
        "proposal_iou": (iou, 1.0),
        "first_right": (float(bool(got) and got[0] in case.expected), 1.0),
    }
    return RegionsRecord(case=case, sums=sums, got=got)


def _failed(case: Mapping[str, Any], why: str) -> dict[str, Any]:
    """A dead sample counts one miss in the main number of its kind."""
    typed = RegionsCase.model_validate(case)
    name = {"geometry": "points_inside", "name": "name_accuracy", "proposal": "proposal_recall"}
    sums = {name[typed.kind]: (0.0, float(max(1, sum(map(len, typed.parts.values())))))}
    return RegionsRecord(case=typed, sums=sums, failure=why).model_dump(mode="json")


def statistics(records: Sequence[Raw]) -> dict[str, Statistic]:
    """Return every number of the records as a ratio of sums."""
    sums = [RegionsRecord.model_validate(r).sums for r in records]
    names = sorted({name for s in sums for name in s})
    found = {}
    for name in names:
        pairs = [s.get(name, (0.0, 0.0)) for s in sums]
        better: Literal["lower", "higher"] = "lower" if name == "offset" else "higher"
        found[name] = ratio([p[0] for p in pairs], [p[1] for p in pairs], better)
    return found


SUITE = Suite(
    name="regions",
    about="atlas geometry against landmarks, names and sides, regions proposed per question",
    task=regions,
    statistics=statistics,
    headline=(
        "points_inside",
        "side_right",
        "offset",
        "name_accuracy",
        "proposal_recall",
        "proposal_precision",
        "proposal_iou",
        "first_right",
    ),
    accepts=frozenset({"data", "limit", "seed"}),
)
