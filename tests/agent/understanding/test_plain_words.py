"""Everyday wordings that were taken for something else: each kind with a near miss."""

import pytest

from focalface.agent.understanding import Context, parse

ONE, MANY = Context(count=1), Context(count=12)


@pytest.mark.parametrize(
    ("question", "attribute"),
    [
        ("is this man mad?", "emotion"),
        ("hows old is this girl u think", "age"),
        ("guess the age bracket of this gentleman", "age"),
        ("AU5 y/n", "AU5"),
    ],
)
def test_an_ordinary_question_is_not_refused_without_a_reason(question, attribute):
    assert parse(question, ONE).attributes == (attribute,)


@pytest.mark.parametrize("question", ["is he a good man?", "who is this man?", "does she lie?"])
def test_what_is_out_of_bounds_still_is(question):
    assert parse(question, ONE).kind == "refuse"


@pytest.mark.parametrize(
    ("question", "attribute"),
    [
        ("wich one has spectacles", "glasses"),
        ("which person wears a hat?", "head_wear"),
        ("any beards in this bunch?", "facial_hair"),
    ],
)
def test_who_has_it_is_asked_of_everybody(question, attribute):
    meant = parse(question, MANY)
    assert (meant.attributes, meant.faces) == ((attribute,), ("all",))


def test_the_one_with_glasses_is_whom_it_is_about():
    assert parse("is the one with glasses happy?", MANY).faces == ("with:glasses",)
    assert "all" not in parse("any glasses on him?", MANY).faces


def test_what_is_up_with_the_brows_asks_what_they_do():
    meant = parse("what's up with this boy's eyebrows?", ONE)
    assert (meant.kind, meant.named) == ("describe", ("left_brow", "right_brow"))
    assert parse("are this boy's eyebrows up?", ONE).attributes == ("AU1", "AU2")


def test_why_somebody_looks_so_may_open_a_talk():
    assert parse("why does she look as if something smells bad?", ONE).attributes == ("emotion",)
    assert parse("why?", ONE).attributes == ()


def test_which_one_is_sad_is_asked_of_two_pictures():
    two = Context(count=1, pictures=2)
    meant = parse("which one is sad?", two)
    assert (meant.comparison, meant.ranked, meant.emotions) == ("pictures", True, ("sadness",))
    assert parse("is she sad?", two).comparison is None


def test_what_makes_a_look_is_no_question_what_it_is_about():
    assert parse("what makes that look so disgusted?", ONE).unseen == ""
    assert parse("what made her so disgusted?", ONE).unseen == "about"


def test_the_hat_of_one_of_several_is_the_wearers():
    meant = parse("does the hat hide his eyebrows?", Context(count=2))
    assert (meant.attributes, meant.faces) == (("hidden",), ("with:hat",))
    assert parse("does the hat hide his eyebrows?", ONE).faces == ()
