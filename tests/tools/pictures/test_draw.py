import numpy as np
import PIL.Image
import pytest

from focalface.tools.face.regions import ATLAS
from focalface.tools.geometry import atlas
from focalface.tools.pictures import draw
from focalface.tools.pictures.images import open_image
from focalface.tools.types import Box

ORANGE, BLUE = (230, 159, 0), (86, 180, 233)


def grey(width, height):
    return open_image(PIL.Image.new("RGB", (width, height), (128, 128, 128)))


def has_colour(picture, colour, box):
    """Whether the box holds a pixel near the colour."""
    part = np.asarray(picture.crop(box), dtype=int)
    return bool((np.abs(part - colour).sum(axis=2) < 40).any())


def test_a_picture_without_anything_to_draw_stays_as_it_is():
    image = grey(640, 500)
    assert (np.asarray(draw.annotate(image)) == image.rgb).all()


def test_drawing_leaves_the_original_alone_and_keeps_its_size(mean_face):
    image = grey(640, 640)
    before = image.rgb.copy()
    picture = draw.annotate(image, [mean_face()], atlas.resolve(mean_face(), "mouth", (640, 640)))
    assert picture.size == (640, 640) and picture.mode == "RGB"
    assert (image.rgb == before).all()
    assert (np.asarray(picture) != before).any()


def test_left_is_orange_and_right_is_blue_on_the_subjects_sides(mean_face):
    face = mean_face()
    eyes = atlas.resolve(face, "eyes", (640, 640))
    picture = draw.annotate(grey(640, 640), [face], eyes)
    left, right = (tuple(int(v) for v in eye.box.xyxy) for eye in eyes)
    assert has_colour(picture, ORANGE, left) and not has_colour(picture, BLUE, left)
    assert has_colour(picture, BLUE, right) and not has_colour(picture, ORANGE, right)


@pytest.mark.parametrize("labels", ["names", "numbers"])
def test_all_regions_at_once_are_drawn_in_every_style(mean_face, labels):
    face = mean_face()
    regions = [atlas.named_region(face, name, (640, 640)) for name in ATLAS]
    names = draw.annotate(grey(640, 640), [face, face], regions, labels=labels)
    assert names.size == (640, 640)


def test_numbers_and_names_give_different_pictures(mean_face):
    regions = atlas.resolve(mean_face(), "mouth", (640, 640))
    made = [
        draw.annotate(grey(640, 640), [], regions, labels=kind) for kind in ("names", "numbers")
    ]
    assert made[0].tobytes() != made[1].tobytes()


@pytest.mark.parametrize(("size", "factor"), [((160, 160), 3), ((100, 240), 2), ((700, 600), 1)])
def test_a_small_picture_is_enlarged_by_a_whole_factor(mean_face, move_face, size, factor):
    face, _ = move_face(mean_face(), scale=min(size) / 640, about=(0, 0))
    regions = atlas.resolve(face, "mouth", size)
    picture = draw.annotate(grey(*size), [], regions)
    assert picture.size == (size[0] * factor, size[1] * factor)


def test_a_small_face_with_regions_gets_a_larger_picture_within_bounds(mean_face, move_face):
    face, _ = move_face(mean_face(), scale=0.15)
    regions = atlas.resolve(face, "eyes", (640, 640))
    assert draw.annotate(grey(640, 640), [face], regions).size == (1920, 1920)
    assert draw.annotate(grey(640, 640), [face]).size == (640, 640)


def test_regions_that_leave_the_picture_are_drawn_as_far_as_they_are_in_it(mean_face, move_face):
    face, _ = move_face(mean_face(), shift=(400, -250))
    regions = [atlas.named_region(face, name, (640, 640)) for name in ATLAS]
    regions += atlas.resolve(face, Box(x1=-50, y1=600, x2=60, y2=900), (640, 640))
    assert draw.annotate(grey(640, 640), [face], regions).size == (640, 640)


@pytest.mark.parametrize("size", [(2, 2), (1, 30), (900, 20)])
def test_extreme_shapes_of_pictures_can_be_drawn_on(size):
    assert draw.annotate(grey(*size)).width >= size[0]


@pytest.mark.parametrize("far", [1e308, -1e308, 1e9])
def test_shapes_without_bounds_are_drawn_as_far_as_the_picture_goes(mean_face, far):
    image, face = grey(640, 640), mean_face()
    wild = atlas.resolve(face, "mouth", image.size)[0].model_copy(
        update={"polygon": ((0.0, 0.0), (far, 10.0), (10.0, far))}
    )
    box = face.box.model_copy(update={"x2": abs(far), "y2": abs(far)})
    large = face.model_copy(update={"box": box})
    assert draw.annotate(image, [large, face], [wild]).size == (640, 640)
