import made_up
import pytest

from focalface.tools.server import schema
from focalface.tools.server.schema import DescribeResult, DetectResult, ProposeResult
from focalface.tools.types import EmotionEstimate, Face, Keypoints, Pose, Region

POINT = (1.23456, 2.34567)


def face(**pose: float) -> Face:
    return made_up.face(
        image_id="img_1",
        box=made_up.box(10.06, 20.2, 110.4, 140.123456),
        score=0.987654,
        keypoints=Keypoints(
            left_eye=POINT, right_eye=POINT, nose=POINT, left_mouth=POINT, right_mouth=POINT
        ),
        pose=Pose(**{"pitch": 0, "yaw": 0, "roll": 0} | pose),
    )


def region(name: str, reason: str | None = None) -> Region:
    return made_up.region(
        name,
        polygon=(POINT, (3, 4), (5, 6)),
        box=made_up.box(1, 2, 5, 6),
        visibility=0.75,
        relevance=0.5 if reason else None,
        reason=reason,
    )


def detected(*faces: Face) -> DetectResult:
    return DetectResult(
        image_id="img_1", name="a.jpg", width=640, height=480, faces=faces, note="Next step."
    )


DESCRIBED = DescribeResult(
    image_id="img_1",
    face_id="fac_1",
    descriptions=(
        made_up.reading(
            region("mouth"),
            (
                made_up.unit("AU25", 0.04),
                made_up.unit("AU12", 0.62345, "left"),
                made_up.unit("AU12", 0.05, "right"),
                made_up.unit("AU4", 0.2),
            ),
            text="A smile.",
            not_assessed=("AU23", "AU24"),
            emotion=EmotionEstimate(
                label="happiness",
                probabilities={"neutral": 0.249, "happiness": 0.75, "anger": 0.001},
            ),
            age=made_up.age(31.6, 25.2, 40.4),
            limits=("It is small.",),
        ),
        made_up.reading(region("chin"), text="Nothing to tell."),
    ),
)


def test_pixels_keep_two_decimals_and_shares_four() -> None:
    data = schema.structure(detected(face(yaw=1.23456)))["faces"][0]
    assert data["box"] == {"x1": 10.06, "y1": 20.2, "x2": 110.4, "y2": 140.12}
    assert data["keypoints"]["nose"] == [1.23, 2.35]
    assert data["score"] == 0.9877
    assert data["pose"]["yaw"] == 1.2346


def test_no_faces_one_face_and_two_are_told_apart() -> None:
    assert "No face was found." in schema.detect_text(detected())
    assert " 1 face, largest first:" in schema.detect_text(detected(face()))
    text = schema.detect_text(detected(face(), face()))
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
    assert words in schema.detect_text(detected(face(**pose)))


def test_a_proposal_gives_rank_handle_and_reason() -> None:
    result = ProposeResult(image_id="i", face_id="f", regions=(region("mouth", "it may smile"),))
    line = schema.propose_text(result).splitlines()[1]
    assert line == ("1. mouth (region_id reg_mouth, relevance 0.50, visibility 0.75): it may smile")


def test_a_description_tells_everything_in_words() -> None:
    lines = schema.describe_text(DESCRIBED).splitlines()
    assert lines[:7] == [
        "mouth (region_id reg_mouth, visibility 0.75): A smile.",
        "  Action units: AU4 brow lowerer 0.20; AU12 lip corner puller left 0.62, right 0.05",
        "  Absent (below 0.1): AU25",
        "  Not assessed (unknown, not absent): AU23, AU24",
        "  Emotion: happiness 0.75, neutral 0.25",
        "  Apparent age: 32 years (80 % interval 25 to 40), group 30-39",
        "  Limit: It is small.",
    ]


def test_what_was_not_found_takes_no_line() -> None:
    blocks = schema.describe_text(DESCRIBED).split("\n\n")
    assert blocks[1] == "chin (region_id reg_chin, visibility 0.75): Nothing to tell."
    assert "described by test on cpu." in blocks[2]
