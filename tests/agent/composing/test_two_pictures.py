"""What changed between two pictures: the expression and the movements of each, both named."""

import made_up
import pytest
from composed import FACE, seen

from focalface.agent.basics.evidence import Evidence
from focalface.agent.basics.scene import Scene
from focalface.agent.checking.own import verified
from focalface.agent.composing.compose import Observations, compose
from focalface.agent.understanding import Context, parse

OTHER = FACE.model_copy(update={"id": "fac_2", "image_id": "second"})


def told(question, first, second):
    before = Evidence(Scene("img", 100, 100, (FACE,), "one.jpg"), tuple(first))
    moved = (d.model_copy(update={"region": d.region.model_copy(
        update={"face_id": "fac_2", "id": f"{d.region.id}_2"})}) for d in second)  # fmt: skip
    after = Evidence(Scene("second", 100, 100, (OTHER,), "two.jpg"), tuple(moved))
    intent = parse(question, Context(count=1, pictures=2))
    draft = compose(intent, Observations((after,), before, ("fac_2",)), expert=False)
    checked = verified(draft.says, [before, after])
    assert checked.faults == ()
    return checked.text


FEAR = [seen("face", [("AU1", 0.8, 0.8), ("AU10", 0.1, 0.1)], emotion=("fear", 0.8))]
DISGUST = [seen("face", [("AU1", 0.0, 0.0), ("AU10", 0.9, 0.9)], emotion=("disgust", 0.8))]


def test_another_mood_is_a_yes_to_whether_it_differs():
    assert told("is the mood different in the two pictures?", FEAR, DISGUST) == (
        "Yes, the face in one.jpg strongly suggests fear; the face in two.jpg strongly suggests "
        "disgust."
    )


def test_what_changed_is_told_with_the_movements_of_each_picture():
    assert told("what changed between the two pictures?", FEAR, DISGUST) == (
        "The face in one.jpg strongly suggests fear; the face in two.jpg strongly suggests "
        "disgust. The face in one.jpg shows more inner brow raising, the face in two.jpg more "
        "upper lip raising."
    )


def test_pictures_that_move_alike_differ_in_nothing():
    text = told("is the mood different in the two pictures?", FEAR, FEAR)
    assert text.startswith("No, ")
    assert "more" not in text


@pytest.mark.parametrize(
    ("second", "start"),
    [(FEAR, "Yes: both faces suggest fear"), (DISGUST, "Not all: the face in one.jpg")],
)
def test_whether_both_pictures_show_it_is_answered_by_yes_or_no(second, start):
    assert told("are both of them afraid in the two pictures?", FEAR, second).startswith(start)


@pytest.mark.parametrize(
    ("question", "second", "start"),
    [
        ("do they have the same expression?", FEAR, "Yes, both suggest fear and show inner brow"),
        ("do they have the same expression?", DISGUST, "No, the face in one.jpg strongly"),
    ],
)
def test_whether_two_pictures_are_alike_is_answered_by_yes_or_no(question, second, start):
    assert told(question, FEAR, second).startswith(start)


def test_pictures_that_are_level_are_told_to_be_so_first():
    text = told("which picture looks more afraid?", FEAR, FEAR)
    assert text.startswith("Neither is clearer: ")


def test_an_emotion_that_is_named_is_compared_alone():
    text = told("which picture looks more afraid?", FEAR, DISGUST)
    assert text.startswith("The face in one.jpg suggests more fear")
    assert text.count(".") == text.count(".jpg") + 1


def test_of_two_that_are_both_happy_the_wider_smile_decides():
    smiles = [
        [seen("face", [("AU12", level, level), ("AU6", 0.1, 0.1)], emotion=("happiness", share))]
        for level, share in ((0.4, 0.98), (0.9, 0.97))
    ]
    assert told("which of the two men is happier?", *smiles) == (
        "The face in two.jpg suggests more happiness: a smile is slight in one.jpg; a smile is "
        "strong in two.jpg."
    )


def test_a_reason_that_argues_for_the_other_picture_is_not_given():
    first = [seen("face", [("AU1", 0.4, 0.4)], emotion=("fear", 0.7))]
    second = [seen("face", [("AU1", 0.8, 0.8)], emotion=("fear", 0.52))]
    text = told("which picture looks more afraid?", first, second)
    assert text == "The face in one.jpg suggests more fear: 70% in one.jpg; 52% in two.jpg."


def test_a_face_that_moves_as_another_emotion_does_not_share_the_first_one():
    sad = [("AU1", 0.8, 0.8), ("AU4", 0.5, 0.5), ("AU15", 0.6, 0.6)]
    hanging = seen("face", sad).model_copy(
        update={"emotion": made_up.emotion(fear=0.58, sadness=0.29)}
    )
    text = told("do they have the same expression?", FEAR, [hanging])
    assert text.startswith(
        "No, the face in one.jpg strongly suggests fear; the face in two.jpg could"
    )
