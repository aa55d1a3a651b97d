"""Action units: F1 per unit, macro and micro, and correlation of intensities.

Labels are (samples, units) arrays in which NaN is *unknown* on the truth side and *not assessed*
on the predicted side. Unknown labels are left out everywhere. Units that were not assessed are
left out of F1 too, never read as absent; :func:`assessed` reports how many were, so that silence
cannot raise a score unseen. Rows of dead samples (``failed``) count as wrong on every known label.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from focalface.evals.metrics.classification import f1
from focalface.evals.metrics.statistics import Floats, Statistic, divide, ratio
from focalface.evals.records import FaceRecord, of_region, units_inside
from focalface.tools.face import facs


@dataclass(frozen=True, slots=True)
class AuTable:
    """Truth and prediction (samples, units); values 0..1 or NaN; ``failed`` marks dead samples.

    ``faint`` (samples, units): present by the coders' word, although weaker than ``threshold``.
    """

    codes: Sequence[str]
    truth: Floats
    predicted: Floats
    failed: NDArray[np.bool_]
    threshold: float = 0.5
    faint: NDArray[np.bool_] | None = None

    @property
    def known(self) -> NDArray[np.bool_]:
        """Where a label exists."""
        return ~np.isnan(self.truth)

    def counts(self) -> Floats:
        """Count true and false positives, false and true negatives: (samples, units, 4)."""
        dead = self.failed[:, None]
        scored = self.known & (~np.isnan(self.predicted) | dead)
        true = self.truth >= self.threshold
        if self.faint is not None:
            true = true | self.faint
        found = np.where(dead, ~true, self.predicted >= self.threshold)
        cells = [true & found, ~true & found, true & ~found, ~true & ~found]
        return np.stack([c & scored for c in cells], axis=-1).astype(float)


def f1_per_unit(table: AuTable) -> dict[str, Statistic]:
    """Return F1 of each unit with a positive among its scored labels."""
    counts = table.counts()
    return {
        code: Statistic(counts[:, j], f1, int(counts[:, j].sum()))
        for j, code in enumerate(table.codes)
        if counts[:, j, 0].sum() + counts[:, j, 2].sum() > 0
    }


def macro_f1(table: AuTable) -> Statistic:
    """Return the mean over the units that have a positive label (as BP4D and DISFA results are
    given)."""
    counts = table.counts()
    held = counts[..., 0].sum(axis=0) + counts[..., 2].sum(axis=0) > 0
    counts = counts[:, held]

    def of_sums(sums: Floats) -> Floats:
        if not held.any():
            return np.full(sums.shape[:-1], np.nan)
        units = sums.reshape(*sums.shape[:-1], int(held.sum()), 4)
        there = units[..., 0] + units[..., 2] > 0
        return divide((f1(units) * there).sum(axis=-1), there.sum(axis=-1).astype(float))

    return Statistic(counts.reshape(len(counts), -1), of_sums, int(counts.sum()))


def micro_f1(table: AuTable) -> Statistic:
    """Return F1 over all labels of all units in one pot."""
    counts = table.counts().sum(axis=1)
    any_positive = counts[:, 0].sum() + counts[:, 2].sum() > 0
    return Statistic(counts, f1, int(counts.sum()) if any_positive else 0)


def assessed(table: AuTable) -> Statistic:
    """Return the share of known labels that the describer gave a value for."""
    known = table.known
    given = known & ~np.isnan(table.predicted) & ~table.failed[:, None]
    return ratio(given.sum(axis=1), known.sum(axis=1))


def correlation_per_unit(table: AuTable) -> dict[str, Statistic]:
    """Return Pearson correlation of intensities, units with at least three pairs."""
    both = table.known & ~np.isnan(table.predicted) & ~table.failed[:, None]
    found = {}
    for j, code in enumerate(table.codes):
        use = both[:, j]
        if use.sum() >= 3:
            x = np.where(use, table.truth[:, j], 0.0)
            y = np.where(use, table.predicted[:, j], 0.0)
            rows = np.column_stack([use, x, y, x * x, y * y, x * y]).astype(float)
            found[code] = Statistic(rows, pearson, int(use.sum()))
    return found


def pearson(sums: Floats) -> Floats:
    """Return the correlation of sums (..., 6) of 1, x, y, xx, yy, xy; NaN if a side is constant."""
    n, x, y, xx, yy, xy = np.moveaxis(sums, -1, 0)
    spread = np.clip(n * xx - x * x, 0, None) * np.clip(n * yy - y * y, 0, None)
    tiny = 1e-9 * np.maximum(n, 1) ** 2
    return divide(n * xy - x * y, np.where(spread < tiny, 0.0, np.sqrt(spread)))


def unit_table(records: Sequence[FaceRecord], region: str, source: str) -> AuTable:
    """Return truth and answers for the units that a region shows, from one kind of truth."""
    truth = np.full((len(records), len(facs.CODES)), np.nan)
    found = np.full_like(truth, np.nan)
    faint = np.zeros(truth.shape, bool)
    for i, record in enumerate(records):
        said = of_region(record, region)
        visible = units_inside(said.inside) if said else frozenset(facs.CODES)
        asked = next((c for c in record.case.regions if c.name == region), None)
        units = record.case.units_of(asked) if asked else record.case.units
        for j, code in enumerate(facs.CODES):
            if record.case.unit_source == source and code in visible:
                truth[i, j] = units.get(code, np.nan)
                faint[i, j] = code in record.case.faint
            if said is not None:
                found[i, j] = said.units.get(code, np.nan)
    dead = np.array([r.failure is not None for r in records], bool)
    return AuTable(facs.CODES, truth, found, dead, threshold=facs.PRESENT, faint=faint)
