"""No picture costs more memory than the budget, and large ones are read smaller where possible."""

import io
import os
import struct
import subprocess
import sys
import threading
import zlib
from pathlib import Path

import numpy as np
import PIL.Image
import pytest

from focalface.tools.errors import ImageTooLargeError
from focalface.tools.pictures import memory
from focalface.tools.pictures.images import Limits, open_image, opened
from focalface.tools.pictures.memory import Room

MOST = 1200
"""Megabytes that one picture may cost, the program itself included."""

COST = """
import re, sys
from pathlib import Path
from focalface.tools import Workbench
from focalface.tools.errors import ImageError
try:
    bench = Workbench()
    image = bench.open(sys.argv[1])
    bench.annotate(image, bench.detect(image))
except ImageError:
    pass
# Not ru_maxrss: a child begins with the peak of its parent there.
status = Path("/proc/self/status").read_text(encoding="ascii")
print(int(re.search(r"VmHWM:\\s*(\\d+)", status)[1]) // 1024)
"""


def png(width: int, height: int, *, depth: int = 8, colour: int = 0) -> bytes:
    """A few bytes that claim to be a large picture and hold one row of it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    row = zlib.compress(bytes(min(width, 1000) * 4))
    start = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)
    return start + chunk(b"IDAT", row) + chunk(b"IEND", b"")


def encoded(picture: PIL.Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def plain(width: int, height: int, mode: str = "RGB") -> PIL.Image.Image:
    return PIL.Image.new(mode, (width, height), 90 if mode == "L" else (90, 120, 60))


@pytest.mark.parametrize("size", [(1, 99_000_000), (99_000_000, 1), (200_000, 400)])
def test_a_row_or_a_column_without_end_is_refused_before_decoding(size: tuple[int, int]) -> None:
    with pytest.raises(ImageTooLargeError, match="longest side"):
        open_image(png(*size))


@pytest.mark.skipif(sys.platform == "win32", reason="no peak memory of a process here")
@pytest.mark.parametrize(
    "make",
    [
        lambda: png(1, 99_000_000),
        lambda: png(9_999, 9_999, depth=16, colour=6),
        lambda: encoded(plain(12_000, 8_000), "JPEG", progressive=True, subsampling=0),
        lambda: encoded(plain(20_000, 9_000), "JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0\x01\0"
                        b"\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0"),
    ],
    ids=["one column", "deep rgba bomb", "progressive jpeg", "turned jpeg of 180 MP"],
)  # fmt: skip
def test_one_picture_keeps_to_the_budget_from_opening_to_drawing(make, tmp_path: Path) -> None:
    path = tmp_path / "large"
    path.write_bytes(make())
    done = subprocess.run(
        [sys.executable, "-c", COST, str(path)],
        capture_output=True, text=True, check=True, env=os.environ | {"OMP_NUM_THREADS": "1"},
    )  # fmt: skip
    assert int(done.stdout) <= MOST


@pytest.mark.parametrize("kind", ["JPEG", "JPEG2000"])
def test_what_is_too_large_is_read_smaller_where_the_format_can_and_that_is_said(kind: str) -> None:
    data = encoded(plain(640, 400), kind)
    image = open_image(data, Limits(max_pixels=64_000))
    assert image.size == (320, 200)
    assert image.note is not None
    assert "640 x 400" in image.note and "320 x 200" in image.note
    assert np.abs(image.rgb.astype(int) - (90, 120, 60)).max() <= 4


def test_a_format_that_cannot_be_read_smaller_is_refused_by_its_memory() -> None:
    with pytest.raises(ImageTooLargeError, match=r"MB to decode.*FOCALFACE_MAX_MEMORY"):
        open_image(encoded(plain(2000, 1000), "WEBP"), Limits(max_memory=20_000_000))


def test_pictures_that_are_open_at_once_share_the_memory_and_late_ones_wait() -> None:
    data = encoded(plain(1000, 1000), "PNG")
    limits = Limits(max_memory=10_000_000)
    entered = threading.Event()

    def late() -> None:
        with opened(data, limits):
            entered.set()

    with opened(data, limits):
        held = memory.OPEN.taken
        thread = threading.Thread(target=late)
        thread.start()
        assert not entered.wait(0.2)
    thread.join(10)
    assert entered.is_set()
    assert 5_000_000 < held <= 10_000_000
    assert memory.OPEN.taken == 0


def test_who_finds_no_room_for_too_long_is_told_what_to_do() -> None:
    room = Room()
    room.take(9, 10)
    with pytest.raises(ImageTooLargeError, match="try again"):
        room.take(2, 10, patience_s=0.01)


def test_a_picture_that_cannot_be_decoded_gives_its_room_back() -> None:
    with pytest.raises(Exception, match="damaged"):
        open_image(encoded(plain(500, 500), "PNG")[:-40])
    assert memory.OPEN.taken == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_child_that_was_forked_while_a_picture_was_open_can_open_pictures() -> None:
    data = encoded(plain(64, 64), "PNG")
    code = (
        "import os, sys, warnings; warnings.simplefilter('ignore')\n"
        "from focalface.tools.pictures.images import open_image\n"
        "from focalface.tools.pictures.memory import OPEN\n"
        "OPEN.take(1 << 40, 1 << 41); OPEN._free.acquire()\n"
        f"pid = os.fork()\nif pid == 0:\n    open_image({data!r})\n    os._exit(7)\n"
        "sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 7
