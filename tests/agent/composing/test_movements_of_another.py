"""A face that is read as one emotion, not surely, and moves as another: both are told."""

import pytest
from composed import answer, seen
from made_up import emotion

from focalface.tools.face import combinations

SAD = [("AU1", 0.8, 0.8), ("AU4", 0.5, 0.5), ("AU15", 0.6, 0.6), ("AU5", 0.2, 0.2)]


def face(levels, **shares):
    found = seen("face", levels)
    return found.model_copy(update={"emotion": emotion(**shares)})


HANGING = face(SAD, fear=0.58, sadness=0.29)


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("what does the expression suggest?", "The expression could suggest sadness or fear."),
        ("is he sad?", "Probably: the expression could suggest sadness or fear."),
        ("is he scared?", "Probably: the expression could suggest sadness or fear."),
        ("is he happy?", "No, the expression could suggest sadness or fear rather than happiness."),
        ("sad or afraid?", "Sadness rather than fear, if only just."),
    ],
)
def test_both_emotions_are_told(question, start):
    assert answer(question, HANGING)[0].startswith(start)


def test_what_the_movements_go_with_is_told_after_it():
    text, _ = answer("what does the expression suggest?", HANGING)
    assert text.endswith(
        "By themselves, inner brow raising, brow lowering and a downturned mouth go best with "
        "sadness."
    )


@pytest.mark.parametrize(
    ("shares", "levels"),
    [
        ({"fear": 0.8, "sadness": 0.15}, SAD),  # sure of it
        ({"fear": 0.58, "sadness": 0.05}, SAD),  # hardly thinkable
        ({"fear": 0.58, "sadness": 0.29}, SAD[:2]),  # a part of the pattern
        ({"fear": 0.58, "sadness": 0.29}, [*SAD, ("AU12", 0.5, 0.5)]),  # a smile speaks against it
        ({"sadness": 0.58, "fear": 0.29}, SAD),  # its own pattern
    ],
)
def test_a_face_that_is_sure_or_moves_otherwise_has_one_emotion(shares, levels):
    found = face([*levels, ("AU15", 0.0, 0.0)] if len(levels) < 3 else levels, **shares)
    text, _ = answer("what does the expression suggest?", found)
    assert "could suggest" not in text


def test_the_rule_needs_all_of_a_pattern_and_nothing_against_it():
    shares = emotion(fear=0.58, sadness=0.29).probabilities
    assert combinations.rival(shares, {"AU1": 0.8, "AU4": 0.5}) is None
    found = combinations.rival(shares, {"AU1": 0.8, "AU4": 0.5, "AU15": 0.6})
    assert found is not None and found.emotion == "sadness"
