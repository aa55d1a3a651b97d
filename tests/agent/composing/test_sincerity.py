"""What "is it genuine?" is about: a smile that was spoken of, or the photo, which is not judged."""

import pytest

from focalface.agent.understanding import Context, LastTurn, parse

AFTER_A_SMILE = LastTurn(kind="recognise", attributes=("AU12",), regions=("mouth",))


@pytest.mark.parametrize(
    "question",
    [
        "what about her smile, is it genuine?",
        "Look at the smile. Is it genuine?",
        "is she smiling, and is it fake?",
    ],
)
def test_a_smile_in_the_same_question_is_meant(question):
    intent = parse(question)
    assert intent.attributes == ("genuineness",)
    assert intent.beyond == ()


@pytest.mark.parametrize(
    "question", ["is it genuine?", "is it real or fake?", "does it look forced?"]
)
def test_a_smile_of_the_turn_before_is_meant(question):
    assert parse(question, Context(count=1, last=AFTER_A_SMILE)).attributes == ("genuineness",)


@pytest.mark.parametrize(
    "question", ["is it genuine?", "is the photo real?", "is it photoshopped?"]
)
def test_without_a_smile_the_photo_is_meant_and_not_judged(question):
    assert parse(question).beyond == ("photo",)
