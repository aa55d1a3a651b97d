"""Faces keep their numbers: crossing a pause, leaving, coming in, changing their order."""

import pytest

from focalface.tools.clips.tracks import LOST, Tracks
from focalface.tools.types import Box, Face, Keypoints, Pose

pytest.importorskip("trackers", reason="needs the extra 'video'")

POINTS = Keypoints(
    left_eye=(0, 0), right_eye=(0, 0), nose=(0, 0), left_mouth=(0, 0), right_mouth=(0, 0)
)


def face(x: float, y: float = 50, size: float = 60, score: float = 0.9) -> Face:
    return Face(
        id=f"fac_{x}",
        image_id="img",
        box=Box(x1=x, y1=y, x2=x + size, y2=y + size),
        score=score,
        keypoints=POINTS,
        landmarks=(),
        pose=Pose(pitch=0, yaw=0, roll=0),
    )


def test_two_faces_that_move_keep_their_numbers_whatever_their_order() -> None:
    tracks = Tracks()
    for step in range(20):
        faces = [face(10 + 4 * step), face(400 - 4 * step)]
        if step % 2:
            assert tracks.follow(faces[::-1], 0.04 * step) == [2, 1]
        else:
            assert tracks.follow(faces, 0.04 * step) == [1, 2]


def test_a_face_is_numbered_at_its_first_sight_and_a_new_one_gets_the_next() -> None:
    tracks = Tracks()
    assert tracks.follow([face(10)], 0.0) == [1]
    assert tracks.follow([face(12), face(300)], 0.04) == [1, 2]
    assert tracks.follow([face(14), face(302), face(500)], 0.08) == [1, 2, 3]


def test_frames_without_faces_do_not_cost_a_number_until_it_is_lost() -> None:
    tracks = Tracks()
    for step in range(5):
        tracks.follow([face(100)], 0.2 * step)
    for step in range(5, 9):
        assert tracks.follow([], 0.2 * step) == []
    assert tracks.follow([face(100)], 1.8) == [1]
    assert tracks.follow([face(100)], 1.8 + LOST + 1) == [2]


def test_unsure_faces_are_followed_too_and_steps_may_be_long() -> None:
    tracks = Tracks()
    numbers = [tracks.follow([face(100 + 5 * n, score=0.4)], 0.5 * n) for n in range(6)]
    assert numbers == [[1]] * 6
