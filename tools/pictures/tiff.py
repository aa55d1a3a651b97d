"""What a TIFF says of itself that Pillow leaves out, and the plain grey that Pillow cannot read.

Tag numbers are those of TIFF 6.0 (Adobe, 1992) and of DNG 1.7 (``WhiteLevel``).
"""

import io
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import PIL.Image
from numpy.typing import NDArray
from PIL.TiffImagePlugin import ImageFileDirectory_v2, TiffImageFile

from focalface.tools.pictures.depth import Grey

SUBFILE, WIDTH, HEIGHT, BITS, COMPRESSION, PHOTOMETRIC = 254, 256, 257, 258, 259, 262
STRIPS, ORIENTATION, SAMPLES, ROWS, COUNTS, MOST, FORMAT, SIGNED_MOST, WHITE_LEVEL = (
    273, 274, 277, 278, 279, 281, 339, 341, 50717,
)  # fmt: skip
MAGIC = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")

_KINDS = {1: "u", 2: "i", 3: "f"}
_WORDS = {1: "unsigned", 2: "signed", 3: "float"}
_PACKED = {1: "no", 5: "LZW", 7: "JPEG", 8: "deflate", 34712: "JPEG 2000", 50000: "Zstandard"}


@dataclass(frozen=True, slots=True)
class Stated:
    """What the file says of its grey: the value of white, and whether zero is white."""

    white: float | None = None
    inverted: bool = False


@dataclass(frozen=True, slots=True)
class PlainGrey:
    """Uncompressed grey (H, W) of any number type, how it is turned, and what it says of itself."""

    values: Grey
    orientation: int
    stated: Stated


def stated_of(picture: PIL.Image.Image) -> Stated:
    """Return what a TIFF states; nothing for other pictures."""
    return _stated(picture.tag_v2) if isinstance(picture, TiffImageFile) else Stated()


def is_signed(picture: PIL.Image.Image) -> bool:
    """Tell whether Pillow took signed bytes for unsigned ones."""
    return (
        isinstance(picture, TiffImageFile)
        and picture.mode == "L"
        and _number(picture.tag_v2, FORMAT, 1) == 2
    )


def reinterpreted(picture: PIL.Image.Image, values: Grey) -> Grey:
    """Return values as the file means them: Pillow has no mode for unsigned 32 bits or signed 8."""
    if not isinstance(picture, TiffImageFile):
        return values
    if picture.mode == "L":
        return values.view(np.int8)
    unsigned = _number(picture.tag_v2, FORMAT, 1) == 1 and _number(picture.tag_v2, BITS, 1) == 32
    return values.view(np.uint32) if picture.mode == "I" and unsigned else values


def is_reduced(picture: PIL.Image.Image) -> bool:
    """Tell whether the first page is only a small copy of another one, as in most raw files."""
    return isinstance(picture, TiffImageFile) and int(_number(picture.tag_v2, SUBFILE, 0)) & 1 == 1


def tags_of(data: bytes) -> ImageFileDirectory_v2 | None:
    """Return the tags of the first page; None when there are none."""
    if not data.startswith(MAGIC):
        return None
    file = io.BytesIO(data)
    try:
        tags = ImageFileDirectory_v2(data[: 16 if data[2:4] in (b"+\0", b"\0+") else 8])
        file.seek(tags.next)
        tags.load(file)
        return tags if WIDTH in tags and HEIGHT in tags else None
    except Exception:  # noqa: BLE001 - hostile bytes; whatever is raised, there are no tags
        return None


def kind_of(tags: Mapping[int, Any]) -> str:
    """Return the kind of a TIFF in words, for people: ``64-bit float samples, no compression``."""
    bits, kind = _number(tags, BITS, 1), _WORDS.get(_number(tags, FORMAT, 1), "unknown")
    number = _number(tags, COMPRESSION, 1)
    packed = f"{_PACKED[number]} compression" if number in _PACKED else f"compression {number}"
    return f"{bits}-bit {kind} samples, {packed}"


def plain_grey(data: bytes, tags: Mapping[int, Any], max_pixels: int) -> PlainGrey | None:
    """Read grey that is stored in strips, which Pillow has no mode for; None for all else."""
    order = "<" if data[:2] == b"II" else ">"
    width, height = (int(_number(tags, tag, 0)) for tag in (WIDTH, HEIGHT))
    plain = _number(tags, COMPRESSION, 1) == 1 and _number(tags, SAMPLES, 1) == 1
    grey = _number(tags, PHOTOMETRIC, 1) in (0, 1) and 0 < width * height <= max_pixels
    if not (plain and grey):
        return None
    try:
        kind = np.dtype(
            f"{order}{_KINDS[_number(tags, FORMAT, _unstated(tags, FORMAT))]}"
            f"{int(_number(tags, BITS, 1)) // 8}"
        )
        strips = list(zip(tags[STRIPS], tags[COUNTS], strict=True))
        # Before they are cut out: thousands of strips can name the same bytes.
        if sum(count for _, count in strips) != width * height * kind.itemsize:
            return None
        stored = b"".join([data[start : start + count] for start, count in strips])
        values: NDArray[np.generic] = np.frombuffer(stored, kind).reshape(height, width)
    except (KeyError, TypeError, ValueError):
        return None
    return PlainGrey(values, int(_number(tags, ORIENTATION, 1)), _stated(tags))


def _stated(tags: Mapping[int, Any]) -> Stated:
    white = next(
        (_number(tags, t, None) for t in (WHITE_LEVEL, SIGNED_MOST, MOST) if t in tags), None
    )
    return Stated(white, _number(tags, PHOTOMETRIC, 1) == 0)


def _unstated(tags: Mapping[int, Any], tag: int) -> int:
    """Return 1, which a tag means where it is missing; 0 where it stands but is no number."""
    return 0 if tag in tags else 1


def _number(tags: Mapping[int, Any], tag: int, default: Any) -> Any:
    """Return a tag's first number; the default where the file has text or no number there."""
    value = _first(tags, tag, default)
    try:
        number = float(value)
    except (TypeError, ValueError, ArithmeticError):
        return default
    if not math.isfinite(number):
        return default
    return int(number) if number.is_integer() else number


def _first(tags: Mapping[int, Any], tag: int, default: Any) -> Any:
    value = tags.get(tag, default)
    return (value[0] if value else default) if isinstance(value, tuple) else value
