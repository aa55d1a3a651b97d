"""The second stage of the embedded detector: a closer look at each doubtful face.

The first stage scans whole pictures and has little to spend on any one place. What it is unsure of
is cut out with its surroundings and judged once more by a network that sees nothing else, and the
two opinions are added as logits. A cascade of this kind goes back to Viola and Jones (2001).
"""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from focalface.tools.detection.views import Floats, FoundFaces
from focalface.tools.forking import forget_cached, renew_after_fork
from focalface.tools.interfaces import Rgb
from focalface.tools.models.onnx import open_packaged
from focalface.tools.stopping import checkpoint

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

SIDE = 48
"""Pixels of the cut-out that the network sees, in both directions."""
CONTEXT = 1.95
"""Side of the cut-out in longer sides of the box: the face with hair, neck and background."""
ENOUGH = 2
"""Pixels of the picture for one of the cut-out, each way, beyond which some are left out."""
DOUBTFUL = (0.25, 0.85)
"""Scores of the first stage that are judged again; beyond them it is sure enough by itself."""
AT_ONCE = 64
"""Cut-outs in one run: a cancelled look ends between two of them."""
SHARE, MOST = 0.6, 4.0
"""Weight of the second opinion, and how far from 0 its logit counts; see weights/detector.md."""


class SecondStage:
    """Judges candidates again; cheap to make, loads on first use.

    Args:
        weights: ONNX file, (n, 3, 48, 48) RGB as in :func:`pixels` -> logits (n,).
        threads: CPU threads for one call; 0 leaves the choice to onnxruntime.
    """

    def __init__(self, weights: Path, *, threads: int = 0) -> None:
        self._weights = weights
        self._threads = threads
        renew_after_fork(self)

    def renew(self) -> None:
        """Have a forked child load the network again."""
        forget_cached(self, "_session")

    def judged(self, rgb: Rgb, found: FoundFaces) -> FoundFaces:
        """``found`` with new scores where the first stage was in doubt."""
        low, high = DOUBTFUL
        which = np.flatnonzero((found.scores >= low) & (found.scores < high))
        if not len(which):
            return found
        crops = np.stack([cut_out(rgb, found.boxes[i]) for i in which])
        second = self._logits(crops)
        unsure = np.flatnonzero(np.abs(second) < MOST)
        if len(unsure):  # a mirrored face is a face, too
            second[unsure] = (second[unsure] + self._logits(crops[unsure][:, :, ::-1])) / 2
        scores = found.scores.copy()
        scores[which] = join_scores(scores[which], second)
        return FoundFaces(found.boxes, scores, found.keypoints)

    def _logits(self, crops: Rgb) -> Floats:
        told = []
        for first in range(0, len(crops), AT_ONCE):
            checkpoint()
            (logits,) = self._session.run(None, {"pixels": pixels(crops[first : first + AT_ONCE])})
            told.append(np.asarray(logits, np.float64))
        return np.concatenate(told)

    @cached_property
    def _session(self) -> "InferenceSession":
        return open_packaged(self._weights, self._threads)


def cut_out(rgb: Rgb, box: Floats, side: int = SIDE) -> Rgb:
    """Return the square around a box (4,) xyxy with its surroundings, black beyond the picture.

    Returns (side, side, 3); ``rgb`` and ``box`` are in the same frame.
    """
    middle, half = (box[:2] + box[2:]) / 2, CONTEXT * (box[2:] - box[:2]).max() / 2
    (x1, y1), (x2, y2) = np.floor(middle - half).astype(int), np.ceil(middle + half).astype(int)
    height, width = rgb.shape[:2]
    inside = rgb[max(y1, 0) : max(y2, 0), max(x1, 0) : max(x2, 0)]
    border = (max(-y1, 0), max(y2 - height, 0), max(-x1, 0), max(x2 - width, 0))
    square = cv2.copyMakeBorder(inside, *border, cv2.BORDER_CONSTANT)
    # Averaging over all pixels of a close-up would cost more than the network.
    step = max((x2 - x1) // (ENOUGH * side), 1)
    square = np.ascontiguousarray(square[::step, ::step])
    method = cv2.INTER_AREA if square.shape[1] > side else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(square, (side, side), interpolation=method), np.uint8)


def pixels(crops: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Turn cut-outs (n, side, side, 3) into what the network takes: (n, 3, side, side), -2..2."""
    planes = np.ascontiguousarray(crops.transpose(0, 3, 1, 2)).astype(np.float32)
    planes -= np.float32(127.5)
    planes /= np.float32(64)
    return planes


def join_scores(first: Floats, second: Floats) -> Floats:
    """Join scores 0..1 of the first stage and logits of the second to one score 0..1."""
    odds = first / (1 - first) * np.exp(SHARE * second.clip(-MOST, MOST))
    scores: Floats = odds / (1 + odds)
    return scores
