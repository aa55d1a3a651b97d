"""From a region on an aligned face to the pixels that the part network reads.

A square frame round the region's outline is cut from the *picture*, at the picture's own
resolution, and fitted to 64 x 64; the outline is drawn beside it as a mask. Training and runtime
share this file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import cv2
import numpy as np
from numpy.typing import NDArray

from focalface.tools.describers.embedded.alignment import (
    LEAST_FRAME,
    Alignment,
    Floats,
    cut_grey,
    grey_under,
    shrunk,
    split,
)

PATCH = 64
"""Side of a patch in pixels."""
FOLD = 4
"""Pixels along each axis that become channels before the first convolution: the cost of the part
network lies where its maps are large."""
CELLS = (PATCH // FOLD, PATCH // FOLD, FOLD**2)
"""Shape of a folded patch."""
FINEST = 384.0
"""Side of the crop in pixels of the picture beyond which no patch gains."""
WIDE = 3 * PATCH
"""Side of a frame in pixels of the picture from which half of its pixels are as good."""
TINY = 1 / 288
"""Share of the crop that a region should cover at least, about 6 x 6 of its 96 x 96 pixels."""
_LOWEST, _HIGHEST = -0.2, 1.2
"""How far a frame may reach beyond the crop, in crop fractions."""


def frame_of(corners: Floats) -> Floats:
    """Return the square frame round corners (n, 2), crop fractions: centre x, centre y, side,
    (3,)."""
    return frames_of([corners])[0]  # type: ignore[no-any-return]


def frames_of(outlines: Sequence[Floats]) -> Floats:
    """Return the square frames round K outlines (n, 2), (K, 3)."""
    corners = np.concatenate(outlines).astype(np.float64)
    starts = np.cumsum([0, *map(len, outlines[:-1])])
    low = np.minimum.reduceat(corners, starts).clip(_LOWEST, _HIGHEST)
    high = np.maximum.reduceat(corners, starts).clip(_LOWEST, _HIGHEST)
    side = np.maximum(1.05 * (high - low).max(1), LEAST_FRAME)
    return np.column_stack([(low + high) / 2, side]).astype(np.float32)


def framed(alignment: Alignment, frame: Floats) -> Alignment:
    """Return the alignment whose crop is the frame."""
    x, y, side = frame.tolist()
    return Alignment(alignment.a / side, (alignment.b - complex(x, y)) / side + (0.5 + 0.5j))


def mask_of(polygons: Sequence[Floats], frame: Floats) -> NDArray[np.uint8]:
    """Polygons (n, 2), crop fractions, drawn in a frame: 0 or 255, (64, 64)."""
    mask = np.zeros((PATCH, PATCH), np.uint8)
    for polygon in polygons:
        cv2.fillPoly(mask, [_fixed(polygon, frame)], 255, shift=4)
    return mask


def masks_of(outlines: Sequence[Floats], frames: Floats) -> NDArray[np.uint8]:
    """K outlines, each drawn in its own frame: (K, 64, 64)."""
    sizes = [len(outline) for outline in outlines]
    fixed = _fixed(np.concatenate(outlines), np.repeat(frames, sizes, 0))
    masks = np.zeros((len(outlines), PATCH, PATCH), np.uint8)
    for mask, polygon in zip(masks, split(fixed, outlines), strict=True):
        cv2.fillPoly(mask, [polygon], 255, shift=4)
    return masks


def _fixed(corners: Floats, frames: Floats) -> NDArray[np.int32]:
    """Corners (n, 2) in one frame (3,) or each in its own (n, 3), as OpenCV draws them: sixteenths
    of a pixel, its centres at whole numbers."""
    places = (corners - frames[..., :2]) / frames[..., 2:] + 0.5
    fixed: NDArray[np.int32] = np.round(np.clip(places, -20, 20) * PATCH * 16 - 8).astype(np.int32)
    return fixed


def folded(images: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return images (K, 64, 64) as cells of 4 x 4 pixels, (K, 16, 16, 16), each row by row."""
    quads = images.view(np.uint32).reshape(len(images), CELLS[0], FOLD, CELLS[1])
    return np.ascontiguousarray(quads.transpose(0, 1, 3, 2)).view(np.uint8)


@dataclass(frozen=True, slots=True)
class Patches:
    """K regions: grey ``pixels`` and ``masks`` (K, 64, 64), 0..255, and ``frames`` (K, 3)."""

    pixels: NDArray[np.uint8]
    masks: NDArray[np.uint8]
    frames: Floats

    @property
    def tiny(self) -> NDArray[np.bool_]:
        """Which regions cover hardly anything, (K,)."""
        inside = np.array([cv2.countNonZero(mask) for mask in self.masks]) / PATCH**2
        return np.asarray(inside * self.frames[:, 2] ** 2 < TINY)


def cut_patches(
    rgb: NDArray[np.uint8],
    alignment: Alignment,
    outlines: Sequence[Floats],
    hidden: Sequence[Floats] = (),
    bounds: Mapping[int, Floats] = MappingProxyType({}),
) -> Patches:
    """Return the patches of K outlines (n, 2), crop fractions, of a picture (H, W, 3).

    ``hidden``: outlines of what cannot be seen; it is taken out of every mask. ``bounds``: place of
    an outline -> the outline beyond which nothing of it counts.
    """
    grey, placed = grey_under(rgb, alignment, reach=_HIGHEST - 1, most=FINEST)
    frames = frames_of(outlines)
    masks = masks_of(outlines, frames)
    if hidden:
        for mask, frame in zip(masks, frames, strict=True):
            mask &= ~mask_of(hidden, frame)
    for i, bound in bounds.items():
        masks[i] &= mask_of([bound], frames[i])
    fine, coarse = (grey, placed), shrunk(grey, placed, 2)
    pixels = []
    for frame in frames:
        level, where = coarse if frame[2] * placed.side >= WIDE else fine
        pixels.append(cut_grey(level, framed(where, frame), PATCH))
    return Patches(np.stack(pixels), masks, frames)
