"""A face that is read as one emotion, not surely, and moves as another: both are told."""

import made_up
import pytest
from composed import answer, seen
from made_up import emotion

from focalface.tools.face import combinations

SAD = [("AU1", 0.8, 0.8), ("AU4", 0.5, 0.5), ("AU15", 0.6, 0.6), ("AU5", 0.32, 0.32)]
"""The upper lids are too near the threshold to speak against sadness."""


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
        ("sad or afraid?", "Sadness rather than fear, if only just. By themselves, inner brow"),
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


RAISED = [("AU1", 0.6, 0.6), ("AU2", 0.7, 0.7), ("AU5", 0.4, 0.4), ("AU4", 0.0, 0.0)]
MASK = made_up.reading(made_up.region("mouth", visibility=0.1, hidden_by="a mask"))


@pytest.mark.parametrize(
    ("question", "start"),
    [
        (
            "how does he feel?",
            "By themselves, inner brow raising, outer brow raising and upper lid",
        ),
        ("is he happy?", "I cannot tell: by themselves, inner brow raising"),
        ("is he surprised?", "Possibly: by themselves, inner brow raising"),
    ],
)
def test_behind_a_mask_the_movements_that_show_are_what_is_told(question, start):
    text, _ = answer(question, face([*RAISED, ("AU6", 0, 0)], happiness=0.4, neutral=0.3), MASK)
    assert text.startswith(start)
    assert text.endswith("go best with surprise. The mouth is hidden by a mask.")


@pytest.mark.parametrize(
    ("shares", "levels"),
    [
        ({"happiness": 0.8}, [*RAISED, ("AU6", 0, 0)]),  # sure of it
        ({"happiness": 0.5}, [*RAISED, ("AU6", 0.6, 0.6)]),  # the cheeks bear it out
        ({"happiness": 0.5}, [("AU1", 0.6, 0.6)]),  # one movement tells too little
    ],
)
def test_a_mask_changes_nothing_where_the_rest_bears_the_reading_out(shares, levels):
    text, _ = answer("how does he feel?", face(levels, **shares), MASK)
    assert "happiness" in text


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        (
            [("AU17", 0.6)],
            "Possibly: chin raising goes with disgust, but the whole does not settle",
        ),
        ([("AU17", 0.0)], "No, what moves at the chin does not go with disgust."),
    ],
)
def test_a_part_without_an_emotion_of_its_own_is_judged_by_what_moves(levels, said):
    text, _ = answer("does the chin suggest disgust?", seen("chin", levels))
    assert text.startswith(said)


@pytest.mark.parametrize(
    ("smile", "said"),
    [(0.35, "Yes, it looks so: the expression suggests mild happiness."),
     (0.7, "Yes, it looks so: the expression strongly suggests happiness.")],
)  # fmt: skip
def test_a_slight_smile_is_mild_happiness_however_sure(smile, said):
    levels = [("AU12", smile, smile), ("AU6", 0.0, 0.0)]
    text, _ = answer("is he happy?", face(levels, happiness=0.85))
    assert text.startswith(said)
