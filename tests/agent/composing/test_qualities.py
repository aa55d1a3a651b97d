"""A quality that is no emotion is answered by the emotion that the face suggests."""

import pytest
from composed import answer, seen


@pytest.mark.parametrize(
    ("question", "emotion", "words"),
    [
        ("is she bored?", "neutral", ("Possibly: ", "which can go with boredom")),
        ("is she bored?", "happiness", ("Probably not: ", "does not go with boredom")),
        ("does he look confident?", "fear", ("Probably not: ", "does not go with confidence")),
    ],
)
def test_a_quality_goes_with_the_emotion_or_not(question, emotion, words):
    text, _ = answer(question, seen("face", emotion=(emotion, 0.9)))
    assert all(word in text for word in words)


def test_an_emotion_is_no_quality():
    text, _ = answer("is she happy?", seen("face", emotion=("happiness", 0.9)))
    assert "go with" not in text
