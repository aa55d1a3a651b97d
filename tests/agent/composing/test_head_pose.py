"""Questions on how the head is held, answered from the pose of the face."""

import made_up
import pytest
from composed import SCENE, seen

from focalface.agent.basics.evidence import Evidence
from focalface.agent.basics.scene import Scene
from focalface.agent.checking.check import check
from focalface.agent.composing.compose import Observations, compose
from focalface.agent.understanding import parse
from focalface.tools.types import Pose


@pytest.mark.parametrize(
    "question",
    [
        "is the head tilted?",
        "how far is his head turned?",
        "does she hold her head to the side?",
        "what is the head pose?",
        "is his head down?",
    ],
)
def test_the_head_is_asked_for_and_nothing_else(question):
    intent = parse(question)
    assert (intent.attributes, intent.regions) == (("head_pose",), ("face",))


@pytest.mark.parametrize("question", ["is the mouth tilted?", "is he shaking his head?"])
def test_other_things_that_tilt_or_shake_are_not_the_head_s_pose(question):
    assert "head_pose" not in parse(question).attributes


@pytest.mark.parametrize(
    ("pose", "said"),
    [
        (Pose(pitch=0, yaw=0, roll=0), "The head is held straight, within 10° in every direction."),
        (Pose(pitch=0, yaw=22.4, roll=0), "The head is turned to their left 22°."),
        (
            Pose(pitch=-15, yaw=0, roll=12),
            "The head is lowered 15° and tilted to their right 12°.",
        ),
    ],
)
def test_the_answer_is_the_pose_in_words_and_passes_the_check(pose, said):
    scene = Scene("img", 100, 100, (made_up.face(pose=pose),))
    evidence = Evidence(scene, (seen("face"),))
    draft = compose(
        parse("how is the head held?"), Observations((evidence,), None, ("fac_1",)), expert=False
    )
    checked = check(draft.text, [evidence])
    assert checked.faults == ()
    assert checked.text == said


def test_a_wrong_angle_does_not_pass_the_check():
    wrong = "The head is turned to their left 40°. [reg_face]"
    assert check(wrong, [Evidence(SCENE, (seen("face"),))]).claims == ()
