"""Made-up faces for tests of pure code: the average face, moved, rolled, scaled and mirrored."""

import json
import math
from pathlib import Path

import pytest

from focalface.tools.face import landmarks
from focalface.tools.types import Box, Face, Keypoints, Pose

MEAN = json.loads(
    (Path(__file__).parents[2] / "evals/suites/data/mean_face.json").read_text(encoding="utf-8")
)
"""Landmark name -> (x, y) of the average of many frontal faces in a picture of 640 x 640."""


def face_of(points, *, face_id="fac_test", yaw=0.0, pitch=0.0, roll=0.0):
    """A face with these landmarks."""
    points = tuple((float(x), float(y)) for x, y in points)
    at = {name: points[i] for name, i in landmarks.INDEX.items()}
    xs, ys = zip(*points, strict=True)
    return Face(
        id=face_id,
        image_id="img_test",
        box=Box(x1=min(xs), y1=min(ys), x2=max(xs), y2=max(ys)),
        score=1.0,
        keypoints=Keypoints(
            left_eye=at["left_iris"],
            right_eye=at["right_iris"],
            nose=at["nose_tip"],
            left_mouth=at["left_mouth_corner"],
            right_mouth=at["right_mouth_corner"],
        ),
        landmarks=points,
        pose=Pose(pitch=pitch, yaw=yaw, roll=roll),
    )


def moved(face, *, scale=1.0, turn=0.0, shift=(0.0, 0.0), about=(320.0, 320.0)):
    """The face scaled and turned counter-clockwise by ``turn`` degrees about a point, shifted."""
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))

    def move(point):
        x, y = (point[0] - about[0]) * scale, (point[1] - about[1]) * scale
        return (
            cos * x + sin * y + about[0] + shift[0],
            -sin * x + cos * y + about[1] + shift[1],
        )

    return face_of([move(p) for p in face.landmarks], roll=turn, yaw=face.pose.yaw), move


@pytest.fixture
def mean_face():
    """The average face in the middle of a picture of 640 x 640; called with a pose."""
    return lambda **pose: face_of([MEAN[name] for name in landmarks.NAMES], **pose)


@pytest.fixture
def face_with():
    """Makes a face from landmarks."""
    return face_of


@pytest.fixture
def move_face():
    """Scales, turns (counter-clockwise, degrees) and shifts a face."""
    return moved
