"""Pure figures for the describer's card: intervals, calibration, balanced accuracy, distances."""

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Bools = NDArray[np.bool_]


def wilson(right: int, n: int, z: float = 1.96) -> tuple[float, float]:
    """95 % interval of a share (E. B. Wilson, 1927)."""
    if n == 0:
        return (0.0, 1.0)
    p = right / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return (middle - half, middle + half)


def bootstrap(values: Floats, seed: int = 0, times: int = 500) -> tuple[float, float]:
    """95 % percentile interval of a mean."""
    rng = np.random.default_rng(seed)
    picks = rng.integers(0, len(values), (times, len(values)))
    low, high = np.percentile(values[picks].mean(1), [2.5, 97.5])
    return float(low), float(high)


def accuracy(odds: Floats, label: NDArray[np.int64]) -> dict[str, float | int | list[float]]:
    """Accuracy with its interval, balanced accuracy over the classes present, and ECE."""
    right = odds.argmax(1) == label
    classes = np.unique(label)
    return {
        "n": len(label),
        "accuracy": round(float(right.mean()), 4),
        "interval": [round(v, 4) for v in wilson(int(right.sum()), len(label))],
        "balanced": round(float(np.mean([right[label == c].mean() for c in classes])), 4),
        "ece": round(calibration_error(odds, label), 4),
    }


def calibration_error(odds: Floats, label: NDArray[np.int64], bins: int = 15) -> float:
    """Expected calibration error of the likeliest class, equally wide bins (Guo et al. 2017)."""
    return binary_error(odds.max(1), odds.argmax(1) == label, bins)


def binary_error(odds: Floats, truth: Bools, bins: int = 10) -> float:
    """Expected calibration error of a probability that something holds, equally wide bins."""
    which = np.minimum((odds * bins).astype(int), bins - 1)
    gaps = [
        abs(float(truth[which == b].mean() - odds[which == b].mean())) * float((which == b).mean())
        for b in np.unique(which)
    ]
    return float(sum(gaps))


def entropy(odds: Floats) -> Floats:
    """Entropy over that of the uniform distribution, 0..1."""
    p = np.maximum(odds, 1e-9)
    return (-(p * np.log(p)).sum(-1) / math.log(odds.shape[-1])).astype(np.float32)


def age_errors(years: Floats, low: Floats, high: Floats, truth: Floats) -> dict[str, object]:
    """Return the mean absolute error with its interval, bias, and how often the interval holds the
    truth."""
    off = np.abs(years - truth)
    inside = (truth >= low - 0.5) & (truth <= high + 0.5)  # an age is in whole years
    return {
        "n": len(truth),
        "mae": round(float(off.mean()), 2),
        "interval": [round(v, 2) for v in bootstrap(off.astype(np.float32))],
        "bias": round(float((years - truth).mean()), 2),
        "coverage": round(float(inside.mean()), 4),
        "width": round(float((high - low).mean()), 1),
    }


def change(one: Floats, other: Floats) -> float:
    """Return the mean total variation distance 0..1 between two stacks of distributions."""
    return round(float(np.abs(one - other).sum(-1).mean() / 2), 4)


def f1(truth: Bools, found: Bools) -> float:
    """Return the F1 score of the positives; 0 without any."""
    hits = int((truth & found).sum())
    total = int(truth.sum() + found.sum())
    return 2 * hits / total if total else 0.0
