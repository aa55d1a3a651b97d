"""A haiku, a caption and how to look otherwise, from made-up readings only."""

import pytest
from composed import answer, seen

from focalface.agent.composing import playful

ANGRY = seen("face", [("AU4", 0.9), ("AU12", 0.02, 0.02), ("AU24", 0.6)], emotion=("anger", 0.9))
BLANK = seen("face", [("AU4", 0.02), ("AU12", 0.02, 0.02)], emotion=("neutral", 0.9))


def test_a_haiku_tells_what_moves_and_what_it_may_be():
    text, _ = answer("write a haiku about this face", ANGRY)
    assert text == (
        "Brows drawn low and tight, / the lips are pressed together; / this may be anger."
    )
    assert "It does not say what" in answer("a poem please", BLANK)[0].replace("it does", "It does")


def test_a_caption_names_what_shows():
    assert "angry look" in answer("how would you caption this?", ANGRY)[0]
    assert "calm face" in answer("give me a caption", BLANK)[0]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("how would I make him look friendlier?", ("more smile", "less brow lowering")),
        ("what should he change to look less angry?", ("less angry look", "less brow lowering")),
    ],
)
def test_what_to_change_follows_from_what_moves(question, words):
    text, _ = answer(question, ANGRY)
    assert all(word in text for word in words)


def test_every_unit_that_a_caption_may_meet_has_its_words():
    assert set(playful._BRIEF) >= {code for codes, _ in playful._LOWER for code in codes}
