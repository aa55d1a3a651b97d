"""Finds faces with insightface's SCRFD runtime, on our own weights or on any that the user chooses.

Boxes, scores and five keypoints come from here; dense landmarks and pose come from the face mesher.
"""

import hashlib
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from focalface.tools import paths
from focalface.tools.detection.runtime import EMBEDDED, Scrfd, first_line, load
from focalface.tools.detection.second_stage import DOUBTFUL, SecondStage
from focalface.tools.detection.views import (
    FLOOR,
    FoundFaces,
    Size,
    View,
    agreed,
    merge,
    overlaps,
    unturned,
    views_of,
)
from focalface.tools.errors import BadRegionError, FocalFaceError, ModelDamagedError
from focalface.tools.forking import ForkSafeLock, forget_cached, renew_after_fork
from focalface.tools.interfaces import Detection, Rgb
from focalface.tools.stopping import checkpoint
from focalface.tools.types import Box, Keypoints

EMBEDDED_THRESHOLD = 0.62  # chosen on the validation share, see weights/detector.md
FOREIGN_THRESHOLD = 0.5  # insightface's own
HINT_THRESHOLD = 0.2  # where the caller says that a face is, a weak sign is enough
TURNED_EXTRA = 0.22  # a second look sees every empty picture three more times: ask for more
GLIMPSE = 0.3  # of a turned picture made small; only a turn that shows so much is looked at whole
HINT_MARGIN = 0.35  # of the box, on each side
HINT_OVERLAP = 0.2
AVERAGED = (
    0.75  # of a side, below which a picture is shrunk by averaging, which costs four times more
)
_TURNS = {
    1: cv2.ROTATE_90_COUNTERCLOCKWISE,
    2: cv2.ROTATE_180,
    3: cv2.ROTATE_90_CLOCKWISE,
}


class Detector:
    """A face detector; cheap to make, loads on first use, safe to share between threads.

    Args:
        source: ``embedded``, an insightface pack folder, or the path of an ONNX file.
        threads: CPU threads for one picture; 0 leaves the choice to onnxruntime.
        threshold: least score of a face, 0..1; None takes the one that goes with the weights.
    """

    def __init__(
        self, source: str = EMBEDDED, *, threads: int = 0, threshold: float | None = None
    ) -> None:
        self.source = source
        self._threads = threads
        default = EMBEDDED_THRESHOLD if source == EMBEDDED else FOREIGN_THRESHOLD
        self._threshold = default if threshold is None else threshold
        second = paths.WEIGHTS / "detector_second.onnx"
        self._second = SecondStage(second, threads=threads) if source == EMBEDDED else None
        self._lock = ForkSafeLock()
        renew_after_fork(self)

    def renew(self) -> None:
        """Have a forked child load the network again."""
        forget_cached(self, "_model")

    def detect(self, rgb: Rgb) -> list[Detection]:
        """Return all faces of a picture (H, W, 3) RGB uint8, largest first, boxes in its pixels.

        When nothing convincing is found, the picture is looked at turned by 90, 180 and 270
        degrees, small first and whole where that shows something; a convincing face there makes
        that turn count.

        Raises ``ModelMissingError``, ``ModelDamagedError`` or ``SettingsError`` when the weights
        cannot be used.
        """
        with self._lock:
            found = self._look(rgb, self._threshold)
            if found is None or found.scores.max() < self._threshold + TURNED_EXTRA:
                found = self._look_turned(rgb) or found
        return [_detection(found, i) for i in range(len(found))] if found else []

    def detect_at(self, rgb: Rgb, box: Box) -> Detection:
        """Return the face that the caller says is in ``box``: that box cut at the border of the
        picture.

        Score and keypoints are the detector's where it agrees; else 0 and None.

        Raises ``BadRegionError`` when the box misses the picture, and as ``detect``.
        """
        height, width = rgb.shape[:2]
        cut = np.array(box.xyxy).clip(0, (width, height, width, height))
        if (cut[2:] - cut[:2] < 1).any():
            raise BadRegionError(
                f"The box misses the picture of {width} x {height} pixels; "
                "give x1, y1, x2, y2 inside it."
            )
        inner = _as_box(cut)
        low, high = _widened(cut, (width, height))
        part = np.ascontiguousarray(rgb[low[1] : high[1], low[0] : high[0]])
        with self._lock:
            found = self._look(part, HINT_THRESHOLD) or self._look_turned(part)
        if found is None:
            return Detection(inner, 0.0, None)
        moved = FoundFaces(
            found.boxes + np.tile(low, 2),
            found.scores,
            None if found.keypoints is None else found.keypoints + low,
        )
        overlap, _ = overlaps(cut, moved.boxes)
        best = int(np.argmax(overlap))
        if overlap[best] < HINT_OVERLAP:
            return Detection(inner, 0.0, None)
        seen = _detection(moved, best)
        return Detection(inner, seen.score, seen.keypoints)

    def _look(
        self, rgb: Rgb, threshold: float, smallest: FoundFaces | None = None
    ) -> FoundFaces | None:
        """Return faces of an upright picture over all views; None when there is none.

        ``smallest``: what the smallest view shows, where that is known already.
        """
        floor = min(threshold, DOUBTFUL[0]) if self._second else threshold
        picture = (rgb.shape[1], rgb.shape[0])
        views = self._views(picture)
        parts = []
        shrinking = rgb  # each view is resized from the one before: a huge picture is read once
        for view in views if smallest is None else views[:-1]:
            checkpoint()
            shrinking = _resized(shrinking, view.shown)
            parts.append(self._run(shrinking, view))
        if smallest is not None:
            parts.append(smallest)
        likely = [p.pick(np.flatnonzero(p.scores >= floor)) for p in agreed(parts, views)]
        found = merge(likely, picture)
        if self._second:
            found = self._second.judged(rgb, found)
        found = found.pick(np.flatnonzero(found.scores >= threshold))
        return found if len(found) else None

    def _look_turned(self, rgb: Rgb) -> FoundFaces | None:
        """Return faces of the picture turned by the quarter that shows most; None where none shows
        any.

        Only where the smallest view, turned, shows anything that could be a face, to the second
        stage as well, is the turned picture looked at whole.
        """
        least = min(GLIMPSE, self._threshold)
        picture = (rgb.shape[1], rgb.shape[0])
        small = _resized(rgb, self._views(picture)[-1].shown)
        best: FoundFaces | None = None
        for turns in (1, 2, 3):
            checkpoint()
            view = self._views(picture[::-1] if turns % 2 else picture)[-1]
            glimpse = self._run(_turned(small, turns), view)
            likely = glimpse.pick(np.flatnonzero(glimpse.scores >= least))
            if not len(likely):
                continue
            turned = _turned(rgb, turns)
            if self._second and self._second.judged(turned, likely).scores.max() < least:
                continue
            found = self._look(turned, self._threshold + TURNED_EXTRA, glimpse)
            if found and (best is None or found.scores.sum() > best.scores.sum()):
                best = merge([unturned(found, turns, picture)], picture)
        return best

    def _views(self, picture: Size) -> list[View]:
        return views_of(picture, self._model.static_input_size)

    def _run(self, shown: Rgb, view: View) -> FoundFaces:
        """Run the network once over one view. BGR exists in this function only."""
        canvas = np.zeros((view.canvas[1], view.canvas[0], 3), np.uint8)
        x, y = view.offset
        bgr = cv2.cvtColor(shown, cv2.COLOR_RGB2BGR)
        canvas[y : y + shown.shape[0], x : x + shown.shape[1]] = bgr
        rows, points = self._detect(canvas, view.canvas)
        corners = rows[:, :4].astype(np.float64).reshape(-1, 2, 2)
        return FoundFaces(
            view.to_picture(corners).reshape(-1, 4),
            rows[:, 4].astype(np.float64),
            None if points is None else view.to_picture(points.astype(np.float64)),
        )

    def _detect(
        self, canvas: Rgb, size: Size
    ) -> tuple[NDArray[np.float32], NDArray[np.float32] | None]:
        try:
            return self._model.detect(canvas, input_size=size, det_thresh=FLOOR)
        except FocalFaceError:
            raise
        except Exception as error:
            raise ModelDamagedError(
                f"The detector '{self.source}' failed on a picture ({first_line(error)}); "
                "choose another one."
            ) from error

    @cached_property
    def _model(self) -> Scrfd:
        return load(self.source, self._threads)


def face_id(image_id: str, box: Box) -> str:
    """Return the handle of a face: equal for equal picture and box (to a pixel), on every
    machine."""
    text = f"{image_id}:" + ",".join(str(round(v)) for v in box.xyxy)
    return "fac_" + hashlib.sha256(text.encode()).hexdigest()[:12]


def _turned(rgb: Rgb, quarter_turns: int) -> Rgb:
    """Return ``np.rot90(rgb, quarter_turns)``, row by row in memory: OpenCV is ten times faster."""
    return np.asarray(cv2.rotate(rgb, _TURNS[quarter_turns]), np.uint8)


def _resized(rgb: Rgb, size: Size) -> Rgb:
    if (rgb.shape[1], rgb.shape[0]) == size:
        return rgb
    shrinks = max(size) < AVERAGED * max(rgb.shape[:2])
    method = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(rgb, size, interpolation=method), np.uint8)


def _widened(box: NDArray[np.float64], picture: Size) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the box and a margin, in whole pixels of the picture: (low x, y), (high x, y)."""
    margin = (box[2:] - box[:2]) * HINT_MARGIN
    low = np.floor((box[:2] - margin).clip(0)).astype(np.intp)
    high = np.ceil(np.minimum(box[2:] + margin, picture)).astype(np.intp)
    return low, high


def _detection(found: FoundFaces, i: int) -> Detection:
    points = None if found.keypoints is None else _keypoints(found.keypoints[i])
    return Detection(_as_box(found.boxes[i]), min(float(found.scores[i]), 1.0), points)


def _as_box(xyxy: NDArray[np.float64]) -> Box:
    return Box(x1=float(xyxy[0]), y1=float(xyxy[1]), x2=float(xyxy[2]), y2=float(xyxy[3]))


def _keypoints(points: NDArray[np.float64]) -> Keypoints:
    """insightface's order starts on the left of the picture: the *subject's* right."""
    right_eye, left_eye, nose, right_mouth, left_mouth = ((float(x), float(y)) for x, y in points)
    return Keypoints(
        left_eye=left_eye,
        right_eye=right_eye,
        nose=nose,
        left_mouth=left_mouth,
        right_mouth=right_mouth,
    )
