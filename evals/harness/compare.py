"""Two runs side by side: paired where they hold the same samples, else by their intervals."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from focalface.evals.harness.reading import Result
from focalface.evals.harness.suite import suite
from focalface.evals.metrics.statistics import Better, Bootstrap, Estimate

Verdict = Literal["better", "worse", "same", "changed", "gone", "new"]


@dataclass(frozen=True, slots=True)
class Change:
    """One figure in two runs; ``low`` and ``high`` bound the difference where it is paired."""

    suite: str
    figure: str
    before: Estimate | None
    after: Estimate | None
    verdict: Verdict
    low: float | None = None
    high: float | None = None

    def as_json(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "figure": f"{self.suite}.{self.figure}",
            "before": self.before.as_json() if self.before else None,
            "after": self.after.as_json() if self.after else None,
            "verdict": self.verdict,
            "difference": None if self.low is None else [self.low, self.high],
        }

    def sentence(self) -> str:
        """Return the change in words."""
        name = f"{self.suite}.{self.figure}"
        if self.before is None or self.after is None:
            return f"{name} is {self.verdict}"
        return (
            f"{name} is {self.verdict}: {self.before.value:.4g} before, {self.after.value:.4g} now"
        )


def paired(before: Result, after: Result) -> list[Change]:
    """Return differences of two runs of one suite over the same samples, by paired bootstrap.

    A difference counts when its 95 % interval leaves out zero. Falls back to :func:`unpaired` when
    the samples differ.
    """
    if _ids(before) != _ids(after) or not before.records:
        return unpaired({before.suite: before.figures}, {after.suite: after.figures})
    known = suite(before.suite)
    order = {sample: i for i, sample in enumerate(_ids(before))}
    again = sorted(after.records, key=lambda r: order[r["case"]["id"]])
    draws = Bootstrap(len(again))
    old, new = known.statistics(before.records), known.statistics(again)
    changes = []
    for name in dict.fromkeys([*before.figures, *after.figures]):
        a, b = before.figures.get(name), after.figures.get(name)
        if a is None or b is None:
            verdict: Verdict = "gone" if b is None else "new"
            changes.append(Change(before.suite, name, a, b, verdict))
            continue
        gaps = draws.values(new[name]) - draws.values(old[name])
        gaps = gaps[~np.isnan(gaps)]
        low, high = (float(v) for v in np.percentile(gaps, [2.5, 97.5])) if gaps.size else (0, 0)
        moved = low > 0 or high < 0
        verdict = _direction(b.value - a.value, a.better) if moved else "same"
        changes.append(Change(before.suite, name, a, b, verdict, low, high))
    return changes


def unpaired(
    before: Mapping[str, Mapping[str, Estimate]], after: Mapping[str, Mapping[str, Estimate]]
) -> list[Change]:
    """Return figures against figures: a change counts when the new value leaves the old
    interval."""
    changes = []
    for name in after:
        olds, news = before.get(name, {}), after[name]
        for figure in dict.fromkeys([*olds, *news]):
            a, b = olds.get(figure), news.get(figure)
            if a is None or b is None:
                changes.append(Change(name, figure, a, b, "gone" if b is None else "new"))
            else:
                left = not a.low - 1e-9 <= b.value <= a.high + 1e-9
                verdict = _direction(b.value - a.value, a.better) if left else "same"
                changes.append(Change(name, figure, a, b, verdict))
    return changes


def regressions(changes: list[Change]) -> list[Change]:
    """Return what must stop a merge: worse beyond the interval, or a figure that is no longer
    measured."""
    return [c for c in changes if c.verdict in ("worse", "gone")]


def _direction(gap: float, better: Better) -> Verdict:
    if better == "none":
        return "changed"
    return "better" if (gap > 0) == (better == "higher") else "worse"


def _ids(result: Result) -> list[str]:
    return sorted(str(r["case"]["id"]) for r in result.records)
