"""Opens pictures safely: limits before decoding, orientation applied, always 8-bit RGB.

Everything that reads a picture goes through :func:`open_image`, so that a box means the same pixels
everywhere: those of the picture *as displayed*.
"""

import hashlib
import os
import stat
import struct
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import PIL.Image
from numpy.typing import NDArray

from focalface.tools.errors import (
    ImageNotFoundError,
    NotAnImageError,
    UnsupportedImageError,
    UsageError,
)
from focalface.tools.paths import expand, printable
from focalface.tools.pictures import deep, formats, tiff, upright
from focalface.tools.pictures.formats import ADVICE, DAMAGE
from focalface.tools.pictures.limits import (
    Limits,
    check_bytes,
    check_need,
    check_size,
    fit_to_limits,
)
from focalface.tools.pictures.memory import OPEN
from focalface.tools.pictures.notes import check_notes


@dataclass(frozen=True, slots=True)
class Image:
    """A picture as displayed. Equal pixels have equal ``id``, whatever file they came from.

    ``rgb``: H x W x 3 uint8, read-only. ``name``: the file's name, or ``image``. ``note``: what was
    left out in opening it (other pages, detail), a sentence for people, or None.
    """

    id: str
    rgb: NDArray[np.uint8] = field(repr=False, compare=False)
    name: str = field(compare=False)
    note: str | None = field(default=None, compare=False)

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
        """Return a PIL copy in mode RGB."""
        return PIL.Image.fromarray(self.rgb)


Source = str | Path | bytes | PIL.Image.Image


def open_image(source: Source, limits: Limits | None = None) -> Image:
    """Return a checked, oriented RGB picture from a path, encoded bytes or a PIL image.

    The first frame of an animation and the first page of a TIFF; transparency is laid on white;
    deeper grey is scaled to 8 bits (see :mod:`~focalface.tools.pictures.depth`). A picture that is
    too large is decoded at a half, a quarter or an eighth of its size where its format can do that;
    boxes are then pixels of the smaller one, and its ``note`` says so.

    Raises ``ImageNotFoundError``, ``NotAnImageError``, ``UnsupportedImageError``,
    ``ImageTooLargeError``, or ``UsageError`` for a source of another type.
    """
    with opened(source, limits) as image:
        return image


@contextmanager
def opened(source: Source, limits: Limits | None = None) -> Iterator[Image]:
    """Open a picture as :func:`open_image` does and keep its share of memory until the end.

    A server that opens pictures for many at once works on them in this block, so that all of them
    together keep to ``max_memory``; who comes late waits.
    """
    limits = limits or Limits()
    if isinstance(source, PIL.Image.Image):
        check_size(source.size, "The picture", limits)
        yield _finish(_Undecoded(source, 0, None), "image", "The picture")
        return
    name, label = _names(source)
    need = 0
    try:
        with OPEN.gate(_length(source)):
            data = source if isinstance(source, bytes) else _read(Path(source), limits)
            check_bytes(len(data), label, limits)
            found = _header(data, label, limits)
            OPEN.take(found.need, limits.max_memory)
            need = found.need
        yield _finish(found, name, label)
    finally:
        if need:
            OPEN.give(need)


@dataclass(frozen=True, slots=True)
class _Undecoded:
    """A picture whose header was read; ``need``: bytes that decoding takes at its peak."""

    picture: PIL.Image.Image | tiff.Plain | deep.Packed
    need: int
    note: str | None


def _names(source: object) -> tuple[str, str]:
    """Return the name of a source and what errors call it."""
    if isinstance(source, bytes):
        return "image", "The picture"
    if isinstance(source, str | Path):
        name = printable(expand(source).name)
        return name, f"'{name}'"
    raise UsageError(
        f"A picture is a path, encoded bytes or a PIL image, not {type(source).__name__}; "
        "wrap an array with PIL.Image.fromarray."
    )


def _length(source: str | Path | bytes) -> int:
    if isinstance(source, bytes):
        return len(source)
    try:
        return expand(source).stat().st_size
    except (OSError, ValueError):
        return 0  # reading it says what is wrong


def _read(path: Path, limits: Limits) -> bytes:
    if str(path).startswith(("http:/", "https:/", "data:", "file:/")):
        raise ImageNotFoundError("Addresses are not opened; save the picture and give its path.")
    path = expand(path)
    label, name = f"'{printable(path)}'", f"'{printable(path.name)}'"
    try:
        with open(path, "rb", opener=_open_without_waiting) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise ImageNotFoundError(
                    f"{label} is not a regular file; give the path of a picture."
                )
            check_bytes(status.st_size, name, limits)
            return file.read(limits.max_bytes + 1)
    except IsADirectoryError:
        raise ImageNotFoundError(f"{label} is a folder; give the path of a picture.") from None
    except FileNotFoundError:
        raise ImageNotFoundError(f"There is no file {label}; check the path.") from None
    except PermissionError:
        raise ImageNotFoundError(f"{label} may not be read; check its permissions.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ImageNotFoundError(f"{label} cannot be read ({reason}); check the path.") from None


def _open_without_waiting(path: str, flags: int) -> int:
    """Open without blocking, so that a named pipe is refused instead of waited for."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _header(data: bytes, label: str, limits: Limits) -> _Undecoded:
    """Return what can be told, and refused, before any pixel is decoded."""
    if not data:
        raise NotAnImageError(f"{label} is empty; {ADVICE}.")
    check_notes(data, label)
    picture = formats.header(data)
    if picture is not None and tiff.is_reduced(picture):
        raise UnsupportedImageError(
            f"{label} has only a small preview as its first page, as raw files do; "
            "export it as a JPEG or as a TIFF of one page."
        )
    found = _deep(data, picture, label, limits)
    if found is not None:
        return found
    if picture is None or tiff.is_foreign(picture):
        raise formats.refusal(data, label)
    whole = picture.size
    size, need = fit_to_limits(picture, label, limits)
    return _Undecoded(picture, need, _note(picture, whole, size))


def _deep(
    data: bytes, picture: PIL.Image.Image | None, label: str, limits: Limits
) -> _Undecoded | None:
    """Samples that Pillow would spoil; None where it does well, or where only it has the room."""
    orientation = _orientation(picture)
    with formats.silently():  # tags are read again
        found = deep.deep(data, picture, orientation, limits.max_pixels)
    if found is None or (picture is not None and found.need > limits.max_memory):
        return None
    check_need(found.size, found.need, label, limits)
    return _Undecoded(found, found.need, None if picture is None else _note(picture))


def _note(
    picture: PIL.Image.Image,
    whole: tuple[int, int] | None = None,
    size: tuple[int, int] | None = None,
) -> str | None:
    """Return what is left out, in a sentence; a second picture of an MPO is the same moment
    again."""
    if whole and size and size != whole:
        return (
            f"The picture has {whole[0]} x {whole[1]} pixels and was read at "
            f"{size[0]} x {size[1]}, in which boxes are meant."
        )
    try:
        more = picture.format != "MPO" and getattr(picture, "is_animated", False)
    except DAMAGE:
        more = False
    part = "page" if picture.format == "TIFF" else "frame"
    return f"Only the first {part} of several was read." if more else None


def _finish(found: _Undecoded, name: str, label: str) -> Image:
    """Decodes, orients and converts; the same for files, bytes and PIL images."""
    picture = found.picture
    if isinstance(picture, PIL.Image.Image) and 0 in picture.size:
        raise NotAnImageError(f"{label} has no pixels; {ADVICE}.")
    try:
        if isinstance(picture, deep.Packed):
            picture = picture.decoded()
        if isinstance(picture, tiff.Plain):
            rgb = _from_samples(picture)
        else:
            with formats.silently() if picture.format == "TIFF" else nullcontext():
                picture.load()  # of a TIFF it reads the tags again
            rgb = upright.rgb_of(picture, _orientation(picture))
    except DAMAGE as error:
        raise NotAnImageError(
            f"{label} is damaged or cut off ({error or type(error).__name__}); "
            "get a whole copy of it."
        ) from None
    rgb.setflags(write=False)
    return Image(id=_content_id(rgb), rgb=rgb, name=name, note=found.note)


def _from_samples(samples: tiff.Plain) -> NDArray[np.uint8]:
    return upright.rgb_of_deep(
        lambda top, bottom: samples.values[top:bottom],
        samples.size,
        samples.orientation,
        samples.stated,
    )


def _orientation(picture: PIL.Image.Image | None) -> int:
    """Tell how the picture is stored turned, as EXIF says; unreadable EXIF counts as upright."""
    if picture is None:
        return 1
    try:
        with formats.silently():
            return int(picture.getexif().get(upright.ORIENTATION, 1))
    except DAMAGE:
        return 1


def _content_id(rgb: NDArray[np.uint8]) -> str:
    """``img_`` and 64 bits of BLAKE2b over size and pixels."""
    digest = hashlib.blake2b(struct.pack("<II", *rgb.shape[:2]), digest_size=8)
    digest.update(np.ascontiguousarray(rgb).data)
    return f"img_{digest.hexdigest()}"
