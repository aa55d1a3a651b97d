"""Intensities over time, and when a movement begins, is strongest and is over.

Onset, apex and offset as FACS coders use the words: the first sign of a movement, its strongest
moment, its last sign. A series may be smoothed, which it is not unless asked: smoothing moves
onsets and lowers apexes of what is short, such as a blink.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from focalface.tools.errors import UsageError
from focalface.tools.face.facs import PRESENT

RISE = 0.2
"""Share of the way from the calm before a movement to its apex at which it counts as begun. (Our
choice: lower shares follow noise, higher ones come late.)"""
DIP = 0.5
"""Two rises with a fall between them are one movement while the fall stays above this share of
the lower apex."""
LEAST_RISE = 0.1
"""Difference to the calm on at least one side that makes a movement of a high intensity."""
LOST = 1.0
"""Seconds without a reading from which a movement is not followed any further."""


@dataclass(frozen=True, slots=True)
class Series:
    """Intensities 0..1 at growing times in seconds; frames without a reading are left out."""

    seconds: NDArray[np.float64]
    values: NDArray[np.float64]

    @classmethod
    def of(cls, points: Sequence[tuple[float, float]]) -> "Series":
        """Return a series of (seconds, intensity) in the order of time."""
        table = np.array(points, dtype=np.float64).reshape(-1, 2)
        return cls(table[:, 0], table[:, 1])

    def at(self, seconds: float) -> float | None:
        """Return the intensity at a time, between frames in proportion; None outside of the
        series."""
        if not len(self.seconds) or not self.seconds[0] <= seconds <= self.seconds[-1]:
            return None
        return float(np.interp(seconds, self.seconds, self.values))


@dataclass(frozen=True, slots=True)
class Episode:
    """One movement, seconds. No ``onset``: it was there when the series began; no ``offset``: it
    was still there when the series ended. ``intensity`` is that at the apex."""

    onset: float | None
    apex: float
    offset: float | None
    intensity: float


@dataclass(frozen=True, slots=True)
class Smoothing:
    """A filter with a name and a window in seconds."""

    name: Literal["median", "savgol"]
    window: float

    def __str__(self) -> str:
        return f"{self.name}:{self.window:g}s"


def parse_smoothing(text: str) -> Smoothing:
    """Read ``median:0.3s`` or ``savgol:0.5s``; the window may be left out (0.3 s).

    Raises ``UsageError``.
    """
    found = re.fullmatch(r"(median|savgol)(?::([0-9.]+)s?)?", text.strip())
    try:
        window = float(found[2] or 0.3) if found else 0.0
    except ValueError:
        window = 0.0
    if found is None or not 0 < window <= 60:
        raise UsageError(
            f"There is no smoothing '{text[:40]}'; use median or savgol with a window: median:0.3s."
        )
    return Smoothing("median" if found[1] == "median" else "savgol", window)


def smooth(series: Series, how: Smoothing | None) -> Series:
    """Return the series smoothed by SciPy's median or Savitzky-Golay (order 2) filter; None: as it
    is.

    The window is counted in frames of the median distance.
    """
    count = len(series.values)
    if how is None or count < 4:
        return series
    step = float(np.median(np.diff(series.seconds)))
    size = min(round(how.window / max(step, 1e-6)) | 1, count if count % 2 else count - 1)
    if size < 3:
        return series
    if how.name == "median":
        from scipy.ndimage import median_filter

        smoothed = median_filter(series.values, size=size, mode="nearest")
    else:
        from scipy.signal import savgol_filter

        smoothed = savgol_filter(series.values, size, min(2, size - 1))
    return replace(series, values=np.clip(smoothed, 0.0, 1.0))


def episodes(series: Series, least: float = PRESENT) -> list[Episode]:
    """Return the movements of a series that reach ``least`` at their apex, in the order of time.

    A movement spans the frames around its apex above the calm beside it: onset and offset lie
    where the intensity crosses ``RISE`` of the way from the lowest value before (after) the apex
    to the apex, between frames in proportion. Where the intensity never falls below ``least`` on
    one side, the movement has no onset (offset) there.
    """
    return [
        episode
        for part in _unbroken(series)
        for peak in _peaks(part.values, least)
        if (episode := _episode(part, peak, least))
    ]


def _unbroken(series: Series) -> list[Series]:
    """Return the series cut where nothing was read for long."""
    cuts = np.flatnonzero(np.diff(series.seconds) > LOST) + 1
    pairs = zip(np.split(series.seconds, cuts), np.split(series.values, cuts), strict=True)
    return [Series(seconds, values) for seconds, values in pairs if len(values)]


@dataclass(frozen=True, slots=True)
class _Peak:
    """Index of an apex, and the stretch of frames that is nobody else's (both ends inclusive)."""

    apex: int
    start: int
    end: int


def _peaks(values: NDArray[np.float64], least: float) -> list[_Peak]:
    """Return the apexes, with the valleys between them as borders."""
    tops: list[int] = []
    for run in _runs(values >= least):
        top = int(run[np.argmax(values[run])])
        if tops:
            low = values[tops[-1] : top + 1].min()
            if low >= DIP * min(values[tops[-1]], values[top]):
                if values[top] > values[tops[-1]]:
                    tops[-1] = top
                continue
        tops.append(top)
    between = [a + int(np.argmin(values[a:b])) for a, b in pairwise(tops)]
    borders = [0, *between, len(values) - 1]
    return [_Peak(top, *ends) for top, ends in zip(tops, pairwise(borders), strict=False)]


def _runs(mask: NDArray[np.bool_]) -> list[NDArray[np.intp]]:
    """Return the indices of each unbroken run of True."""
    found = np.flatnonzero(mask)
    if not len(found):
        return []
    return list(np.split(found, np.flatnonzero(np.diff(found) > 1) + 1))


def _episode(series: Series, peak: _Peak, least: float) -> Episode | None:
    top = float(series.values[peak.apex])
    back = np.arange(peak.apex, peak.start - 1, -1)
    on = np.arange(peak.apex, peak.end + 1)
    lows = [float(series.values[way].min()) for way in (back, on)]
    if min(lows) < least and top - min(lows) < LEAST_RISE:
        return None
    onset, offset = (
        _crossing(series, way, low + RISE * (top - low)) if low < least else None
        for way, low in zip((back, on), lows, strict=True)
    )
    return Episode(onset, float(series.seconds[peak.apex]), offset, top)


def _crossing(series: Series, way: NDArray[np.intp], level: float) -> float:
    """Return the time at which a walk from the apex falls to ``level``, which it does."""
    step = int(np.argmax(series.values[way] <= level))
    inner, outer = way[max(step - 1, 0)], way[step]
    return float(
        np.interp(
            level,
            [series.values[outer], series.values[inner]],
            [series.seconds[outer], series.seconds[inner]],
        )
    )
