"""Samples of more than eight bits that Pillow cuts down or has no mode for: who keeps them whole.

Pillow keeps the upper byte of each colour sample, so that 10 or 12 bits in 16 come out black; it
takes the other byte order of packed numbers for its own, and planes of 16 bits for planes of 8.
Plain samples are read from their strips, PNG and packed or tiled TIFF by OpenCV.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import PIL.Image
from numpy.typing import NDArray

from focalface.tools.pictures import tiff
from focalface.tools.pictures.tiff import Plain, Stated

_PNG = b"\x89PNG\r\n\x1a\n"
_PACKED = (1, 5, 8, 32773, 32946)
"""Compressions that OpenCV reads: none (tiles), LZW, deflate, PackBits, the old deflate."""
_SPARE = 1_000_000
"""Bytes that a tile may be larger than the picture."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A PNG or TIFF not decoded yet; ``size``: (width, height) as stored, ``pixel``: its bytes.

    ``orientation``: what is left to turn, since OpenCV turns a TIFF itself.
    """

    data: bytes
    size: tuple[int, int]
    pixel: int
    orientation: int
    stated: Stated

    @property
    def need(self) -> int:
        """Bytes that decoding takes at its peak; turning a TIFF copies it."""
        return math.prod(self.size) * (self.pixel * (2 if self._turns else 1) + 3)

    @property
    def _turns(self) -> bool:
        return not self.data.startswith(_PNG)

    def decoded(self) -> Plain:
        """Decode the samples, (H, W) or (H, W, 3 or 4); raises ``ValueError`` for damaged data."""
        cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)  # we say what is wrong
        try:
            found = cv2.imdecode(np.frombuffer(self.data, np.uint8), cv2.IMREAD_UNCHANGED)
        except cv2.error:
            found = None
        if found is None or sorted(found.shape[:2]) != sorted(self.size):
            raise ValueError("its samples cannot be decoded")
        values: NDArray[np.generic] = np.asarray(found)
        if values.ndim == 3:
            values = values[..., [2, 1, 0, 3][: values.shape[2]]]
        return Plain(values, self.orientation, self.stated)


def deep(
    data: bytes, picture: PIL.Image.Image | None, orientation: int, max_pixels: int
) -> Plain | Packed | None:
    """Return the samples that Pillow would spoil or cannot open; None where it does well."""
    if data.startswith(_PNG):
        return _png(data, picture, orientation)
    tags = tiff.tags_of(data)
    if tags is None or not (picture is None or _spoilt(data, picture, tags)):
        return None
    return tiff.plain(data, tags, max_pixels) or _packed(data, tags, max_pixels)


def _png(data: bytes, picture: PIL.Image.Image | None, orientation: int) -> Packed | None:
    """Return a PNG of 16 bits in colour (PNG 1.2, section 11.2.2: depth and kind of colour)."""
    channels = {2: 3, 4: 4, 6: 4}.get(data[25]) if data[24:25] == b"\x10" else None
    if picture is None or channels is None:
        return None
    return Packed(data, picture.size, 2 * channels, orientation, Stated())


def _spoilt(data: bytes, picture: PIL.Image.Image, tags: Mapping[int, Any]) -> bool:
    colour = tiff.number(tags, tiff.BITS, 1) > 8 and tiff.number(tags, tiff.SAMPLES, 1) > 1
    packed = tiff.number(tags, tiff.COMPRESSION, 1) != 1
    return colour or (data.startswith(b"MM") and packed and picture.mode in ("I", "F"))


def _packed(data: bytes, tags: Mapping[int, Any], max_pixels: int) -> Packed | None:
    width, height = (int(tiff.number(tags, tag, 0)) for tag in (tiff.WIDTH, tiff.HEIGHT))
    bits, samples, way, planes, kind = (
        int(tiff.number(tags, tag, 1))
        for tag in (tiff.BITS, tiff.SAMPLES, tiff.COMPRESSION, tiff.PLANES, tiff.FORMAT)
    )
    colours = {0: (1,), 1: (1,), 2: (3, 4)}.get(tiff.number(tags, tiff.PHOTOMETRIC, 1), ())
    known = bits in (8, 16, 32) if kind in (1, 2) else kind == 3 and bits in (32, 64)
    if not known or way not in _PACKED:
        return None
    if planes != 1 or samples not in colours or not 0 < width * height <= max_pixels:
        return None
    pixel = samples * bits // 8
    tile = tiff.number(tags, tiff.TILE_WIDTH, 0) * tiff.number(tags, tiff.TILE_HEIGHT, 0)
    if not 0 <= tile * pixel <= 4 * width * height * pixel + _SPARE:
        return None
    return Packed(data, (width, height), pixel, 1, tiff.stated_by(tags))
