"""Follow-ups: each kind in several wordings, and near misses that are questions of their own."""

import pytest
from talks import after

from focalface.agent.understanding import Context, parse

BROWS = after("describe the brows")
MOUTH = after("what is the mouth doing?")
HAPPY = after("is she happy?")
SCARED = after("is she scared?")
ALL = after("do they all smile?", count=5, faces=tuple("abcde"), told_of=())


@pytest.mark.parametrize(
    ("question", "recall"),
    [
        ("which part says it the most?", "evidence"),
        ("which bit tells you that", "evidence"),
        ("what gave it away?", "evidence"),
        ("wy?", "evidence"),
        ("y", "evidence"),
        ("what speaks for it?", "evidence"),
        ("which features did you look at", "evidence"),
        ("any doubts?", "doubt"),
        ("what would change if the mask were off?", "convince"),
        ("what would it take to change your mind", "convince"),
        ("hw sure?", "sureness"),
        ("where exactly?", "show"),
    ],
)
def test_the_answer_before_is_asked_about_in_any_wording(question, recall):
    assert parse(question, HAPPY).recall == recall


@pytest.mark.parametrize(
    "question",
    [
        "what does that suggest?",
        "what does that on its own suggest",
        "what emotion would that be by itself?",
        "meaning?",
        "and alone?",
    ],
)
def test_what_was_described_is_asked_for_what_it_suggests_alone(question):
    meant = parse(question, BROWS)
    assert (meant.attributes, meant.regions) == (("emotion",), ("left_brow", "right_brow"))


@pytest.mark.parametrize("question", ["and the mouth alone?", "if you only looked at the mouth?"])
def test_a_part_alone_is_asked_for_its_emotion(question):
    meant = parse(question, BROWS)
    assert (meant.attributes, meant.regions) == (("emotion",), ("mouth",))


@pytest.mark.parametrize(
    ("question", "attributes"),
    [
        ("just looking at her mouth, what emotion would you say", ("emotion",)),
        ("what do the eyes suggest?", ("emotion",)),
        ("what do his brows say?", ("emotion",)),
        ("whats the forehead tell us", ("emotion",)),
        ("what is going on with his mouth?", ()),
        ("what is the mouth alone doing?", ()),
        ("only the mouth, please", ()),
    ],
)
def test_what_a_part_suggests_is_not_what_it_does(question, attributes):
    meant = parse(question, Context(count=1))
    assert meant.attributes == attributes
    assert "face" not in meant.regions


@pytest.mark.parametrize(
    ("question", "before"), [("and the eyes?", HAPPY), ("and the nose?", SCARED)]
)
def test_another_part_after_the_emotion_of_a_face_is_described(question, before):
    assert parse(question, before).attributes == ()


def test_another_part_after_the_emotion_of_a_part_is_asked_for_its_own():
    assert parse("and the mouth?", after("what do the brows suggest?")).attributes == ("emotion",)


@pytest.mark.parametrize(
    "question", ["so what about his eyebrows then", "and the nose?", "what about the eyes"]
)
def test_a_movement_stays_behind_when_another_part_is_named(question):
    assert parse(question, after("is he frowning?")).attributes == ()


@pytest.mark.parametrize("question", ["what do the eyes do then?", "then what are the eyes doing?"])
def test_what_a_part_does_is_asked_afresh(question):
    meant = parse(question, after("does he wear glasses?"))
    assert (meant.kind, meant.attributes) == ("describe", ())


@pytest.mark.parametrize("question", ["both of them?", "is it both brows?", "both?"])
def test_both_asks_whether_it_holds_for_both(question):
    assert parse(question, BROWS).recall == "both"


@pytest.mark.parametrize(
    "question",
    [
        "is the one on the right higher?",
        "are they even?",
        "which one is stronger?",
        "both the same?",
    ],
)
def test_a_pair_that_was_described_is_compared(question):
    assert parse(question, BROWS).comparison == "sides"


def test_left_then_right_then_the_same_is_a_comparison_of_sides():
    told = after("describe the left brow", "and the right one?")
    assert parse("so both are the same?", told).comparison == "sides"


@pytest.mark.parametrize(
    "question", ["is it fake?", "so it's fake?", "genuine?", "real or put on?"]
)
def test_fake_is_asked_of_the_smile_or_of_the_feeling(question):
    assert parse(question, HAPPY).attributes == ("genuineness",)
    assert parse(question, SCARED).felt


def test_with_the_eyes_too_asks_whether_the_smile_reaches_them():
    assert parse("with the eyes too?", after("is he smiling?")).attributes == ("genuineness",)


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("FACS please", True),
        ("action units?", True),
        ("what's the code for that", False),
        ("which AU is that?", False),
        ("just the codes", False),
    ],
)
def test_codes_are_those_of_the_answer_where_it_is_spoken_of(question, whole):
    meant = parse(question, MOUTH)
    assert meant.form == "codes"
    assert ("upper_face" in meant.regions) == whole


@pytest.mark.parametrize(("question", "least"), [("and the least?", True), ("the most?", False)])
def test_a_bare_most_or_least_is_of_everybody(question, least):
    meant = parse(question, ALL)
    assert (meant.comparison, meant.least) == ("faces", least)


def test_compare_with_a_part_compares_it_with_the_last_one():
    meant = parse("compare with the mouth", after("what do the eyes do?"))
    assert meant.comparison == "regions"
    assert {*meant.regions} == {"left_eye", "right_eye", "mouth"}


def test_or_rather_weighs_against_what_was_asked_before():
    meant = parse("or is it rather sad?", after("is she angry?"))
    assert (meant.weighing, meant.emotions) == ("either", ("anger", "sadness"))


@pytest.mark.parametrize(
    "question",
    [
        "what do you see?",
        "why is the left brow raised?",
        "is she genuine?",
        "where is she looking?",
        "are both lips pressed?",
        "is the smile the same as in the photo before?",
        "what is FACS?",
        "how sure are you that he is sad?",
    ],
)
def test_a_question_with_words_of_weight_is_one_of_its_own(question):
    meant = parse(question, BROWS)
    assert meant.recall is None or meant.attributes != BROWS.last.attributes


@pytest.mark.parametrize(
    ("question", "degree"),
    [
        ("is his mouth wide open?", "much"),
        ("is she smiling broadly?", "much"),
        ("are the brows raised a lot?", "much"),
        ("is her mouth slightly open?", "little"),
        ("is it a faint smile?", "little"),
        ("is she smiling?", ""),
        ("what is the wide mouth doing?", ""),
    ],
)
def test_how_much_is_asked_for_is_read(question, degree):
    assert parse(question, Context(count=1)).degree == degree


@pytest.mark.parametrize(
    ("question", "spans"),
    [
        ("is this a child or an adult?", ["a child", "an adult"]),
        ("is he in his 20s or 30s?", ["the 20s", "the 30s"]),
        ("is she older or younger than 30?", ["over 30", "under 30"]),
        ("closer to 30 or 40?", ["30", "40"]),
        ("is she over 40?", []),
    ],
)
def test_ages_that_are_offered_are_chosen_from(question, spans):
    assert [name for name, _, _ in parse(question, Context(count=1)).spans] == spans


@pytest.mark.parametrize(
    "question",
    [
        "Which emotions is his face NOT showing?",
        "which emotion does he definitely not show",
    ],
)
def test_emotions_that_do_not_show_are_asked_for(question):
    meant = parse(question, Context(count=1))
    assert (meant.attributes, meant.absent) == (("emotion",), True)


@pytest.mark.parametrize(
    ("question", "about"),
    [("hi", "greeting"), ("Hello there!", "greeting"), ("how do you spot a fake smile?", "smiles")],
)
def test_greetings_and_general_questions_get_an_answer_of_their_own(question, about):
    assert parse(question, HAPPY).about == about


@pytest.mark.parametrize(
    ("question", "beyond"),
    [
        ("but i see two cats!", ("animal",)),
        ("is one side of his face darker?", ("photo",)),
        ("describe the beach", ("scene",)),
    ],
)
def test_what_is_no_human_face_is_said_to_be_beyond(question, beyond):
    meant = parse(question, HAPPY)
    assert (meant.kind, meant.beyond) == ("outside", beyond)


@pytest.mark.parametrize("question", ["where is the face?", "where in the photo is her face"])
def test_the_place_of_a_face_is_asked_for(question):
    meant = parse(question, Context(count=1))
    assert (meant.recall, meant.regions) == ("show", ("face",))


@pytest.mark.parametrize(
    ("question", "refusal"),
    [
        ("who is making a kissy face?", None),
        ("she's not scared, is she?", None),
        ("on a scale of 1-10 how mad does he look", None),
        ("rate his happiness 0-10", None),
        ("can you guess?", None),
        ("who's yelling?", None),
        ("really, nobody?", None),
        ("how many people altogether?", None),
        ("is this guy lying?", "honesty"),
        ("are most of the people men or women?", "gender"),
        ("is he faking it?", "honesty"),
        ("rate her looks 0-10", "attractiveness"),
    ],
)
def test_an_ordinary_question_is_not_refused_and_a_refused_one_for_its_reason(question, refusal):
    assert parse(question, Context(count=3)).refusal == refusal


def test_glasses_that_hide_something_are_asked_about_what_they_hide():
    assert parse("do his glasses hide the eyes?", Context(count=1)).attributes == ("hidden",)
    assert parse("does he wear glasses?", Context(count=1)).attributes == ("glasses",)


def test_who_is_not_really_smiling_is_no_question_of_sincerity():
    assert parse("who isn't really smiling?", Context(count=3)).attributes == ("AU12",)
    assert parse("is that a real smile?", Context(count=3)).attributes == ("genuineness",)


def test_how_sure_you_are_is_asked_beside_the_question():
    meant = parse("is she smiling, and how sure are you?", Context(count=1))
    assert (meant.attributes, meant.sure, meant.numbers) == (("AU12",), True, False)
    part = parse("what is the left eyebrow doing, and how sure are you?", Context(count=1))
    assert (part.kind, part.sure, part.recall) == ("describe", True, None)


@pytest.mark.parametrize(
    ("question", "recall"),
    [
        ("what's the giveaway", "evidence"),
        ("any other candidates?", "sureness"),
        ("what would be the runner up", "sureness"),
        ("could it be something else?", "sureness"),
        ("100%?", "sureness"),
        ("which muscle", "muscle"),
        ("where the heck is it", "show"),
    ],
)
def test_one_word_that_nobody_listed_does_not_hide_what_is_asked_of_the_answer(question, recall):
    assert parse(question, HAPPY).recall == recall


@pytest.mark.parametrize(
    "question", ["tell me a joke", "what's the capital of France?", "is it raining?"]
)
def test_what_has_nothing_to_do_with_a_face_stays_not_understood(question):
    assert parse(question, HAPPY).kind == "outside"


@pytest.mark.parametrize(
    ("question", "attributes", "regions"),
    [
        ("raised?", ("AU1", "AU2"), ("left_brow", "right_brow")),
        ("and lowered?", ("AU4",), ("left_brow", "right_brow")),
        ("left?", (), ("left_brow",)),
        ("the left", (), ("left_brow",)),
        ("zoom in on the left", (), ("left_brow",)),
    ],
)
def test_the_part_that_a_question_leaves_out_is_the_last_one(question, attributes, regions):
    meant = parse(question, BROWS)
    assert (meant.attributes, meant.regions) == (attributes, regions)


def test_open_or_closed_after_a_smile_is_asked_of_the_mouth():
    assert parse("open or closed?", after("is she smiling?")).attributes == ("mouth_openness",)


@pytest.mark.parametrize(
    ("question", "degree", "numbers"),
    [
        ("how strong?", "", True),
        ("how much", "", True),
        ("a lot?", "much", False),
        ("is it weak?", "little", False),
    ],
)
def test_how_much_is_asked_of_the_last_movement(question, degree, numbers):
    meant = parse(question, after("is she smiling?"))
    assert (meant.attributes, meant.degree, meant.numbers) == (("AU12",), degree, numbers)


@pytest.mark.parametrize("question", ["i don't think so", "nope", "that's nonsense"])
def test_a_doubt_asks_for_a_check(question):
    assert parse(question, HAPPY).kind == "check"


@pytest.mark.parametrize("question", ["does the mouth fit that", "do the eyes agree?"])
def test_another_part_that_agrees_or_not_is_compared(question):
    assert parse(question, BROWS).comparison == "regions"


@pytest.mark.parametrize(
    ("question", "recall"),
    [("what muscle lifts them", "muscle"), ("how sure are you about the mouth?", "sureness")],
)
def test_what_was_described_is_asked_for_its_muscles_and_its_sureness(question, recall):
    assert parse(question, BROWS).recall == recall


def test_how_high_after_a_description_describes_again():
    assert parse("how high are they", BROWS).regions == BROWS.last.regions


@pytest.mark.parametrize(
    ("question", "attribute"),
    [("which of them have hats on", "head_wear"), ("are any of them wearing masks?", "mask")],
)
def test_what_several_people_wear_is_asked_in_the_plural(question, attribute):
    assert parse(question, Context(count=5)).attributes == (attribute,)


def test_a_mask_that_is_only_spoken_of_is_not_asked_for():
    assert parse("is she smiling under that mask?", Context(count=1)).attributes == ("AU12",)


@pytest.mark.parametrize(
    ("question", "quality"),
    [
        ("is she bored?", "boredom"),
        ("does he look confident to you?", "confidence"),
        ("how confident are you in that?", ""),
        ("is he proud", "pride"),
    ],
)
def test_a_quality_that_is_no_emotion_is_kept_by_its_name(question, quality):
    assert parse(question).quality == quality


def test_who_is_friendlier_is_ranked_by_the_emotion_behind_it():
    meant = parse("which of the two is friendlier?", Context(count=2))
    assert (meant.emotions, meant.comparison) == (("happiness",), "faces")
