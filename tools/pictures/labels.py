"""Where labels go: next to what they name, off each other, inside the picture.

Pure. Boxes are x1, y1, x2, y2 in pixels; arrays of them are (n, 4). The time grows with n log n for
n labels: what a place covers is read from a summed map, and a place is compared with near labels.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from focalface.tools.geometry import plane
from focalface.tools.pictures.crowding import Cover, Floats, Neighbours, Rect, area, overlaps
from focalface.tools.stopping import checkpoint
from focalface.tools.types import Point

_RINGS = ((0.3, 1.0), (2.0, 3.5, 5.5), (8.0, 11.0, 15.0))
"""Distances of the rings of places around a region, in heights of the label, tried in groups."""
_STEPS = 16
_ANGLES = 2 * np.pi * np.arange(_STEPS) / _STEPS
_AROUND = np.stack([np.cos(_ANGLES), np.sin(_ANGLES)], axis=1)
_LITTLE = 0.12
"""Share of the region that its own label may cover for nothing."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label of ``width`` x ``height`` pixels that belongs to a polygon.

    One that gets no ``leader`` stands beside it or, where others stand there, nowhere.
    """

    polygon: Sequence[Point]
    width: float
    height: float
    leader: bool = True


def place(
    labels: Sequence[Label], size: tuple[int, int], avoid: Sequence[Rect]
) -> list[Rect | None]:
    """Return a box for each label, in order; ``avoid`` are boxes that it is a pity to cover.

    Greedy, small regions first, since they have the fewest good places; labels without a leader
    come after all others, and those of the largest things first.
    """
    if not labels:
        return []
    placed: dict[int, Rect | None] = {}
    cover, listed = Cover(avoid, size), set(avoid)
    near = Neighbours(max(max(label.width, label.height) for label in labels))
    for i in sorted(range(len(labels)), key=lambda i: _turn(labels[i])):
        checkpoint()
        own = plane.bounds(labels[i].polygon)
        placed[i] = best = _best(labels[i], own, size, near, cover, counted=own in listed)
        if best:
            near.add(_grown(best))
    return [placed[i] for i in range(len(labels))]


def _turn(label: Label) -> tuple[bool, float]:
    size = plane.area(label.polygon)
    return (False, size) if label.leader else (True, -size)


def anchor(rect: Rect, polygon: Sequence[Point]) -> tuple[Point, Point] | None:
    """Return the leader from a label to its region, or ``None`` where the label touches the
    region."""
    if overlaps(np.array([rect]), np.array([plane.bounds(polygon)])).any():
        return None
    target = _middle(polygon)
    start = (min(max(target[0], rect[0]), rect[2]), min(max(target[1], rect[1]), rect[3]))
    return start, target


def _best(
    label: Label,
    own: Rect,
    size: tuple[int, int],
    near: Neighbours,
    cover: Cover,
    *,
    counted: bool,
) -> Rect | None:
    """Return the place of least cost; places further out are tried only while they could be
    better."""
    best, least = own, math.inf
    for gap, ring in _rings(label, own):
        if least <= gap:
            break
        rects = _kept_inside(ring, size)
        costs = _costs(rects, own, near, cover, counted=counted)
        i = int(costs.argmin())
        if costs[i] < least:
            x1, y1, x2, y2 = (float(v) for v in rects[i])
            best, least = (x1, y1, x2, y2), float(costs[i])
    taken = not label.leader and overlaps(np.array([best]), near.within(np.array([best]))).any()
    return None if taken else best


def _rings(label: Label, own: Rect) -> Iterator[tuple[float, Floats]]:
    """Groups of places, the middle of the region in the first, each with its least distance."""
    half = np.array([label.width, label.height]) / 2
    low, high = np.array(own[:2]), np.array(own[2:])
    for gaps in _RINGS if label.leader else _RINGS[:1]:
        reach = [(high - low) / 2 + half + gap * label.height for gap in gaps]
        middles = [(low + high) / 2 + _AROUND * r for r in reach]
        if gaps is _RINGS[0]:
            middle = _middle(label.polygon) if label.leader else (low + high) / 2
            middles = [np.array([middle]), *middles]
        centres = np.concatenate(middles)
        first = -math.inf if gaps is _RINGS[0] else gaps[0]
        yield first, np.concatenate([centres - half, centres + half], axis=1)


def _kept_inside(rects: Floats, size: tuple[int, int]) -> Floats:
    low = np.maximum(0.0, -rects[:, :2])
    high = np.minimum(0.0, np.array(size) - rects[:, 2:])
    kept: Floats = rects + np.tile(np.where(low > 0, low, high), 2)
    return kept


def _costs(rects: Floats, own: Rect, near: Neighbours, cover: Cover, *, counted: bool) -> Floats:
    """Clashes with labels count most, then other regions covered, then the own one, distance."""
    region = np.array([own])
    on_own = overlaps(rects, region)[:, 0]
    clash = overlaps(rects, near.within(rects)).sum(axis=1)
    pity = np.maximum(0.0, cover.under(rects) - (on_own if counted else 0.0))
    covered = on_own / max(1.0, float(area(region)[0]))
    apart = np.maximum(0.0, np.maximum(region[:, :2] - rects[:, 2:], rects[:, :2] - region[:, 2:]))
    gap = np.hypot(apart[:, 0], apart[:, 1]) / (rects[:, 3] - rects[:, 1])
    own_cost = np.where(covered > _LITTLE, 12 * covered, 0.0)
    costs: Floats = (100 * clash + 8 * pity) / area(rects) + own_cost + gap
    return costs


def _middle(polygon: Sequence[Point]) -> Point:
    points = plane.sample(polygon)
    if not len(points):
        x1, y1, x2, y2 = plane.bounds(polygon)
        return ((x1 + x2) / 2, (y1 + y2) / 2)
    # The sample nearest to the mean, so that a crescent is pointed at inside.
    nearest = ((points - points.mean(axis=0)) ** 2).sum(axis=1).argmin()
    return (float(points[nearest, 0]), float(points[nearest, 1]))


def _grown(rect: Rect) -> Rect:
    margin = (rect[3] - rect[1]) * 0.12
    return (rect[0] - margin, rect[1] - margin, rect[2] + margin, rect[3] + margin)
