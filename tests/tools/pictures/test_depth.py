"""Grey of any depth shows what its 8-bit twin shows."""

import contextlib
import io
import tracemalloc
from typing import Any

import numpy as np
import PIL.Image
import pytest
from tiff_files import FLOAT, TEXT, tiff

from focalface.tools.errors import ImageError, UnsupportedImageError
from focalface.tools.paths import shared
from focalface.tools.pictures.depth import scale_of
from focalface.tools.pictures.images import open_image

CASES = shared() / "cases" / "depth"
TWIN = (np.add.outer(np.arange(96), np.arange(128)) * 255 // 222).astype(np.uint8)
"""All greys, black and white among them."""


def scaled(factor: float, dtype: Any, shift: float = 0.0) -> np.ndarray:
    return (TWIN.astype(np.float64) * factor + shift).astype(dtype)


def hot(values: np.ndarray, value: float) -> np.ndarray:
    """A few pixels far beyond white, as broken sensors give."""
    values = values.copy()
    values[3, 5::40] = value
    return values


def away_from_hot(rgb: np.ndarray) -> np.ndarray:
    return np.abs(rgb[8:, :, 0].astype(int) - TWIN[8:])


VARIANTS = {
    "10 bits in 16": tiff(scaled(1023 / 255, "u2")),
    "12 bits in 16": tiff(scaled(4095 / 255, "u2")),
    "14 bits in 16, Motorola order": tiff(scaled(16383 / 255, "u2"), order=">"),
    "16 bits": tiff(scaled(257, "u2")),
    "8 bits in 16": tiff(scaled(1, "u2")),
    "8 bits in 32": tiff(scaled(1, "u4")),
    "unsigned 32": tiff(scaled(16843009, "u4")),
    "unsigned 32, Motorola order": tiff(scaled(16843009, "u4"), order=">"),
    "unsigned 64": tiff(scaled(257, "u8")),
    "signed 8": tiff(scaled(1, "i1", -128)),
    "signed 12 in 16": tiff(scaled(4095 / 255, "i2", -2048)),
    "signed 16": tiff(scaled(257, "i2", -32768)),
    "signed 16, Motorola order": tiff(scaled(257, "i2", -32768), order=">"),
    "15 bits in signed 16": tiff(scaled(32767 / 255, "i2")),
    "12 bits in signed 16": tiff(scaled(4095 / 255, "i2")),
    "signed 32": tiff(scaled(16843009, "i4", -(2**31))),
    "half float": tiff(scaled(1 / 255, "f2")),
    "float 0..1": tiff(scaled(1 / 255, "f4")),
    "float -1..1": tiff(scaled(2 / 255, "f4", -1)),
    "double -0.5..0.5": tiff(scaled(1 / 255, "f8", -0.5)),
    "float 0..255": tiff(scaled(1, "f4")),
    "double": tiff(scaled(1 / 255, "f8")),
    "16 bits, white is zero": tiff(scaled(-257, "u2", 65535), white_is_zero=True),
    "16 bits, white is zero, Motorola": tiff(
        scaled(-257, "u2", 65535), white_is_zero=True, order=">"
    ),
    "float, white is zero": tiff(scaled(-1 / 255, "f4", 1), white_is_zero=True),
    "unsigned 32, white is zero": tiff(
        (2**32 - 1 - TWIN.astype("u8") * 16843009).astype("u4"), white_is_zero=True
    ),
    "white stated": tiff(scaled(8, "u2"), tags=((281, 2040),)),
    "white stated by a raw converter": tiff(scaled(8, "u2"), tags=((50717, 2040),)),
    "hot pixels in 10 of 16 bits": tiff(hot(scaled(4, "u2"), 65535)),
    "hot pixels in float": tiff(hot(scaled(1 / 255, "f4"), 1e6)),
    "no numbers in float": tiff(hot(scaled(1 / 255, "f4"), np.nan)),
    "infinite pixels in float": tiff(hot(scaled(1 / 255, "f4"), np.inf)),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_each_depth_shows_what_eight_bits_show_to_two_grey_levels(name: str) -> None:
    assert away_from_hot(open_image(VARIANTS[name]).rgb).max() <= 2


INFINITE, NONE = (np.array([v], "<f4").tobytes() for v in (np.inf, np.nan))


@pytest.mark.parametrize("dtype", ["u2", "f8"])
@pytest.mark.parametrize("tag", [254, 258, 259, 262, 274, 277, 281, 339, 50717])
@pytest.mark.parametrize(("kind", "value"), [(TEXT, b"abc\0"), (FLOAT, INFINITE), (FLOAT, NONE)])
def test_a_tag_that_is_no_number_is_as_if_it_were_not_there_or_refused(
    dtype: str, tag: int, kind: int, value: bytes
) -> None:
    grey = tiff(scaled(257 if dtype == "u2" else 1 / 255, dtype), odd=((tag, kind, value),))
    try:
        shown = open_image(grey).rgb
    except ImageError as error:
        assert str(error).endswith(".")
    else:
        assert away_from_hot(shown).max() <= 2


@pytest.mark.parametrize("tag", [254, 259, 262, 274, 277, 339])
def test_a_tag_longer_than_its_file_makes_no_library_warn(tag: int) -> None:
    data = bytearray(tiff(scaled(1 / 255, "f4"), tags=((tag, 1 if tag != 339 else 3),)))
    at = data.index(np.array([tag, 4], "<u2").tobytes(), 10)
    data[at + 4 : at + 8] = np.array([2**31 - 1], "<u4").tobytes()
    with contextlib.suppress(ImageError):
        open_image(bytes(data))


@pytest.mark.parametrize("white", [1, 10**9])
def test_a_stated_white_that_would_hide_everything_is_not_believed(white: int) -> None:
    dark = np.maximum(scaled(257, "u2"), 2)
    assert away_from_hot(open_image(tiff(dark, tags=((281, white),))).rgb).max() <= 2


def test_doubles_beyond_single_precision_are_scaled_all_the_same() -> None:
    assert away_from_hot(open_image(tiff(scaled(1e300, "f8"))).rgb).max() <= 6


def test_strips_that_all_name_the_same_bytes_are_not_read_again_and_again() -> None:
    count = 20_000
    data = tiff(scaled(1 / 255, "f8"))
    # The lists of starts and lengths lie behind the pixels: 20,000 times the whole file.
    lists = np.full(count, 8, "<u4").tobytes() + np.full(count, len(data) - 8, "<u4").tobytes()
    many = bytearray(data + lists)
    entries = int.from_bytes(data[8:10], "little")
    for at in range(10, 10 + 12 * entries, 12):
        tag = int.from_bytes(data[at : at + 2], "little")
        if tag in (273, 279):
            behind = len(data) + (4 * count if tag == 279 else 0)
            many[at + 4 : at + 12] = np.array([count, behind], "<u4").tobytes()
    tracemalloc.start()
    try:
        with contextlib.suppress(UnsupportedImageError):
            assert open_image(bytes(many)).size == (TWIN.shape[1], TWIN.shape[0])
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("factor", [1023 / 255, 4095 / 255, 257])
def test_grey_png_of_sixteen_bits_follows_the_same_rule(factor: float) -> None:
    buffer = io.BytesIO()
    PIL.Image.fromarray(scaled(factor, "u2")).save(buffer, "PNG")
    assert away_from_hot(open_image(buffer.getvalue()).rgb).max() <= 2


def test_filtered_floats_that_overshoot_a_little_are_still_zero_to_one() -> None:
    noise = np.random.default_rng(1).normal(0, 0.02, TWIN.shape)
    assert scale_of(TWIN / 255 + noise).white == 1


def test_sensor_noise_around_black_is_not_signed_data() -> None:
    values = scaled(16, "i2")
    values[0] -= 20
    assert scale_of(values).black == 0


def test_a_picture_of_one_value_has_a_scale() -> None:
    for value in (0, 7, -7):
        scale = scale_of(np.full((4, 4), value, "i2"))
        assert scale.white > scale.black


@pytest.mark.skipif(not CASES.is_dir(), reason="the folder of shared cases is not there")
@pytest.mark.parametrize("name", ["g10in16", "g16_signed", "gf32_hot", "gu32"])
def test_the_portrait_reads_alike_in_every_depth(name: str) -> None:
    twin = open_image(CASES / "g16.tif").rgb.astype(int)
    difference = np.abs(open_image(CASES / f"{name}.tif").rgb - twin)
    assert np.count_nonzero(difference > 2) <= 3  # one hot pixel, three channels


def test_of_a_tiff_with_several_pages_the_first_is_read_and_that_is_said() -> None:
    first = PIL.Image.fromarray(TWIN)
    buffer = io.BytesIO()
    first.save(buffer, "TIFF", save_all=True, append_images=[PIL.Image.new("L", (8, 8))] * 2)
    image = open_image(buffer.getvalue())
    assert image.size == first.size
    assert image.note == "Only the first page of several was read."
    assert open_image(VARIANTS["16 bits"]).note is None


def test_a_small_preview_before_the_real_page_is_refused_with_what_to_do() -> None:
    with pytest.raises(UnsupportedImageError, match=r"small preview.*raw files.*export it"):
        open_image(tiff(TWIN, tags=((254, 1),)))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (tiff(TWIN, tags=((259, 65000),)), "TIFF.*8-bit unsigned samples, compression 65000"),
        (tiff(scaled(1, "f8"), tags=((277, 3),)), "TIFF.*64-bit float samples"),
        (b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(40), "JPEG 2000"),
        (b"\xff\x0a" + bytes(40), "JPEG XL"),
    ],
)
def test_a_real_picture_of_a_kind_that_is_not_read_is_not_called_no_picture(
    data: bytes, words: str
) -> None:
    with pytest.raises(ImageError, match=words) as caught:
        open_image(data)
    assert "not a picture" not in str(caught.value)


@pytest.mark.parametrize("cut", range(8, 140, 7))
def test_a_tiff_that_is_cut_off_anywhere_is_one_sentence(cut: int) -> None:
    with pytest.raises(ImageError) as caught:
        open_image(VARIANTS["double"][:cut])
    assert str(caught.value).endswith(".") and "\n" not in str(caught.value)
