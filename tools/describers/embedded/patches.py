"""From a region on an aligned face to the pixels that the part network reads.

A square frame round the region's outline is cut from the *picture*, at the picture's own
resolution, and fitted to 64 x 64; the outline is drawn beside it as a mask. Training and runtime
share this file.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from focalface.tools.describers.embedded.alignment import (
    LEAST_FRAME,
    Alignment,
    Floats,
    cut_grey,
    grey_under,
)

PATCH = 64
"""Side of a patch in pixels."""
FINEST = 384.0
"""Side of the crop in pixels of the picture beyond which no patch gains."""
TINY = 1 / 288
"""Share of the crop that a region should cover at least, about 6 x 6 of its 96 x 96 pixels."""
_LOWEST, _HIGHEST = -0.2, 1.2
"""How far a frame may reach beyond the crop, in crop fractions."""


def frame_of(corners: Floats) -> Floats:
    """The square frame round corners (n, 2), crop fractions: centre x, centre y, side, (3,)."""
    edges = (*corners.min(0).tolist(), *corners.max(0).tolist())
    x1, y1, x2, y2 = (min(max(edge, _LOWEST), _HIGHEST) for edge in edges)
    side = max(1.05 * max(x2 - x1, y2 - y1), LEAST_FRAME)
    return np.array([(x1 + x2) / 2, (y1 + y2) / 2, side], np.float32)


def framed(alignment: Alignment, frame: Floats) -> Alignment:
    """The alignment whose crop is the frame."""
    x, y, side = (float(v) for v in frame)
    return Alignment(alignment.a / side, (alignment.b - complex(x, y)) / side + (0.5 + 0.5j))


def mask_of(polygons: Sequence[Floats], frame: Floats) -> NDArray[np.uint8]:
    """Polygons (n, 2), crop fractions, drawn in a frame: 0 or 255, (64, 64)."""
    mask = np.zeros((PATCH, PATCH), np.uint8)
    for polygon in polygons:
        places = (polygon - frame[:2]) / frame[2] + 0.5
        fixed = np.round(np.clip(places, -20, 20) * PATCH * 16 - 8).astype(np.int32)
        cv2.fillPoly(mask, [fixed], 255, shift=4)
    return mask


@dataclass(frozen=True, slots=True)
class Patches:
    """K regions: grey ``pixels`` and ``masks`` (K, 64, 64), 0..255, and ``frames`` (K, 3)."""

    pixels: NDArray[np.uint8]
    masks: NDArray[np.uint8]
    frames: Floats

    @property
    def tiny(self) -> NDArray[np.bool_]:
        """Which regions cover hardly anything, (K,)."""
        inside = np.count_nonzero(self.masks, (1, 2)) / PATCH**2
        return np.asarray(inside * self.frames[:, 2] ** 2 < TINY)


def cut_patches(
    rgb: NDArray[np.uint8],
    alignment: Alignment,
    outlines: Sequence[Floats],
    hidden: Sequence[Floats] = (),
) -> Patches:
    """The patches of K outlines (n, 2), crop fractions, of a picture (H, W, 3).

    ``hidden``: outlines of what cannot be seen; it is taken out of every mask.
    """
    grey, placed = grey_under(rgb, alignment, reach=_HIGHEST - 1, most=FINEST)
    frames = [frame_of(outline) for outline in outlines]
    masks = [mask_of([outline], frame) for outline, frame in zip(outlines, frames, strict=True)]
    if hidden:
        masks = [m & ~mask_of(hidden, frame) for m, frame in zip(masks, frames, strict=True)]
    pixels = [cut_grey(grey, framed(placed, frame), PATCH) for frame in frames]
    return Patches(np.stack(pixels), np.stack(masks), np.stack(frames))
