"""Detection: which found faces are true ones, at IoU 0.5, with don't-care boxes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from focalface.evals.metrics.geometry import box_iou, distance, inside_share
from focalface.tools.types import Box, Point

SIZES: tuple[tuple[float, str], ...] = (
    (0, "under 16 px"),
    (16, "16-32 px"),
    (32, "32-64 px"),
    (64, "64-128 px"),
    (128, "over 128 px"),
)


@dataclass(frozen=True, slots=True)
class Matches:
    """``pairs`` (true index, found index); found boxes neither matched nor on don't-care: false."""

    pairs: tuple[tuple[int, int], ...]
    missed: tuple[int, ...]
    false: tuple[int, ...]


def size_of(box: Box) -> str:
    """Return the size class of a true face by its longer side."""
    side = max(box.width, box.height)
    return next(name for start, name in reversed(SIZES) if side >= start)


def match(
    true: Sequence[Box],
    found: Sequence[Box],
    scores: Sequence[float],
    ignored: Sequence[Box] = (),
    iou: float = 0.5,
) -> Matches:
    """Match greedily by descending score, each true box once (as in PASCAL VOC).

    A found box that matches nothing but overlaps a don't-care box (IoU of at least ``iou``, or at
    least half of it inside) is neither right nor wrong.
    """
    free = set(range(len(true)))
    pairs, false = [], []
    for j in np.argsort([-s for s in scores], kind="stable").tolist():
        best = max(free, key=lambda i: box_iou(true[i], found[j]), default=None)
        if best is not None and box_iou(true[best], found[j]) >= iou:
            free.remove(best)
            pairs.append((best, j))
        elif not any(
            box_iou(b, found[j]) >= iou or inside_share(found[j], b) >= 0.5 for b in ignored
        ):
            false.append(j)
    return Matches(tuple(sorted(pairs)), tuple(sorted(free)), tuple(sorted(false)))


def keypoint_error(true: Sequence[Point], found: Sequence[Point], box: Box) -> float:
    """Return the mean distance of the keypoints over the root of the true box's area."""
    gaps = [distance(a, b) for a, b in zip(true, found, strict=True)]
    return float(np.mean(gaps) / np.sqrt(box.area))
