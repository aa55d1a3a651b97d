"""Short follow-ups on one face, read against what the turn before was about."""

import pytest
from talks import after

from focalface.agent.understanding import parse

BOTH_BROWS = after("how are the eyebrows?")
LEFT_BROW = after("is the left brow raised?")
UPPER_LIP = after("what is her upper lip doing?")
CODES = after("list the AUs you see")


@pytest.mark.parametrize(
    "question", ["and the other one?", "the other?", "what about the other eyebrow?"]
)
def test_the_other_one_of_a_pair_that_was_told_of_is_a_comparison(question):
    meant = parse(question, BOTH_BROWS)
    assert (meant.comparison, meant.regions) == ("sides", ("left_brow", "right_brow"))


def test_the_other_one_of_one_side_is_the_other_side():
    assert parse("and the other one?", LEFT_BROW).regions == ("right_brow",)


@pytest.mark.parametrize("question", ["more on one side?", "same on both sides?"])
def test_a_bare_side_compares_what_was_looked_at(question):
    meant = parse(question, UPPER_LIP)
    assert (meant.comparison, meant.regions) == ("sides", ("upper_lip",))


@pytest.mark.parametrize(
    ("question", "code"),
    [("is 9 in there?", "AU9"), ("and 17?", "AU17"), ("what about 25", "AU25")],
)
def test_a_bare_number_after_units_is_a_unit(question, code):
    assert parse(question, CODES).attributes == (code,)


def test_a_bare_number_after_anything_else_is_no_unit():
    assert parse("and 17?", BOTH_BROWS).attributes == ()


@pytest.mark.parametrize(
    ("question", "emotions"), [("why not scared?", ("fear",)), ("why isn't she sad", ("sadness",))]
)
def test_why_not_asks_for_what_is_missing(question, emotions):
    meant = parse(question, after("what emotion is this?"))
    assert (meant.recall, meant.emotions) == ("why not", emotions)


@pytest.mark.parametrize(
    "question", ["how much out of 100 for each?", "give me the emotions as percentages"]
)
def test_all_emotions_may_be_wanted_with_their_figures(question):
    meant = parse(question, after("is he sad?"))
    assert (meant.form, meant.attributes, meant.emotions) == ("percents", ("emotion",), ())


def test_why_not_the_other_one_is_about_the_emotion_that_was_not_chosen():
    meant = parse("why not the other one?", after("is she angry or sad?"))
    assert (meant.recall, {*meant.emotions}) == ("why not", {"anger", "sadness"})


@pytest.mark.parametrize(
    "question", ["how would fear look different?", "what's missing for it to be clearly fear?"]
)
def test_how_a_feeling_would_look_asks_what_is_missing_for_it(question):
    meant = parse(question, after("is she surprised?"))
    assert (meant.recall, meant.emotions) == ("why not", ("fear",))


def test_only_a_part_after_a_feeling_asks_what_that_alone_suggests():
    meant = parse("only the upper half", after("what emotion is it?"))
    assert (meant.attributes, meant.named) == (("emotion",), ("upper_face",))


def test_summed_up_in_one_word_is_the_whole_face():
    meant = parse("sum him up in one word", after("what does the mouth do?"))
    assert (meant.attributes, meant.regions[0]) == (("emotion",), "face")


def test_without_the_brows_nothing_between_them_counts_either():
    assert "glabella" not in parse("and without the brows?", after("is she angry?")).regions


def test_whether_a_part_agrees_is_weighed_against_the_face():
    meant = parse("does the mouth agree?", after("so fear or anger here?"))
    assert (meant.comparison, meant.named) == ("regions", ("face", "mouth"))


def test_a_side_compared_to_the_other_is_no_agreement():
    meant = parse("what's her left brow doing compared to her right?", after("does she smile?"))
    assert (meant.comparison, meant.named) == ("sides", ("left_brow", "right_brow"))
