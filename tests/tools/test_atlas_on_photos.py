"""The atlas on a real face, found by the packaged models: astronaut of scikit-image, 512 x 512."""

import numpy as np
import PIL.Image
import pytest
import skimage.data

from focalface.tools import Workbench, geometry

# Set by eye, subject's sides.
POINTS = {"left_eye": (245, 103), "right_eye": (203, 101), "mouth": (221, 149)}
CENTRE = (223, 125)


@pytest.fixture(scope="module")
def bench():
    return Workbench()


@pytest.fixture(scope="module")
def photo():
    return PIL.Image.fromarray(skimage.data.astronaut())


def names_at(bench, picture, point):
    """Which of the regions of the face at a point hold the point."""
    image = bench.open(picture)
    x, y = point
    found = bench.detect(image)
    face = next(f for f in found if f.box.x1 < x < f.box.x2 and f.box.y1 < y < f.box.y2)
    regions = bench.regions(image, face, list(POINTS))
    spot = np.array([point], dtype=float)
    return [r.name for r in regions if geometry.contains(r.polygon, spot)[0]]


@pytest.mark.parametrize("name", POINTS)
def test_regions_lie_where_a_person_sees_them(bench, photo, name):
    assert names_at(bench, photo, POINTS[name]) == [name]


@pytest.mark.parametrize("name", POINTS)
@pytest.mark.parametrize("turn", [-25, 20])
def test_they_stay_there_when_the_picture_is_turned(bench, photo, name, turn):
    turned = photo.rotate(turn, PIL.Image.Resampling.BICUBIC, center=CENTRE)
    angle = np.deg2rad(turn)
    x, y = np.subtract(POINTS[name], CENTRE)
    point = (
        CENTRE[0] + x * np.cos(angle) + y * np.sin(angle),
        CENTRE[1] - x * np.sin(angle) + y * np.cos(angle),
    )
    assert names_at(bench, turned, point) == [name]


def test_in_a_mirrored_picture_the_sides_change_places(bench, photo):
    mirrored = photo.transpose(PIL.Image.Transpose.FLIP_LEFT_RIGHT)
    x, y = POINTS["left_eye"]
    assert names_at(bench, mirrored, (512 - x, y)) == ["right_eye"]
