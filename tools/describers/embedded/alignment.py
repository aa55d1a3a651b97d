"""From a face in a picture to the upright crop that the face network sees, and back.

A similarity z -> a z + b (points as complex numbers x + iy) takes the image frame to *crop
fractions*: (0, 0) is the top left corner of the crop, (1, 1) the bottom right one. Training and
runtime share this file, so that both see the same crops.
"""

import math
from collections.abc import Sequence, Sized
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from focalface.tools.types import Box, Keypoints, Point

CROP = 96
"""Side of the crop in pixels."""
FINE = 1.5 * CROP
"""Side of the crop in pixels of the picture that still holds all detail: larger ones are first
shrunk by a whole factor, which OpenCV does ten times as fast."""
LEAST_FRAME = 1 / 8
"""Side of the smallest frame in which a region is read, as a share of the crop."""

Floats = NDArray[np.float32]
Complex = NDArray[np.complex64]

TEMPLATE: Floats = np.array(
    [[0.3458, 0.3364], [0.6444, 0.3347], [0.4960, 0.5062], [0.3733, 0.6811], [0.6205, 0.6797]],
    np.float32,
)
"""Where a detector's right eye, left eye, nose tip, right and left mouth corner come to lie."""

MESH_TEMPLATE: Floats = np.array(
    [[0.3468, 0.3466], [0.6523, 0.3430], [0.5008, 0.5406], [0.3754, 0.6747], [0.6322, 0.6720]],
    np.float32,
)
"""The same for the iris centres, nose tip and mouth corners of the dense landmarks."""

_BOX_CENTRE = complex(0.505, 0.46)
_BOX_SIZE = (0.687, 0.857)
"""Centre, width and height of a detector's box in the crop: medians over the training faces."""


def similarity(five: Floats, template: Floats = TEMPLATE) -> tuple[Complex, Complex]:
    """Least-squares similarity from points (N, 5, 2) to the template: a, b of shape (N,)."""
    z = five[..., 0] + 1j * five[..., 1]
    t = template[:, 0] + 1j * template[:, 1]
    zc, tc = z - z.mean(-1, keepdims=True), t - t.mean()
    a = (zc.conj() * tc).sum(-1) / np.maximum((np.abs(zc) ** 2).sum(-1), 1e-9)
    return a.astype(np.complex64), (t.mean() - a * z.mean(-1)).astype(np.complex64)


@dataclass(frozen=True, slots=True)
class Alignment:
    """The similarity from the image frame to crop fractions."""

    a: complex
    b: complex

    @property
    def side(self) -> float:
        """Side of the crop in pixels of the image frame."""
        return 1 / abs(self.a)

    @property
    def turn(self) -> float:
        """How far the face is tilted counter-clockwise in the picture, degrees."""
        return math.degrees(math.atan2(self.a.imag, self.a.real))

    def to_crop(self, points: Sequence[Point]) -> Floats:
        """Image frame -> crop fractions, (n, 2)."""
        return self._to_crop(np.asarray(points, np.float64))

    def _to_crop(self, points: NDArray[np.float64]) -> Floats:
        z = self.a * (points[:, 0] + 1j * points[:, 1]) + self.b
        return np.stack([z.real, z.imag], -1).astype(np.float32)

    def to_crops(self, outlines: Sequence[Sequence[Point]]) -> list[Floats]:
        """Several outlines at once: image frame -> crop fractions, each (n, 2)."""
        if not outlines:
            return []
        points = np.fromiter(chain.from_iterable(chain.from_iterable(outlines)), np.float64)
        return split(self._to_crop(points.reshape(-1, 2)), outlines)

    def to_image(self, points: Floats) -> list[Point]:
        """Crop fractions -> image frame."""
        z = (points[:, 0].astype(np.float64) + 1j * points[:, 1] - self.b) / self.a
        return list(zip(z.real.tolist(), z.imag.tolist(), strict=True))

    def differs(self, other: "Alignment", share: float = 0.06, degrees: float = 6) -> bool:
        """Tell whether crops by the two differ by more than a share in place or size, or by
        degrees."""
        ratio = other.a / self.a
        moved = abs(other.a * (0.5 + 0.5j - self.b) / self.a + other.b - (0.5 + 0.5j))
        turned = abs(math.degrees(math.atan2(ratio.imag, ratio.real)))
        return abs(math.log(abs(ratio))) > share or moved > share or turned > degrees


def split(rows: NDArray[Any], like: Sequence[Sized]) -> list[NDArray[Any]]:
    """Return rows as many as each of ``like`` has, in order; ``np.split`` takes ten times
    longer."""
    ends = list(accumulate(map(len, like), initial=0))
    return [rows[start:end] for start, end in pairwise(ends)]


def _fit(points: Sequence[Point], template: Floats) -> Alignment:
    """:func:`similarity` of one face: for five points plain numbers take a tenth of the time."""
    z = [complex(x, y) for x, y in points]
    t = [complex(x, y) for x, y in template.tolist()]
    middle, goal = sum(z) / len(z), sum(t) / len(t)
    apart = [one - middle for one in z]
    spread = sum(abs(one) ** 2 for one in apart)
    turned = sum(one.conjugate() * (end - goal) for one, end in zip(apart, t, strict=True))
    a = turned / max(spread, 1e-9)
    return Alignment(complex(np.complex64(a)), complex(np.complex64(goal - a * middle)))


def by_keypoints(keypoints: Keypoints) -> Alignment:
    """Return the alignment by a detector's five points."""
    k = keypoints
    return _fit((k.right_eye, k.left_eye, k.nose, k.right_mouth, k.left_mouth), TEMPLATE)


def by_mesh_points(five: Sequence[Point]) -> Alignment:
    """Return the alignment by right iris, left iris, nose tip, right and left mouth corner."""
    return _fit(five, MESH_TEMPLATE)


def by_box(box: Box) -> Alignment:
    """Return the alignment of an upright face that fills ``box`` as a detector's box is filled."""
    a = complex(math.sqrt(_BOX_SIZE[0] / box.width * _BOX_SIZE[1] / box.height))
    return Alignment(a, _BOX_CENTRE - a * complex(*box.center))


def cut(rgb: NDArray[np.uint8], alignment: Alignment) -> NDArray[np.uint8]:
    """Return the grey crop (96, 96) of a picture (H, W, 3); edge pixels are repeated beyond its
    border.

    Only the part under the crop is touched; a large face is shrunk by averaging first.
    """
    grey, placed = grey_under(rgb, alignment, most=FINE)
    return cut_grey(grey, placed, CROP)


def grey_under(
    rgb: NDArray[np.uint8], alignment: Alignment, *, reach: float = 0.0, most: float = math.inf
) -> tuple[NDArray[np.uint8], Alignment]:
    """Return the grey part of a picture that lies under the crop, and the alignment of that part.

    ``reach``: how far beyond the crop it goes, as a share of it; ``most``: side of the crop in
    pixels from which the part is halved, thirded... by averaging.
    """
    x1, x2, y1, y2 = _under(alignment, rgb.shape[:2], reach)
    grey = cv2.cvtColor(np.ascontiguousarray(rgb[y1:y2, x1:x2]), cv2.COLOR_RGB2GRAY)
    moved = alignment.a * complex(x1, y1) + alignment.b
    return shrunk(grey, Alignment(alignment.a, moved), int(alignment.side / most))


def shrunk(
    grey: NDArray[np.uint8], alignment: Alignment, times: int
) -> tuple[NDArray[np.uint8], Alignment]:
    """Return a grey picture (H, W) averaged over ``times`` x ``times`` pixels, as far as its size
    allows, and its alignment."""
    times = max(1, min(times, *grey.shape))
    if times > 1:
        height, width = (n // times for n in grey.shape)
        grey = grey[: height * times, : width * times]
        grey = cv2.resize(grey, (width, height), interpolation=cv2.INTER_AREA)
    return grey, Alignment(alignment.a * times, alignment.b)


def cut_grey(grey: NDArray[np.uint8], alignment: Alignment, size: int) -> NDArray[np.uint8]:
    """Return the crop (size, size) of a grey picture (H, W), as :func:`cut` makes it."""
    x1, x2, y1, y2 = _under(alignment, grey.shape, 0.0)
    part = grey[y1:y2, x1:x2]
    fitted = (x2 - x1, y2 - y1)
    shrink = alignment.side / size / 1.3
    if shrink > 1.2:
        fitted = (max(1, round(fitted[0] / shrink)), max(1, round(fitted[1] / shrink)))
        part = cv2.resize(part, fitted, interpolation=cv2.INTER_AREA)
    # z_image = step * (pixel + 0.5) + corner, apart for x and y because sizes are whole pixels
    step_x, step_y = (x2 - x1) / fitted[0], (y2 - y1) / fitted[1]
    a, b = alignment.a * size, alignment.b * size
    start = a * complex(x1 + step_x / 2, y1 + step_y / 2) + b - (0.5 + 0.5j)
    matrix = np.array(
        [
            [a.real * step_x, -a.imag * step_y, start.real],
            [a.imag * step_x, a.real * step_y, start.imag],
        ]
    )
    return cv2.warpAffine(  # type: ignore[no-any-return]
        part, matrix, (size, size), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )


def _under(alignment: Alignment, shape: Sequence[int], reach: float) -> tuple[int, int, int, int]:
    """Whole pixels x1, x2, y1, y2 of a picture of ``shape`` (height, width) under the crop."""
    # The crop's side vector and its half diagonal, in pixels of the picture.
    side = 1 / alignment.a
    centre = (0.5 + 0.5j - alignment.b) * side
    half = (0.5 + reach) * (abs(side.real) + abs(side.imag))
    x, y = centre.real, centre.imag
    return *_span(x - half, x + half, shape[1]), *_span(y - half, y + half, shape[0])


def _span(low: float, high: float, limit: int) -> tuple[int, int]:
    """Whole pixels that cover low..high with a margin, inside 0..limit, at least one."""
    start = min(max(int(low) - 2, 0), limit - 1)
    return start, max(start + 1, min(int(high) + 3, limit))
