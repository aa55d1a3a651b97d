"""Figures with bootstrap intervals: every statistic here is a function of sums over samples.

A suite turns each sample (one picture, one face, one question) into a row of numbers, and a
statistic says how the *sums* of those rows become a figure: accuracy is right / all, F1 is
2TP / (2TP + FP + FN), a correlation follows from six moments. Resampling samples is then one
matrix product, whole samples are drawn together (regions of one face are not independent), and
all figures of a suite see the same draws.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Better = Literal["higher", "lower", "none"]
ROUNDS = 1000
Z = 1.959964
"""The 97.5th percentile of the standard normal distribution."""
LEVEL = 0.95


def short(value: float) -> str:
    """Return three decimals for small numbers, one for large ones."""
    return f"{value:.3f}" if abs(value) < 10 else f"{value:.1f}"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its percentile interval (95 %) and the count ``n`` that it rests on.

    ``better`` says which direction is an improvement; ``none`` is for figures that describe.
    """

    value: float
    low: float
    high: float
    n: int
    better: Better = "higher"

    def as_json(self) -> dict[str, Any]:
        """Return plain data, rounded to six digits."""
        return {
            "value": round(self.value, 6),
            "low": round(self.low, 6),
            "high": round(self.high, 6),
            "n": self.n,
            "better": self.better,
        }

    @property
    def short(self) -> str:
        """The value alone: three decimals for small numbers, one for large ones."""
        return short(self.value)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Estimate":
        """Return the inverse of :meth:`as_json`."""
        return cls(data["value"], data["low"], data["high"], data["n"], data["better"])


@dataclass(frozen=True, slots=True)
class Statistic:
    """Rows (samples x columns), the function from sums (..., columns) to (...), and the count.

    ``n`` is the number of judgements (labels, regions, boxes), which may differ from the number
    of samples; a statistic with ``n`` 0 has no figure: unscored is not zero.
    """

    rows: Floats
    of_sums: Callable[[Floats], Floats]
    n: int
    better: Better = "higher"
    proportion: bool = False
    """Whether it is a share of judgements, each of which is right or wrong."""

    def spread(self, where: ArrayLike, count: int) -> "Statistic":
        """Return the same over ``count`` samples, of which only those at ``where`` weigh
        anything."""
        rows = np.zeros((count, self.rows.shape[1]))
        rows[np.asarray(where, int)] = self.rows
        return Statistic(rows, self.of_sums, self.n, self.better, self.proportion)


def ratio(numerators: ArrayLike, denominators: ArrayLike, better: Better = "higher") -> Statistic:
    """Sum of numerators / sum of denominators; one pair a sample, ``n`` the whole denominator."""
    rows = np.column_stack([np.asarray(numerators, float), np.asarray(denominators, float)])
    right, all_ = rows[:, 0], rows[:, 1]
    share = bool(np.all(rows == np.round(rows)) and np.all((right >= 0) & (right <= all_)))
    count = round(rows[:, 1].sum())
    return Statistic(rows, lambda s: divide(s[..., 0], s[..., 1]), count, better, share)


def mean(values: ArrayLike, better: Better = "higher") -> Statistic:
    """Return the mean of the values, of which NaN is left out."""
    array = np.asarray(values, float)
    known = ~np.isnan(array)
    return ratio(np.where(known, array, 0.0), known.astype(float), better)


def combined(
    parts: Sequence[Statistic], reduce: Callable[..., Any], better: Better = "higher"
) -> Statistic:
    """Return ``reduce(values, axis=0)`` of statistics over the same samples, resampled together."""
    ends = np.cumsum([p.rows.shape[1] for p in parts])

    def of_sums(sums: Floats) -> Floats:
        each = [
            p.of_sums(sums[..., end - p.rows.shape[1] : end])
            for p, end in zip(parts, ends, strict=True)
        ]
        return np.asarray(reduce(np.stack(each), axis=0))

    rows = np.concatenate([p.rows for p in parts], axis=1)
    return Statistic(rows, of_sums, sum(p.n for p in parts), better)


def divide(numerator: Floats, denominator: Floats) -> Floats:
    """Divide element by element; NaN where the denominator is 0."""
    safe = np.where(denominator == 0, 1.0, denominator)
    return np.where(denominator == 0, np.nan, numerator / safe)


class Bootstrap:
    """The draws that all figures of one suite share: ``rounds`` resamplings of ``samples``."""

    def __init__(self, samples: int, *, seed: int = 0, rounds: int = ROUNDS) -> None:
        if samples < 1:
            raise ValueError("A bootstrap needs at least one sample.")
        rng = np.random.default_rng(seed)
        draws = rng.integers(0, samples, size=(rounds, samples))
        self._weights = np.stack([np.bincount(d, minlength=samples) for d in draws]).astype(
            np.float32
        )

    def figure(self, statistic: Statistic) -> Estimate | None:
        """Return the figure with its interval; None when nothing was counted or the value is
        undefined."""
        value = float(statistic.of_sums(statistic.rows.sum(axis=0)))
        if statistic.n == 0 or np.isnan(value):
            return None
        resampled = self.values(statistic)
        low, high = _interval(resampled[~np.isnan(resampled)], value)
        if statistic.proportion:  # resampling five right answers gives 1 to 1, which is no interval
            least, most = wilson(value, statistic.n)
            low, high = min(low, least), max(high, most)
        return Estimate(value, low, high, statistic.n, statistic.better)

    def values(self, statistic: Statistic) -> Floats:
        """Return the statistic in every resampling, (rounds,); NaN where it is undefined."""
        return statistic.of_sums(self._weights @ statistic.rows)

    def figures(self, statistics: Mapping[str, Statistic]) -> dict[str, Estimate]:
        """Return the figures of many statistics, without those that do not exist."""
        found = {name: self.figure(statistic) for name, statistic in statistics.items()}
        return {name: figure for name, figure in found.items() if figure is not None}


def wilson(share: float, n: int) -> tuple[float, float]:
    """Return the 95 % interval of a proportion of ``n`` judgements (E. B. Wilson, JASA 22,
    1927)."""
    middle = share + Z * Z / (2 * n)
    spread = Z * float(np.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n)))
    whole = 1 + Z * Z / n
    return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)


def _interval(values: Floats, value: float) -> tuple[float, float]:
    """Percentile interval, widened to hold the value itself (it can miss it on tiny samples)."""
    if values.size == 0:
        return value, value
    tail = 100 * (1 - LEVEL) / 2
    low, high = np.percentile(values, [tail, 100 - tail])
    return min(float(low), value), max(float(high), value)
