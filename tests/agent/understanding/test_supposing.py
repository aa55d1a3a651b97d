"""Turns beyond what shows: other causes, suppositions, parts together, two held apart."""

import pytest
from talks import after

from focalface.agent.understanding import Context, parse
from focalface.agent.understanding.supposing import PARTS

ONE = after("what does the face suggest?")


@pytest.mark.parametrize(
    ("turn", "cause"),
    [
        ("couldn't he just be squinting into the sun", "bright light"),
        ("hm, maybe she was mid-sentence there", "speaking"),
        ("or is that simply how his face always looks", "a usual face"),
    ],
)
def test_a_cause_that_is_offered_is_weighed(turn, cause):
    assert cause in parse(turn, ONE).causes


def test_after_a_cause_the_talk_goes_on_about_what_it_was_about():
    talk = after("what does the face suggest?", "couldn't he just be squinting into the sun")
    sure = parse("ok then in percent, how sure are you", talk)
    assert (sure.recall, sure.attributes, sure.causes) == ("sureness", ("emotion",), ())


@pytest.mark.parametrize(
    ("turn", "attributes", "away"),
    [
        ("imagine he was smiling under it, what then", ("AU12",), False),
        ("take the smile away, what remains?", ("AU12",), True),
        ("and without the smile, what would it look like?", ("AU12",), True),
    ],
)
def test_a_supposition_keeps_what_is_supposed(turn, attributes, away):
    meant = parse(turn, ONE)
    assert (meant.recall, meant.attributes, meant.shut) == ("suppose", attributes, away)


def test_a_smile_that_is_asked_about_is_no_supposition():
    assert parse("is he smiling under it?", ONE).recall is None


def test_parts_are_taken_together_with_those_before():
    meant = parse("and what does that mean together with the eyes?", after("what do the brows do?"))
    assert meant.recall == "combine"
    assert {"left_brow", "left_eye"} <= {*meant.regions}


@pytest.mark.parametrize(
    "turn", ["one row per feature please", "put that in a table, part by part"]
)
def test_a_table_part_by_part_has_a_row_for_each(turn):
    meant = parse(turn, ONE)
    assert (meant.form, meant.regions) == ("table", PARTS)


def test_of_two_faces_the_surer_reading_is_asked_for():
    talk = after("who is older?", count=2, faces=("f1", "f2"), told_of=("f1", "f2"))
    meant = parse("which one are you more certain of?", talk)
    assert (meant.weighing, meant.faces, meant.attributes) == ("surer", ("f1", "f2"), ("age",))


def test_two_emotions_are_to_be_given_to_two_pictures():
    meant = parse("one is anger and one is fear, which is which?", Context(count=1, pictures=2))
    assert (meant.weighing, meant.comparison) == ("assign", "pictures")


@pytest.mark.parametrize("turn", ["how old is the kid?", "so how old would you say the child is"])
def test_the_years_of_a_child_are_no_question_whether_it_is_one(turn):
    assert parse(turn, Context(count=1)).years is None


def test_eyes_that_are_almost_shut_do_not_turn_tiredness_round():
    meant = parse("his eyes are almost shut, does that mean he is tired?", Context(count=1))
    assert "fatigue" in meant.attributes
    assert not meant.shut


def test_an_emotion_that_could_be_is_no_cause():
    meant = parse("couldn't it simply be neutral?", ONE)
    assert (meant.causes, meant.emotions) == ((), ("neutral",))


@pytest.mark.parametrize(
    "turn", ["what can you still read with her hand there?", "anything readable behind that mask?"]
)
def test_what_a_hidden_face_still_shows_may_open_a_talk(turn):
    assert parse(turn, Context(count=1)).kind == "summary"


def test_a_part_that_is_ignored_afterwards_is_left_out():
    meant = parse("and if you ignored the eyebrows?", ONE)
    assert meant.attributes == ("emotion",)
    assert not {"left_brow", "right_brow"} & {*meant.regions}


def test_how_a_face_would_look_more_scared_is_no_question_about_fear():
    assert parse("hm ok and what would make him look more scared", ONE).form == "more"


def test_hair_over_the_eyes_is_a_cover():
    assert parse("is any hair hanging over her eyes?", Context(count=1)).attributes == ("hidden",)


def test_a_hand_that_is_taken_away_takes_no_movement_away():
    meant = parse("what would you say if she took the hand away and was grinning?", ONE)
    assert (meant.recall, meant.shut) == ("suppose", False)


@pytest.mark.parametrize(
    ("turn", "offered"), [("then why does he frown like that? sun?", True), ("sunny smile?", False)]
)
def test_a_bare_word_offers_a_cause(turn, offered):
    assert bool(parse(turn, Context(count=1)).causes) == offered


def test_the_other_side_of_a_mouth_is_told_by_its_corners():
    meant = parse("and the other side of it?", after("what is her mouth doing?"))
    assert meant.regions == ("left_lip_corner", "right_lip_corner")


def test_a_part_that_is_left_out_is_no_supposition():
    assert parse("without the mouth, what would you say?", ONE).recall != "suppose"
