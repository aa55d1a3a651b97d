"""Every describe metric by audit group, and the gap of the worst group with its interval.

Groups come with the data: gender, race and age of UTKFace and of packs in its manner, the age group
wherever ages are labelled, the pose of the built-in faces. They are for audits, never a target.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from inspect_ai import Task, task

from focalface.evals.harness.suite import Raw, Suite
from focalface.evals.metrics.statistics import Statistic, combined
from focalface.evals.records import FaceRecord
from focalface.evals.suites import describing
from focalface.evals.suites.describe import faces_task

METRICS = (
    "emotion_accuracy",
    "emotion_macro_f1",
    "au_f1_macro",
    "coded_au_f1_macro",
    "age_mae",
    "age_group_accuracy",
    "age_interval_coverage",
)
"""The metrics whose gaps stand on top of a report."""
SMALLEST = 20
"""Faces that a group needs for a gap: below it, the interval of a share is over 40 points wide."""


@task
def fairness(
    data: str | None = None,
    limit: int | None = None,
    seed: int = 0,
    describer: str | None = None,
) -> Task:
    """Return the faces of the describe suite; audit groups of people need ``data`` that names
    them."""
    return faces_task("fairness", data, limit, seed, describer)


@dataclass(frozen=True, slots=True)
class _Compared:
    """One metric over the values of one kind of group; statistics have rows for all faces."""

    kind: str
    metric: str
    values: Mapping[str, Statistic]

    @property
    def large(self) -> dict[str, Statistic]:
        """Values with enough faces to be compared."""
        return {v: s for v, s in self.values.items() if faces_of(s) >= SMALLEST}

    @property
    def small(self) -> dict[str, int]:
        """Values with faces, but too few, and how many."""
        return {v: n for v, s in self.values.items() if 0 < (n := faces_of(s)) < SMALLEST}


def faces_of(statistic: Statistic) -> int:
    """Tell how many faces a statistic rests on; its ``n`` counts labels, of which a face has
    many."""
    return int(np.any(statistic.rows != 0, axis=1).sum())


def statistics(records: Sequence[Raw]) -> dict[str, Statistic]:
    """``metric@group=value`` of each group, and ``metric_gap@group`` between best and worst."""
    found: dict[str, Statistic] = {}
    for compared in _comparisons(describing.typed(records)):
        kind, metric = compared.kind, compared.metric
        found |= {f"{metric}@{kind}={value}": s for value, s in compared.values.items()}
        if len(compared.large) > 1:
            found[f"{metric}_gap@{kind}"] = gap(list(compared.large.values()))
    return found


def _comparisons(faces: Sequence[FaceRecord]) -> Iterator[_Compared]:
    for kind in sorted({name for r in faces for name in r.case.groups}):
        values = sorted({r.case.groups[kind] for r in faces if kind in r.case.groups})
        parts = {value: _rows_of(faces, kind, value) for value in values}
        for metric in dict.fromkeys(name for part in parts.values() for name in part):
            yield _Compared(kind, metric, {v: p[metric] for v, p in parts.items() if metric in p})


def _rows_of(faces: Sequence[FaceRecord], kind: str, value: str) -> dict[str, Statistic]:
    """Return the metrics of one group, with rows for all faces: the others weigh nothing."""
    chosen = [r.case.groups.get(kind) == value for r in faces]
    mine = [r for r, use in zip(faces, chosen, strict=True) if use]
    found = describing.core(mine) | describing.focal_and_text(mine)
    where = np.flatnonzero(chosen)
    # Single units are left out: no audit group holds enough faces that show each of them.
    return {name: s.spread(where, len(faces)) for name, s in found.items() if "[" not in name}


def gap(groups: Sequence[Statistic]) -> Statistic:
    """Largest minus smallest value of the groups, resampled together.

    A gap is never negative, so noise alone makes it positive: read its interval, not its sign.
    """
    return combined(groups, np.ptp, "lower")


def notes(records: Sequence[Raw]) -> list[str]:
    """Return the worst group of each gap by name, and the groups that are too small for one."""
    faces = describing.typed(records)
    if not any(r.case.groups for r in faces):
        return ["The data names no audit groups, so there is nothing to compare."]
    found: list[str] = []
    small: dict[str, list[str]] = {}
    for compared in _comparisons(faces):
        if compared.metric in METRICS:
            found += _worst_group(compared)
            for value, count in compared.small.items():
                group = f"{compared.kind}={value}"
                small.setdefault(group, []).append(f"{compared.metric} {count}")
    return found + [
        f"{group} has too few faces for a gap ({SMALLEST} are needed): {', '.join(metrics)}."
        for group, metrics in small.items()
    ]


def _worst_group(compared: _Compared) -> list[str]:
    values = {v: float(s.of_sums(s.rows.sum(axis=0))) for v, s in compared.large.items()}
    values = {v: x for v, x in values.items() if not np.isnan(x)}
    better = next(iter(compared.values.values())).better
    if len(values) < 2 or better == "none":
        return []
    ranked = sorted(values, key=values.__getitem__, reverse=better == "lower")
    worst, best = ranked[0], ranked[-1]
    return [
        f"{compared.metric} by {compared.kind}: worst {worst} {values[worst]:.3f} "
        f"({faces_of(compared.large[worst])} faces), best {best} {values[best]:.3f} "
        f"({faces_of(compared.large[best])} faces)."
    ]


SUITE = Suite(
    name="fairness",
    about="every describe metric per audit group, gap of the worst group with its interval",
    task=fairness,
    statistics=statistics,
    headline=tuple(
        f"{metric}_gap@{group}" for group in ("gender", "race", "age", "pose") for metric in METRICS
    ),
    accepts=frozenset({"data", "limit", "seed", "describer"}),
    notes=notes,
)
