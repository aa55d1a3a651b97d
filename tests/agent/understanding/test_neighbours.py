"""Somebody by the one who was spoken of: whom each wording means, and what names nobody."""

import pytest

from focalface.agent.planning.turn_context import remembered
from focalface.agent.understanding import Context, neighbours, parse

MANY = Context(count=9)
AFTER_ONE = MANY.model_copy(
    update={"last": remembered(parse("is face 3 smiling?", MANY), ("f3",), ("f3",), None)}
)


@pytest.mark.parametrize(
    ("question", "whom"),
    [
        ("Who is below her?", "before"),
        ("and above?", "behind"),
        ("the person under that one", "before"),
        ("Who stands right of her?", "beside:right"),
        ("the next one to the left?", "beside:left"),
        ("and the next person to the right?", "beside:right"),
        ("one further left", "beside:left"),
        ("who's the woman to his right", "beside:right"),
        ("and her left neighbour?", "beside:left"),
        ("is the guy right next to him smiling?", "beside"),
        ("is the man behind her smiling?", "behind"),
    ],
)
def test_a_neighbour_is_placed_by_the_one_who_was_spoken_of(question, whom):
    assert neighbours.find(question)[0] == whom
    meant = parse(question, AFTER_ONE)
    assert (meant.faces, meant.attributes) == ((whom,), ("AU12",))


@pytest.mark.parametrize(
    "question",
    [
        "the one on the left",
        "and the left?",
        "what is below her eyes?",
        "the skin above it?",
        "is the brow to the left of it raised?",
        "what does the mouth do next?",
    ],
)
def test_a_side_or_a_part_names_no_neighbour(question):
    assert neighbours.find(question)[0] == ""


def test_without_a_turn_before_a_step_is_read_by_its_own_words():
    assert parse("who is the man on the right?", MANY).faces == ("rightmost",)
