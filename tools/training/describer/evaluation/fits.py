"""Pure fits for calibration: probabilities, temperatures, intervals, thresholds."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.stats import rankdata

from focalface.tools.describers.embedded.calibration import quantile, tempered

Floats = NDArray[np.float32]
Bools = NDArray[np.bool_]
Labels = NDArray[np.int64]

LEAST_FACES = 30
"""A correlation over fewer faces is not told."""


def logit(p: Floats) -> Floats:
    """Return the logarithm of the odds, finite."""
    p = np.clip(p, 1e-4, 1 - 1e-4)
    return np.log(p / (1 - p))


def platt(p: Floats, truth: Floats) -> tuple[float, float]:
    """Slope and offset with which ``sigmoid(slope * logit(p) + offset)`` fits ``truth`` (0 or 1)
    best, the slope positive (J. Platt, 1999). A weak pull towards no change keeps units with few
    cases sane."""
    x = logit(p).astype(np.float64)

    def loss(values: NDArray[np.float64]) -> float:
        slope, offset = values
        z = slope * x + offset
        pull = (slope - 1) ** 2 + offset**2 / 4
        return float((np.logaddexp(0, z) - truth * z).sum() + pull)

    found = minimize(loss, [1.0, 0.0], method="L-BFGS-B", bounds=[(0.05, 20), (-20, 20)])
    return float(found.x[0]), float(found.x[1])


def correlation(truth: Floats, found: Floats) -> float:
    """Pearson's correlation where the both are known; NaN over too few faces or without spread."""
    known = np.isfinite(truth) & np.isfinite(found)
    if known.sum() < LEAST_FACES or truth[known].std() == 0:
        return float("nan")
    return float(np.corrcoef(truth[known], found[known])[0, 1])


def auc(score: Floats, positive: Bools) -> float:
    """Area under the ROC curve: how often a positive scores higher than a negative; NaN when there
    is only one kind."""
    n = int(positive.sum())
    if n in (0, len(score)):
        return float("nan")
    ranks = rankdata(score)
    return float((ranks[positive].sum() - n * (n + 1) / 2) / (n * (len(score) - n)))


def emotion_heat(odds: Floats, label: Labels) -> float:
    """Return the temperature with the least negative log-likelihood."""
    heats = np.exp(np.linspace(np.log(0.4), np.log(3), 60))
    rows = np.arange(len(label))
    loss = [
        -np.log(tempered(odds, np.full(len(odds), h, np.float32))[rows, label] + 1e-9).mean()
        for h in heats
    ]
    return float(heats[int(np.argmin(loss))])


def heat_at(level: Floats, levels: Sequence[float], heats: Sequence[float]) -> Floats:
    """Return the temperature at levels of sharpness, as the runtime takes it: between two of them
    along
    the logarithm, constant beyond."""
    return np.exp(np.interp(level, levels, np.log(heats))).astype(np.float32)


def emotion_heats(
    odds: Floats, label: Labels, level: Floats
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the tenth and nine tenths of ``level``, and the temperatures there with the least
    negative
    log-likelihood."""
    levels = (float(np.quantile(level, 0.1)), float(np.quantile(level, 0.9)))
    rows = np.arange(len(label))

    def loss(logs: NDArray[np.float64]) -> float:
        heats = heat_at(level, levels, (float(np.exp(logs[0])), float(np.exp(logs[1]))))
        return float(-np.log(tempered(odds, heats)[rows, label] + 1e-9).mean())

    found = minimize(loss, [0.0, 0.0], method="Nelder-Mead")
    return levels, (float(np.exp(found.x[0])), float(np.exp(found.x[1])))


def covers(age: Floats, truth: Labels, half: float) -> float:
    """Return the share of true ages between the quantiles 0.5 - half and 0.5 + half, to half a
    year."""
    low, high = quantile(age, 0.5 - half), quantile(age, 0.5 + half)
    return float(((truth >= low - 0.5) & (truth <= high + 0.5)).mean())


def age_half(age: Floats, truth: Labels) -> float:
    """Half the share of the distribution whose interval covers nearest to 80 % of true ages."""
    halves = np.linspace(0.1, 0.49, 79)
    return float(min(halves, key=lambda half: abs(covers(age, truth, half) - 0.8)))


class Cut(NamedTuple):
    """A threshold, and the shares that it finds and keeps."""

    at: float
    found: float
    kept: float


def threshold(score: Floats, positive: Bools, least_kept: float) -> Cut:
    """Return the threshold with the best balance of positives found and others kept, of those that
    keep at
    least ``least_kept`` of the others. It lies half-way to the next lower score, so that it does
    not hang on one face."""
    scores = np.unique(score)
    cuts = [
        Cut(float(at), float((score[positive] >= at).mean()), float((score[~positive] < at).mean()))
        for at in (scores[:-1] + scores[1:]) / 2
    ]
    allowed = [cut for cut in cuts if cut.kept >= least_kept] or cuts[-1:]
    return max(allowed, key=lambda cut: cut.found + cut.kept)


def sure_enough(
    odds: Floats, label: Labels, least_right: float, least_told: float = 0.3
) -> float | None:
    """Return the lowest probability of the likeliest class from which on it is right in
    ``least_right`` of
    the cases, or ``None`` when fewer than ``least_told`` of the cases would be told, or when always
    naming the commonest class would be right as often."""
    sure, right = odds.max(1), odds.argmax(1) == label
    if right.mean() <= np.bincount(label).max() / len(label):
        return None
    for at in np.arange(0.3, 0.96, 0.01):
        told = sure >= at
        if told.mean() < least_told:
            return None
        if right[told].mean() >= least_right:
            return round(float(at), 2)
    return None
