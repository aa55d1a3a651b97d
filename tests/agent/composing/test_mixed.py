"""A face that suggests no single emotion is told by what moves in it."""

import pytest
from composed import SCENE, answer, seen

from focalface.agent.basics.evidence import Evidence
from focalface.agent.composing import attributes
from focalface.tools.types import RegionDescription


def frowning(mixed: float) -> RegionDescription:
    still = [(unit, 0.0) for unit in ("AU1", "AU2", "AU5", "AU6", "AU7", "AU12", "AU20", "AU24")]
    face = seen("face", [*still, ("AU4", 0.6), ("AU25", 0.6)], emotion=("neutral", 0.65))
    assert face.emotion is not None
    return face.model_copy(update={"emotion": face.emotion.model_copy(update={"mixed": mixed})})


def test_no_emotion_is_named_and_the_movements_are():
    text, _ = answer("what does he feel?", frowning(0.9))
    assert text.startswith("The expression suggests no single emotion.")
    assert "brow lowering" in text
    assert "neutral" not in text


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("is he angry?", "Possibly: brow lowering goes with anger"),
        ("is he happy?", "Probably not: "),
        ("does he look neutral?", "Probably not: "),
    ],
)
def test_an_emotion_that_is_asked_for_is_possible_where_its_movements_show(question, start):
    text, _ = answer(question, frowning(0.9))
    assert text.startswith(start)


def test_a_face_that_is_hardly_mixed_keeps_its_emotion():
    text, _ = answer("what does he feel?", frowning(0.3))
    assert "neutral expression" in text


def test_of_two_emotions_both_are_told_by_what_goes_with_them():
    evidence = Evidence(SCENE, (frowning(0.9),))
    (told,) = attributes.emotion(evidence, expert=False, numbers=False, asked=("anger", "fear"))
    assert "goes with anger, " in told.text
    assert "go with fear" in told.text
