"""Questions that sort people by gender, which no tool reads: said once, answered for everybody."""

import pytest

from focalface.agent.understanding import Context, LastTurn, parse

FIVE = Context(count=5)


@pytest.mark.parametrize(
    "question",
    [
        "how many of the women aren't smiling?",
        "are the men smiling?",
        "which girls look sad",
        "which of the ladies looks happiest?",
        "is the woman smiling?",
        "are the boys happier than the girls",
    ],
)
def test_men_or_women_among_several_are_everybody_and_that_is_said(question):
    heard = parse(question, FIVE)
    assert (heard.faces, heard.declined) == (("all",), ("gender",))
    assert heard.attributes


@pytest.mark.parametrize(
    "question", ["how many women?", "how many men are there", "and how many girls?"]
)
def test_a_count_of_men_or_women_counts_faces_and_declines_the_rest(question):
    heard = parse(question, FIVE)
    assert (heard.kind, heard.declined) == ("faces", ("gender",))


@pytest.mark.parametrize(
    "question", ["are most of the people men or women?", "is it a man or a woman", "is this a girl"]
)
def test_what_gender_somebody_is_is_declined_as_that(question):
    assert parse(question, FIVE).refusal == "gender"


@pytest.mark.parametrize(
    ("question", "faces"),
    [
        ("is the woman on the left smiling?", ("leftmost",)),
        ("are the two men on the left smiling?", ("left:1", "left:2")),
        ("is the man with the hat happy?", ("with:hat",)),
    ],
)
def test_a_man_or_woman_who_is_named_by_a_place_is_no_sorting(question, faces):
    heard = parse(question, FIVE)
    assert (heard.faces, heard.declined) == (faces, ())


def test_the_woman_who_was_spoken_of_stays_the_one():
    last = LastTurn(kind="recognise", attributes=("AU12",), faces=("f3",), subject=("f3",))
    heard = parse("is the woman happy?", Context(count=5, last=last))
    assert (heard.faces, heard.declined) == (("f3",), ())


def test_of_a_single_face_nothing_is_sorted():
    heard = parse("is the woman smiling?", Context(count=1))
    assert (heard.faces, heard.declined) == ((), ())
