"""Notes without end beside the pixels keep no decoder busy."""

import io
import struct
import zlib

import PIL.Image
import pytest

from focalface.tools.errors import UnsupportedImageError
from focalface.tools.pictures.images import open_image


def encoded(kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    PIL.Image.new("RGB", (24, 16), (90, 120, 60)).save(buffer, kind, **options)
    return buffer.getvalue()


def jpeg(segment: bytes, count: int, marker: int = 0xE1) -> bytes:
    data = encoded("JPEG")
    note = bytes([0xFF, marker]) + struct.pack(">H", len(segment) + 2) + segment
    return data[:2] + note * count + data[2:]


def png(count: int) -> bytes:
    text = b"tEXt" + b"k\0v"
    chunk = struct.pack(">I", 3) + text + struct.pack(">I", zlib.crc32(text))
    data = encoded("PNG")
    return data[:33] + chunk * count + data[33:]


def gif(comments: int, parts: int = 1) -> bytes:
    data = encoded("GIF")
    at = data.index(b"\x2c", 13 + (3 << ((data[10] & 7) + 1)))
    return data[:at] + (b"\x21\xfe" + b"\x01A" * parts + b"\0") * comments + data[at:]


def tiff(count: int) -> bytes:
    """A BigTIFF of nothing but tags."""
    entry = struct.pack("<HHQQ", 60000, 1, 1, 0)
    return b"II+\0\x08\0\0\0" + struct.pack("<QQ", 16, count) + entry * count + bytes(8)


@pytest.mark.parametrize(
    "data",
    [
        jpeg(b"Exif\0\0A", 300_000),
        jpeg(b"A", 300_000, 0xFE),
        jpeg(b"\0", 300_000, 0xED),
        png(200_000),
        gif(300_000),
        gif(1, parts=600_000),
        tiff(500_000),
        encoded("GIF")[:-1] + bytes(20_000),
    ],
    ids=[
        "exif",
        "jpeg comments",
        "photoshop",
        "png text",
        "gif comments",
        "one comment",
        "tags",
        "nothing between pictures",
    ],
)
def test_notes_without_end_are_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(UnsupportedImageError, match=r"thousands of notes.*save it anew"):
        open_image(data)


@pytest.mark.parametrize(
    "data",
    [jpeg(b"Exif\0\0A", 5), jpeg(b"A" * 60_000, 300, 0xED), png(500), gif(20), gif(1, parts=900)],
    ids=["exif", "large profile", "png text", "gif comments", "one long comment"],
)
def test_as_many_notes_as_real_pictures_have_do_no_harm(data: bytes) -> None:
    assert open_image(data).size == (24, 16)


def test_frames_and_packed_rows_are_no_notes() -> None:
    first = PIL.Image.new("L", (8, 8))
    frames = [PIL.Image.new("L", (8, 8), 1 + at % 250) for at in range(300)]
    for kind in ("GIF", "PNG"):
        buffer = io.BytesIO()
        first.save(buffer, kind, save_all=True, append_images=frames, duration=20)
        assert open_image(buffer.getvalue()).note == "Only the first frame of several was read."
