"""Where labels go: next to what they name, off each other, inside the picture.

Pure. Boxes are x1, y1, x2, y2 in pixels.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from focalface.tools.geometry import plane
from focalface.tools.types import Point

Rect = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Label:
    """A label of ``width`` x ``height`` pixels that belongs to a polygon."""

    polygon: Sequence[Point]
    width: float
    height: float


def place(labels: Sequence[Label], size: tuple[int, int], avoid: Sequence[Rect]) -> list[Rect]:
    """A box for each label, in order; ``avoid`` are boxes that it is a pity to cover.

    Greedy, small regions first, since they have the fewest good places.
    """
    placed: dict[int, Rect] = {}
    order = sorted(range(len(labels)), key=lambda i: plane.area(labels[i].polygon))
    for i in order:
        own = plane.bounds(labels[i].polygon)
        others = [box for box in avoid if box != own]
        taken = list(placed.values())
        choices = [_kept_inside(rect, size) for rect in _choices(labels[i], own)]
        placed[i] = min(choices, key=lambda rect: _cost(rect, own, taken, others))
    return [placed[i] for i in range(len(labels))]


def anchor(rect: Rect, polygon: Sequence[Point]) -> tuple[Point, Point] | None:
    """The leader from a label to its region, or ``None`` where the label touches the region."""
    x1, y1, x2, y2 = plane.bounds(polygon)
    if _overlap(rect, (x1, y1, x2, y2)) > 0:
        return None
    target = _middle(polygon)
    start = (min(max(target[0], rect[0]), rect[2]), min(max(target[1], rect[1]), rect[3]))
    return start, target


def _choices(label: Label, own: Rect) -> list[Rect]:
    """The middle of the region, then places around it, further and further away."""
    cx, cy = _middle(label.polygon)
    w, h = label.width, label.height
    found = [(cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2)]
    for gap in (0.3, 1.0, 2.0, 3.5, 5.5, 8.0, 11.0, 15.0):
        reach_x = (own[2] - own[0]) / 2 + w / 2 + gap * h
        reach_y = (own[3] - own[1]) / 2 + h / 2 + gap * h
        for step in range(16):
            turn = 2 * math.pi * step / 16
            x = (own[0] + own[2]) / 2 + reach_x * math.cos(turn)
            y = (own[1] + own[3]) / 2 + reach_y * math.sin(turn)
            found.append((x - w / 2, y - h / 2, x + w / 2, y + h / 2))
    return found


def _kept_inside(rect: Rect, size: tuple[int, int]) -> Rect:
    x1, y1, x2, y2 = rect
    dx = max(0.0, -x1) or min(0.0, size[0] - x2)
    dy = max(0.0, -y1) or min(0.0, size[1] - y2)
    return (x1 + dx, y1 + dy, x2 + dx, y2 + dy)


def _cost(rect: Rect, own: Rect, taken: Sequence[Rect], others: Sequence[Rect]) -> float:
    area = _area(rect)
    clash = sum(_overlap(rect, _grown(box)) for box in taken) / area
    pity = sum(_overlap(rect, box) for box in others) / area
    covered = _overlap(rect, own) / max(1.0, _area(own))
    gap = _gap(rect, own) / (rect[3] - rect[1])
    return 100 * clash + 8 * pity + (12 * covered if covered > 0.12 else 0.0) + gap


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


def _area(rect: Rect) -> float:
    return (rect[2] - rect[0]) * (rect[3] - rect[1])


def _overlap(one: Rect, other: Rect) -> float:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return width * height if width > 0 and height > 0 else 0.0


def _gap(one: Rect, other: Rect) -> float:
    dx = max(one[0] - other[2], other[0] - one[2], 0.0)
    dy = max(one[1] - other[3], other[1] - one[3], 0.0)
    return math.hypot(dx, dy)
