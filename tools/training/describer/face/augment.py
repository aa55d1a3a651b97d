"""Disturbances for learning landmarks: strong movements, filled edges, places hidden or blank."""

import cv2
import numpy as np
from numpy.typing import NDArray

from focalface.tools.training.describer.augment import Grey, Place, warp
from focalface.tools.training.describer.face.points import FACE_OVAL

WIDE_SHARE = 0.08
"""Share of crops that are moved far, as by a poor detection."""


def jitter(rng: np.random.Generator) -> Place:
    """A movement of the crop about its centre."""
    if rng.random() < WIDE_SHARE:
        turn, grow, reach = rng.uniform(-25, 25), rng.uniform(-0.3, 0.28), 0.08
    else:
        turn, grow, reach = rng.normal(0, 5), rng.normal(0, 0.07), 0.03
    spin = complex(np.exp(grow + 1j * np.deg2rad(turn)))
    centre = 0.5 + 0.5j
    return Place(spin, centre - spin * centre + reach * complex(*rng.normal(0, 1, 2)))


def cut(
    picture: Grey, place: Place, size: int, real: NDArray[np.float32], rng: np.random.Generator
) -> Grey:
    """The crop of a picture of which only ``real`` (x0 y0 x1 y1, its pixels) was photographed; the
    repeated edge pixels round it are sometimes kept and sometimes filled."""
    x0, y0 = (max(0, int(np.ceil(v))) for v in real[:2])
    x1, y1 = (int(v) for v in real[2:])
    if min(x1, picture.shape[1]) - x0 > 8 and min(y1, picture.shape[0]) - y0 > 8:
        picture = picture[y0:y1, x0:x1]
        place = Place(place.a, place.b + place.a * complex(x0, y0))
    fill = None if rng.random() < 0.45 else int(rng.choice(np.array([0, 127, rng.integers(256)])))
    return warp(picture, place, size, fill=fill)


def erase(crop: Grey, rng: np.random.Generator) -> None:
    """Hide a random box in place: hands, hair, microphones."""
    size = crop.shape[0]
    w, h = (rng.uniform(0.1, 0.4, 2) * size).astype(int)
    x, y = rng.integers(0, size - w), rng.integers(0, size - h)
    crop[y : y + h, x : x + w] = rng.integers(0, 256)


def blank(crop: Grey, keep: Grey, other: Grey, rng: np.random.Generator) -> Grey:
    """The crop with everything outside ``keep`` (255 inside) replaced by something else."""
    return np.where(keep > 127, crop, _filler(crop, other, rng))


def _filler(crop: Grey, other: Grey, rng: np.random.Generator) -> Grey:
    kind = rng.integers(4)
    if kind == 0:
        return np.full_like(crop, rng.integers(0, 256))
    if kind == 1:
        return rng.integers(0, 256, crop.shape, dtype=np.uint8)
    if kind == 2:
        return other
    return cv2.blur(crop, (crop.shape[0] // 3, crop.shape[0] // 3))


def oval(mesh: NDArray[np.float32], grow: float, size: int) -> Grey:
    """The face oval of a mesh (478, 2) in crop fractions, grown about its centre: (size, size)."""
    polygon = mesh[list(FACE_OVAL)]
    polygon = (polygon - polygon.mean(0)) * grow + polygon.mean(0)
    drawn = np.zeros((size, size), np.uint8)
    fixed = np.round(np.clip(polygon, -20, 20) * size * 16 - 8).astype(np.int32)
    return cv2.fillPoly(drawn, [fixed], 255, shift=4)
