"""How a picture is shown to the face detector, and how what it finds there is put together (pure).

A detector of this kind sees faces of about 10 to 320 pixels. The *main view* shows the picture near
its own size, for small faces; the *small view* shows it at 256 pixels, a small picture at 128, with
a margin around it, so that a face that fills the picture becomes one of ordinary size with a
background. A small picture is mostly the crop of one face; only a tiny one is enlarged.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Size = tuple[int, int]

CELL = 32  # canvas sides are multiples of the coarsest stride
MAIN_AT_LEAST, MAIN_AT_MOST = 640, 1920  # long side of the main view
MIDDLE, MIDDLE_FROM = 640, 1000  # long side of a third view, where the main one is longer
SMALL = 256
SMALL_PICTURE, SMALLER = 320, 128  # long side of a small picture, and of its small view
LEAST_MAIN, MOST_ENLARGED = 224, 2.0  # long side of its main view, and how far that enlarges
MARGIN = 32  # around the small view, on each side

FLOOR = 0.15  # least score in one view
SURE_SIZES = (32.0, 320.0)  # sqrt(area) on a canvas at which a face can hardly be overlooked
OVERLOOKED = 0.1  # the score that counts for a view that should have seen the face but did not
SAME_DETECTION = 0.5  # intersection over union, between views
SAME_FACE = 0.4  # intersection over union, between faces
INSIDE_FACE = 0.75  # share of the smaller box that lies in the other


@dataclass(frozen=True)
class View:
    """The whole picture, resized to ``shown`` (width, height), at ``offset`` on a ``canvas``."""

    picture: Size
    shown: Size
    offset: tuple[int, int]
    canvas: Size

    @cached_property
    def scale(self) -> Floats:
        """Canvas pixels per picture pixel, in x and in y."""
        return np.divide(self.shown, self.picture, dtype=np.float64)

    def to_picture(self, xy: Floats) -> Floats:
        """(..., 2) points of the canvas -> points of the picture."""
        points: Floats = np.divide(xy - np.array(self.offset), self.scale, dtype=np.float64)
        return points


@dataclass(frozen=True)
class FoundFaces:
    """Detections in one frame: ``boxes`` (n, 4) xyxy, ``scores`` (n,), ``keypoints`` (n, 5, 2).

    Keypoints are in insightface's order, left in the picture first; None when the model has none.
    """

    boxes: Floats
    scores: Floats
    keypoints: Floats | None

    def __len__(self) -> int:
        return len(self.scores)

    def pick(self, which: NDArray[np.intp]) -> "FoundFaces":
        """Return the chosen ones, in that order."""
        points = None if self.keypoints is None else self.keypoints[which]
        return FoundFaces(self.boxes[which], self.scores[which], points)


def views_of(picture: Size, fixed: Size | None = None) -> list[View]:
    """Return the views of a picture of (width, height), largest first.

    ``fixed``: the only canvas that the model accepts; else canvases fit the picture.
    """
    longest = max(picture)
    if fixed is not None:
        middle = min(fixed)
        return [_view(picture, middle, 0, fixed), _view(picture, middle * 2 // 5, MARGIN, fixed)]
    if longest <= SMALL_PICTURE:
        main = max(longest, min(round(longest * MOST_ENLARGED), LEAST_MAIN))
        return [_view(picture, _even(main), 0), _view(picture, SMALLER, MARGIN)]
    main = min(max(longest, MAIN_AT_LEAST), MAIN_AT_MOST)
    views = [_view(picture, _even(main), 0)]
    if main > MIDDLE_FROM:
        views.append(_view(picture, MIDDLE, 0))
    return [*views, _view(picture, SMALL, MARGIN)]


def _even(length: int) -> int:
    """A length that a canvas need not be a whole cell longer for: shorter by 3 % at most."""
    over = length % CELL
    return length - over if over <= length // CELL else length


def _view(picture: Size, longest: int, margin: int, fixed: Size | None = None) -> View:
    scale = longest / max(picture)
    shown = (max(round(picture[0] * scale), 1), max(round(picture[1] * scale), 1))
    canvas = fixed or _canvas((shown[0] + 2 * margin, shown[1] + 2 * margin))
    return View(picture, shown, (margin, margin), canvas)


def _canvas(least: Size) -> Size:
    """The smallest canvas that insightface's arithmetic leaves alone.

    Its ``detect`` computes ``int(width * (height / width))``, which for some sizes is one less than
    the height and would resample the canvas by one row.
    """
    width, height = (-(-side // CELL) * CELL for side in least)
    while int(width * (height / width)) != height:
        height += CELL
    return width, height


def agreed(parts: list[FoundFaces], views: list[View]) -> list[FoundFaces]:
    """Let the views vote: a face of a size that another view can see should be seen there too.

    Scores become the mean over the views that were asked, boxes and keypoints the mean weighted by
    score. What one view takes for a face and another does not is mostly no face.
    """
    return [_voted(k, parts, views) for k in range(len(parts))]


def _voted(k: int, parts: list[FoundFaces], views: list[View]) -> FoundFaces:
    mine = parts[k]
    size = np.sqrt((mine.boxes[:, 2:] - mine.boxes[:, :2]).prod(1))
    votes, total, weight = np.ones(len(mine)), mine.scores.copy(), mine.scores.copy()
    boxes = mine.boxes * weight[:, None]
    points = None if mine.keypoints is None else mine.keypoints * weight[:, None, None]
    for other, view in zip(parts[:k] + parts[k + 1 :], views[:k] + views[k + 1 :], strict=True):
        shown = size * view.scale.mean()
        asked = (shown >= SURE_SIZES[0]) & (shown <= SURE_SIZES[1])
        votes += asked
        same = overlaps(mine.boxes[:, None], other.boxes)[0] > SAME_DETECTION
        seen = asked & same.any(1)
        total[asked & ~seen] += OVERLOOKED
        if not seen.any():
            continue
        twin = np.where(same[seen], other.scores, 0).argmax(1)
        score = other.scores[twin]
        total[seen] += score
        weight[seen] += score
        boxes[seen] += other.boxes[twin] * score[:, None]
        if points is not None and other.keypoints is not None:
            points[seen] += other.keypoints[twin] * score[:, None, None]
    if points is not None:
        points /= weight[:, None, None]
    return FoundFaces(boxes / weight[:, None], total / votes, points)


def merge(parts: Sequence[FoundFaces], picture: Size) -> FoundFaces:
    """Return one detection a face, boxes cut at the picture's border, largest first.

    Greedy suppression by score; what lies mostly inside a better box is a part of that face.
    """
    points = [p.keypoints for p in parts if p.keypoints is not None]
    every = FoundFaces(
        np.concatenate([p.boxes for p in parts]).clip(0, np.tile(picture, 2)),
        np.concatenate([p.scores for p in parts]),
        np.concatenate(points) if len(points) == len(parts) else None,
    )
    sides = every.boxes[:, 2:] - every.boxes[:, :2]
    every = every.pick(np.flatnonzero(sides.min(1, initial=np.inf) >= 1))
    order = np.lexsort((*every.boxes.T, -every.scores))
    kept: list[int] = []
    while len(order):
        best, order = order[0], order[1:]
        kept.append(int(best))
        union, inside = overlaps(every.boxes[best], every.boxes[order])
        order = order[(union <= SAME_FACE) & (inside <= INSIDE_FACE)]
    found = every.pick(np.array(kept, dtype=np.intp))
    areas = (found.boxes[:, 2:] - found.boxes[:, :2]).prod(1)
    return found.pick(np.lexsort((found.boxes[:, 1], found.boxes[:, 0], -areas)))


def overlaps(box: Floats, others: Floats) -> tuple[Floats, Floats]:
    """Of ``box`` (4,) with each of ``others`` (n, 4): (IoU, overlap / the smaller one's area).

    Several boxes (k, 1, 4) give (k, n).
    """
    width = np.minimum(box[..., 2], others[..., 2]) - np.maximum(box[..., 0], others[..., 0])
    height = np.minimum(box[..., 3], others[..., 3]) - np.maximum(box[..., 1], others[..., 1])
    shared = width.clip(0) * height.clip(0)
    area, areas = ((b[..., 2] - b[..., 0]) * (b[..., 3] - b[..., 1]) for b in (box, others))
    union = np.maximum(area + areas - shared, 1e-9)
    return shared / union, shared / np.maximum(np.minimum(area, areas), 1e-9)


def unturned(found: FoundFaces, quarter_turns: int, picture: Size) -> FoundFaces:
    """Undo ``np.rot90(picture, quarter_turns)``: detections back in the frame of ``picture``.

    The keypoints keep their names: the first stays the eye that is on the left for an upright face.
    """
    width, height = picture
    boxes = found.boxes.reshape(-1, 2, 2)
    points = found.keypoints
    for k in range(quarter_turns % 4, 0, -1):
        # The frame after k turns has the sides swapped for odd k; one turn back undoes the last.
        before_width = width if (k - 1) % 2 == 0 else height
        boxes = _quarter_back(boxes, before_width)
        points = None if points is None else _quarter_back(points, before_width)
    upright = np.concatenate([boxes.min(1), boxes.max(1)], 1)
    return FoundFaces(upright, found.scores, points)


def _quarter_back(points: Floats, width: int) -> Floats:
    """A point after a counter-clockwise quarter turn -> before it, in a frame of that width."""
    return np.stack([width - points[..., 1], points[..., 0]], -1)
