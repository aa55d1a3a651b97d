"""Reasons never contradict what they are reasons for, and doubts never repeat their own words."""

import pytest
from composed import seen, talk

from focalface.tools.types import EmotionEstimate


def mixed(*levels, label="neutral", share=0.6, by=0.9):
    """A face that an onlooker would call by no emotion, or several."""
    face = seen("face", levels, emotion=(label, share))
    assert face.emotion
    estimate = EmotionEstimate(
        label=face.emotion.label, probabilities=face.emotion.probabilities, mixed=by
    )
    return face.model_copy(update={"emotion": estimate})


FROWN = ("AU4", 0.6, 0.6)
STILL = ("AU12", 0.02, 0.02)


def test_why_neutral_tells_what_speaks_for_it_and_against_it():
    face = seen("face", [FROWN, STILL], emotion=("neutral", 0.9))
    text = talk("what does she feel?", "why?", found=[face])
    assert text.startswith("Because the lip corners are not pulled up")
    assert "Against it: the skin between the brows is clearly furrowed" in text


def test_why_neutral_of_a_face_at_rest_has_nothing_against_it():
    face = seen("face", [("AU4", 0.02, 0.02), STILL], emotion=("neutral", 0.9))
    text = talk("what does she feel?", "why?", found=[face])
    assert text.startswith("Because the lip corners are not pulled up")
    assert "Against" not in text


@pytest.mark.parametrize(
    ("then", "start"),
    [
        ("why?", "Because the skin between the brows is clearly furrowed (brow lowering), which"),
        ("how sure, in percent?", "No single emotion with 90%; of the emotions, a neutral expr"),
        ("what speaks against it?", "No single emotion with 90%"),
        ("all emotions in percent", "No single emotion with 90%"),
        ("in one word?", "Mixed."),
        ("caption please", "Perhaps: “Brows down: a look that is hard to read”."),
        ("is she bored?", "I cannot tell: the expression suggests no single emotion."),
        ("happy or sad?", "Neither clearly: the expression suggests no single emotion."),
    ],
)
def test_a_face_without_a_single_emotion_is_told_so_in_every_form(then, start):
    assert talk("what does she feel?", then, found=[mixed(FROWN, STILL)]).startswith(start)


def test_a_face_that_is_hardly_mixed_keeps_its_emotion():
    face = mixed(FROWN, STILL, by=0.2)
    assert "no single" not in talk("what does she feel?", found=[face]).lower()
    assert talk("what's the expression in one word?", found=[face]) == "Neutral."


@pytest.mark.parametrize(
    ("question", "found", "text"),
    [
        ("why is her upper lip like that?",
         [seen("upper_lip", [("AU10", 0.8, 0.8), ("AU25", 0.4)])],
         "The upper lip is strongly raised. By itself, upper lip raising goes best with disgust."),
        ("why does her mouth look like that?",
         [seen("mouth", [("AU25", 0.4), ("AU20", 0.4, 0.4)])],
         "The lips are slightly parted and slightly stretched sideways."),
    ],
)  # fmt: skip
def test_why_a_part_looks_as_it_does_tells_what_moves_there_once(question, found, text):
    assert talk(question, found=found) == text


@pytest.mark.parametrize(
    ("code", "region", "said"),
    [
        ("AU15", "mouth", "A downturned mouth is a close call."),
        ("AU1", "left_brow", "Inner brow raising is a close call."),
        ("AU9", "upper_lip", "Nose wrinkling is a close call."),
    ],
)
def test_a_place_that_the_movement_names_is_not_named_again(code, region, said):
    text = talk("is it there? " + code, "what speaks against it?",
                found=[seen(region, [(code, 0.36, 0.36)])])  # fmt: skip
    assert text == said
