"""Crops, alignments and region masks: pure geometry on made-up faces and pictures."""

import math

import numpy as np
import pytest

from focalface.tools.describers.embedded import alignment
from focalface.tools.types import Box, Keypoints


def keypoints_at(scale: float, turn: float, shift: complex) -> Keypoints:
    """The template's points under a similarity: ``turn`` degrees counter-clockwise as seen."""
    z = alignment.TEMPLATE[:, 0] + 1j * alignment.TEMPLATE[:, 1]
    z = scale * np.exp(-1j * math.radians(turn)) * z + shift
    right_eye, left_eye, nose, right_mouth, left_mouth = ((float(v.real), float(v.imag)) for v in z)
    return Keypoints(
        left_eye=left_eye,
        right_eye=right_eye,
        nose=nose,
        left_mouth=left_mouth,
        right_mouth=right_mouth,
    )


@pytest.mark.parametrize("turn", [0.0, 30.0, -75.0, 170.0])
@pytest.mark.parametrize("scale", [20.0, 640.0])
def test_an_alignment_finds_size_and_turn_of_a_face(scale, turn):
    place = alignment.by_keypoints(keypoints_at(scale, turn, 300 + 200j))
    assert place.side == pytest.approx(scale, rel=1e-4)
    assert place.turn == pytest.approx(turn, abs=0.01)


def test_points_go_to_the_crop_and_back():
    place = alignment.by_keypoints(keypoints_at(123.0, 20.0, 40 + 70j))
    points = [(10.0, 20.0), (300.5, 7.25), (-40.0, 900.0)]
    assert np.allclose(place.to_image(place.to_crop(points)), points, atol=0.01)


def test_a_box_puts_the_face_in_the_middle_of_the_crop():
    place = alignment.by_box(Box(x1=100, y1=50, x2=180, y2=150))
    assert np.allclose(place.to_crop([(140.0, 100.0)]), [[0.505, 0.46]], atol=1e-3)
    assert place.turn == 0


def test_alignments_differ_when_the_crop_moves_a_tenth_but_not_a_hundredth():
    place = alignment.by_keypoints(keypoints_at(100.0, 0.0, 0j))
    near = alignment.by_keypoints(keypoints_at(100.0, 0.0, 1 + 0j))
    far = alignment.by_keypoints(keypoints_at(100.0, 0.0, 10 + 0j))
    turned = alignment.by_keypoints(keypoints_at(100.0, 12.0, 0j))
    assert not place.differs(near)
    assert place.differs(far)
    assert place.differs(turned)


def ramp(height: int, width: int) -> np.ndarray:
    """A grey picture that brightens to the right and downwards by 0.2 a pixel."""
    y, x = np.mgrid[:height, :width] + 0.5
    grey = 0.2 * (x + y)
    return np.repeat(np.clip(grey, 0, 255).astype(np.uint8)[..., None], 3, 2)


@pytest.mark.parametrize("side", [60.0, 150.0, 420.0])
def test_a_crop_shows_the_picture_where_the_alignment_says(side):
    place = alignment.Alignment(complex(1 / side), complex(-60 / side, -80 / side))
    crop = alignment.cut(ramp(600, 600), place).astype(float)
    for x, y in ((0.25, 0.25), (0.5, 0.5), (0.75, 0.5)):
        expected = 0.2 * (60 + x * side + 80 + y * side)
        assert crop[int(y * 96), int(x * 96)] == pytest.approx(expected, abs=2.0)


def test_a_crop_beyond_the_border_repeats_the_edge():
    picture = np.full((40, 40, 3), 90, np.uint8)
    place = alignment.Alignment(complex(1 / 400), complex(0.45, 0.45))
    assert (alignment.cut(picture, place) == 90).all()


def test_a_crop_far_off_the_picture_is_no_error():
    picture = np.full((40, 40, 3), 90, np.uint8)
    place = alignment.Alignment(complex(1 / 50), complex(-30, -30))
    assert alignment.cut(picture, place).shape == (96, 96)


def test_red_and_blue_are_not_swapped():
    place = alignment.Alignment(complex(1 / 96), 0j)
    red, blue = np.zeros((2, 96, 96, 3), np.uint8)
    red[..., 0] = blue[..., 2] = 200
    assert alignment.cut(red, place)[48, 48] == 60
    assert alignment.cut(blue, place)[48, 48] == 23
