"""Questions about the answer before, and changes of the focus of a dialogue."""

import pytest

from focalface.agent.planning.turn_context import remembered
from focalface.agent.understanding import Context, parse

ONE = Context(count=1)


def after(question, *, count=1, faces=("f1",), told_of=("f1",), before=None):
    """What a conversation knows after a question."""
    context = Context(count=count, last=before)
    last = remembered(parse(question, context), faces, told_of, before)
    return Context(count=count, last=last)


SMILE = after("is the smile genuine?")
BROW = after("is the left brow raised?")

FORMS = [
    ("shorter please", "short"),
    ("ok, but make it shorter", "short"),
    ("in one sentence", "short"),
    ("that's too long", "short"),
    ("just one word", "word"),
    ("yes or no?", "word"),
    ("give me more detail", "long"),
    ("tell me more", "long"),
    ("just the codes, nothing else", "codes"),
    ("in FACS codes", "codes"),
    ("and now in FACS please", "codes"),
    ("put it in a table", "table"),
    ("in numbers", "numbers"),
]
RECALLS = [
    ("repeat that", "repeat"),
    ("can you say that again?", "repeat"),
    ("undo", "undo"),
    ("take that back", "undo"),
    ("what made you say that, which region?", "evidence"),
    ("why?", "evidence"),
    ("how do you know?", "evidence"),
    ("which part speaks against it?", "against"),
    ("is there any evidence against it?", "against"),
    ("what is the least certain part of your answer?", "doubt"),
    ("which bit are you least sure about?", "doubt"),
    ("what would convince you otherwise", "convince"),
    ("what would change your mind?", "convince"),
    ("how confident, in percent", "sureness"),
    ("how sure are you of that, as a number", "sureness"),
    ("can you show me where that is in the picture?", "show"),
    ("where is that?", "show"),
    ("go back to the first picture", "first picture"),
    ("what is the difference in years?", "difference"),
]
STAND_ALONE = [
    "what about the mouth?",
    "does a frown speak against happiness?",
    "how sure are you that she is sad?",
    "are the lips shorter on one side?",
    "where is she looking?",
    "how old is she?",
    "is one word written on the shirt?",
    "show me the left eye",
    "which region is raised?",
]


@pytest.mark.parametrize(("question", "form"), FORMS)
def test_a_wish_for_a_form_is_the_last_question_told_otherwise(question, form):
    meant = parse(question, SMILE)
    assert (meant.form, meant.attributes, meant.recall) == (form, ("genuineness",), None)


@pytest.mark.parametrize(("question", "recall"), RECALLS)
def test_a_question_about_the_answer_keeps_what_it_was_about(question, recall):
    meant = parse(question, SMILE)
    assert (meant.recall, meant.attributes) == (recall, ("genuineness",))


@pytest.mark.parametrize("question", STAND_ALONE)
def test_a_question_of_its_own_is_not_about_the_answer(question):
    meant = parse(question, SMILE)
    assert (meant.recall, meant.form) == (None, "")


def test_without_an_answer_there_is_nothing_to_recall():
    assert parse("repeat that", ONE).recall is None


def test_a_question_about_the_answer_leaves_the_focus_as_it_was():
    why = parse("which part speaks against it?", SMILE)
    assert remembered(why, ("f1",), ("f1",), SMILE.last) == SMILE.last


def test_the_other_side_is_compared():
    meant = parse("compare it with the other side", BROW)
    assert meant.comparison == "sides"
    assert set(meant.regions) == {"left_brow", "right_brow"}


def test_both_together_asks_the_same_of_both_sides():
    meant = parse("and both together?", BROW)
    assert set(meant.regions) == {"left_brow", "right_brow"}
    assert meant.attributes == BROW.last.attributes


def test_overall_asks_for_the_whole_face():
    feeling = after("what do the eyes suggest?")
    assert "face" in parse("ok and overall?", feeling).regions


def test_a_part_alone_keeps_what_was_asked_for():
    feeling = after("what emotion is this?")
    meant = parse("only going by the mouth?", feeling)
    assert (meant.attributes, meant.regions) == (("emotion",), ("mouth",))


TWO = after("is face 2 smiling?", count=4, faces=("f2",), told_of=("f2",))
THREE = after("and 3?", count=4, faces=("f3",), told_of=("f3",), before=TWO.last)


def test_a_bare_number_after_a_face_is_a_face():
    assert parse("and 3?", TWO).faces == ("3",)
    assert parse("what about number 4?", TWO).faces == ("4",)


@pytest.mark.parametrize(
    "question", ["compare the two", "ok compare those two", "who of them has the wider smile"]
)
def test_the_two_are_the_last_two_that_were_spoken_of(question):
    meant = parse(question, THREE)
    assert (meant.faces, meant.comparison) == (("f2", "f3"), "faces")


@pytest.mark.parametrize(
    "question", ["is she happy?", "is that smile real?", "how old is that one?"]
)
def test_a_pronoun_means_the_face_that_was_spoken_of(question):
    assert parse(question, THREE).faces == ("f3",)


@pytest.mark.parametrize("question", ["is everyone happy?", "who is the saddest?"])
def test_everyone_means_everyone_again(question):
    assert parse(question, THREE).faces == ("all",)


def test_older_than_somebody_asks_for_both_ages():
    meant = parse("is he older than face 2?", THREE)
    assert (meant.faces, meant.attributes) == (("f3", "2"), ("age",))


WEIGHED = [
    ("is she surprised or scared?", "either"),
    ("is he smiling, frowning or neither?", "options"),
    ("are AU1 and AU4 both active?", "both"),
    ("is AU1 stronger than AU2?", "stronger"),
    ("is AU1 weaker than AU2?", "weaker"),
    ("is she surprised?", ""),
    ("is AU1 stronger on the left?", "uneven"),
    ("is the smile even?", "even"),
    ("is the tension more in the brow or the jaw?", "where"),
    ("is he in pain or just angry?", "either"),
]


@pytest.mark.parametrize(("question", "weighing"), WEIGHED)
def test_several_things_are_weighed_as_the_question_wants(question, weighing):
    assert parse(question, ONE).weighing == weighing


@pytest.mark.parametrize(
    ("question", "denied"),
    [("he isn't angry, right?", True), ("isn't she smiling?", False), ("is she not well?", False)],
)
def test_only_a_statement_denies(question, denied):
    assert parse(question, ONE).denied == denied


@pytest.mark.parametrize("question", ["FACS code this face", "facs codes please"])
def test_coders_get_one_line(question):
    assert parse(question, ONE).form == "codes"


SELECTED = Context(count=1, selection=("left_eye",))


@pytest.mark.parametrize("question", ["how old?", "what emotion is this?"])
def test_a_short_question_is_about_the_selected_part(question):
    assert parse(question, SELECTED).regions == ("left_eye",)


@pytest.mark.parametrize("question", ["how old is she?", "is the mouth open?"])
def test_a_question_that_names_somebody_or_a_part_is_not_about_the_selected_one(question):
    assert "left_eye" not in parse(question, SELECTED).regions


SIX = Context(count=6)
PERSONS = [
    ("is the guy in sunglasses happy?", ("with:dark glasses",)),
    ("is the man with the hat smiling?", ("with:hat",)),
    ("is the bearded man angry?", ("with:beard",)),
    ("does the one with glasses look tired", ("with:glasses",)),
    ("second row, third one: is he angry?", ("row:2:3",)),
    ("is the one in the bottom row, second from the left smiling?", ("at:bottom:left:2",)),
    ("how does the woman in the bottom row look?", ("at:bottom::1",)),
    ("are the cheerleaders smiling?", ("all",)),
    ("roughly what share of the crowd is smiling?", ("all",)),
    ("are the brows raised?", ()),
    ("are her lips parted?", ()),
]


@pytest.mark.parametrize(("question", "faces"), PERSONS)
def test_whom_a_question_means_is_read_from_what_can_be_seen(question, faces):
    assert parse(question, SIX).faces == faces


@pytest.mark.parametrize(
    "question",
    [
        "the person in yellow: is she happy?",
        "what about the red haired woman, how does she feel",
        "is the blonde happy?",
    ],
)
def test_clothes_and_hair_are_not_seen_so_everybody_is_meant_and_told_so(question):
    meant = parse(question, SIX)
    assert (meant.faces, meant.by_looks) == (("all",), True)


def test_who_and_then_is_two_questions_the_second_about_that_one():
    first, second = parse("who looks happiest, and is it genuine?", SIX).parts
    assert (first.comparison, first.of_that_one) == ("faces", False)
    assert (second.attributes, second.of_that_one) == (("genuineness",), True)


@pytest.mark.parametrize(
    ("question", "attributes"),
    [
        ("is he wearing a mask?", ("mask",)),
        ("where is she looking?", ("gaze",)),
        ("is her tongue out?", ("tongue",)),
        ("does she look sad?", ("emotion",)),
        ("does she look at ease?", ("tension",)),
    ],
)
def test_what_a_face_shows_beside_its_movements_is_asked_for(question, attributes):
    assert parse(question, ONE).attributes == attributes


def test_who_does_not_is_asked_for_those_who_do_not():
    assert parse("who is not smiling?", SIX).absent
    assert not parse("who is smiling?", SIX).absent


def test_a_number_calls_a_face_at_once():
    assert parse("is number 2 smiling?", SIX).faces == ("2",)


def test_a_number_of_a_code_is_explained():
    assert parse("what does the 4 mean?", SMILE).attributes == ("AU4",)
