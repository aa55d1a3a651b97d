import json
from pathlib import Path

import pytest

from focalface.tools.face import landmarks

# The average of many frontal faces in a picture of 640 x 640 pixels.
MEAN = json.loads(
    (Path(__file__).parents[3] / "evals/suites/data/mean_face.json").read_text(encoding="utf-8")
)


def test_names_and_mesh_points_are_unique_and_in_step():
    assert len(set(landmarks.NAMES)) == len(landmarks.NAMES)
    assert len(set(landmarks.MESH)) == len(landmarks.MESH) == len(landmarks.NAMES)
    assert all(0 <= point < 478 for point in landmarks.MESH)


def test_index_gives_the_position_of_a_name():
    assert landmarks.NAMES[landmarks.INDEX["left_mouth_corner"]] == "left_mouth_corner"
    assert landmarks.MESH[landmarks.INDEX["nose_tip"]] == 1


def test_every_landmark_is_in_exactly_one_group():
    grouped = [name for names in landmarks.GROUPS.values() for name in names]
    assert sorted(grouped) == sorted(landmarks.NAMES)


def test_mirroring_twice_gives_the_same_point():
    assert [landmarks.MIRROR[i] for i in landmarks.MIRROR] == list(range(len(landmarks.NAMES)))


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("left_brow_upper_1", "right_brow_upper_1"),
        ("right_iris", "left_iris"),
        ("nose_tip", "nose_tip"),
        ("lip_upper_top", "lip_upper_top"),
    ],
)
def test_a_landmark_has_a_mirror_on_the_other_side(name, other):
    assert landmarks.mirrored(name) == other


def test_left_is_the_subjects_left_which_is_right_in_a_picture_of_someone_who_faces_us():
    for name, (x, _) in MEAN.items():
        if name.startswith("left_"):
            assert x > MEAN[landmarks.mirrored(name)][0], name


def test_flipping_an_average_face_gives_nearly_the_same_face():
    points = [tuple(MEAN[name]) for name in landmarks.NAMES]
    width = MEAN["forehead_top"][0] + MEAN["chin_bottom"][0]
    flipped = landmarks.mirror(points, width)
    eyes = MEAN["left_iris"][0] - MEAN["right_iris"][0]
    for (x, y), (u, v), name in zip(points, flipped, landmarks.NAMES, strict=True):
        assert abs(x - u) < 0.06 * eyes and abs(y - v) < 0.06 * eyes, name


@pytest.mark.parametrize(
    "order",
    [
        ["forehead_top", "left_brow_upper_3", "left_brow_lower_3", "left_lid_upper_3"],
        ["left_lid_upper_3", "left_iris", "left_lid_lower_3", "left_under_eye_3"],
        ["nose_root", "nose_tip", "nose_base", "lip_upper_top", "lip_lower_bottom", "chin_bottom"],
        ["left_nasolabial_1", "left_nasolabial_3", "left_nasolabial_5"],
    ],
)
def test_points_follow_each_other_down_the_face(order):
    heights = [MEAN[name][1] for name in order]
    assert heights == sorted(heights)


def test_points_of_a_row_run_from_the_outer_to_the_inner_end():
    for row in ("brow_upper", "brow_lower", "lid_upper", "lid_lower"):
        xs = [MEAN[f"left_{row}_{i}"][0] for i in range(1, 6)]
        assert xs == sorted(xs, reverse=True), row
