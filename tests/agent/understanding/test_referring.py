"""Whom words mean that lean on the dialogue: the other, the rest, him, the second, the kid."""

import pytest
from talks import after

from focalface.agent.understanding import Context, parse

OF_TWO = after("is the one on the left smiling?", count=2)
OF_FIVE = after("is face 3 happy?", count=5)


@pytest.mark.parametrize(
    "question",
    ["and the other?", "and the second one?", "and the man?", "what about the woman?", "and him?"],
)
def test_after_one_of_two_any_word_for_one_person_is_the_other(question):
    meant = parse(question, OF_TWO)
    assert (meant.faces, meant.attributes) == (("others",), ("AU12",))


def test_among_many_a_bare_word_by_gender_is_asked_back():
    meant = parse("and the woman?", OF_FIVE)
    assert (meant.kind, meant.declined) == ("outside", ("gender",))


@pytest.mark.parametrize(
    "question", ["the other two?", "are the other ones happy?", "everyone but him", "anyone else?"]
)
def test_the_rest_are_those_who_were_not_spoken_of(question):
    meant = parse(question, OF_FIVE)
    assert (meant.faces, meant.attributes) == (("others",), ("emotion",))


@pytest.mark.parametrize(
    ("question", "left_out"),
    [
        ("is everyone but the man with the hat smiling?", "not:with:hat"),
        ("does everybody except the one on the far left smile?", "not:leftmost"),
    ],
)
def test_somebody_who_is_named_is_left_out(question, left_out):
    meant = parse(question, Context(count=5))
    assert (meant.faces, meant.attributes) == (("all", left_out), ("AU12",))


def test_him_after_two_is_the_one_who_was_spoken_of_before():
    before = after("is face 3 happy?", count=5)
    pair = before.last.model_copy(update={"pair": ("f1", "f3"), "subject": ("f3",)})
    assert parse("and him?", before.model_copy(update={"last": pair})).faces == ("f1",)


def test_two_people_are_compared_each_by_a_place():
    meant = parse("compare the man in the top left with the woman top right", Context(count=6))
    assert (meant.comparison, meant.faces) == ("faces", ("at:top:left:1", "at:top:right:1"))


@pytest.mark.parametrize(
    ("question", "whom"),
    [
        ("the one who is not smiling: how old?", "with:no smile"),
        ("how old is the smiling one?", "with:a smile"),
        ("is the man with the open mouth old?", "with:an open mouth"),
        ("how old is the angry one?", "with:an angry look"),
        ("does the kid look at the camera?", "youngest"),
        ("is the old lady happy?", "oldest"),
        ("how old is the girl taking the selfie?", "photographer"),
    ],
)
def test_somebody_is_called_by_what_shows(question, whom):
    assert parse(question, Context(count=5)).faces == (whom,)


@pytest.mark.parametrize(
    "question", ["is the smile real?", "does she have an open mouth?", "is the face angry?"]
)
def test_what_shows_calls_nobody_where_it_is_what_is_asked(question):
    assert not any("with:" in face for face in parse(question, Context(count=5)).faces)


def test_a_place_says_more_than_an_age():
    assert parse("the kid on the far left, is he happy?", Context(count=5)).faces == ("leftmost",)


@pytest.mark.parametrize("question", ["is the woman in red happy?", "the blonde woman, happy?"])
def test_one_of_a_crowd_by_what_no_tool_sees_is_asked_back(question):
    assert parse(question, Context(count=14)).kind == "outside"
    assert parse(question, Context(count=4)).faces == ("all",)


@pytest.mark.parametrize("question", ["are they related?", "do these two know each other?"])
def test_what_people_are_to_each_other_is_declined(question):
    assert parse(question, after("how old are they?", count=2)).refusal == "identity"


def test_somebody_in_the_middle_too_is_asked_the_same():
    meant = parse("the boy in the middle too?", OF_FIVE)
    assert (meant.faces, meant.attributes) == (("middle",), ("emotion",))


@pytest.mark.parametrize(
    ("question", "whom"),
    [
        ("who is next to the man with the hat?", "beside@with:hat"),
        ("is the girl behind the one on the far left happy?", "behind@leftmost"),
        ("the guy to the left of face 2: is he happy?", "beside:left@2"),
    ],
)
def test_somebody_stands_beside_one_who_is_named(question, whom):
    assert parse(question, Context(count=5)).faces == (whom,)


def test_in_front_of_everybody_is_no_neighbour():
    assert "@" not in "".join(parse("who is in front of the camera?", Context(count=5)).faces)


@pytest.mark.parametrize(("question", "whom"), [("and the one before her?", "f2"),
                                                ("who comes after that one?", "f3")])  # fmt: skip
def test_in_an_order_the_one_before_or_after_is_its_neighbour_there(question, whom):
    ranked = after("rank them by age", count=3, told_of=("f2", "f1", "f3"))
    last = ranked.last.model_copy(update={"subject": ("f1",)})
    assert parse(question, ranked.model_copy(update={"last": last})).faces == (whom,)


@pytest.mark.parametrize(
    ("question", "attribute"),
    [
        ("which cheerleader looks happiest?", "emotion"),
        ("who looks at me?", "gaze"),
        ("how many years lie between them?", "age"),
    ],
)
def test_people_by_any_word_are_everybody(question, attribute):
    meant = parse(question, Context(count=4))
    assert attribute in meant.attributes
    assert meant.faces in (("all",), ())


@pytest.mark.parametrize("question", ["which brow is the highest?", "which side smiles most?"])
def test_which_part_is_no_person(question):
    assert parse(question, Context(count=1)).comparison == "sides"


def test_one_who_has_to_be_found_first_is_asked_about_after_that():
    meant = parse("how old is the one who smiles the most?", Context(count=3))
    assert [part.attributes for part in meant.parts] == [("AU12",), ("age",)]
    assert meant.parts[1].of_that_one


def test_both_of_two_people_are_all_and_both_brows_are_not():
    meant = parse("both smiling?", OF_TWO)
    assert (meant.faces, meant.among) == (("all",), "all")
    brows = after("what do the brows of face 1 do?", count=2)
    assert parse("are both raised?", brows).faces != ("all",)


def test_and_than_somebody_else_goes_on_with_the_comparison():
    before = after("is face 3 happier than face 2?", count=5, faces=("f3", "f2"), told_of=("f3",))
    meant = parse("and than the girl on the far right?", before)
    assert (meant.faces, meant.emotions) == (("f3", "rightmost"), ("happiness",))


def test_those_who_have_none_lack_what_was_asked_for():
    meant = parse("which one has none?", after("do they have beards?", count=5, told_of=()))
    assert (meant.absent, meant.attributes) == (True, ("facial_hair",))


def test_somebody_is_held_against_a_corner():
    before = after("is face 4 happy?", count=6, faces=("f4",), told_of=("f4",))
    assert parse("happier than top left?", before).faces == ("f4", "at:top:left:1")


def test_whose_smile_is_more_real_is_no_question_on_one():
    assert parse("whose smile is more real?", OF_FIVE).faces == ("all",)


def test_one_who_is_held_against_a_neighbour_stays_the_one():
    meant = parse("is face 4 happier than the girl next to him?", Context(count=5))
    assert (meant.faces, meant.claimed, meant.ranked) == (("4", "beside@4"), "4", True)
