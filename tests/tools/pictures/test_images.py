import io
import json
import os
import threading
from pathlib import Path
from typing import Any

import numpy as np
import PIL.Image
import pytest

from focalface.tools.errors import (
    ImageError,
    ImageNotFoundError,
    ImageTooLargeError,
    NotAnImageError,
    UsageError,
)
from focalface.tools.paths import shared
from focalface.tools.pictures.images import Limits, open_image

PHOTOS = shared() / "photos"
TRUTH = (
    json.loads((PHOTOS / "photos.json").read_text(encoding="utf-8"))
    if (PHOTOS / "photos.json").is_file()
    else []
)
needs_photos = pytest.mark.skipif(not TRUTH, reason="the pack of test photos is not there")

# Red, green / blue, white: every corner tells where it came from.
CORNERS = np.array([[[255, 0, 0], [0, 255, 0]], [[0, 0, 255], [255, 255, 255]]], dtype=np.uint8)


def quadrants(side: int = 32) -> PIL.Image.Image:
    """A picture of four plain quarters: red, green, blue, white."""
    return PIL.Image.fromarray(CORNERS.repeat(side // 2, axis=0).repeat(side // 2, axis=1))


def encoded(picture: PIL.Image.Image, file_format: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, file_format, **options)
    return buffer.getvalue()


def corners(rgb: np.ndarray) -> np.ndarray:
    """The middle of each quarter."""
    height, width = rgb.shape[:2]
    return rgb[height // 4 :: height // 2, width // 4 :: width // 2][:2, :2]


@pytest.mark.parametrize("file_format", ["PNG", "BMP", "TIFF", "WEBP", "JPEG", "GIF"])
def test_each_format_opens_with_red_as_red_and_blue_as_blue(file_format: str) -> None:
    options = {"WEBP": {"lossless": True}, "JPEG": {"quality": 95, "subsampling": 0}}
    image = open_image(encoded(quadrants(), file_format, **options.get(file_format, {})))
    assert image.size == (32, 32)
    assert np.abs(corners(image.rgb).astype(int) - CORNERS).max() <= 3


@pytest.mark.parametrize("mode", ["L", "1", "P", "LA", "RGBA", "CMYK", "YCbCr", "I", "F", "HSV"])
def test_each_mode_becomes_three_bytes_a_pixel_and_white_stays_white(mode: str) -> None:
    image = open_image(quadrants().convert(mode))
    assert image.rgb.dtype == np.uint8
    assert image.rgb.shape == (32, 32, 3)
    assert (corners(image.rgb)[1, 1] >= 250).all()


def test_sixteen_bit_grey_is_scaled_and_not_clipped_to_white() -> None:
    ramp = np.linspace(0, 65535, 64, dtype=np.uint16).reshape(1, 64).repeat(8, axis=0)
    image = open_image(encoded(PIL.Image.fromarray(ramp), "PNG"))
    assert np.abs(image.rgb[0, :, 0].astype(int) - np.linspace(0, 255, 64)).max() <= 1


@pytest.mark.parametrize(("top", "dtype"), [(1.0, np.float32), (255.0, np.float32), (9e6, "int32")])
def test_deep_grey_of_unknown_range_keeps_its_shades(top: float, dtype: Any) -> None:
    ramp = np.linspace(0, top, 64).astype(dtype).reshape(1, 64).repeat(8, axis=0)
    image = open_image(encoded(PIL.Image.fromarray(ramp), "TIFF"))
    assert np.abs(image.rgb[0, :, 0].astype(int) - np.linspace(0, 255, 64)).max() <= 1


def test_transparency_is_laid_on_white() -> None:
    clear = PIL.Image.new("RGBA", (4, 4), (0, 0, 0, 0))
    assert (open_image(clear).rgb == 255).all()


def test_a_transparent_palette_colour_is_laid_on_white() -> None:
    picture = PIL.Image.new("P", (4, 4), 0)
    picture.putpalette([0, 0, 0, 10, 20, 30])
    picture.putpixel((0, 0), 1)
    image = open_image(encoded(picture, "PNG", transparency=0))
    assert image.rgb[0, 0].tolist() == [10, 20, 30]
    assert image.rgb[3, 3].tolist() == [255, 255, 255]


def test_an_animation_gives_its_first_frame() -> None:
    frames = [PIL.Image.new("RGB", (8, 8), colour) for colour in ("red", "green", "blue")]
    data = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert open_image(data).rgb[0, 0].tolist() == [255, 0, 0]


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("file_format", ["PNG", "TIFF", "WEBP", "JPEG"])
def test_every_exif_orientation_is_turned_upright(orientation: int, file_format: str) -> None:
    stored_from_upright = {
        1: None,
        2: PIL.Image.Transpose.FLIP_LEFT_RIGHT,
        3: PIL.Image.Transpose.ROTATE_180,
        4: PIL.Image.Transpose.FLIP_TOP_BOTTOM,
        5: PIL.Image.Transpose.TRANSPOSE,
        6: PIL.Image.Transpose.ROTATE_90,
        7: PIL.Image.Transpose.TRANSVERSE,
        8: PIL.Image.Transpose.ROTATE_270,
    }[orientation]
    upright = quadrants().resize((48, 32), PIL.Image.Resampling.NEAREST)
    stored = upright if stored_from_upright is None else upright.transpose(stored_from_upright)
    exif = PIL.Image.Exif()
    exif[0x0112] = orientation
    image = open_image(encoded(stored, file_format, exif=exif))
    assert image.size == (48, 32)
    assert np.abs(corners(image.rgb).astype(int) - CORNERS).max() <= 8


def test_equal_pixels_have_equal_ids_whatever_the_file(tmp_path: Path) -> None:
    path = tmp_path / "four.png"
    quadrants().save(path)
    image = open_image(path)
    assert image.name == "four.png"
    assert image == open_image(encoded(quadrants(), "BMP")) == open_image(quadrants())
    assert image.id != open_image(quadrants().rotate(90)).id


def test_the_id_tells_a_wide_picture_from_a_tall_one() -> None:
    assert (
        open_image(PIL.Image.new("RGB", (2, 8))).id != open_image(PIL.Image.new("RGB", (8, 2))).id
    )


def test_pixels_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        open_image(quadrants()).rgb[0, 0] = 0


def test_opening_a_pil_image_leaves_it_as_it_was() -> None:
    picture = quadrants().convert("P")
    open_image(picture)
    assert picture.mode == "P"


def bad_files(folder: Path) -> dict[str, Path]:
    whole = encoded(quadrants(256), "JPEG")
    contents = {
        "empty.jpg": b"",
        "text.jpg": b"this is not a picture",
        "cut.jpg": whole[: len(whole) // 2],
        "cut.png": encoded(quadrants(256), "PNG")[:-40],
        "header.gif": b"GIF89a",
        "phone.heic": b"\0\0\0\x18ftypheic" + bytes(64),
        "script.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        "print.eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    }
    for name, data in contents.items():
        (folder / name).write_bytes(data)
    return {name: folder / name for name in contents}


def test_bad_files_give_one_clear_sentence_of_our_own(tmp_path: Path) -> None:
    for name, path in bad_files(tmp_path).items():
        with pytest.raises(NotAnImageError) as caught:
            open_image(path)
        message = str(caught.value)
        assert name in message and message.endswith("."), message
        assert "\n" not in message


def test_a_heic_picture_is_named_and_the_formats_that_work_too(tmp_path: Path) -> None:
    with pytest.raises(NotAnImageError, match=r"HEIC.*JPEG, PNG, WebP"):
        open_image(bad_files(tmp_path)["phone.heic"])


def test_a_missing_file_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(ImageNotFoundError, match=r"no file .*gone\.jpg.*check the path"):
        open_image(tmp_path / "gone.jpg")


def test_a_folder_is_not_a_picture(tmp_path: Path) -> None:
    with pytest.raises(ImageNotFoundError, match="is a folder"):
        open_image(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_named_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    with pytest.raises(ImageNotFoundError, match="not a regular file"):
        open_image(tmp_path / "pipe.jpg")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything"
)
def test_a_file_that_may_not_be_read_says_so(tmp_path: Path) -> None:
    path = tmp_path / "secret.png"
    quadrants().save(path)
    path.chmod(0)
    with pytest.raises(ImageNotFoundError, match="may not be read"):
        open_image(path)


@pytest.mark.parametrize(
    "source", ["http://a.b/c.jpg", "https://a.b/c.jpg", "data:image/png;base64,"]
)
def test_addresses_are_not_opened(source: str) -> None:
    with pytest.raises(ImageNotFoundError, match="save the picture"):
        open_image(source)


@pytest.mark.parametrize("source", ["a\0b.jpg", "x" * 10_000])
def test_a_path_that_no_system_takes_is_an_error_of_ours(source: str) -> None:
    with pytest.raises(ImageNotFoundError):
        open_image(source)


def test_a_source_of_another_type_is_wrong_use() -> None:
    with pytest.raises(UsageError, match="not ndarray"):
        open_image(CORNERS)  # type: ignore[arg-type]


def test_too_many_bytes_are_refused_before_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "long.jpg"
    with path.open("wb") as file:
        file.truncate(10**12)  # a sparse file: reading it would never end
    with pytest.raises(ImageTooLargeError, match="1,000,000,000,000 bytes"):
        open_image(path)


@pytest.mark.parametrize("as_file", [True, False])
def test_too_many_pixels_are_refused_with_both_numbers(as_file: bool) -> None:
    picture = quadrants(128)
    source = encoded(picture, "PNG") if as_file else picture
    with pytest.raises(ImageTooLargeError, match=r"128 x 128 pixels, the limit is 16,383"):
        open_image(source, Limits(max_pixels=128 * 128 - 1))


def test_a_picture_at_the_limit_opens() -> None:
    assert open_image(quadrants(128), Limits(max_pixels=128 * 128)).width == 128


@pytest.mark.parametrize("side", [12_000, 40_000])
def test_a_decompression_bomb_is_refused_from_its_header(side: int) -> None:
    header = bytearray(encoded(PIL.Image.new("1", (8, 8)), "BMP"))
    header[18:26] = side.to_bytes(4, "little") * 2
    with pytest.raises(ImageTooLargeError):
        open_image(bytes(header))


def test_a_picture_without_pixels_is_refused() -> None:
    with pytest.raises(NotAnImageError, match="no pixels"):
        open_image(PIL.Image.new("RGB", (0, 5)))


def test_many_threads_may_open_pictures_at_once() -> None:
    data = encoded(quadrants(256), "PNG")
    expected = open_image(data).id
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(open_image(data).id)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 8


@needs_photos
@pytest.mark.parametrize("photo", TRUTH, ids=lambda photo: photo["file"])
def test_each_photo_opens_in_its_displayed_size_or_says_why_not(photo: dict[str, Any]) -> None:
    path = PHOTOS / photo["file"]
    if photo["opens"]:
        assert open_image(path).size == (photo["width"], photo["height"])
    else:
        with pytest.raises(ImageError):
            open_image(path)


@needs_photos
@pytest.mark.parametrize("name", ["exif_3.jpg", "exif_6.jpg", "exif_8.jpg"])
def test_a_photo_stored_turned_shows_the_same_picture(name: str) -> None:
    upright = open_image(PHOTOS / "five_people.jpg").rgb.astype(int)
    assert np.abs(open_image(PHOTOS / name).rgb - upright).mean() < 4


@needs_photos
@pytest.mark.parametrize(
    "name", ["sixteen_bit.png", "cmyk.jpg", "palette.gif", "animated.gif", "modern.webp"]
)
def test_each_wrapping_of_a_photo_shows_the_same_picture(name: str) -> None:
    plain = open_image(PHOTOS / "single.jpg").rgb.astype(int)
    assert np.abs(open_image(PHOTOS / name).rgb - plain).mean() < 4


@needs_photos
def test_sixteen_bit_grey_shows_what_eight_bit_grey_shows() -> None:
    plain = open_image(PHOTOS / "grey.jpg").rgb.astype(int)
    assert np.abs(open_image(PHOTOS / "sixteen_bit_grey.png").rgb - plain).mean() < 2
