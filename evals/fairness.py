"""Every describe metric by audit group, and the gap of the worst group with its interval."""

from collections.abc import Callable, Sequence

import numpy as np
from inspect_ai import Task, task

from focalface.evals import describing
from focalface.evals.describe import faces_task
from focalface.evals.figures import Floats, Statistic
from focalface.evals.records import FaceRecord
from focalface.evals.suites import Raw, Suite

METRICS = (
    "emotion_accuracy",
    "emotion_macro_f1",
    "au_f1_macro",
    "teacher_au_f1_macro",
    "age_mae",
    "age_group_accuracy",
    "age_interval_coverage",
)
SMALLEST = 5
"""Groups with fewer judgements than this are shown but make no gap: it would be their noise."""


@task
def fairness(
    data: str | None = None,
    limit: int | None = None,
    seed: int = 0,
    describer: str | None = None,
) -> Task:
    """The faces of the describe suite; audit groups of people need ``data`` that names them."""
    return faces_task("fairness", data, limit, seed, describer)


def statistics(records: Sequence[Raw]) -> dict[str, Statistic]:
    """``metric@group=value`` of each group, and ``metric_gap@group`` between best and worst."""
    faces = describing.typed(records)
    found: dict[str, Statistic] = {}
    for group in sorted({name for r in faces for name in r.case.groups}):
        values = sorted({r.case.groups[group] for r in faces if group in r.case.groups})
        parts = {v: _rows_of(faces, group, v) for v in values}
        for metric in METRICS:
            for value in values:
                found[f"{metric}@{group}={value}"] = parts[value][metric]
            large = [p[metric] for p in parts.values() if p[metric].n >= SMALLEST]
            if len(large) > 1:
                found[f"{metric}_gap@{group}"] = gap(large)
    return found


def _rows_of(faces: Sequence[FaceRecord], group: str, value: str) -> dict[str, Statistic]:
    """The metrics of one group, with rows for all faces: the others weigh nothing."""
    chosen = [r.case.groups.get(group) == value for r in faces]
    core = describing.core([r for r, use in zip(faces, chosen, strict=True) if use])
    where = np.flatnonzero(chosen)
    return {metric: core[metric].spread(where, len(faces)) for metric in METRICS}


def gap(groups: Sequence[Statistic]) -> Statistic:
    """Largest minus smallest value of the groups, resampled together.

    A gap is never negative, so noise alone makes it positive: read its interval, not its sign.
    """
    widths = [g.rows.shape[1] for g in groups]
    ends = np.cumsum(widths)
    functions: list[Callable[[Floats], Floats]] = [g.of_sums for g in groups]

    def of_sums(sums: Floats) -> Floats:
        each = [
            of(sums[..., end - width : end])
            for of, end, width in zip(functions, ends, widths, strict=True)
        ]
        stacked = np.stack(each)
        return np.asarray(stacked.max(axis=0) - stacked.min(axis=0))

    rows = np.concatenate([g.rows for g in groups], axis=1)
    return Statistic(rows, of_sums, sum(g.n for g in groups), "lower")


SUITE = Suite(
    name="fairness",
    about="every describe metric per audit group, gap of the worst group with its interval",
    task=fairness,
    statistics=statistics,
    headline=tuple(
        f"{metric}_gap@{group}" for group in ("gender", "race", "age", "pose") for metric in METRICS
    ),
    accepts=frozenset({"data", "limit", "seed", "describer"}),
)
