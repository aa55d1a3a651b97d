import pytest

from focalface.tools import wire
from focalface.tools.types import (
    ActionUnit,
    AgeEstimate,
    Box,
    EmotionEstimate,
    Face,
    Keypoints,
    Pose,
    Region,
    RegionDescription,
    Side,
)
from focalface.tools.wire import DescribeResult, DetectResult, ProposeResult

POINT = (1.23456, 2.34567)


def face(*, pitch: float = 0, yaw: float = 0, roll: float = 0) -> Face:
    return Face(
        id="fac_1",
        image_id="img_1",
        box=Box(x1=10.06, y1=20.2, x2=110.4, y2=140.123456),
        score=0.987654,
        keypoints=Keypoints(
            left_eye=POINT, right_eye=POINT, nose=POINT, left_mouth=POINT, right_mouth=POINT
        ),
        landmarks=(),
        pose=Pose(pitch=pitch, yaw=yaw, roll=roll),
    )


def region(name: str, reason: str | None = None) -> Region:
    return Region(
        id=f"reg_{name}",
        face_id="fac_1",
        name=name,
        side="both",
        polygon=(POINT, (3, 4), (5, 6)),
        box=Box(x1=1, y1=2, x2=5, y2=6),
        visibility=0.75,
        relevance=0.5 if reason else None,
        reason=reason,
    )


def unit(code: str, side: Side, intensity: float) -> ActionUnit:
    return ActionUnit(code=code, name=f"name of {code}", side=side, intensity=intensity)


def detected(*faces: Face) -> DetectResult:
    return DetectResult(
        image_id="img_1", name="a.jpg", width=640, height=480, faces=faces, note="Next step."
    )


DESCRIBED = DescribeResult(
    image_id="img_1",
    face_id="fac_1",
    descriptions=(
        RegionDescription(
            region=region("mouth"),
            text="A smile.",
            action_units=(
                unit("AU25", "both", 0.04),
                unit("AU12", "left", 0.62345),
                unit("AU12", "right", 0.05),
                unit("AU4", "both", 0.2),
            ),
            not_assessed=("AU23", "AU24"),
            emotion=EmotionEstimate(
                label="happiness",
                probabilities={"neutral": 0.249, "happiness": 0.75, "anger": 0.001},
            ),
            age=AgeEstimate(years=31.6, low=25.2, high=40.4, group="30-39"),
            limits=("It is small.",),
            describer="embedded-1",
            device="cpu",
            milliseconds=1,
        ),
        RegionDescription(
            region=region("chin"),
            text="Nothing to tell.",
            action_units=(),
            not_assessed=(),
            emotion=None,
            age=None,
            limits=(),
            describer="embedded-1",
            device="cpu",
            milliseconds=1,
        ),
    ),
)


def test_pixels_keep_two_decimals_and_shares_four() -> None:
    data = wire.structure(detected(face(yaw=1.23456)))["faces"][0]
    assert data["box"] == {"x1": 10.06, "y1": 20.2, "x2": 110.4, "y2": 140.12}
    assert data["keypoints"]["nose"] == [1.23, 2.35]
    assert data["score"] == 0.9877
    assert data["pose"]["yaw"] == 1.2346


def test_no_faces_one_face_and_two_are_told_apart() -> None:
    assert "No face was found." in wire.detect_text(detected())
    assert " 1 face, largest first:" in wire.detect_text(detected(face()))
    text = wire.detect_text(detected(face(), face()))
    assert " 2 faces, largest first:" in text
    assert "2. face_id fac_1: box 10,20,110,140 (100 x 120 pixels), score 0.99" in text
    assert text.endswith("Next step.")


@pytest.mark.parametrize(
    ("pose", "words"),
    [
        ({}, "facing the camera"),
        ({"yaw": 9.9}, "facing the camera"),
        ({"yaw": 20}, "turned 20 degrees to its own left"),
        ({"yaw": -20}, "turned 20 degrees to its own right"),
        ({"pitch": 15.4}, "raised 15 degrees"),
        ({"pitch": -15.4}, "lowered 15 degrees"),
        ({"roll": 30}, "tilted 30 degrees counter-clockwise"),
        ({"yaw": 20, "roll": -30}, "to its own left, tilted 30 degrees clockwise"),
    ],
)
def test_the_pose_is_said_in_words(pose: dict[str, float], words: str) -> None:
    assert words in wire.detect_text(detected(face(**pose)))


def test_a_proposal_gives_rank_handle_and_reason() -> None:
    result = ProposeResult(image_id="i", face_id="f", regions=(region("mouth", "it may smile"),))
    line = wire.propose_text(result).splitlines()[1]
    assert line == ("1. mouth (region_id reg_mouth, relevance 0.50, visibility 0.75): it may smile")


def test_a_description_tells_everything_in_words() -> None:
    lines = wire.describe_text(DESCRIBED).splitlines()
    assert lines[:7] == [
        "mouth (region_id reg_mouth, visibility 0.75): A smile.",
        "  Action units: AU4 name of AU4 0.20; AU12 name of AU12 left 0.62, right 0.05",
        "  Absent (below 0.1): AU25",
        "  Not assessed (unknown, not absent): AU23, AU24",
        "  Emotion: happiness 0.75, neutral 0.25",
        "  Apparent age: 32 years (80 % interval 25 to 40), group 30-39",
        "  Limit: It is small.",
    ]


def test_what_was_not_found_takes_no_line() -> None:
    blocks = wire.describe_text(DESCRIBED).split("\n\n")
    assert blocks[1] == "chin (region_id reg_chin, visibility 0.75): Nothing to tell."
    assert "described by embedded-1 on cpu." in blocks[2]
