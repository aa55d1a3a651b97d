"""Makes the RGB array of a decoded picture: upright, on white, eight bits, in one allocation.

The array is filled strip by strip, so that the decoder's own buffer and the result are all that is
ever held: a picture of 100 million pixels would else need several copies of 400 MB.
"""

from collections.abc import Callable

import numpy as np
import PIL.Image
from numpy.typing import NDArray

from focalface.tools.pictures import depth, tiff
from focalface.tools.pictures.depth import Grey

Pixels = NDArray[np.uint8]
Rows = Callable[[int, int], Grey]
"""The rows top..bottom of a stored picture, (bottom - top, W) or (bottom - top, W, samples)."""

STRIP = 1_000_000
"""Pixels converted at once."""
SAMPLED = 2_000_000
"""Pixels at most from which white is found."""
ORIENTATION = 0x0112
"""The EXIF tag that says how a stored picture is turned."""


def rgb_of(picture: PIL.Image.Image, orientation: int) -> Pixels:
    """Return a decoded picture as displayed, (H, W, 3) uint8; transparency is laid on white."""
    if picture.mode.startswith(("I", "F")) or tiff.is_signed(picture):

        def values(top: int, bottom: int) -> Grey:
            part = np.asarray(picture.crop((0, top, picture.width, bottom)))
            return tiff.reinterpreted(picture, part)

        return rgb_of_deep(values, picture.size, orientation, tiff.stated_of(picture))

    def strip(top: int, bottom: int) -> Pixels:
        part = picture.crop((0, top, picture.width, bottom))
        return np.asarray(_on_white(part) if picture.has_transparency_data else part.convert("RGB"))

    return _filled(picture.size, orientation, strip)


def rgb_of_deep(
    values: Rows, size: tuple[int, int], orientation: int, stated: tiff.Stated
) -> Pixels:
    """Return deep samples of ``size`` (width, height) as displayed, (H, W, 3) uint8.

    All colours have one scale. What lies beside grey or colours is how far they hide the ground.
    """
    sample = _sampled(values, size)
    colours = _colours(sample)
    scale = depth.scale_of(colours, stated.white, inverted=stated.inverted)
    hides = depth.scale_of(sample[..., -1]) if sample.shape[1:] != colours.shape[1:] else None

    def strip(top: int, bottom: int) -> Pixels:
        rows = values(top, bottom)
        rows = rows[..., None] if rows.ndim == 2 else rows
        eight = scale.eight_bits(_colours(rows))
        if hides is None:
            return eight
        rgb = np.broadcast_to(eight, (*rows.shape[:2], 3))
        rgba = np.concatenate([rgb, hides.eight_bits(rows[..., -1:])], axis=-1)
        return np.asarray(_on_white(PIL.Image.fromarray(rgba)))

    return _filled(size, orientation, strip)


def _colours(values: Grey) -> Grey:
    """Leave out what lies beside the grey or the three colours in the last axis."""
    return values[..., : {2: 1, 4: 3}.get(values.shape[-1], 3)]


def _filled(size: tuple[int, int], orientation: int, strip: Callable[[int, int], Pixels]) -> Pixels:
    width, height = size
    turned = orientation in (5, 6, 7, 8)
    rgb = np.empty((width, height, 3) if turned else (height, width, 3), np.uint8)
    stored = _as_stored(rgb, orientation)
    step = max(1, STRIP // width)
    for top in range(0, height, step):
        bottom = min(top + step, height)
        stored[top:bottom] = strip(top, bottom)
    return rgb


def _as_stored(rgb: Pixels, orientation: int) -> Pixels:
    """Return a view of the displayed picture in the order of the stored one (EXIF 2.32, table
    4)."""
    across = rgb.swapaxes(0, 1)
    views = {
        2: rgb[:, ::-1],
        3: rgb[::-1, ::-1],
        4: rgb[::-1],
        5: across,
        6: across[::-1],
        7: across[::-1, ::-1],
        8: across[:, ::-1],
    }
    return views.get(orientation, rgb)


def _sampled(values: Rows, size: tuple[int, int]) -> Grey:
    width, height = size
    every = max(1, width * height // SAMPLED) | 1  # odd: an even one could hit few columns only
    step = max(1, STRIP // width)
    tops = range(0, height, step)
    return np.concatenate([_in_line(values(t, min(t + step, height)))[::every] for t in tops])


def _in_line(rows: Grey) -> Grey:
    return rows.reshape(-1, 1 if rows.ndim == 2 else rows.shape[2])


def _on_white(part: PIL.Image.Image) -> PIL.Image.Image:
    rgba = part.convert("RGBA")
    white = PIL.Image.new("RGBA", rgba.size, "white")
    return PIL.Image.alpha_composite(white, rgba).convert("RGB")
