"""Short follow-ups among several faces: who else, in which place, both of them."""

import pytest
from talks import after

from focalface.agent.understanding import parse

ONE_OF_TWO = after("is the guy on the right smiling?", count=2)
ALL = after("does everyone smile?", count=5, faces=("f1", "f2", "f3", "f4", "f5"), told_of=())


@pytest.mark.parametrize("question", ["and the other?", "the other guy?"])
def test_after_one_of_two_faces_the_other_is_a_face(question):
    meant = parse(question, ONE_OF_TWO)
    assert (meant.faces, meant.attributes) == (("others",), ("AU12",))


@pytest.mark.parametrize(
    ("question", "least"),
    [("which one least", True), ("who most?", False), ("which is the least?", True)],
)
def test_after_everybody_the_one_who_shows_it_least_is_among_them(question, least):
    meant = parse(question, ALL)
    assert (meant.comparison, meant.faces, meant.least) == ("faces", ("all",), least)


@pytest.mark.parametrize(
    ("question", "whom"),
    [("the one next to her on the right?", "beside:right"), ("and the guy beside him?", "beside")],
)
def test_a_neighbour_is_asked_the_same(question, whom):
    meant = parse(question, ONE_OF_TWO)
    assert (meant.faces, meant.attributes) == ((whom,), ("AU12",))


@pytest.mark.parametrize(
    ("question", "counted", "absent"),
    [("how many don't?", True, True), ("who?", False, False), ("who doesn't?", False, True)],
)
def test_a_bare_count_or_who_is_of_what_was_asked_of_everybody(question, counted, absent):
    meant = parse(question, ALL)
    assert (meant.counted, meant.absent, meant.attributes) == (counted, absent, ("AU12",))


def test_rank_them_orders_by_what_was_asked_before():
    meant = parse("rank all four", after("who smiles most?", count=4))
    assert (meant.listed, meant.attributes) == (True, ("AU12",))


@pytest.mark.parametrize(
    ("question", "whom"),
    [("anyone in the first row who smiles?", "at:first::"), ("and in the row below?", "row below")],
)
def test_rows_are_named_and_stepped_through(question, whom):
    meant = parse(question, after("who smiles in the second row?", count=30))
    assert meant.faces == (whom,)


def test_the_difference_to_another_face_is_that_of_the_one_before():
    meant = parse("what is the difference to face 2?", after("is face 1 happy?", count=3))
    assert (meant.comparison, meant.faces) == ("faces", ("f1", "2"))


def test_after_the_first_of_all_the_second_is_told_by_the_order():
    meant = parse("who comes second?", after("who smiles most?", count=9, told_of=("f1",)))
    assert (meant.nth, meant.ranked) == (2, True)


def test_all_of_them_are_asked_whether_they_look_at_the_camera():
    meant = parse("do they all look at the camera?", after("is face 3 smiling?", count=5))
    assert (meant.faces, meant.direction) == (("all",), "camera")


def test_they_are_the_eyes_that_were_spoken_of():
    meant = parse("are they closed?", after("what do face 1's eyes do?", count=2))
    assert (meant.attributes, meant.faces) == (("eye_openness",), ("f1",))


def test_both_are_the_two_faces_that_were_spoken_of_last():
    before = after("is face 1 smiling?", count=4)
    pair = before.last.model_copy(update={"pair": ("f2", "f1")})
    meant = parse("do both show teeth?", before.model_copy(update={"last": pair}))
    assert meant.faces == ("f2", "f1")


def test_who_comes_last_is_whoever_shows_it_least():
    meant = parse("and who comes last", after("who smiles most?", count=6))
    assert (meant.faces, meant.least) == (("all",), True)


def test_why_not_the_other_face_asks_what_it_lacks():
    meant = parse("why not the other one?", after("which of them is happier?", count=2))
    assert (meant.faces, meant.recall) == (("others",), "why not")


@pytest.mark.parametrize("question", ["by how many years?", "what's the gap between the two?"])
def test_the_gap_between_ages_is_asked_in_years(question):
    meant = parse(question, after("who is older?", count=2, told_of=("f1", "f2")))
    assert (meant.recall, meant.attributes) == ("difference", ("age",))


@pytest.mark.parametrize(
    ("question", "nth"),
    [
        ("and the second most?", 2),
        ("and who second?", 2),
        ("in third place?", 3),
        ("and the next one?", 2),
        ("who comes after her?", 2),
        ("who is the third oldest?", 3),
    ],
)
def test_another_place_of_a_ranking_is_told_by_the_order(question, nth):
    meant = parse(question, after("who smiles most?", count=9, told_of=("f1",)))
    assert (meant.nth, meant.faces, meant.comparison) == (nth, ("all",), "faces")


def test_a_place_that_was_told_already_names_somebody():
    told = after("rank them by age", count=3, told_of=("f2", "f3", "f1"))
    meant = parse("and the second one?", told)
    assert (meant.faces, meant.nth) == (("f3",), 0)
