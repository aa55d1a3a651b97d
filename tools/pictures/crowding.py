"""How crowded a place is: what lies near it, and how much of other boxes it would cover.

Pure. Boxes are x1, y1, x2, y2 in pixels, arrays of them (n, 4). Neither question looks at every
box.
"""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Rect = tuple[float, float, float, float]

_CELLS = 256
"""Cells of the map of covered area, along the longer side of the picture."""


def area(rects: Floats) -> Floats:
    """Return square pixels of each box."""
    size: Floats = (rects[:, 2] - rects[:, 0]) * (rects[:, 3] - rects[:, 1])
    return size


def overlaps(some: Floats, others: Floats) -> Floats:
    """Return the area that each of n boxes shares with each of m: (n, m) square pixels."""
    low = np.maximum(some[:, None, :2], others[None, :, :2])
    high = np.minimum(some[:, None, 2:], others[None, :, 2:])
    shared: Floats = np.maximum(high - low, 0.0).prod(axis=2)
    return shared


class Neighbours:
    """Boxes by the cells that their first corners lie in; ``reach`` is about their longest side."""

    def __init__(self, reach: float) -> None:
        self._side = max(1.0, 2 * reach)
        self._cells: defaultdict[tuple[int, int], list[Rect]] = defaultdict(list)

    def add(self, rect: Rect) -> None:
        """Remember a box."""
        self._cells[int(rect[0] // self._side), int(rect[1] // self._side)].append(rect)

    def within(self, rects: Floats) -> Floats:
        """Return every remembered box that may meet one of ``rects``, and some that do not."""
        x1, y1 = (int(v // self._side) - 1 for v in rects[:, :2].min(axis=0))
        x2, y2 = (int(v // self._side) for v in rects[:, 2:].max(axis=0))
        found = [
            rect
            for x in range(x1, x2 + 1)
            for y in range(y1, y2 + 1)
            for rect in self._cells.get((x, y), ())
        ]
        return np.array(found).reshape(-1, 4)


class Cover:
    """How much area of many boxes a place covers, read from a summed map of the picture.

    Exact to a cell, a 256th of the longer side (Crow, "Summed-area tables for texture mapping",
    1984).
    """

    def __init__(self, boxes: Sequence[Rect], size: tuple[int, int]) -> None:
        self._cell = max(1.0, max(size) / _CELLS)
        self._most = np.array([int(side / self._cell) + 2 for side in size])
        columns, rows = self._most
        steps = np.zeros((rows + 1, columns + 1))
        x1, y1, x2, y2 = self._corners(np.array(boxes, dtype=float).reshape(-1, 4)).T
        for x, y, sign in ((x1, y1, 1), (x2, y2, 1), (x2, y1, -1), (x1, y2, -1)):
            np.add.at(steps, (y, x), sign)
        deep = steps.cumsum(0).cumsum(1)
        self._summed = np.zeros((rows + 2, columns + 2))
        self._summed[1:, 1:] = deep.cumsum(0).cumsum(1) * self._cell**2

    def under(self, rects: Floats) -> Floats:
        """Return square pixels of boxes under each rect, overlapping boxes counted each."""
        x1, y1, x2, y2 = self._corners(rects).T
        x2, y2 = np.maximum(x2, x1 + 1), np.maximum(y2, y1 + 1)
        s = self._summed
        covered: Floats = s[y2, x2] - s[y1, x2] - s[y2, x1] + s[y1, x1]
        return covered

    def _corners(self, rects: Floats) -> NDArray[np.intp]:
        """Return the cell borders nearest to the corners."""
        near = np.rint(rects / self._cell).clip(0, np.tile(self._most, 2))
        return near.astype(np.intp)
