"""A follow-up to a figure on a scale gets a figure; a question of its own does not."""

import made_up
import pytest

from focalface.agent.planning.turn_context import Picture, TurnContext, remembered, turn_of

PICTURE = Picture(path="one.jpg", image_id="img", width=100, height=100, faces=(made_up.face(),))


def asked(*questions):
    """What the last of the questions is read as."""
    last = None
    for question in questions:
        turn = turn_of(TurnContext(question=question, picture=PICTURE, last=last))
        last = remembered(turn.intent, ("fac_1",), ("fac_1",), last)
    return turn.intent


@pytest.mark.parametrize("then", ["and fear?", "joy?", "what about sadness?", "the smile?"])
def test_what_else_is_named_gets_a_figure_on_the_same_scale(then):
    intent = asked("on a scale of 0 to 7, how surprised is she?", then)
    assert (intent.form, intent.scale) == ("of ten", 7)


def test_and_so_does_what_is_named_after_that():
    assert asked("from 0 to 10, how surprised?", "and fear?", "and anger?").form == "of ten"


@pytest.mark.parametrize("then", ["is she afraid?", "why?", "and the left eye?", "how old is she?"])
def test_a_question_of_another_kind_is_answered_in_words(then):
    assert asked("from 0 to 10, how surprised is she?", then).form == ""


def test_without_a_figure_before_there_is_none():
    assert asked("is she surprised?", "and fear?").form == ""
