"""From the odds of the networks to calibrated numbers: presence, intensity, temperature, age. Pure.

The intensity of a unit follows from two calibrated probabilities, that a coder calls it present at
all (code 1 or 2) and that one calls it clear (code 2); coders give no level above clear, so what
lies above 0.6 says how sure clear is. It rises with both and passes 0.3 exactly where a coder is as
likely as not to call the unit present. Over the units it is 0.33 on average where both coders of a
validation face said slight, and 0.66 where both said clear.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]

LEAST = 1e-9
"""Added to a probability before its logarithm."""
_HALF = (0.0, 0.5, 1.0)
_BY_PRESENCE = (0.0, 0.3, 0.45)
_SURE = (0.0, 0.5, 0.9, 1.0)
_BY_CLEARNESS = (0.0, 0.2, 0.4, 0.55)
_LIKELY, _SHARE = (0.5, 0.75), (0.0, 1.0)
"""Clearness counts from where presence is more likely than not, in full from the second on."""
_ALONE = (0.0, 0.3, 0.7, 1.0)


def on_line(probability: float, line: tuple[float, float]) -> float:
    """Return a probability after a linear calibration (slope, offset) of its logit (Platt 1999)."""
    return float(on_lines(np.array([probability]), [line])[0])


def on_lines(odds: Floats, lines: Sequence[tuple[float, float]]) -> Floats:
    """Return probabilities (..., n), each after its own one of n calibrations."""
    slope, offset = _columns(tuple(lines))
    return sigmoid(slope * logit(odds) + offset)


@lru_cache(maxsize=16)
def _columns(lines: tuple[tuple[float, float], ...]) -> Floats:
    return np.asarray(lines, np.float64).T


def logit(probability: Floats) -> Floats:
    """Return log odds, at most about 14 in size."""
    p = np.clip(probability, 1e-6, 1 - 1e-6)
    return np.log(p / (1 - p))


def sigmoid(value: Floats) -> Floats:
    """Return the probabilities of log odds."""
    return 1 / (1 + np.exp(-value))


def intensity(presence: Floats, clear: Floats) -> Floats:
    """0..1 from the probabilities that units are present, and that they are clear."""
    slight = np.interp(presence, _HALF, _BY_PRESENCE)
    more = np.interp(np.minimum(presence, clear), _SURE, _BY_CLEARNESS)
    return slight + more * np.interp(presence, _LIKELY, _SHARE)


def intensity_alone(presence: float) -> float:
    """Return the same for what is only coded as there or not, such as a dropped jaw or closed
    eyes."""
    return float(np.interp(presence, _SURE, _ALONE))


def tempered(odds: Floats, heat: float | Floats) -> Floats:
    """Return distributions (..., n) at temperatures (...): below 1 surer, above 1 less sure."""
    raised: Floats = odds ** (1 / np.asarray(heat, np.float32)[..., None])
    return _summing_to_one(raised)


def _summing_to_one(raised: Floats) -> Floats:
    shares: Floats = raised / raised.sum(-1, keepdims=True)
    return shares


def quantiles(age: Floats, shares: Floats) -> Floats:
    """Return the ages below which each of ``shares`` (n,) of distributions (..., 101) lies: (...,
    n).

    Year n spans n - 0.5 to n + 0.5.
    """
    rows = age.reshape(-1, age.shape[-1])
    total = rows.cumsum(-1)
    year = np.minimum((total[:, None] < shares[:, None]).sum(-1), rows.shape[-1] - 1)
    at = np.arange(len(rows))[:, None], year
    ages = year + 0.5 - (total[at] - shares) / np.maximum(rows[at], 1e-9)
    return ages.reshape(*age.shape[:-1], -1).astype(np.float32)  # type: ignore[no-any-return]


def mixed(one: Floats, other: Floats, share: float) -> Floats:
    """Return two distributions (..., n) by their weighted logarithms; ``share``: weight of
    ``other``."""
    raised: Floats = np.exp((1 - share) * np.log(one + LEAST) + share * np.log(other + LEAST))
    return _summing_to_one(raised)


def quantile(age: Floats, share: float) -> Floats:
    """Return the age below which ``share`` of distributions (..., 101) lies: (...)."""
    return quantiles(age, np.array([share], np.float32))[..., 0]


def interval(age: Floats, half: float) -> Floats:
    """Low end, median and high end of ages (..., 101): quantiles 0.5 - half, 0.5, 0.5 + half."""
    shares = np.array([0.5 - half, 0.5, 0.5 + half], np.float32)
    return quantiles(age, shares).clip(0)
