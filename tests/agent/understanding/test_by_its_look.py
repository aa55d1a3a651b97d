"""Looks that no reading is called by: what the expression suggests is what can be said."""

import pytest

from focalface.agent.understanding import parse


@pytest.mark.parametrize(
    "question",
    [
        "does she look like she just heard bad news?",
        "he looks like he's up to something, why",
        "the kid seems ready to run away",
        "does that man look as though he won the lottery?",
    ],
)
def test_a_look_without_a_name_is_a_question_about_the_expression(question):
    heard = parse(question)
    assert (heard.kind, heard.attributes, heard.emotions) == ("recognise", ("emotion",), ())


@pytest.mark.parametrize("question", ["blorp fizz", "does he like pizza", "what a day", "look"])
def test_what_tells_of_no_look_is_not_understood(question):
    assert parse(question).kind == "outside"


@pytest.mark.parametrize(
    ("question", "attributes"),
    [("does she look like she slept badly?", "fatigue"), ("does he look up?", "gaze")],
)
def test_a_look_that_is_read_keeps_its_name(question, attributes):
    assert attributes in parse(question).attributes
