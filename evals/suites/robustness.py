"""Each describe metric against nine changes of the picture in five severities."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from inspect_ai import Task, task

from focalface.evals.datasets import corpora
from focalface.evals.harness import inspecting
from focalface.evals.harness.suite import Grid, Raw, Suite
from focalface.evals.metrics.statistics import Estimate, Statistic
from focalface.evals.records import FACE, FaceCase, FaceRecord, RegionCase
from focalface.evals.subjects import registry
from focalface.evals.suites import describing
from focalface.evals.suites.changes import CHANGES, SEVERITIES

METRICS = ("emotion_accuracy", "au_f1_macro", "coded_au_f1_macro", "age_mae")
_WORST = max(SEVERITIES)


@task
def robustness(
    data: str | None = None,
    limit: int | None = None,
    seed: int = 0,
    describer: str | None = None,
) -> Task:
    """``limit``: faces; each is described once as it is and once for every change and severity."""
    bench = registry.workbench(describer)
    faces = corpora.faces(data, limit=limit, seed=seed, cut=False)
    plain = [_changed(face, "none", 0) for face in faces]
    changed = [_changed(f, name, s) for f in faces for name in CHANGES for s in SEVERITIES]
    return inspecting.make_task(
        "robustness",
        [c.model_dump(mode="json") for c in (*plain, *changed)],
        partial(_run, bench, seed),
        failed=describing.failed,
        worth=describing.worth,
        show=describing.show,
        subject=registry.facts(bench.describer),
    )


def _changed(case: FaceCase, name: str, severity: int) -> FaceCase:
    return case.model_copy(
        update={
            "id": f"{case.id}|{name} {severity}",
            "regions": (RegionCase(target=FACE),),
            "change": name,
            "severity": severity,
        }
    )


def _run(bench: Any, seed: int, raw: dict[str, Any]) -> dict[str, Any]:
    case = FaceCase.model_validate(raw)
    return describing.describe(bench, case, seed).model_dump(mode="json")


def statistics(records: Sequence[Raw]) -> dict[str, Statistic]:
    """``metric@change severity`` (severity 0: unchanged), and ``metric@all 5`` over the worst."""
    faces = describing.typed(records)
    found: dict[str, Statistic] = {}
    for change in CHANGES:
        for severity in (0, *SEVERITIES):
            name = "none" if severity == 0 else change
            found |= _of(
                faces,
                [r.case.change == name and r.case.severity == severity for r in faces],
                f"{change} {severity}",
            )
    found |= _of(faces, [r.case.severity == 0 for r in faces], "all 0")
    found |= _of(faces, [r.case.severity == _WORST for r in faces], f"all {_WORST}")
    return found


def _of(faces: Sequence[FaceRecord], chosen: Sequence[bool], name: str) -> dict[str, Statistic]:
    """Return the metrics over the chosen records, as rows of all of them: the others weigh
    nothing."""
    mine = [face for face, use in zip(faces, chosen, strict=True) if use]
    if not mine:
        return {}
    core, where = describing.core(mine), np.flatnonzero(chosen)
    return {f"{metric}@{name}": core[metric].spread(where, len(faces)) for metric in METRICS}


def grids(figures: Mapping[str, Estimate]) -> list[Grid]:
    """Return a table a metric: changes down, severities across."""
    levels = (0, *SEVERITIES)
    found = []
    for metric in METRICS:
        values = {
            name: [figures.get(f"{metric}@{name} {level}") for level in levels] for name in CHANGES
        }
        if any(figure for row in values.values() for figure in row):
            rows = tuple(
                (name, *(figure.short if figure else "" for figure in row))
                for name, row in values.items()
            )
            head = ("change", *map(str, levels))
            found.append(Grid(f"{metric} by severity, 0 unchanged", head, rows))
    return found


SUITE = Suite(
    name="robustness",
    about="describe metrics under nine changes of the picture, against their severity",
    task=robustness,
    statistics=statistics,
    headline=tuple(f"{m}@all {s}" for m in METRICS for s in (0, _WORST)),
    accepts=frozenset({"data", "limit", "seed", "describer"}),
    grids=grids,
)
