"""Boxes and polygons: overlap, containment, distances. All pixels of the image frame."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from focalface.tools.types import Box, Point

Polygon = Sequence[Point]
_SIDE: Final = 160


def box_iou(a: Box, b: Box) -> float:
    """Return intersection over union of two boxes, 0..1."""
    width = min(a.x2, b.x2) - max(a.x1, b.x1)
    height = min(a.y2, b.y2) - max(a.y1, b.y1)
    shared = max(width, 0.0) * max(height, 0.0)
    return shared / (a.area + b.area - shared)


def inside_share(box: Box, outer: Box) -> float:
    """Return the share of ``box`` that lies in ``outer``, 0..1."""
    width = min(box.x2, outer.x2) - max(box.x1, outer.x1)
    height = min(box.y2, outer.y2) - max(box.y1, outer.y1)
    return max(width, 0.0) * max(height, 0.0) / box.area


def union_iou(a: Sequence[Polygon], b: Sequence[Polygon]) -> float:
    """Return IoU of two unions of polygons, rasterised on one grid; 0 when one is empty."""
    if not a or not b:
        return 0.0
    grid = masks([*a, *b])
    first, second = grid[: len(a)].any(axis=0), grid[len(a) :].any(axis=0)
    return float((first & second).sum() / max((first | second).sum(), 1))


def touching(a: Sequence[Polygon], b: Sequence[Polygon], share: float) -> NDArray[np.bool_]:
    """Tell which polygons of ``a`` and ``b`` overlap by ``share`` of the smaller one: (a, b)."""
    if not a or not b:
        return np.zeros((len(a), len(b)), bool)
    flat = masks([*a, *b]).reshape(len(a) + len(b), -1).astype(np.float32)
    first, second = flat[: len(a)], flat[len(a) :]
    smaller = np.minimum(first.sum(axis=1)[:, None], second.sum(axis=1)[None])
    inside: NDArray[np.bool_] = first @ second.T >= share * np.maximum(smaller, 1)
    return inside


def masks(polygons: Sequence[Polygon]) -> NDArray[np.bool_]:
    """Return masks (polygons, side, side) on one square grid that just holds them all."""
    points = np.array([p for polygon in polygons for p in polygon], float)
    low, high = points.min(axis=0), points.max(axis=0)
    scale = (_SIDE - 1) / max(float((high - low).max()), 1e-6)
    drawn = np.zeros((len(polygons), _SIDE, _SIDE), bool)
    for mask, polygon in zip(drawn, polygons, strict=True):
        canvas = Image.new("1", (_SIDE, _SIDE))
        scaled = ((np.array(polygon, float) - low) * scale).tolist()
        ImageDraw.Draw(canvas).polygon([(x, y) for x, y in scaled], fill=1)
        mask[:] = np.array(canvas, bool)
    return drawn


def contains(polygon: Sequence[Point], point: Point) -> bool:
    """Tell whether the point lies in the polygon (even-odd rule)."""
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in zip(polygon, [*polygon[1:], polygon[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def near(polygon: Polygon, point: Point, margin: float) -> bool:
    """Tell whether the point lies in the polygon or at most ``margin`` pixels outside it."""
    if contains(polygon, point):
        return True
    p, a = np.array(point, float), np.array(polygon, float)
    along = np.roll(a, -1, axis=0) - a
    length = np.maximum((along**2).sum(axis=1), 1e-12)
    t = np.clip(((p - a) * along).sum(axis=1) / length, 0, 1)[:, None]
    return bool(np.linalg.norm(a + t * along - p, axis=1).min() <= margin)


def distance(a: Point, b: Point) -> float:
    """Return Euclidean distance in pixels."""
    return float(np.hypot(a[0] - b[0], a[1] - b[1]))


def centroid(points: Sequence[Point]) -> Point:
    """Return the mean of the points."""
    x, y = np.mean(np.array(points, float), axis=0)
    return float(x), float(y)
