"""What changed between two pictures: the expression and the movements of each, both named."""

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


def test_another_mood_is_told_with_the_movements_of_each_picture():
    assert told("is the mood different in the two pictures?", FEAR, DISGUST) == (
        "In one.jpg the face strongly suggests fear; in two.jpg the face strongly suggests "
        "disgust. In two.jpg there is more upper lip raising, in one.jpg more inner brow raising."
    )


def test_pictures_that_move_alike_differ_in_nothing():
    text = told("is the mood different in the two pictures?", FEAR, FEAR)
    assert "more" not in text


def test_an_emotion_that_is_named_is_compared_alone():
    text = told("which picture looks more afraid?", FEAR, DISGUST)
    assert text.startswith("The face in one.jpg suggests more fear")
    assert text.count(".") == text.count(".jpg") + 1
