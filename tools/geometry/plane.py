"""Plane geometry for regions: areas, boxes, sampling and clipping of polygons.

Points are (x, y) in pixels of the image frame, arrays of shape (n, 2). Polygons are closed, their
last point is joined to the first.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from focalface.tools.types import Point

Points = NDArray[np.float64]


def area(polygon: Sequence[Point]) -> float:
    """Return area in square pixels (shoelace formula); self-crossing parts cancel out."""
    x, y = np.asarray(polygon, dtype=np.float64).T
    return float(abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2)


def bounds(polygon: Sequence[Point]) -> tuple[float, float, float, float]:
    """Return the upright box x1, y1, x2, y2 around a polygon."""
    xs, ys = zip(*polygon, strict=True)
    return float(min(xs)), float(min(ys)), float(max(xs)), float(max(ys))


def contains(polygon: Sequence[Point], points: Points) -> NDArray[np.bool_]:
    """Tell for each point whether it lies inside (even-odd rule)."""
    corners = np.asarray(polygon, dtype=np.float64)
    x1, y1 = corners.T
    x2, y2 = np.roll(corners, -1, axis=0).T
    x, y = points[:, 0, None], points[:, 1, None]
    spans = (y1 > y) != (y2 > y)
    rise = np.where(y2 == y1, 1.0, y2 - y1)
    left_of = x < x1 + (y - y1) * (x2 - x1) / rise
    return np.asarray((spans & left_of).sum(axis=1) % 2 == 1)


def sample(polygon: Sequence[Point], across: int = 16) -> Points:
    """Return points of a regular grid inside a polygon, ``across`` of them along each side of its
    box."""
    x1, y1, x2, y2 = bounds(polygon)
    steps = (np.arange(across) + 0.5) / across
    grid_x, grid_y = np.meshgrid(x1 + steps * (x2 - x1), y1 + steps * (y2 - y1))
    grid = np.stack([grid_x.ravel(), grid_y.ravel()], axis=1)
    return grid[contains(polygon, grid)]


def clip(polygon: Sequence[Point], width: float, height: float) -> list[Point]:
    """Return the part of a polygon inside the picture (Sutherland-Hodgman); ``[]`` when none is."""
    points = [(float(x), float(y)) for x, y in polygon]
    x1, y1, x2, y2 = bounds(points)
    if x1 >= 0 and y1 >= 0 and x2 <= width and y2 <= height:
        return points
    for axis, limit, sign in ((0, 0.0, 1), (0, width, -1), (1, 0.0, 1), (1, height, -1)):
        points = _cut(points, axis, limit, sign)
    return points


def _cut(points: list[Point], axis: int, limit: float, sign: int) -> list[Point]:
    kept: list[Point] = []
    for here, after in zip(points, points[1:] + points[:1], strict=True):
        a, b = sign * (here[axis] - limit), sign * (after[axis] - limit)
        if a >= 0:
            kept.append(here)
        if (a >= 0) != (b >= 0):
            t = a / (a - b)
            kept.append((here[0] + t * (after[0] - here[0]), here[1] + t * (after[1] - here[1])))
    return kept
