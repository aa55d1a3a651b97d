"""Finding faces: recall and precision at IoU 0.5, by face size and file format, false faces."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from inspect_ai import Task, task

from focalface.evals.datasets.scenes import SceneCase, scenes, source
from focalface.evals.harness import inspecting
from focalface.evals.harness.suite import Raw, Suite
from focalface.evals.metrics.detection import SIZES, keypoint_error, match, size_of
from focalface.evals.metrics.statistics import Statistic, mean, ratio
from focalface.evals.subjects import registry
from focalface.tools.errors import ImageError
from focalface.tools.types import Box, Frozen, Keypoints, Point
from focalface.tools.workbench import Workbench


class FoundFace(Frozen):
    """A found face: box, score and the five keypoints in the order of ``TrueFace``."""

    box: Box
    score: float
    keypoints: tuple[Point, ...]


class SceneRecord(Frozen):
    """A case with what was found; ``opened`` False: the tools said that it is no usable picture."""

    case: SceneCase
    found: tuple[FoundFace, ...] = ()
    opened: bool = True
    failure: str | None = None


@task
def detection(data: str | None = None, limit: int | None = None, seed: int = 0) -> Task:
    """Return faces found on pictures with known boxes; built-in pictures without ``data``."""
    bench = registry.workbench(None)
    return inspecting.make_task(
        "detection",
        [case.model_dump(mode="json") for case in scenes(data, limit=limit, seed=seed)],
        partial(_run, bench),
        failed=_failed,
        worth=_worth,
        show=lambda record: f"{len(record['found'])} faces",
        subject={"detector": bench.settings.detector},
    )


def _run(bench: Workbench, case: dict[str, Any]) -> dict[str, Any]:
    scene = SceneCase.model_validate(case)
    try:
        image = bench.open(source(scene))
    except ImageError:
        if scene.opens:
            raise
        return SceneRecord(case=scene, opened=False).model_dump(mode="json")
    found = [
        FoundFace(box=face.box, score=face.score, keypoints=_five(face.keypoints))
        for face in bench.detect(image)
    ]
    return SceneRecord(case=scene, found=tuple(found)).model_dump(mode="json")


def _five(k: Keypoints) -> tuple[Point, ...]:
    return (k.right_eye, k.left_eye, k.nose, k.right_mouth, k.left_mouth)


def _failed(case: Mapping[str, Any], why: str) -> dict[str, Any]:
    record = SceneRecord(case=SceneCase.model_validate(case), opened=False, failure=why)
    return record.model_dump(mode="json")


def _worth(record: Mapping[str, Any]) -> dict[str, float]:
    row = _Row(SceneRecord.model_validate(record))
    return {"true": row.true, "right": row.right, "false": row.false}


class _Row:
    """What one picture adds to the figures."""

    def __init__(self, record: SceneRecord) -> None:
        case = record.case
        self.case = case
        self.dead = record.failure is not None
        self.opened_rightly = not self.dead and record.opened == case.opens
        self.faces = [f for f in case.faces if not f.ignore]
        found = record.found
        self.matches = match(
            [f.box for f in self.faces],
            [f.box for f in found],
            [f.score for f in found],
            [f.box for f in case.faces if f.ignore],
        )
        self.true = float(len(self.faces))
        self.right = float(len(self.matches.pairs))
        self.false = float(len(self.matches.false))
        self.errors = [
            keypoint_error(points, found[j].keypoints, self.faces[i].box)
            for i, j in self.matches.pairs
            if (points := self.faces[i].keypoints) is not None
        ]

    def by_size(self, name: str) -> tuple[float, float]:
        """Found and true faces of a size class."""
        true = [i for i, f in enumerate(self.faces) if size_of(f.box) == name]
        return float(sum(i not in self.matches.missed for i in true)), float(len(true))


def statistics(records: Sequence[Raw]) -> dict[str, Statistic]:
    """Return all figures; ``recall@16-32 px`` by face size, ``recall@exif_6`` by kind of
    picture."""
    rows = [_Row(SceneRecord.model_validate(r)) for r in records]
    alive = np.array([not r.dead for r in rows], float)
    errors = [np.sum(r.errors) for r in rows], [float(len(r.errors)) for r in rows]
    found = {
        "recall": ratio([r.right for r in rows], [r.true for r in rows]),
        "precision": ratio([r.right for r in rows], [r.right + r.false for r in rows]),
        "false_per_picture": ratio([r.false for r in rows], alive, "lower"),
        "keypoint_error": ratio(*errors, "lower"),
        "opened_rightly": mean([float(r.opened_rightly) for r in rows]),
    }
    for _, name in SIZES:
        pairs = [r.by_size(name) for r in rows]
        found[f"recall@{name}"] = ratio([a for a, _ in pairs], [b for _, b in pairs])
    for kind in sorted({r.case.kind for r in rows} - {""}):
        mine = np.array([r.case.kind == kind for r in rows], float)
        if kind == "empty":
            false = [r.false * m for r, m in zip(rows, mine, strict=True)]
            found["false_per_empty_picture"] = ratio(false, mine * alive, "lower")
        else:
            true = np.array([r.true for r in rows]) * mine
            found[f"recall@{kind}"] = ratio(np.array([r.right for r in rows]) * mine, true)
    return found


SUITE = Suite(
    name="detection",
    about="recall and precision of faces at IoU 0.5 by size and format, false faces, keypoints",
    task=detection,
    statistics=statistics,
    headline=(
        "recall",
        "precision",
        "false_per_picture",
        "false_per_empty_picture",
        "keypoint_error",
        "opened_rightly",
    ),
    accepts=frozenset({"data", "limit", "seed"}),
)
