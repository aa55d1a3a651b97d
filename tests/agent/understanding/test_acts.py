"""What a turn wants, judged by what was learnt; and what is done with a turn that no rule reads."""

import json

import pytest

from focalface.agent.planning.turn_context import remembered
from focalface.agent.understanding import Context, acts, parse
from focalface.agent.understanding.acts import model

UNSEEN = [
    json.loads(line)
    for line in model.FILE.with_name("unseen.jsonl").read_text(encoding="utf-8").splitlines()
]


def after(question, **known):
    """What a conversation knows after a question on one face."""
    context = Context(count=1, **known)
    last = remembered(parse(question, context), ("f1",), ("f1",), None)
    return context.model_copy(update={"last": last})


SMILE = after("is she smiling?")
FEELING = after("what emotion is this?")


def test_nine_of_ten_turns_by_an_author_never_learnt_from_are_judged_rightly():
    judged = [acts.judge(row["text"], not row.get("before")) for row in UNSEEN]
    right = [one.act == row["act"] for one, row in zip(judged, UNSEEN, strict=True)]
    assert sum(right) / len(right) > 0.88
    clear = [ok for one, ok in zip(judged, right, strict=True) if one.share >= 0.5]
    assert sum(clear) / len(clear) > 0.95


def test_every_act_that_opens_a_talk_stands_for_a_question_that_is_read():
    for act, question in acts.ASKS.items():
        assert parse(question, Context(count=1)).kind not in ("outside", "refuse", "help"), act


@pytest.mark.parametrize(
    ("turn", "recall"),
    [
        ("cuz of?", "evidence"),
        ("which signs gave you the idea", "evidence"),
        ("what doesnt fit in", "against"),
        ("where in that are you on thin ice", "doubt"),
        ("say that once more pls", "repeat"),
    ],
)
def test_a_follow_up_in_words_that_nobody_listed_is_one_on_the_answer(turn, recall):
    meant = parse(turn, SMILE)
    assert (meant.recall, meant.attributes) == (recall, ("AU12",))


@pytest.mark.parametrize(
    ("turn", "attributes", "emotions"),
    [
        ("whats the vibe of this guy", ("emotion",), ()),
        ("yo whats up with her", ("emotion",), ()),
        ("my mate looks proper gutted here eh", ("emotion",), ("sadness",)),
    ],
)
def test_a_chatty_opening_is_read_as_the_plain_question_that_it_stands_for(
    turn, attributes, emotions
):
    meant = parse(turn, Context(count=1))
    assert (meant.kind, meant.attributes, meant.emotions) == ("recognise", attributes, emotions)


@pytest.mark.parametrize(
    "turn",
    [
        "why is the left brow raised?",
        "how sure are you that he is sad?",
        "are the lips shorter on one side?",
        "show me the left eye",
    ],
)
def test_a_turn_that_names_a_part_or_a_feeling_is_a_question_of_its_own(turn):
    meant = parse(turn, SMILE)
    assert meant.attributes != SMILE.last.attributes or meant.named


@pytest.mark.parametrize("turn", ["asdf qwer", "what's the capital of France?", "is it raining?"])
def test_noise_and_what_has_nothing_to_do_with_a_face_stays_not_understood(turn):
    assert parse(turn, FEELING).kind == "outside"


@pytest.mark.parametrize(
    "turn", ["who is she?", "is he gay?", "is this bloke a crook", "is she drunk"]
)
def test_what_is_out_of_bounds_stays_refused_whatever_a_turn_is_judged_to_be(turn):
    assert parse(turn, FEELING).kind == "refuse"


def test_the_strongest_movement_is_asked_of_what_was_told():
    meant = parse("which is the strongest?", after("what are the AUs?"))
    assert (meant.recall, meant.follow_up) == ("strongest", True)


def test_without_a_question_before_only_codes_can_be_wished_for():
    assert parse("just give me the FACS codes of this face", Context(count=1)).form == "codes"
    assert parse("shorter please", Context(count=1)).form == ""


def test_the_other_half_is_asked_the_same():
    meant = parse("now the lower", after("describe the upper face"))
    assert meant.regions == ("lower_face",)
    assert parse("now the lower", SMILE).regions != ("lower_face",)


def test_what_one_would_bet_on_is_the_emotion_in_a_word():
    meant = parse("which one would you bet on?", after("is she afraid?"))
    assert (meant.attributes, meant.emotions, meant.form) == (("emotion",), (), "guess")


@pytest.mark.parametrize(
    "turn", ["is the guy in the beret smiling?", "the man in the bowler: sad?"]
)
def test_somebody_named_by_what_is_worn_on_the_head_is_looked_for(turn):
    assert parse(turn, Context(count=6)).faces == ("with:hat",)


def test_somebody_named_by_a_thing_that_no_tool_sees_is_not_face_1_in_silence():
    assert parse("is the woman holding a glass happy?", Context(count=6)).by_looks
    assert not parse("is the woman in the middle happy?", Context(count=6)).by_looks


def test_lines_of_a_forehead_are_no_agreement():
    meant = parse("forehead lines on him?", SMILE)
    assert (meant.named, meant.comparison) == (("forehead",), None)


def test_look_at_is_no_question_on_the_gaze_when_the_user_points():
    assert "gaze" not in parse("but look at those forehead lines", FEELING).attributes
    assert parse("does she look at us?", Context(count=1)).attributes == ("gaze",)


def test_they_are_everybody_where_nobody_was_spoken_of():
    assert parse("which way are they looking?", Context(count=4)).faces == ("all",)
    assert parse("which way are they looking?", Context(count=1)).faces == ()


def test_a_guess_is_of_the_whole_face_where_a_part_could_not_be_seen():
    meant = parse("take a guess anyway", after("what do her lips do?"))
    assert (meant.form, "face" in meant.regions) == ("guess", True)


def test_a_neighbour_is_who_stands_beside():
    context = Context(count=9)
    last = remembered(parse("is face 3 smiling?", context), ("f3",), ("f3",), None)
    meant = parse("his neighbour on the right?", context.model_copy(update={"last": last}))
    assert meant.faces == ("beside:right",)


def test_the_oldest_of_them_is_sought_among_all_and_the_older_one_among_the_last_two():
    context = Context(count=5)
    for name, question in (("f4", "is face 4 smiling?"), ("f3", "and face 3?")):
        last = remembered(parse(question, context), (name,), (name,), context.last)
        context = context.model_copy(update={"last": last})
    assert parse("which of them is the oldest?", context).faces == ("all",)
    assert parse("which of them is older?", context).faces == ("f4", "f3")


def test_a_part_that_was_described_is_told_in_a_word_by_what_it_does():
    meant = parse("one word?", after("what is the mouth doing?"))
    assert (meant.recall, meant.form) == ("strongest", "word")


@pytest.mark.parametrize(
    ("turn", "attributes"),
    [("hey! whats up with her face?", ("emotion",)), ("what can't you see?", ("hidden",))],
)
def test_a_greeting_or_a_word_of_help_does_not_hide_what_is_asked(turn, attributes):
    assert parse(turn, Context(count=1)).attributes == attributes


def test_a_question_on_the_program_stays_one():
    assert parse("what can you do?", Context(count=1)).kind == "help"
