"""Landmarks as a target: they follow the crop and its mirror image; far shapes teach more."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("tqdm")

from focalface.tools.face.landmarks import INDEX, MESH  # noqa: E402
from focalface.tools.training.describer.augment import Place  # noqa: E402
from focalface.tools.training.describer.reading import shapes  # noqa: E402

OUTER = [INDEX[f"{side}_eye_outer"] for side in ("right", "left")]


def test_the_points_are_where_the_crop_shows_them(rows):
    place = Place(*rows.place(1))
    near = shapes.of_row(rows, 1, place, 1.0).points
    moved = shapes.of_row(rows, 1, place.then(0.5 + 0j, 0.1 + 0.2j), 1.0).points
    assert np.allclose(moved, near * 0.5 + [0.1, 0.2], atol=1e-5)


def test_a_turned_crop_turns_the_pose(rows):
    place = Place(*rows.place(1))
    spin = complex(np.exp(1j * np.deg2rad(30)))
    upright, turned = (shapes.of_row(rows, 1, p, 1.0) for p in (place, place.then(spin, 0j)))
    assert turned.pose[2] == pytest.approx(upright.pose[2] - 1, abs=1e-4)


def test_a_mirrored_face_keeps_its_points_in_order(rows):
    """The right eye's points stay left of the left eye's, whatever was mirrored."""
    found = shapes.of_row(rows, 1, Place(*rows.place(1)), 1.0)
    for shape in (found, found.mirrored()):
        right, left = shape.points[OUTER, 0]
        assert right < left
    assert np.allclose(found.mirrored().mirrored().points, found.points)


def test_a_shape_without_landmarks_teaches_nothing(rows):
    nothing = shapes.of_row(rows, 1, Place(*rows.place(1)), 0.0)
    assert nothing.weight == 0
    assert nothing.points.shape == (len(MESH), 2)


def test_a_shape_far_from_the_mean_is_found_whatever_its_place_and_turn():
    rng = np.random.default_rng(0)
    mean = rng.uniform(0.2, 0.8, (220, 2))
    faces = mean + rng.normal(0, 0.004, (40, 220, 2))
    faces[7, :40] += 0.1
    spins = np.exp(1j * rng.uniform(-0.5, 0.5, 40)) * rng.uniform(0.5, 2, 40)
    z = (faces[..., 0] + 1j * faces[..., 1]) * spins[:, None] + rng.normal(0, 1, (40, 1))
    moved = np.stack([z.real, z.imag], -1).astype(np.float32)
    assert shapes.shape_distance(moved).argmax() == 7
