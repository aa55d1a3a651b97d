"""Age: mean absolute error, group accuracy, and whether the 80 % interval keeps its word."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from focalface.evals.metrics.statistics import Statistic, mean, ratio
from focalface.tools.types import AgeEstimate, age_group_of


@dataclass(frozen=True, slots=True)
class Aged:
    """True years (None: unknown) and estimates (None: no answer)."""

    truth: Sequence[float | None]
    estimates: Sequence[AgeEstimate | None]

    def statistics(self) -> dict[str, Statistic]:
        """Return ``age_mae``, ``age_group_accuracy``, ``age_interval_coverage`` and its width.

        No answer counts as wrong for the group and as missed for the interval; an error in years
        does not exist for it, so it is left out of the two means.
        """
        pairs = list(zip(self.truth, self.estimates, strict=True))
        known = np.array([t is not None for t, _ in pairs], float)
        errors = [abs(e.years - t) if t is not None and e is not None else np.nan for t, e in pairs]
        widths = [e.high - e.low if t is not None and e is not None else np.nan for t, e in pairs]
        right = [
            float(t is not None and e is not None and e.group == age_group_of(t)) for t, e in pairs
        ]
        held = [float(t is not None and e is not None and e.low <= t <= e.high) for t, e in pairs]
        coverage = ratio(held, known)
        return {
            "age_mae": mean(errors, "lower"),
            "age_group_accuracy": ratio(right, known),
            # 0.8 is the promise; both more and less break it, so no direction is better.
            "age_interval_coverage": Statistic(coverage.rows, coverage.of_sums, coverage.n, "none"),
            "age_interval_width": mean(widths, "lower"),
        }
