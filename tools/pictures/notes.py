"""Counts what a file carries beside its pixels, before a decoder reads it.

Pillow glues EXIF segments of a JPEG and comments of a GIF together one by one, in time that grows
with the square of their number, and reads tags and text chunks in Python: a few megabytes of tiny
notes would keep it busy for hours. Real pictures carry some dozens.
"""

import struct
from collections.abc import Callable, Iterator

from focalface.tools.errors import UnsupportedImageError
from focalface.tools.pictures.tiff import MAGIC

MOST = 10_000
"""Notes of any kind in one file."""
GLUED = 100
"""Notes that are glued together: EXIF segments, parts of comments (1,000 of those)."""

Notes = Iterator[float]
"""For each note, its share of what is allowed: 1 / MOST, or more where it is glued."""


def check_notes(data: bytes, label: str) -> None:
    """Raise ``UnsupportedImageError`` for a file with more notes than any real picture has."""
    walk = next((w for start, w in _WALKS.items() if data.startswith(start)), None)
    if walk is None:
        return
    left = float(MOST)
    for share in walk(data):
        left -= share
        if left < 0:
            raise UnsupportedImageError(
                f"{label} carries thousands of notes beside its pixels (EXIF, comments, tags), as "
                "no camera writes them; save it anew without them."
            )


def _jpeg(data: bytes) -> Notes:
    """Walk over the segments up to the first scan (ITU T.81, annex B)."""
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF or data[at + 1] in (0, 0xFF) or 0xD0 <= data[at + 1] <= 0xD8:
            yield 1  # padding, or bytes that decoders skip one by one
            at += 1
            continue
        if data[at + 1] in (0xDA, 0xD9):
            return
        exif = data[at + 1] == 0xE1 and data[at + 4 : at + 10] == b"Exif\0\0"
        yield MOST / GLUED if exif else 1
        at += 2 + max(2, int.from_bytes(data[at + 2 : at + 4], "big"))


def _png(data: bytes) -> Notes:
    """Walk over the chunks; those of pixels are no notes (PNG 1.2, section 5)."""
    at = 8
    while at + 8 <= len(data):
        if data[at + 4 : at + 8] not in (b"IDAT", b"fdAT", b"fcTL"):
            yield 1
        at += 12 + int.from_bytes(data[at : at + 4], "big")


def _gif(data: bytes) -> Notes:
    """Walk over the blocks up to the second picture (GIF 89a, appendix A)."""
    at = 13 + _table(data[10:11])
    pictures = 0
    while at + 2 <= len(data) and pictures < 2:
        if data[at] == 0x2C:
            pictures += 1
            at += 10 + _table(data[at + 9 : at + 10]) + 1
            share = 0.01
        elif data[at] == 0x21:
            share = MOST / (10 * GLUED) if data[at + 1] == 0xFE else 1.0
            yield share
            at += 2
        else:
            yield 1
            at += 1  # decoders, too, look for the next block
            continue
        while at < len(data) and data[at]:
            at += 1 + data[at]
            yield share
        at += 1


def _table(flags: bytes) -> int:
    """Return the bytes of the table of colours that follows."""
    return 3 << ((flags[0] & 7) + 1) if flags and flags[0] & 0x80 else 0


def _tiff(data: bytes) -> Notes:
    """Tell how many tags the first page has (TIFF 6.0, section 2; BigTIFF)."""
    order = "<" if data[:1] == b"I" else ">"
    big = data[2:4] in (b"+\0", b"\0+")
    try:
        (start,) = struct.unpack_from(f"{order}{'Q' if big else 'I'}", data, 8 if big else 4)
        (count,) = struct.unpack_from(f"{order}{'Q' if big else 'H'}", data, start)
    except (struct.error, OverflowError):
        return
    yield count


_WALKS: dict[bytes, Callable[[bytes], Notes]] = {
    b"\xff\xd8": _jpeg,
    b"\x89PNG": _png,
    b"GIF8": _gif,
    **dict.fromkeys(MAGIC, _tiff),
}
