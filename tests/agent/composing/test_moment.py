"""What comes next, and what a feeling is about, is never told as if a picture showed it."""

import pytest
from composed import answer, seen

from focalface.agent.understanding import parse

ABOUT = "What it is about, a picture does not show"


def face(label="anger", share=0.9):
    return seen("face", [("AU4", 0.7, 0.7)], emotion=(label, share))


@pytest.mark.parametrize(
    "question",
    ["is he about to explode with rage?", "is she on the verge of tears?",
     "will he burst into tears now?",
     "is he going to cry?"],
)  # fmt: skip
def test_what_comes_next_is_not_told(question):
    text, _ = answer(question, face())
    assert text.startswith("What comes next, a picture does not show; the expression ")


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("mad at something?", "Yes, it looks so: "),
        ("is he angry with me?", "Yes, it looks so: "),
        ("what's eating her?", "The expression strongly suggests anger."),
        ("what's up with this kid?", "The expression strongly suggests anger."),
        ("why the long face?", "The expression strongly suggests anger."),
        ("what is he angry about?", ABOUT),
    ],
)
def test_what_a_feeling_is_about_is_said_to_be_unseen(question, start):
    text, _ = answer(question, face())
    assert text.startswith(start)
    assert ABOUT in text


def test_a_feeling_that_does_not_show_is_about_nothing():
    text, _ = answer("is he happy about something?", face())
    assert text.startswith("No, ") and ABOUT not in text


@pytest.mark.parametrize(
    "question",
    ["is he angry?", "what's wrong with his left eye?", "is he happy with a wide smile?",
     "what is the mouth about?", "how is she feeling at the moment?"],
)  # fmt: skip
def test_what_is_of_the_moment_is_read_as_before(question):
    assert not parse(question).unseen


def test_cloud_nine_is_no_place_for_pictures():
    assert parse("is she on cloud nine?").emotions == ("happiness",)
