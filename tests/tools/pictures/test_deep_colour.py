"""Colour, tiles and packed samples of any depth show what their 8-bit twin shows."""

import io
import warnings
from typing import Any

import numpy as np
import PIL.Image
import pytest
import tifffile

from focalface.tools.errors import ImageError, ImageTooLargeError
from focalface.tools.pictures.images import Limits, open_image

GREY = (np.add.outer(np.arange(96), np.arange(128)) * 255 // 222).astype(np.uint8)
TWIN = np.stack([GREY, GREY[::-1], GREY[:, ::-1]], axis=-1)
"""All shades, and no channel like another."""

DEPTHS: dict[str, tuple[float, float, Any]] = {
    "10 bits in 16": (1023 / 255, 0, "u2"),
    "12 bits in 16": (4095 / 255, 0, "u2"),
    "14 bits in 16": (16383 / 255, 0, "u2"),
    "16 bits": (257, 0, "u2"),
    "signed 16": (257, -32768, "i2"),
    "unsigned 32": (16843009, 0, "u4"),
    "float": (1 / 255, 0, "f4"),
    "double": (1 / 255, 0, "f8"),
    "float 0..255": (1, 0, "f4"),
}
WAYS: dict[str, dict[str, Any]] = {
    "strips": {},
    "short strips": {"rowsperstrip": 7},
    "Motorola": {"byteorder": ">"},
    "tiles": {"tile": (32, 48)},
    "deflate": {"compression": "zlib"},
    "deflate, predictor": {"compression": "zlib", "predictor": True},
    "deflate, predictor, Motorola, tiles": {
        "compression": "zlib", "predictor": True, "byteorder": ">", "tile": (32, 48),
    },
    "BigTIFF": {"bigtiff": True},
    "BigTIFF, Motorola, tiles": {"bigtiff": True, "byteorder": ">", "tile": (32, 48)},
}  # fmt: skip


def deep(twin: np.ndarray, depth: str) -> np.ndarray:
    factor, shift, dtype = DEPTHS[depth]
    values = twin.astype(np.float64) * factor + shift
    return values.astype(dtype)


def tiff(values: np.ndarray, **options: Any) -> bytes:
    buffer = io.BytesIO()
    options.setdefault("photometric", "minisblack" if values.ndim == 2 else "rgb")
    tifffile.imwrite(buffer, values, **options)
    return buffer.getvalue()


def away(data: bytes, twin: np.ndarray) -> int:
    shown = open_image(data).rgb.astype(int)
    twin = twin if twin.ndim == 3 else twin[..., None]
    return int(np.abs(shown - twin).max())


@pytest.mark.parametrize(
    ("depth", "way"),
    # tifffile alone writes no predictor of floats; the next test has Pillow write it.
    [(d, w) for d in DEPTHS for w in WAYS if not (DEPTHS[d][2][0] == "f" and "predictor" in w)],
)
@pytest.mark.parametrize("twin", [GREY, TWIN], ids=["grey", "colour"])
def test_a_tiff_of_any_depth_however_it_is_packed(twin: np.ndarray, depth: str, way: str) -> None:
    assert away(tiff(deep(twin, depth), **WAYS[way]), twin) <= 2


def test_floats_that_were_packed_by_a_predictor() -> None:
    buffer = io.BytesIO()
    floats = PIL.Image.fromarray(deep(GREY, "float"))
    floats.save(buffer, "TIFF", compression="tiff_lzw", tiffinfo={317: 3})
    assert away(buffer.getvalue(), GREY) <= 2


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("order", "<>")
def test_colours_in_planes(depth: str, order: str) -> None:
    planes = np.ascontiguousarray(np.moveaxis(deep(TWIN, depth), -1, 0))
    assert away(tiff(planes, planarconfig="separate", byteorder=order), TWIN) <= 2


@pytest.mark.parametrize("depth", ["10 bits in 16", "16 bits", "float"])
@pytest.mark.parametrize("twin", [GREY[..., None], TWIN], ids=["grey", "colour"])
@pytest.mark.parametrize("way", ["strips", "deflate"])
def test_what_is_transparent_is_laid_on_white(depth: str, twin: np.ndarray, way: str) -> None:
    if way == "deflate" and twin.shape[2] == 1:
        pytest.skip("grey with transparency is read from plain strips only")
    values = deep(twin, depth)
    hides = np.full_like(values[..., :1], values.max())
    hides[:20] = 0
    photometric = "rgb" if twin.shape[2] == 3 else "minisblack"
    data = tiff(
        np.concatenate([values, hides], axis=-1),
        extrasamples=["unassalpha"], photometric=photometric, **WAYS[way],
    )  # fmt: skip
    expected = np.broadcast_to(twin, (*twin.shape[:2], 3)).copy()
    expected[:20] = 255
    assert away(data, expected) <= 2


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("way", ["strips", "deflate"])
def test_deep_colour_is_turned_as_its_tag_says(orientation: int, way: str) -> None:
    turned = (274, "H", 1, orientation, True)
    plain = open_image(tiff(TWIN, extratags=[turned])).rgb
    data = tiff(deep(TWIN, "12 bits in 16"), extratags=[turned], **WAYS[way])
    assert away(data, plain) <= 2


@pytest.mark.parametrize("depth", ["10 bits in 16", "12 bits in 16", "16 bits"])
@pytest.mark.parametrize("alpha", [False, True])
def test_a_colour_png_of_sixteen_bits_follows_the_rule_of_grey(depth: str, alpha: bool) -> None:
    cv2 = pytest.importorskip("cv2")  # Pillow writes no PNG of 16 bits in colour
    values = deep(TWIN, depth)[..., ::-1]
    if alpha:
        values = np.concatenate([values, np.full_like(values[..., :1], values.max())], axis=-1)
    data = cv2.imencode(".png", values)[1].tobytes()
    assert away(data, TWIN) <= 2


def test_a_deep_picture_that_is_too_large_is_refused_before_it_is_decoded() -> None:
    data = tiff(deep(TWIN, "float"), compression="zlib")
    with pytest.raises(ImageTooLargeError, match=r"MB to decode.*FOCALFACE_MAX_MEMORY"):
        open_image(data, Limits(max_memory=100_000))
    with pytest.raises(ImageError):
        open_image(data, Limits(max_pixels=100))


@pytest.mark.parametrize("way", ["deflate", "tiles", "BigTIFF, Motorola, tiles"])
def test_a_damaged_deep_picture_is_one_sentence(way: str, capfd: pytest.CaptureFixture) -> None:
    data = tiff(deep(TWIN, "float"), **WAYS[way])
    for cut in (len(data) // 3, len(data) // 2, len(data) - 200):
        for broken in (data[:cut], data[:cut] + bytes(50) + data[cut + 50 :]):
            try:
                open_image(broken)
            except ImageError as error:
                assert str(error).endswith(".") and "\n" not in str(error)
    assert capfd.readouterr().out == ""


def test_a_tile_far_larger_than_its_picture_is_refused() -> None:
    data = bytearray(tiff(deep(TWIN, "float"), tile=(32, 48)))
    kinds = [np.array([322, kind], "<u2").tobytes() for kind in (3, 4)]
    at = next(data.index(kind) for kind in kinds if kind in data)
    data[at + 2 : at + 4] = np.array([4], "<u2").tobytes()
    data[at + 8 : at + 12] = np.array([1 << 24], "<u4").tobytes()
    with pytest.raises(ImageError):
        open_image(bytes(data))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xff\xd8\xff\xf7\0\x0b\x08\0\x10\0\x10\x01\x01\x11\0", "JPEG picture"),
        (b"II\xbc\x01" + bytes(40), "JPEG XR"),
        (tiff(deep(GREY, "float").astype("f2"), compression="zlib"), "16-bit float.*deflate"),
    ],
)
def test_kinds_that_are_not_read_are_named(data: bytes, words: str) -> None:
    with pytest.raises(ImageError, match=words) as caught:
        open_image(data)
    assert "not a picture" not in str(caught.value)


def test_eight_bit_colour_stays_what_it_was() -> None:
    buffer = io.BytesIO()
    PIL.Image.fromarray(TWIN).save(buffer, "PNG")
    assert away(buffer.getvalue(), TWIN) == 0


def test_a_deep_picture_whose_tags_were_lost_is_refused_and_no_library_warns(
    recwarn: pytest.WarningsRecorder,
) -> None:
    warnings.simplefilter("always")
    broken = bytearray(tiff(deep(TWIN, "float"), description="x" * 60))
    at = broken.index(np.array([270, 2], "<u2").tobytes())
    # A description longer than its file: Pillow then loses the tag that says "float" too.
    broken[at + 4 : at + 8] = np.array([2**31 - 1], "<u4").tobytes()
    with pytest.raises(ImageError):
        open_image(bytes(broken))
    assert not recwarn.list
