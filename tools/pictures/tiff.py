"""What a TIFF says of itself that Pillow leaves out, and plain samples that Pillow cannot read.

Tag numbers are those of TIFF 6.0 (Adobe, 1992) and of DNG 1.7 (``WhiteLevel``).
"""

import io
import math
import re
import warnings
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
PLANES, TILE_WIDTH, TILE_HEIGHT = 284, 322, 323
MAGIC = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")

_SKIPPED = re.compile(r"Skipping tag (\d+)")
"""What Pillow warns of when a tag, or one before it, claims more bytes than the file has."""
_COUNT = {BITS, COMPRESSION, PHOTOMETRIC, STRIPS, SAMPLES, COUNTS, FORMAT, PLANES}
"""Tags without which samples would be read as something that they are not."""

_KINDS = {1: "u", 2: "i", 3: "f"}
_WORDS = {1: "unsigned", 2: "signed", 3: "float"}
_PACKED = {1: "no", 5: "LZW", 7: "JPEG", 8: "deflate", 34712: "JPEG 2000",
           50000: "Zstandard", 50001: "WebP", 50002: "JPEG XL"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stated:
    """What the file says of its grey: the value of white, and whether zero is white."""

    white: float | None = None
    inverted: bool = False


@dataclass(frozen=True, slots=True)
class Plain:
    """Samples of any number type, how they are turned, and what they say of themselves.

    Grey is (H, W); colours, or grey with others beside it, are (H, W, S) in the order of the file.
    """

    values: Grey
    orientation: int
    stated: Stated

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) as stored."""
        height, width = self.values.shape[:2]
        return width, height

    @property
    def need(self) -> int:
        """Bytes that the samples and the picture made of them take."""
        return int(self.values.nbytes) + 3 * math.prod(self.values.shape[:2])


def stated_of(picture: PIL.Image.Image) -> Stated:
    """Return what a TIFF states; nothing for other pictures."""
    return stated_by(picture.tag_v2) if isinstance(picture, TiffImageFile) else Stated()


def is_signed(picture: PIL.Image.Image) -> bool:
    """Tell whether Pillow took signed bytes for unsigned ones."""
    return (
        isinstance(picture, TiffImageFile)
        and picture.mode == "L"
        and number(picture.tag_v2, FORMAT, 1) == 2
    )


def reinterpreted(picture: PIL.Image.Image, values: Grey) -> Grey:
    """Return values as the file means them: Pillow has no mode for unsigned 32 bits nor for signed
    8 and 16."""
    if not isinstance(picture, TiffImageFile):
        return values
    if picture.mode == "L":
        return values.view(np.int8)
    bits, kind = (number(picture.tag_v2, tag, 1) for tag in (BITS, FORMAT))
    if picture.mode == "I" and (bits, kind) == (16, 2):
        return values.astype(np.int16)
    return values.view(np.uint32) if picture.mode == "I" and (bits, kind) == (32, 1) else values


def is_reduced(picture: PIL.Image.Image) -> bool:
    """Tell whether the first page is only a small copy of another one, as in most raw files."""
    return isinstance(picture, TiffImageFile) and int(number(picture.tag_v2, SUBFILE, 0)) & 1 == 1


def is_foreign(picture: PIL.Image.Image) -> bool:
    """Tell whether a TIFF is packed as WebP, which Pillow opens and its libtiff cannot decode."""
    return isinstance(picture, TiffImageFile) and number(picture.tag_v2, COMPRESSION, 1) == 50001


def tags_of(data: bytes) -> ImageFileDirectory_v2 | None:
    """Return the tags of the first page; None when there are none or one that counts was lost.

    Sets filters of warnings, which are global: call it in ``formats.silently``.
    """
    if not data.startswith(MAGIC):
        return None
    file = io.BytesIO(data)
    try:
        tags = _directory(data)
        file.seek(tags.next)
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            tags.load(file)
        lost = {int(found[1]) for w in told if (found := _SKIPPED.search(str(w.message)))}
        return tags if WIDTH in tags and HEIGHT in tags and not lost & _COUNT else None
    except Exception:  # noqa: BLE001 - hostile bytes; whatever is raised, there are no tags
        return None


def _directory(data: bytes) -> ImageFileDirectory_v2:
    if data[2:4] in (b"+\0", b"\0+"):
        # Pillow takes a BigTIFF in Motorola's order for a small one: its order is told apart.
        return ImageFileDirectory_v2(b"II+\0" + data[4:16], prefix=data[:2])
    return ImageFileDirectory_v2(data[:8])


def kind_of(tags: Mapping[int, Any]) -> str:
    """Return the kind of a TIFF in words, for people: ``64-bit float samples, no compression``."""
    bits, kind = number(tags, BITS, 1), _WORDS.get(number(tags, FORMAT, 1), "unknown")
    way = number(tags, COMPRESSION, 1)
    packed = f"{_PACKED[way]} compression" if way in _PACKED else f"compression {way}"
    return f"{bits}-bit {kind} samples, {packed}"


def plain(data: bytes, tags: Mapping[int, Any], max_pixels: int) -> Plain | None:
    """Read uncompressed samples from their strips, grey or RGB; None for all else."""
    order = "<" if data[:2] == b"II" else ">"
    width, height = (int(number(tags, tag, 0)) for tag in (WIDTH, HEIGHT))
    samples, photometric = int(number(tags, SAMPLES, 1)), number(tags, PHOTOMETRIC, 1)
    counted = 1 <= samples <= 2 if photometric in (0, 1) else photometric == 2 and 3 <= samples <= 4
    if not (number(tags, COMPRESSION, 1) == 1 and counted and 0 < width * height <= max_pixels):
        return None
    try:
        kind = np.dtype(
            f"{order}{_KINDS[number(tags, FORMAT, _unstated(tags, FORMAT))]}"
            f"{int(number(tags, BITS, 1)) // 8}"
        )
        strips = list(zip(tags[STRIPS], tags[COUNTS], strict=True))
        # Before they are cut out: thousands of strips can name the same bytes.
        if sum(count for _, count in strips) != width * height * samples * kind.itemsize:
            return None
        stored = b"".join([data[start : start + count] for start, count in strips])
        values: NDArray[np.generic] = np.frombuffer(stored, kind)
        if number(tags, PLANES, 1) == 2:
            values = np.moveaxis(values.reshape(samples, height, width), 0, -1)
        values = values.reshape((height, width, samples) if samples > 1 else (height, width))
    except (KeyError, TypeError, ValueError):
        return None
    return Plain(values, int(number(tags, ORIENTATION, 1)), stated_by(tags))


def stated_by(tags: Mapping[int, Any]) -> Stated:
    """Return what tags state of white and zero."""
    white = next(
        (number(tags, t, None) for t in (WHITE_LEVEL, SIGNED_MOST, MOST) if t in tags), None
    )
    return Stated(white, number(tags, PHOTOMETRIC, 1) == 0)


def _unstated(tags: Mapping[int, Any], tag: int) -> int:
    """Return 1, which a tag means where it is missing; 0 where it stands but is no number."""
    return 0 if tag in tags else 1


def number(tags: Mapping[int, Any], tag: int, default: Any) -> Any:
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
