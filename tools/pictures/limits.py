"""How large a picture may be: pixels, bytes, length of a row, and memory, all before decoding."""

import math
from dataclasses import dataclass

import PIL.Image

from focalface.tools.errors import ImageTooLargeError

MIB = 1024 * 1024
SOURCE = 10
"""Times ``max_pixels`` that a file may hold which can be decoded at a reduced size."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a picture may be; all is checked before any pixel is decoded.

    ``max_side``: decoders keep lists of rows, which a picture one pixel wide makes huge.
    ``max_memory``: bytes that decoding may take at its peak, for all pictures opened at once.
    """

    max_pixels: int = 100_000_000
    max_bytes: int = 64 * MIB
    max_side: int = 100_000
    max_memory: int = 850 * MIB


_SAMPLE = {"1": 1.0, "L": 1.0, "P": 1.0, "I;16": 2.0, "I;16B": 2.0, "I;16L": 2.0}
"""Bytes a pixel in Pillow's own memory; 4 in every other mode."""
_DECODER = {"WEBP": 13.0, "AVIF": 6.0, "HEIF": 12.0, "TIFF": 6.0}
"""Bytes a pixel that a decoder needs beside that, measured on pictures of 20 million pixels."""
_RESULT = 3.0
_ROW = 64
"""Bytes that a row costs beside its pixels."""


def check_bytes(count: int, label: str, limits: Limits) -> None:
    """Raise ``ImageTooLargeError`` for a file of too many bytes."""
    if count > limits.max_bytes:
        raise ImageTooLargeError(
            f"{label} has {count:,} bytes, the limit is {limits.max_bytes:,}; "
            "shrink it or raise FOCALFACE_MAX_BYTES."
        )


def check_size(size: tuple[int, int], label: str, limits: Limits) -> None:
    """Raise ``ImageTooLargeError`` for too many pixels, or too many in a row or column."""
    width, height = size
    if width * height > limits.max_pixels:
        raise ImageTooLargeError(
            f"{label} has {width} x {height} pixels, the limit is {limits.max_pixels:,} pixels; "
            "shrink it or raise FOCALFACE_MAX_PIXELS."
        )
    if max(size) > limits.max_side:
        raise ImageTooLargeError(
            f"{label} has {width} x {height} pixels, the longest side allowed is "
            f"{limits.max_side:,}; cut it into parts."
        )


def fit_to_limits(
    picture: PIL.Image.Image, label: str, limits: Limits
) -> tuple[tuple[int, int], int]:
    """Fit an undecoded picture into the limits: the size it will have, and bytes at the peak.

    What is too large is set to be decoded at a half, a quarter or an eighth of its size where its
    format can do that. Raises ``ImageTooLargeError`` where nothing helps.
    """
    stored = picture.size
    whole = _peak(picture, stored, stored)
    if math.prod(stored) <= SOURCE * limits.max_pixels and max(stored) <= limits.max_side:
        for times in (1, 2, 4, 8):
            size = _reduced(picture, stored, times)
            need = _peak(picture, stored, size)
            if math.prod(size) <= limits.max_pixels and need <= limits.max_memory:
                return size, need
    check_size(stored, label, limits)
    raise _too_much_memory(stored, whole, label, limits)


def check_need(size: tuple[int, int], need: int, label: str, limits: Limits) -> None:
    """Raise ``ImageTooLargeError`` for a picture that takes more bytes to decode than allowed."""
    check_size(size, label, limits)
    if need > limits.max_memory:
        raise _too_much_memory(size, need, label, limits)


def _too_much_memory(
    size: tuple[int, int], need: int, label: str, limits: Limits
) -> ImageTooLargeError:
    return ImageTooLargeError(
        f"{label} has {size[0]} x {size[1]} pixels, which take {need // MIB:,} MB to decode, "
        f"the limit is {limits.max_memory // MIB:,} MB; shrink it or raise FOCALFACE_MAX_MEMORY."
    )


def _reduced(picture: PIL.Image.Image, stored: tuple[int, int], times: int) -> tuple[int, int]:
    """Ask the decoder for a smaller picture; the size that it will have."""
    if times > 1 and picture.format in ("JPEG", "MPO"):
        picture.draft(None, (stored[0] // times, stored[1] // times))
        return picture.size
    if times > 1 and picture.format == "JPEG2000":
        power = times.bit_length() - 1
        picture.reduce = power  # type: ignore[method-assign,assignment]
        return ((stored[0] + times // 2) // times, (stored[1] + times // 2) // times)
    return stored


def _peak(picture: PIL.Image.Image, stored: tuple[int, int], size: tuple[int, int]) -> int:
    """Return bytes at the peak of decoding: the decoder's own, Pillow's picture, and the result."""
    pixels, bands = math.prod(size), len(picture.getbands())
    kept = _SAMPLE.get(picture.mode, 4.0)
    kind = picture.format or ""
    own = _DECODER.get(kind, 0.3) * pixels
    if kind in ("JPEG", "MPO") and picture.info.get("progressive"):
        own += 2 * bands * math.prod(stored)  # coefficients of the whole picture
    if kind == "JPEG2000":
        own += (4 * bands + 4) * pixels
    return int(kept * pixels + max(own, _RESULT * pixels)) + _ROW * size[1]
