"""The atlas on a real face, found by the packaged models: astronaut of scikit-image, 512 x 512.

The tolerance of a third of the distance between the eyes is for the landmark network; sides and
order admit none.
"""

import math

import numpy as np
import PIL.Image
import pytest
import skimage.data

from focalface.tools import Workbench

# Set by eye, subject's sides.
POINTS = {"left_eye": (245, 103), "right_eye": (203, 101), "mouth": (221, 149)}
CENTRE = (223, 125)
EYES = 42.0


@pytest.fixture(scope="module")
def bench():
    return Workbench()


@pytest.fixture(scope="module")
def photo():
    return PIL.Image.fromarray(skimage.data.astronaut())


def assert_regions_lie_at(bench, picture, points):
    """Each region of the face around the points lies at its own point and nearest to it."""
    image = bench.open(picture)
    x, y = np.mean(list(points.values()), axis=0)
    found = bench.detect(image)
    face = next(f for f in found if f.box.x1 < x < f.box.x2 and f.box.y1 < y < f.box.y2)
    for region in bench.regions(image, face, list(points)):
        far = {name: math.dist(region.box.center, point) for name, point in points.items()}
        assert min(far, key=far.get) == region.name
        assert far[region.name] < EYES / 3


def test_regions_lie_where_a_person_sees_them(bench, photo):
    assert_regions_lie_at(bench, photo, POINTS)


@pytest.mark.parametrize("turn", [-25, -12, 12, 25])
def test_they_stay_there_when_the_picture_is_turned(bench, photo, turn):
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))

    def move(point):
        x, y = point[0] - CENTRE[0], point[1] - CENTRE[1]
        return (CENTRE[0] + x * cos + y * sin, CENTRE[1] - x * sin + y * cos)

    turned = photo.rotate(turn, PIL.Image.Resampling.BICUBIC, center=CENTRE)
    assert_regions_lie_at(bench, turned, {name: move(p) for name, p in POINTS.items()})


def test_in_a_mirrored_picture_the_sides_change_places(bench, photo):
    mirrored = photo.transpose(PIL.Image.Transpose.FLIP_LEFT_RIGHT)
    flipped = {name: (512 - x, y) for name, (x, y) in POINTS.items()}
    flipped["left_eye"], flipped["right_eye"] = flipped["right_eye"], flipped["left_eye"]
    assert_regions_lie_at(bench, mirrored, flipped)
