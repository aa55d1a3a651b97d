"""One person held against the others: whom a question takes to come first, and against whom."""

import pytest
from talks import after

from focalface.agent.understanding import Context, parse

OF_FIVE = after("is face 3 happy?", count=5, faces=("f3",), told_of=("f3",))


@pytest.mark.parametrize(
    ("question", "attribute", "least"),
    [
        ("is she the happiest one?", "emotion", False),
        ("is he the least happy one?", "emotion", True),
        ("is she the oldest?", "age", False),
        ("is he the youngest of them?", "age", True),
        ("does he smile the most?", "AU12", False),
    ],
)
def test_whether_one_shows_most_looks_at_all(question, attribute, least):
    meant = parse(question, OF_FIVE)
    assert (meant.faces, meant.claimed, meant.least) == (("all",), "f3", least)
    assert meant.attributes == (attribute,)


def test_the_one_who_is_named_is_the_one_that_is_meant():
    meant = parse("is the man on the left the oldest?", Context(count=5))
    assert (meant.faces, meant.claimed, meant.attributes) == (("all",), "leftmost", ("age",))


@pytest.mark.parametrize(
    ("question", "faces"),
    [("is the one on the left older?", ("leftmost", "all")), ("who is the oldest?", ("all",))],
)
def test_of_two_the_other_is_whom_one_is_held_against(question, faces):
    assert parse(question, Context(count=2)).faces == faces


@pytest.mark.parametrize(
    "question",
    ["does the smallest face smile?", "is the oldest person frowning?", "are they the happiest?"],
)
def test_a_superlative_that_names_somebody_ranks_nobody(question):
    assert parse(question, OF_FIVE).claimed == ""


@pytest.mark.parametrize("question", ["oldest person?", "the youngest one", "and the oldest here?"])
def test_a_bare_superlative_of_age_asks_who_that_is(question):
    meant = parse(question, Context(count=5))
    assert (meant.faces, meant.comparison, meant.attributes) == (("all",), "faces", ("age",))


def test_whether_somebody_comes_second_is_a_yes_or_no():
    meant = parse("is she the second oldest?", OF_FIVE)
    assert (meant.nth, meant.claimed, meant.polar) == (2, "f3", True)
