"""Whatever bytes are given for a picture: a picture, or one sentence of our own."""

import io
import struct

import PIL.Image
from hypothesis import given
from hypothesis import strategies as st

from focalface.tools.errors import ImageError
from focalface.tools.pictures import memory
from focalface.tools.pictures.images import Limits, open_image

LIMITS = Limits(max_pixels=1_000_000, max_memory=40_000_000)


def encoded(kind: str, mode: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    PIL.Image.linear_gradient("L").resize((24, 16)).convert(mode).save(buffer, kind, **options)
    return buffer.getvalue()


SEEDS = [
    encoded("JPEG", "RGB"),
    encoded("JPEG", "L", progressive=True),
    encoded("PNG", "RGBA"),
    encoded("PNG", "P"),
    encoded("PNG", "I;16"),
    encoded("GIF", "P"),
    encoded("BMP", "RGB"),
    encoded("WEBP", "RGB"),
    encoded("TIFF", "F"),
    encoded("TIFF", "RGB", compression="tiff_lzw"),
    encoded("JPEG2000", "RGB"),
]
EDIT = st.tuples(st.integers(0, 4000), st.binary(min_size=1, max_size=8))
HUGE = st.sampled_from([struct.pack(form, 2**31 - 1) for form in ("<I", ">I")])


@given(
    st.sampled_from(SEEDS),
    st.lists(EDIT | st.tuples(st.integers(0, 120), HUGE), max_size=6),
    st.integers(0, 4000),
)
def test_damaged_pictures_open_or_say_why_not(
    seed: bytes, edits: list[tuple[int, bytes]], length: int
) -> None:
    data = bytearray(seed)
    for place, new in edits:
        start = place % len(data)
        data[start : start + len(new)] = new
    _opens_or_says_why_not(bytes(data[: max(length, 1)]))


@given(st.binary(max_size=200), st.sampled_from([seed[:12] for seed in SEEDS]))
def test_bytes_that_begin_like_a_picture_open_or_say_why_not(rest: bytes, start: bytes) -> None:
    _opens_or_says_why_not(start + rest)


def test_a_frame_that_claims_more_pixels_than_any_picture_is_told_in_a_sentence() -> None:
    screen = b"GIF87a" + struct.pack("<HHBBB", 24, 16, 0, 0, 0)
    _opens_or_says_why_not(screen + b"," + struct.pack("<HHHHB", 0, 0, 5400, 33296, 0) + b"\x08")
    second = encoded("GIF", "P").removesuffix(b";")
    _opens_or_says_why_not(second + b"," + struct.pack("<HHHHB", 0, 0, 65535, 65535, 0) + b"\x08;")


def _opens_or_says_why_not(data: bytes) -> None:
    try:
        image = open_image(data, LIMITS)
    except ImageError as error:
        assert str(error).endswith(".") and "\n" not in str(error)
    else:
        assert image.rgb.shape == (image.height, image.width, 3)
        assert image.width * image.height <= LIMITS.max_pixels
    assert memory.OPEN.taken == 0
