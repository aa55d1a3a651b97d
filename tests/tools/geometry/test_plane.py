import numpy as np
import pytest

from focalface.tools.geometry import plane

SQUARE = [(0, 0), (10, 0), (10, 10), (0, 10)]
NOTCHED = [(0, 0), (10, 0), (10, 10), (5, 5), (0, 10)]


@pytest.mark.parametrize(
    ("polygon", "area"), [(SQUARE, 100), (SQUARE[::-1], 100), (NOTCHED, 75), (SQUARE[:3], 50)]
)
def test_area_does_not_depend_on_the_direction(polygon, area):
    assert plane.area(polygon) == pytest.approx(area)


def test_a_notch_is_not_inside():
    points = np.array([(5.0, 2.0), (5.0, 9.0), (1.0, 8.0), (11.0, 5.0)])
    assert list(plane.contains(NOTCHED, points)) == [True, False, True, False]


@pytest.mark.parametrize(
    ("polygon", "area"),
    [
        ([(x - 5, y) for x, y in SQUARE], 50),
        ([(x - 5, y - 5) for x, y in SQUARE], 25),
        ([(x + 50, y) for x, y in SQUARE], 0),
        ([(-100, -100), (100, -100), (100, 100), (-100, 100)], 400),
    ],
)
def test_clipping_keeps_what_lies_in_the_picture(polygon, area):
    inside = plane.clip(polygon, 20, 20)
    assert (plane.area(inside) if inside else 0) == pytest.approx(area)


def test_samples_fill_the_polygon_evenly():
    points = plane.sample(NOTCHED, across=40)
    assert len(points) / 1600 == pytest.approx(0.75, abs=0.03)
    assert plane.contains(NOTCHED, points).all()
