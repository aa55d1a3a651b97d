"""Pictures as JPEG files of a bounded size."""

import io
import math

import PIL.Image

_QUALITIES = (80, 65, 50)
"""Tried in turn before the picture is made smaller."""
_LEAST_SIDE = 64


def jpeg_within(
    picture: PIL.Image.Image, max_side: int, most_bytes: int
) -> tuple[bytes, tuple[int, int]]:
    """Return a JPEG of at most ``max_side`` pixels a side and ``most_bytes``, and its width and
    height.

    Grain costs bytes, not sense: quality is given up first, then size, never below 64 pixels.
    """
    shown = picture.convert("RGB")
    shown.thumbnail((max_side, max_side), PIL.Image.Resampling.LANCZOS)
    while True:
        for quality in _QUALITIES:
            data = _encoded(shown, quality)
            if len(data) <= most_bytes:
                return data, shown.size
        side = max(shown.size)
        if side <= _LEAST_SIDE:
            return data, shown.size
        smaller = int(side * min(0.9, math.sqrt(most_bytes / len(data))))
        shown.thumbnail((max(_LEAST_SIDE, smaller),) * 2, PIL.Image.Resampling.LANCZOS)


def _encoded(picture: PIL.Image.Image, quality: int) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()
