"""Crops of pictures, moved and changed as photos are.

Complex numbers stand for points (x + iy) and similarities (z -> a z + b) from a picture's pixels to
crop fractions, as in :mod:`focalface.tools.describers.embedded.alignment`.
"""

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from focalface.tools.training.jpeg import recompressed

Grey = NDArray[np.uint8]


class Place(NamedTuple):
    """The similarity z -> a z + b."""

    a: complex
    b: complex

    def then(self, a: complex, b: complex) -> "Place":
        """This one first, then z -> a z + b."""
        return Place(a * self.a, a * self.b + b)


def warp(picture: Grey, place: Place, size: int, *, fill: int | None = None) -> Grey:
    """Return the crop (size, size) of a grey picture, averaged first where it shrinks much.

    Beyond the picture its edge pixels are repeated, or everything is ``fill``.
    """
    shrink = 1 / abs(place.a) / size / 1.2
    step_x = step_y = 1.0
    if shrink > 1.25:
        height, width = picture.shape
        wide, high = max(1, round(width / shrink)), max(1, round(height / shrink))
        picture = cv2.resize(picture, (wide, high), interpolation=cv2.INTER_AREA)
        step_x, step_y = width / wide, height / high
    a, b = place.a * size, place.b * size
    start = a * complex(step_x / 2, step_y / 2) + b - (0.5 + 0.5j)
    matrix = np.array(
        [
            [a.real * step_x, -a.imag * step_y, start.real],
            [a.imag * step_x, a.real * step_y, start.imag],
        ]
    )
    border = cv2.BORDER_REPLICATE if fill is None else cv2.BORDER_CONSTANT
    return cv2.warpAffine(
        picture,
        matrix,
        (size, size),
        flags=cv2.INTER_LINEAR,
        borderMode=border,
        borderValue=fill or 0,
    )


def far_jitter(rng: np.random.Generator) -> Place:
    """Return a large movement about the centre, as by a box without points."""
    spin = complex(np.exp(rng.uniform(-0.28, 0.26) + 1j * np.deg2rad(rng.uniform(-25, 25))))
    centre = 0.5 + 0.5j
    return Place(spin, centre - spin * centre + 0.06 * complex(*rng.normal(0, 1, 2)))


def jitter(rng: np.random.Generator, amount: float = 1.0) -> Place:
    """Return a small movement of the crop about its centre, as a detector's noisy points would
    make."""
    turn = np.deg2rad(rng.normal(0, 4) * amount)
    grow = np.exp(rng.normal(0, 0.05) * amount)
    shift = complex(*rng.normal(0, 0.022, 2)) * amount
    spin = complex(grow * np.exp(1j * turn))
    centre = 0.5 + 0.5j
    return Place(spin, centre - spin * centre + shift)


def photographed(crop: Grey, rng: np.random.Generator) -> Grey:
    """Return the crop at another exposure and contrast; now and then lit from one side, coarser,
    blurred, compressed or noisy."""
    if rng.random() < 0.12:
        crop = _lit(crop, rng)
    crop = cv2.LUT(crop, _levels(rng))
    what = rng.random()
    if what < 0.25:
        crop = coarser(crop, rng.uniform(0.28, 0.8), smooth=rng.random() < 0.7)
    elif what < 0.32:
        crop = cv2.GaussianBlur(crop, (0, 0), rng.uniform(0.4, 1.4))
    if rng.random() < 0.1:
        quality = int(rng.integers(20, 75))
        crop = recompressed(crop, quality)
    if rng.random() < 0.12:
        noise = rng.normal(0, rng.uniform(2, 9), crop.shape)
        crop = np.clip(crop + noise, 0, 255).astype(np.uint8)
    return crop


def coarser(crop: Grey, share: float, *, smooth: bool = True) -> Grey:
    """Return the crop at ``share`` of its resolution, brought back to its size."""
    size = crop.shape[0]
    side = max(2, int(size * share))
    small = cv2.resize(crop, (side, side), interpolation=cv2.INTER_AREA)
    how = cv2.INTER_LINEAR if smooth else cv2.INTER_CUBIC
    return cv2.resize(small, (size, size), interpolation=how)


def _levels(rng: np.random.Generator) -> NDArray[np.uint8]:
    levels = 255 * (np.arange(256) / 255) ** np.exp(rng.normal(0, 0.22))
    levels = (levels - 128) * np.exp(rng.normal(0, 0.2)) + 128 + rng.normal(0, 14)
    return np.clip(levels, 0, 255).astype(np.uint8)


def _lit(crop: Grey, rng: np.random.Generator) -> Grey:
    y, x = np.mgrid[: crop.shape[0], : crop.shape[1]] / crop.shape[0] - 0.5
    turn = rng.uniform(0, 2 * np.pi)
    light = 1 + rng.uniform(0.2, 0.7) * (np.cos(turn) * x + np.sin(turn) * y) * 1.4
    return np.clip(crop * light, 0, 255).astype(np.uint8)
