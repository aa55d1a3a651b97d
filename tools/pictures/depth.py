"""Makes eight bits of deep grey: which value is black, which is white, by one rule (pure).

White is what the file states. Else it is the smallest of the usual tops that holds the 99.9th
percentile, so that a few hot pixels don't turn a face black. Data that go well below zero are
signed: black is then the lowest value of the smallest signed range that holds them. Beyond the
usual tops it is the whole range of the type where at least half of it is used, else the percentile.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.generic]

TOPS: tuple[float, ...] = (1, 255, 1023, 4095, 16383, 65535)
HALVES: tuple[float, ...] = (128, 512, 2048, 8192, 32768)
"""Halves of the usual signed ranges: -128..127 and so on."""
PERCENTILES = (0.1, 99.9)
BELOW_ZERO = 0.05
"""Share of white down to which values below zero are noise around black, not signed data."""
DARK = 1024
"""A stated white so many times the 99.9th percentile is an error of the file."""
HOLDS = {"i": 1 + 1 / 512, "u": 1 + 1 / 512, "f": 1.25}
"""By kind of number, how far the percentile may lie beyond a top: filters overshoot in floats."""

_PLAIN = (1e-30, 1e30)
"""White from and to which single precision does."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The values that become 0 and 255; ``inverted``: the file's zero is white."""

    black: float
    white: float
    inverted: bool = False

    def eight_bits(self, values: Grey) -> NDArray[np.uint8]:
        """Turn grey of any depth into uint8 of the same shape; what is no number becomes black."""
        exact = np.float32 if _PLAIN[0] < self.white < _PLAIN[1] else np.float64
        black, white = exact(self.black), exact(self.white)
        level: NDArray[Any] = np.clip(values, black, white).astype(exact)
        np.nan_to_num(level, copy=False, nan=self.black)
        # By parts: the range of a double may be beyond any double.
        level = level / white - black / white
        level *= 255 / (1 - black / white)
        if self.inverted:
            level = 255 - level
        grey: NDArray[np.uint8] = (level + exact(0.5)).astype(np.uint8)
        return grey


def scale_of(values: Grey, stated: float | None = None, *, inverted: bool = False) -> Scale:
    """Return the scale of a picture's integers or floats, or of a fair sample of them.

    ``stated``: white, as the file says. ``inverted``: the file says that zero is white.
    """
    low, high = _percentiles(values)
    if low < -BELOW_ZERO * max(high, 0):
        return Scale(*_signed(values.dtype, low, high), inverted)
    if stated is not None and _believable(stated, low, high):
        return Scale(0, stated, inverted)
    white = _smallest(_held(values.dtype), high, values.dtype) or _whole(values.dtype, high)
    return Scale(0, white, inverted)


def _believable(stated: float, low: float, high: float) -> bool:
    """Tell whether a stated white leaves something to be seen: not all black, not all white."""
    return math.isfinite(stated) and max(low, 0) < stated and (high <= 0 or stated <= DARK * high)


def _percentiles(values: Grey) -> tuple[float, float]:
    sample = values.astype(np.float64)
    sample = sample[np.isfinite(sample)]
    if not sample.size:
        return 0.0, 0.0
    low, high = np.percentile(sample, PERCENTILES)
    return float(low), float(high)


def _signed(dtype: np.dtype[np.generic], low: float, high: float) -> tuple[float, float]:
    reach = max(-low, high)
    if dtype.kind == "f" and reach <= HOLDS["f"]:
        return (-0.5, 0.5) if reach <= 0.5 else (-1.0, 1.0)
    half = _smallest(HALVES, reach, dtype) or _whole(dtype, reach) + 1
    return -half, half - 1


def _held(dtype: np.dtype[np.generic]) -> tuple[float, ...]:
    """Return the usual tops that a type can hold, and its own where that is a smaller one."""
    if dtype.kind not in "iu":
        return TOPS
    most = _most(dtype)  # 32767 is white of 16 bits with a sign and nothing below zero
    return (*(top for top in TOPS if top < most), min(most, TOPS[-1]))


def _most(dtype: np.dtype[np.generic]) -> float:
    return float(2 ** (8 * dtype.itemsize - (dtype.kind == "i")) - 1)


def _smallest(tops: Iterable[float], value: float, dtype: np.dtype[np.generic]) -> float | None:
    slack = HOLDS.get(dtype.kind, 1.0)
    return next((top for top in tops if value <= top * slack), None)


def _whole(dtype: np.dtype[np.generic], high: float) -> float:
    """Return the top of an integer type if half of its range is used, else ``high`` itself."""
    if dtype.kind in "iu":
        top = _most(dtype)
        if 2 * high > top:
            return top
    return high
