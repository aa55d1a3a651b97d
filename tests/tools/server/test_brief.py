"""Results made small: what is left out, in which order, and that the words still say it all."""

import json

import made_up
import pytest

from focalface.tools.face.regions import ATLAS
from focalface.tools.server import brief, summary, text
from focalface.tools.types import (
    Attributes,
    EmotionEstimate,
    Face,
    Keypoints,
    Pose,
    Region,
    RegionDescription,
)

POINT = (1.23456, 2.34567)
ODDS = {"neutral": 0.249, "happiness": 0.75, "anger": 0.001}


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


def region(name: str, **more: object) -> Region:
    about = {"polygon": (POINT, (3, 4), (5, 6)), "visibility": 0.75} | more
    return made_up.region(name, box=made_up.box(1, 2, 5, 6), **about)


def reading(name: str = "mouth", **more: object) -> RegionDescription:
    units = (
        made_up.unit("AU25", 0.04),
        made_up.unit("AU12", 0.62345, "left"),
        made_up.unit("AU12", 0.05, "right"),
    )
    about = {
        "text": "A smile. It suggests happiness.",
        "not_assessed": ("AU23",),
        "emotion": EmotionEstimate(label="happiness", probabilities=ODDS),
        "age": made_up.age(31.6, 25.2, 40.4),
        "limits": ("It is small.",),
    }
    return made_up.reading(region(name), units, **(about | more))


def structure(found: list[RegionDescription]) -> brief.Data:
    return {
        "summary": summary.of_findings(found, {"fac_1": 1}),
        "caution": summary.READINGS,
        "descriptions": [brief.description(one, "brief") for one in found],
        "describer": "test",
        "device": "cpu",
    }


def test_a_brief_face_has_no_keypoints_and_no_landmarks_unless_asked_for() -> None:
    data = brief.face(face(yaw=1.23456), 3, "brief", landmarks=False)
    assert data["number"] == 3 and not {"keypoints", "landmarks"} & set(data)
    assert data["box"] == {"x1": 10.1, "y1": 20.2, "x2": 110.4, "y2": 140.1}
    assert "landmarks" in brief.face(face(), 1, "brief", landmarks=True)


def test_a_full_face_reads_back_as_ours() -> None:
    data = brief.face(face(yaw=1.23456), 1, "full", landmarks=True)
    assert Face.model_validate(data).pose.yaw == 1.2346
    assert data["keypoints"]["nose"] == [1.23, 2.35]


def test_a_full_description_reads_back_as_ours() -> None:
    data = brief.description(reading(), "full")
    back = RegionDescription.model_validate(data)
    assert back.region.polygon and back.action_units[1].intensity == 0.6234


def test_a_brief_description_names_absent_units_once_and_keeps_both_sides_of_others() -> None:
    data = brief.description(reading(), "brief")
    assert data["absent"] == ["AU25"]
    assert [(u["code"], u["side"]) for u in data["action_units"]] == [
        ("AU12", "left"),
        ("AU12", "right"),
    ]
    assert "polygon" not in data["region"]
    assert data["emotion"]["probabilities"] == {"happiness": 0.75, "neutral": 0.25}


def test_new_fields_of_a_reading_come_along_by_themselves() -> None:
    seen = reading(attributes=Attributes(glasses="dark", teeth=False), limits=())
    made = seen.model_copy(update={"region": region("mouth", hidden_by="a hand")})
    data = brief.description(made, "brief")
    assert data["attributes"] == {"glasses": "dark", "teeth": False}
    told = text.of_findings(structure([made]))
    assert "glasses dark" in told and "teeth no" in told and "hidden by a hand" in told


def test_what_fits_is_left_as_it_is() -> None:
    data = structure([reading()])
    assert brief.shorten_structure(data) is data


@pytest.mark.parametrize("most", [12_000, 8_000, 4_000])
def test_all_regions_fit_whatever_their_sentences(most: int) -> None:
    wordy = [reading(name, text=f"{name} moves. {'So much to say. ' * 30}") for name in ATLAS]
    data = brief.shorten_structure(structure(wordy), most)
    assert brief.size(data) <= most
    assert [one["region"]["name"] for one in data["descriptions"]] == list(ATLAS)
    assert "AU12" in data["summary"]
    assert "Shortened to fit" in data["summary"]


def test_sentences_are_kept_longer_than_handles_and_numbers_of_parts() -> None:
    found = structure([reading(name, text=f"{name} moves. More is said.") for name in ATLAS])
    data = brief.shorten_structure(found, 9_500)
    assert all(one["text"].endswith("moves.") for one in data["descriptions"])
    assert not any("id" in one["region"] for one in data["descriptions"])


def test_the_whole_face_keeps_its_emotion_when_parts_lose_theirs() -> None:
    data = brief.shorten_structure(structure([reading(name) for name in ATLAS]))
    by_name = {one["region"]["name"]: one for one in data["descriptions"]}
    assert "emotion" in by_name["face"] and "emotion" not in by_name["left_cheek"]


def test_the_summary_says_movement_emotion_age_and_what_is_unknown() -> None:
    told = summary.of_findings([reading("mouth"), reading("face", text="x")], {"fac_1": 2})
    assert told == (
        "Face 2, mouth, face: AU12 lip corner puller left 0.62, right 0.05. face suggests "
        "happiness (0.75). face looks 32 years (25 to 40). not assessed: AU23."
    )


def test_a_hidden_region_is_named_in_the_summary() -> None:
    hidden = reading().model_copy(update={"region": region("mouth", visibility=0.2)})
    assert "hidden: mouth" in summary.of_findings([hidden], {})


def test_the_text_tells_what_the_structure_tells() -> None:
    data = structure([reading(), made_up.reading(region("chin"), text="Nothing to tell.")])
    told = text.of_findings(data)
    assert told.splitlines()[1:4] == [
        "mouth (region_id reg_mouth, visibility 0.75): A smile. It suggests happiness.",
        "  AU12 left 0.62, right 0.05; absent AU25; not assessed AU23; happiness 0.75, "
        "neutral 0.25; apparent age 32 (25 to 40)",
        "  Limit: It is small.",
    ]
    assert "chin (region_id reg_chin, visibility 0.75): Nothing to tell." in told
    assert told.startswith(data["summary"]) and told.endswith(data["caution"])


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
    page = {
        "summary": "One face.",
        "caution": "Careful.",
        "image_id": "img_1",
        "faces": [brief.face(face(**pose), 1, "brief", landmarks=False)],
    }
    assert words in text.of_faces(page, 1)


@pytest.mark.parametrize(
    ("total", "shown", "words"),
    [
        (0, range(1, 1), "No face was found. Next."),
        (1, range(1, 2), "1 face, largest first. Next."),
        (370, range(21, 41), "370 faces, largest first; here are 21 to 40, pass next_cursor"),
    ],
)
def test_the_total_is_always_said(total: int, shown: range, words: str) -> None:
    assert words in summary.of_faces("a.jpg", (640, 480), total, shown, "Next.")


def test_a_proposal_gives_rank_handle_and_reason() -> None:
    asked = region("mouth", relevance=0.5, reason="it may smile")
    data = {
        "summary": "x",
        "caution": "y",
        "regions": [json.loads(json.dumps(brief.region(asked, "brief")))],
    }
    line = text.of_regions(data).splitlines()[1]
    assert line == "1. mouth (region_id reg_mouth, relevance 0.50, visibility 0.75): it may smile"
