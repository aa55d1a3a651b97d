"""Pictures and regions for training the describer: alignment, distortion, masks, blanking.

Crops are those of :mod:`focalface.tools.describers.embedded.alignment`, disturbed. Complex
numbers stand for points (x + iy) and similarities (z -> a z + b).
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from focalface.tools.describers.embedded.alignment import RASTER, Complex, draw
from focalface.tools.face.regions import BASIC
from focalface.tools.training.describer.labels import FACE_OVAL, Outline, outlines, shown


def jitter(
    a: Complex, b: Complex, rng: np.random.Generator, *, wide_share: float = 0.08
) -> tuple[Complex, Complex]:
    """The similarity disturbed about the crop's centre, as a detector's noisy points would."""
    n = len(a)
    wide = rng.random(n) < wide_share
    turn = np.where(wide, rng.uniform(-25, 25, n), rng.normal(0, 5, n)) * np.pi / 180
    grow = np.where(wide, rng.uniform(-0.3, 0.28, n), rng.normal(0, 0.07, n))
    shift = rng.normal(0, 1, (2, n)) * np.where(wide, 0.08, 0.03)
    spin = np.exp(grow + 1j * turn)
    centre = 0.5 + 0.5j
    out = (b - centre) * spin + centre + shift[0] + 1j * shift[1]
    return (a * spin).astype(np.complex64), out.astype(np.complex64)


def warp(
    picture: NDArray[np.uint8],
    a: complex,
    b: complex,
    size: int,
    *,
    mirrored: bool = False,
    real: NDArray[np.float32] | None = None,
    fill: int | None = None,
) -> NDArray[np.uint8]:
    """The crop (size, size) of a square grey ``picture`` that stands for 160 x 160 units.

    ``real``: part of the picture to use (x0 y0 x1 y1, same units), the rest is filled: with
    ``fill`` or, without it, with repeated edge pixels.
    """
    unit = 160 / picture.shape[0]
    x0 = y0 = 0
    if real is not None:
        x0, y0 = (int(np.ceil(v / unit)) for v in real[:2])
        x1, y1 = (int(v / unit) for v in real[2:])
        if x1 - x0 > 8 and y1 - y0 > 8:
            picture = picture[y0:y1, x0:x1]
        else:
            x0 = y0 = 0
    a, b = a * size * unit, b * size + a * size * unit * complex(x0 + 0.5, y0 + 0.5) - 0.5 - 0.5j
    matrix = np.array([[a.real, -a.imag, b.real], [a.imag, a.real, b.imag]])
    if mirrored:
        matrix[0] = -matrix[0] + [0, 0, size - 1]
    return cv2.warpAffine(  # type: ignore[no-any-return]
        picture,
        matrix,
        (size, size),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE if fill is None else cv2.BORDER_CONSTANT,
        borderValue=fill or 0,
    )


def degrade(picture: NDArray[np.uint8], size: int, rng: np.random.Generator) -> NDArray[np.uint8]:
    """A random smaller version of a 160 px picture, as small faces in photos are."""
    low = 44 if rng.random() < 0.5 else min(size + 16, 120)
    side = int(rng.integers(low, max(low + 1, min(160, size + 48))))
    return cv2.resize(picture, (side, side), interpolation=cv2.INTER_AREA)  # type: ignore[no-any-return]


def tone(crop: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    """Random gamma, contrast, brightness, and now and then blur, JPEG or noise."""
    levels = 255 * (np.arange(256) / 255) ** np.exp(rng.normal(0, 0.18))
    levels = (levels - 128) * np.exp(rng.normal(0, 0.16)) + 128 + rng.normal(0, 12)
    crop = cv2.LUT(crop, np.clip(levels, 0, 255).astype(np.uint8))
    what = rng.random()
    if what < 0.08:
        crop = cv2.GaussianBlur(crop, (0, 0), rng.uniform(0.4, 1.3))
    elif what < 0.14:
        quality = int(rng.integers(25, 80))
        code = cv2.imencode(".jpg", crop, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
        crop = cv2.imdecode(code, cv2.IMREAD_GRAYSCALE)
    elif what < 0.28:
        noise = np.empty(crop.shape, np.int8)
        cv2.randn(noise, 0, rng.uniform(2, 10))
        crop = cv2.add(crop, noise, dtype=cv2.CV_8U)
    return crop


def erase(crop: NDArray[np.uint8], rng: np.random.Generator) -> None:
    """Hide a random box in place: hands, hair, microphones."""
    size = crop.shape[0]
    w, h = (rng.uniform(0.1, 0.4, 2) * size).astype(int)
    x, y = rng.integers(0, size - w), rng.integers(0, size - h)
    crop[y : y + h, x : x + w] = rng.integers(0, 256)


def free_region(rng: np.random.Generator) -> NDArray[np.uint8]:
    """A random box or ellipse of any size, across the border too."""
    mask = np.zeros((RASTER, RASTER), np.uint8)
    w, h = RASTER * np.exp(rng.uniform(np.log(0.08), np.log(0.7), 2))
    x, y = rng.uniform(0, RASTER, 2)
    if rng.random() < 0.6:
        corner, other = (int(x - w / 2), int(y - h / 2)), (int(x + w / 2), int(y + h / 2))
        cv2.rectangle(mask, corner, other, 255, -1)
    else:
        half = (max(1, int(w / 2)), max(1, int(h / 2)))
        cv2.ellipse(mask, (int(x), int(y)), half, float(rng.uniform(0, 180)), 0, 360, 255, -1)
    return mask


def _filler(
    crop: NDArray[np.uint8], other: NDArray[np.uint8], rng: np.random.Generator
) -> NDArray[np.uint8]:
    kind = rng.integers(4)
    if kind == 0:
        return np.full_like(crop, rng.integers(0, 256))
    if kind == 1:
        return rng.integers(0, 256, crop.shape, dtype=np.uint8)
    if kind == 2:
        return other
    return cv2.blur(crop, (crop.shape[0] // 3, crop.shape[0] // 3))  # type: ignore[no-any-return]


def blank(
    crop: NDArray[np.uint8],
    keep: NDArray[np.uint8],
    other: NDArray[np.uint8],
    rng: np.random.Generator,
) -> NDArray[np.uint8]:
    """The crop with everything outside ``keep`` (raster mask) replaced by something else."""
    mask = cv2.resize(keep, crop.shape, interpolation=cv2.INTER_NEAREST)
    return np.where(mask > 127, crop, _filler(crop, other, rng))


class RegionMaker:
    """Draws regions on faces, three quarters of them atlas regions, and says what each shows."""

    def __init__(self) -> None:
        shapes = outlines()
        self.names = list(shapes)
        self.shown = shown(self.names)
        self.basic = np.array([name in BASIC for name in self.names])
        sizes = np.array([len(o.t) for o in shapes.values()])
        self.starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        self.sizes = sizes
        parts = zip(*shapes.values(), strict=True)
        self.all = Outline(*(np.concatenate(part) for part in parts))

    def __call__(
        self, mesh: NDArray[np.float32], count: int, rng: np.random.Generator
    ) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
        """``count`` raster masks a face (N, count, 48, 48), and the channels that show in each.

        ``mesh``: (N, 478, 2), crop fractions.
        """
        corners = self.all.on(mesh)
        centres = np.add.reduceat(corners, self.starts, 1) / self.sizes[:, None]
        pick = rng.integers(0, len(self.names), (len(mesh), count))
        free = rng.random(pick.shape) < 0.25
        grow = np.exp(rng.normal(0, 0.1, pick.shape))
        shift = rng.normal(0, 0.01, (*pick.shape, 2))
        masks = np.empty((*pick.shape, RASTER, RASTER), np.uint8)
        for n, k in np.ndindex(pick.shape):
            if free[n, k]:
                masks[n, k] = free_region(rng)
                continue
            at = pick[n, k]
            polygon = corners[n, self.starts[at] : self.starts[at] + self.sizes[at]]
            centre = centres[n, at]
            masks[n, k] = draw((polygon - centre) * grow[n, k] + centre + shift[n, k])
        seen = self.shown[pick]
        seen[free] = self._shows(corners, centres, masks)[free]
        return masks, seen

    def _shows(
        self,
        corners: NDArray[np.float32],
        centres: NDArray[np.float32],
        masks: NDArray[np.uint8],
    ) -> NDArray[np.bool_]:
        """Channels of the basic regions that a mask covers by a third, (N, K, channels)."""
        middle = np.repeat(centres, self.sizes, 1)
        inner = middle + 0.6 * (corners - middle)
        x, y = np.clip((inner * RASTER).astype(int), 0, RASTER - 1).transpose(2, 0, 1)
        n = np.arange(len(masks))[:, None]
        inside = (masks[n, :, y, x] > 127).astype(np.float32)  # N corners K
        share = np.add.reduceat(inside, self.starts, 1) / self.sizes[:, None]
        covered = (share[:, self.basic] >= 1 / 3).transpose(0, 2, 1).astype(np.float32)
        return covered @ self.shown[self.basic].astype(np.float32) > 0


def oval(mesh: NDArray[np.float32], grow: float) -> NDArray[np.uint8]:
    """The face oval on the raster, grown about its centre."""
    polygon = mesh[list(FACE_OVAL)]
    return draw((polygon - polygon.mean(0)) * grow + polygon.mean(0))
