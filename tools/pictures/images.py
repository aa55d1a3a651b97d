"""Opens pictures safely: limits before decoding, orientation applied, always 8-bit RGB.

Everything that reads a picture goes through :func:`open_image`, so that a box means the same pixels
everywhere: those of the picture *as displayed*.
"""

import hashlib
import io
import os
import stat
import struct
import threading
import warnings
import zlib
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import PIL.AvifImagePlugin
import PIL.Image
import PIL.ImageOps
import PIL.TiffImagePlugin  # registers its decoder; Pillow would else load all of its plugins
import PIL.WebPImagePlugin
from numpy.typing import NDArray

from focalface.tools.errors import (
    ImageNotFoundError,
    ImageTooLargeError,
    NotAnImageError,
    UsageError,
)

FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF", "AVIF")
"""The only decoders that are let near a file."""

ADVICE = "give a JPEG, PNG, WebP, AVIF, BMP, TIFF or GIF"

_DAMAGE = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    ArithmeticError,
    LookupError,
    AttributeError,
    RuntimeError,
    EOFError,
    MemoryError,
    struct.error,
    zlib.error,
)
"""What Pillow's decoders are known to raise on hostile or damaged bytes."""

_FOREIGN = {b"heic": "HEIC", b"heix": "HEIC", b"mif1": "HEIC"}
"""Brands (bytes 8..12 of an ISO media file) of picture formats that we don't read."""

_opening = threading.Lock()


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a picture may be; both are checked before any pixel is decoded.

    Pillow's own guard (about 179 million pixels) stays above ``max_pixels``.
    """

    max_pixels: int = 100_000_000
    max_bytes: int = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Image:
    """A picture as displayed. Equal pixels have equal ``id``, whatever file they came from.

    ``rgb``: H x W x 3 uint8, read-only. ``name``: the file's name, or ``image``.
    """

    id: str
    rgb: NDArray[np.uint8] = field(repr=False, compare=False)
    name: str = field(compare=False)

    @property
    def width(self) -> int:
        """Width in pixels."""
        return int(self.rgb.shape[1])

    @property
    def height(self) -> int:
        """Height in pixels."""
        return int(self.rgb.shape[0])

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in pixels."""
        return (self.width, self.height)

    def to_pil(self) -> PIL.Image.Image:
        """A PIL copy in mode RGB."""
        return PIL.Image.fromarray(self.rgb)


def open_image(source: str | Path | bytes | PIL.Image.Image, limits: Limits | None = None) -> Image:
    """A checked, oriented RGB picture from a path, encoded bytes or a PIL image.

    The first frame of an animation; transparency is laid on white; 16 bits are scaled to 8.

    Raises ``ImageNotFoundError``, ``NotAnImageError``, ``ImageTooLargeError``, or ``UsageError``
    for a source of another type.
    """
    limits = limits or Limits()
    if isinstance(source, str | Path):
        path = Path(source).expanduser()
        return _decode(_read(path, limits), path.name, f"'{path.name}'", limits)
    if isinstance(source, bytes):
        _check_bytes(len(source), "The picture", limits)
        return _decode(source, "image", "The picture", limits)
    if isinstance(source, PIL.Image.Image):
        _check_pixels(source.size, "The picture", limits)
        return _finish(source, "image", "The picture")
    raise UsageError(
        f"A picture is a path, encoded bytes or a PIL image, not {type(source).__name__}; "
        "wrap an array with PIL.Image.fromarray."
    )


def _read(path: Path, limits: Limits) -> bytes:
    if str(path).startswith(("http:/", "https:/", "data:", "file:/")):
        raise ImageNotFoundError("Addresses are not opened; save the picture and give its path.")
    try:
        with open(path, "rb", opener=_open_without_waiting) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise ImageNotFoundError(
                    f"'{path}' is not a regular file; give the path of a picture."
                )
            _check_bytes(status.st_size, f"'{path.name}'", limits)
            data = file.read(limits.max_bytes + 1)
    except IsADirectoryError:
        raise ImageNotFoundError(f"'{path}' is a folder; give the path of a picture.") from None
    except FileNotFoundError:
        raise ImageNotFoundError(f"There is no file '{path}'; check the path.") from None
    except PermissionError:
        raise ImageNotFoundError(f"'{path}' may not be read; check its permissions.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ImageNotFoundError(f"'{path}' cannot be read ({reason}); check the path.") from None
    _check_bytes(len(data), f"'{path.name}'", limits)
    return data


def _open_without_waiting(path: str, flags: int) -> int:
    """Opens without blocking, so that a named pipe is refused instead of waited for."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _decode(data: bytes, name: str, label: str, limits: Limits) -> Image:
    if not data:
        raise NotAnImageError(f"{label} is empty; {ADVICE}.")
    picture = _open_header(data, label, limits)
    with picture:
        _check_pixels(picture.size, label, limits)
        return _finish(picture, name, label)


def _open_header(data: bytes, label: str, limits: Limits) -> PIL.Image.Image:
    """Opens without decoding; Pillow reads the header only."""
    try:
        # Filters are global to the process; the lock keeps our own threads apart.
        with _opening, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return PIL.Image.open(io.BytesIO(data), formats=FORMATS)
    except PIL.Image.DecompressionBombError:
        raise ImageTooLargeError(
            f"{label} has more pixels than any limit allows; shrink it below {limits.max_pixels:,}."
        ) from None
    except _DAMAGE:
        kind = _FOREIGN.get(data[8:12]) if data[4:8] == b"ftyp" else None
        what = f"is a {kind} picture, which is not read here" if kind else "is not a picture"
        raise NotAnImageError(f"{label} {what}; {ADVICE}.") from None


def _finish(picture: PIL.Image.Image, name: str, label: str) -> Image:
    """Decodes, orients and converts; the same for files, bytes and PIL images."""
    if 0 in picture.size:
        raise NotAnImageError(f"{label} has no pixels; {ADVICE}.")
    try:
        picture.load()
        rgb = np.array(_to_rgb(_oriented(picture)), dtype=np.uint8)
    except PIL.Image.DecompressionBombError:
        raise ImageTooLargeError(f"{label} has too many pixels; shrink it.") from None
    except _DAMAGE as error:
        raise NotAnImageError(
            f"{label} is damaged or cut off ({error or type(error).__name__}); "
            "get a whole copy of it."
        ) from None
    rgb.setflags(write=False)
    return Image(id=_content_id(rgb), rgb=rgb, name=name)


def _oriented(picture: PIL.Image.Image) -> PIL.Image.Image:
    """The picture turned as its EXIF orientation says; unreadable EXIF counts as none."""
    try:
        return PIL.ImageOps.exif_transpose(picture)
    except _DAMAGE:
        return picture


def _to_rgb(picture: PIL.Image.Image) -> PIL.Image.Image:
    if picture.mode.startswith("I;16"):
        return _grey(np.asarray(picture), top=65535)
    if picture.mode in ("I", "F"):
        return _grey(np.asarray(picture), top=None)
    if picture.has_transparency_data:
        rgba = picture.convert("RGBA")
        white = PIL.Image.new("RGBA", rgba.size, "white")
        return PIL.Image.alpha_composite(white, rgba).convert("RGB")
    return picture.convert("RGB")


def _grey(values: NDArray[np.generic], top: int | None) -> PIL.Image.Image:
    """Deep grey scaled to 8 bits; Pillow's own conversion would clip it to white.

    The files don't say what white is in 32-bit data: it is taken as the smallest of the usual tops
    (1, 255, 65535) that holds the brightest pixel, or else as that pixel.
    """
    level = np.nan_to_num(values.astype(np.float32), nan=0.0, posinf=0.0, neginf=0.0)
    brightest = float(level.max())
    white = top or next((t for t in (1, 255, 65535) if brightest <= t), brightest)
    bytes_ = np.clip(level * (255.0 / white) + 0.5, 0, 255).astype(np.uint8)
    return PIL.Image.fromarray(bytes_).convert("RGB")


def _content_id(rgb: NDArray[np.uint8]) -> str:
    """``img_`` and 64 bits of BLAKE2b over size and pixels."""
    digest = hashlib.blake2b(struct.pack("<II", *rgb.shape[:2]), digest_size=8)
    digest.update(np.ascontiguousarray(rgb).data)
    return f"img_{digest.hexdigest()}"


def _check_bytes(count: int, label: str, limits: Limits) -> None:
    if count > limits.max_bytes:
        raise ImageTooLargeError(
            f"{label} has {count:,} bytes, the limit is {limits.max_bytes:,}; "
            "shrink it or raise FOCALFACE_MAX_BYTES."
        )


def _check_pixels(size: tuple[int, int], label: str, limits: Limits) -> None:
    width, height = size
    if width * height > limits.max_pixels:
        raise ImageTooLargeError(
            f"{label} has {width} x {height} pixels, the limit is {limits.max_pixels:,} pixels; "
            "shrink it or raise FOCALFACE_MAX_PIXELS."
        )
