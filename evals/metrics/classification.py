"""One label of several: accuracy, macro F1, confusion, calibration."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from focalface.evals.metrics.statistics import Floats, Statistic, divide, ratio

BINS = 10


@dataclass(frozen=True, slots=True)
class Labelled:
    """True labels, predicted labels (None: no answer, counted as wrong) and top probabilities."""

    truth: Sequence[str | None]
    predicted: Sequence[str | None]
    confidence: Sequence[float | None]

    @property
    def known(self) -> NDArray[np.bool_]:
        """Where the truth is known; only these are scored."""
        return np.array([t is not None for t in self.truth], bool)


def accuracy(data: Labelled) -> Statistic:
    """Return the share of right labels among known ones."""
    right = [t is not None and t == p for t, p in zip(data.truth, data.predicted, strict=True)]
    return ratio(np.array(right, float), data.known.astype(float))


def balanced_accuracy(data: Labelled, labels: Sequence[str]) -> Statistic:
    """Return unweighted mean of the share of right answers over the labels that occur in the truth.

    The same as scikit-learn's ``balanced_accuracy_score``; no answer counts as wrong.
    """
    present = [label for label in labels if label in set(data.truth)]
    is_true = np.array([[t == label for label in present] for t in data.truth], float)
    is_true = is_true.reshape(len(data.truth), len(present))
    right = [
        float(t is not None and t == p) for t, p in zip(data.truth, data.predicted, strict=True)
    ]
    rows = np.concatenate([is_true * np.array(right)[:, None], is_true], axis=1)

    def of_sums(sums: Floats) -> Floats:
        hit, all_ = np.split(sums, 2, axis=-1)
        shares = np.nan_to_num(divide(hit, all_))
        return divide(shares.sum(axis=-1), (all_ > 0).sum(axis=-1).astype(float))

    return Statistic(rows, of_sums, int(data.known.sum()))


def macro_f1(data: Labelled, labels: Sequence[str]) -> Statistic:
    """Return unweighted mean of F1 over the labels that occur in the truth.

    The same as scikit-learn's ``f1_score(labels=those, average="macro", zero_division=0)``.
    """
    present = [label for label in labels if label in set(data.truth)]
    known = data.known
    columns = []
    for label in present:
        is_true = np.array([t == label for t in data.truth]) & known
        is_found = np.array([p == label for p in data.predicted]) & known
        columns += [is_true & is_found, ~is_true & is_found, is_true & ~is_found]
    rows = np.array(columns, float).T.reshape(len(data.truth), 3 * len(present))
    return Statistic(rows, _mean_f1, int(known.sum()))


def f1(sums: Floats) -> Floats:
    """Return F1 of sums (..., 3) of true positives, false positives, false negatives; 0/0 is 0."""
    tp, fp, fn = np.moveaxis(sums[..., :3], -1, 0)
    return np.nan_to_num(divide(2 * tp, 2 * tp + fp + fn), nan=0.0)


def _mean_f1(sums: Floats) -> Floats:
    if sums.shape[-1] == 0:
        return np.full(sums.shape[:-1], np.nan)
    shaped = sums.reshape(*sums.shape[:-1], -1, 3)
    held = shaped[..., 0] + shaped[..., 2] > 0
    # A resample may lack a rare label altogether: it is then no part of that mean.
    return divide((f1(shaped) * held).sum(axis=-1), held.sum(axis=-1).astype(float))


def confusion(data: Labelled, labels: Sequence[str]) -> NDArray[np.int64]:
    """Return counts (truth, predicted); the last column counts no answer or an unknown label."""
    at = {label: i for i, label in enumerate(labels)}
    table = np.zeros((len(labels), len(labels) + 1), np.int64)
    for truth, predicted in zip(data.truth, data.predicted, strict=True):
        if truth in at:
            table[at[truth], at.get(predicted or "", len(labels))] += 1
    return table


def calibration_error(data: Labelled) -> Statistic:
    """Return the expected calibration error: ten equal bins of the top probability, by count.

    Guo et al. 2017, "On Calibration of Modern Neural Networks". Samples without an answer have no
    confidence and are left out here (they count as wrong in :func:`accuracy`).
    """
    rows, n = _calibration_rows(data)
    return Statistic(rows, _ece, n, "lower")


def reliability(data: Labelled) -> list[tuple[float, float, int]]:
    """Return mean confidence, accuracy and count of each bin that is not empty, for a diagram."""
    rows, _ = _calibration_rows(data)
    bins = rows.sum(axis=0).reshape(BINS, 3)
    return [(float(c / n), float(r / n), int(n)) for n, c, r in bins if n]


def _calibration_rows(data: Labelled) -> tuple[Floats, int]:
    rows = np.zeros((len(data.truth), BINS, 3))
    n = 0
    for i, (truth, label, sure) in enumerate(
        zip(data.truth, data.predicted, data.confidence, strict=True)
    ):
        if truth is not None and label is not None and sure is not None:
            rows[i, min(int(sure * BINS), BINS - 1)] = (1.0, sure, float(truth == label))
            n += 1
    return rows.reshape(len(data.truth), -1), n


def _ece(sums: Floats) -> Floats:
    bins = sums.reshape(*sums.shape[:-1], BINS, 3)
    gaps = np.abs(bins[..., 1] - bins[..., 2]).sum(axis=-1)
    return divide(gaps, bins[..., 0].sum(axis=-1))
