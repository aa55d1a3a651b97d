"""Answers that need no look at a face."""

import pytest

from focalface.agent import replies


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("When you say left, is it my left or the left of the person?", "of the person in the"),
        ("is my picture sent anywhere or does it stay on my computer?", "stay on this machine"),
        ("are the photos uploaded to a cloud", "stay on this machine"),
        ("what is the weather like?", None),
        ("what colour is her left shoe?", None),
    ],
)
def test_questions_on_the_program_itself_get_its_answer(question, told):
    said = replies.about_us(question)
    assert (said is None) if told is None else (told in said)
