"""How well units and sides are read, against both passes of coding."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from focalface.tools.describers.embedded.alignment import CROP
from focalface.tools.describers.embedded.calibration import intensity
from focalface.tools.describers.embedded.metadata import ReadingMetadata
from focalface.tools.describers.embedded.reading import ViewOdds, shut_eyes
from focalface.tools.describers.embedded.views import mirrored_halves
from focalface.tools.training.describer.codes import CATEGORIES, UNITS
from focalface.tools.training.describer.evaluation import fits
from focalface.tools.training.describer.evaluation.samples import Sample
from focalface.tools.training.describer.evaluation.statistics import binary_error, f1
from focalface.tools.training.describer.reading.examples import Example, composite
from focalface.tools.training.describer.rows import Index, Rows
from focalface.tools.training.describer.tables import SOURCES

Floats = NDArray[np.float32]

PAIRS = 1500
"""Composite faces that are looked at."""
WINKS = 60
"""Winks to each side that are looked at."""
MEAN_OVER = tuple(code for code in UNITS if code != "AU14")
"""The units of the mean correlation; two passes do not agree on AU14."""


def intensities(sample: Sample, about: dict[str, Any]) -> Floats:
    """Return what the runtime says of every face and unit, (N, 16), 0..1."""
    odds = fits.logit(sample.read["units"])
    present, clear = (
        expit(np.array(about[name])[:, 0] * odds[..., step] + np.array(about[name])[:, 1])
        for step, name in enumerate(("presence", "clear"))
    )
    return np.vectorize(intensity)(present, clear).astype(np.float32)


def figures(sample: Sample, about: dict[str, Any]) -> dict[str, Any]:
    """Agreement with the coders for each unit, and on average."""
    presence = about["presence"]
    first, second = sample.passes[:, sample.coded].astype(np.float32)
    told = intensities(sample, about)[sample.coded]
    both = (first + second) / 2
    out: dict[str, Any] = {}
    for unit, code in enumerate(UNITS):
        odds, judged = sample.judged(unit)
        slope, offset = presence[unit]
        present = expit(slope * fits.logit(odds) + offset)
        clear = sample.read["units"][sample.coded, unit, 1]
        out[code] = {
            "r": fits.correlation(both[:, unit], told[:, unit]),
            "coders": fits.correlation(first[:, unit], second[:, unit]),
            "auc": fits.auc(odds, judged >= 1),
            "auc_clear": _auc_clear(both[:, unit], clear),
            "f1_slight": f1(judged >= 1, present >= 0.5),
            "f1_clear": _f1_clear(both[:, unit], clear),
            "ece": binary_error(present, judged >= 1),
            "ece_crossed": _crossed(odds, judged >= 1),
            "cases": int((judged >= 1).sum()),
        } | {
            f"r_{source}": fits.correlation(both[at, unit], told[at, unit])
            for source in SOURCES
            for at in [sample.of(source)[sample.coded]]
        }
    out["mean_r"] = float(np.mean([out[code]["r"] for code in MEAN_OVER]))
    out["mean_coders"] = float(np.mean([out[code]["coders"] for code in MEAN_OVER]))
    return out


def _auc_clear(both: Floats, clear: Floats) -> float:
    known = np.isfinite(both)
    return fits.auc(clear[known], both[known] >= 1.5)


def _f1_clear(both: Floats, clear: Floats) -> float:
    known = np.isfinite(both)
    return f1(both[known] >= 1.5, clear[known] >= 0.5)


def _crossed(odds: Floats, present: NDArray[np.bool_]) -> float:
    """Calibration error of presence, each half with the other half's fit."""
    errors = []
    for fit, test in ((0, 1), (1, 0)):
        slope, offset = fits.platt(odds[fit::2], present[fit::2].astype(np.float32))
        found = expit(slope * fits.logit(odds[test::2]) + offset)
        errors.append(binary_error(found, present[test::2]))
    return float(np.mean(errors))


def sides(sample: Sample, seed: int = 7) -> dict[str, Any]:
    """On composites of two validation faces, one half each, how often the half that shows a unit
    clearly reads stronger than the half that does not show it."""
    pool = sample.index[sample.coded & (sample.rows["is_quality"][sample.index] == 0)]
    made = _composites(sample.rows, pool, pool, PAIRS, np.random.default_rng(seed))
    crops, truth = [m.crop for m in made], [m.sides for m in made]
    halves = sample.files.read(np.stack(crops))["sides"].sum(-1)
    codes = np.stack(truth).sum(-1)
    out = {}
    for unit, code in enumerate(UNITS):
        left, right = codes[:, 0, unit], codes[:, 1, unit]
        differ = np.abs(left - right) == 2
        stronger = (halves[:, 0, unit] - halves[:, 1, unit]) * (left - right) > 0
        out[code] = {"right": float(stronger[differ].mean()), "cases": int(differ.sum())}
    return out


def winks(sample: Sample, about: dict[str, Any], seed: int = 8) -> dict[str, float]:
    """On composites of a face with closed eyes and one with open eyes: how often the closed half
    reads as more closed, and how often that half alone is told to be closed."""
    rows, rng = sample.rows, np.random.default_rng(seed)
    eyes = np.where(sample.coded, rows["is_eyes"][sample.index].astype(int), -1)
    names = CATEGORIES["eyes"]
    shut, open_ = (sample.index[eyes == names.index(name)] for name in ("closed", "open"))
    crops = [m.crop for m in _composites(rows, shut, open_, WINKS, rng)]
    crops += [m.crop for m in _composites(rows, open_, shut, WINKS, rng)]
    views = (crops, *zip(*map(mirrored_halves, crops), strict=True))
    whole, right, left = (_rows_of(sample.files.read(np.stack(view))) for view in views)
    odds = map(ViewOdds, whole, left, right)
    known = ReadingMetadata.model_validate(about)
    lids = np.array([shut_eyes(known, one)[::-1] for one in odds])
    lids[WINKS:] = lids[WINKS:, ::-1]
    told = (lids >= 0.5) == [True, False]
    return {
        "side": float((lids[:, 0] > lids[:, 1]).mean()),
        "told": float(told.all(1).mean()),
        "cases": len(lids),
    }


def _rows_of(found: dict[str, Floats]) -> list[dict[str, Floats]]:
    """Stacked outputs, one face each."""
    return [dict(zip(found, one, strict=True)) for one in zip(*found.values(), strict=True)]


def _composites(
    rows: Rows, left: Index, right: Index, count: int, rng: np.random.Generator
) -> list[Example]:
    """Composites of faces of one resolution, each half from a pool of its own."""
    small = rows.of("fer2013")
    made: list[Example] = []
    while len(made) < count:
        i, j = int(rng.choice(left)), int(rng.choice(right))
        if i != j and small[i] == small[j]:
            made.append(composite(rows, i, j, CROP, rng))
    return made


def groups(sample: Sample) -> dict[str, dict[str, float]]:
    """Agreement over all units by the audit labels of UTKFace's coded faces: correlation, and mean
    error of the expected code (bias)."""
    both = sample.passes[:, sample.coded].mean(0).astype(np.float32)
    expected = sample.expected()[sample.coded]
    at = sample.index[sample.coded]
    races = ("White", "Black", "Asian", "Indian", "other")
    out = {}
    for field, names in (("gender", ("male", "female")), ("race", races)):
        label = sample.rows[field][at].astype(int)
        for value, name in enumerate(names):
            mine = label == value
            truth, found = both[mine].ravel(), expected[mine].ravel()
            known = np.isfinite(truth)
            out[name] = {
                "faces": int(mine.sum()),
                "r": fits.correlation(truth, found),
                "bias": float((found - truth)[known].mean()) if known.any() else float("nan"),
            }
    return out
