"""Questions that their own words decide: claims, tags, places, what is no crime."""

import pytest
from talks import after

from focalface.agent.understanding import Context, parse


@pytest.mark.parametrize(
    ("question", "attributes"),
    [
        ("what's covering her mouth", ("hidden",)),
        ("which part of the face can't you see?", ("hidden",)),
        ("can you see both eyes?", ("seen",)),
        ("is the chin visible?", ("seen",)),
        ("can you see her teeth?", ("teeth",)),
        ("can you see a smile?", ("AU12",)),
        ("is he hiding a smile?", ("AU12",)),
    ],
)
def test_what_covers_and_what_can_be_seen_are_questions_of_their_own(question, attributes):
    assert parse(question, Context(count=1)).attributes == attributes


@pytest.mark.parametrize(
    ("question", "face"),
    [
        ("what does the guy top left have on his eyes?", "at:top:left:1"),
        ("is the woman in the lower right corner smiling?", "at:bottom:right:1"),
        ("bottom left, is he angry?", "at:bottom:left:1"),
        ("man on the far left in the back row, mouth open?", "at:back:left:1"),
    ],
)
def test_somebody_is_named_by_a_corner_or_the_end_of_a_row(question, face):
    assert parse(question, Context(count=9)).faces == (face,)


def test_a_corner_of_a_part_is_no_person():
    assert parse("is the upper left eyelid raised?", Context(count=9)).faces == ()


@pytest.mark.parametrize(
    ("question", "codes"),
    [("AU15 + 17?", ("AU15", "AU17")), ("AU1+2?", ("AU1", "AU2")), ("AU6/12?", ("AU6", "AU12"))],
)
def test_units_that_are_added_up_are_all_asked_for(question, codes):
    meant = parse(question, Context(count=1))
    assert (meant.attributes, meant.weighing) == (codes, "both")


@pytest.mark.parametrize(
    "question", ["how can I make her look prettier?", "how could he look more trustworthy?"]
)
def test_advice_on_what_no_face_shows_stays_declined(question):
    assert parse(question, Context(count=1)).kind == "refuse"


def test_what_is_out_of_bounds_is_declined_where_the_rest_is_answered():
    meant = parse("is he sick? why the mask", Context(count=1))
    assert (meant.declined, meant.attributes) == (("health",), ("mask",))


def test_who_is_asked_for_a_hat_stays_the_one_that_was_named():
    meant = parse("is the guy on the left wearing a hat?", Context(count=2))
    assert (meant.faces, meant.attributes) == (("leftmost",), ("head_wear",))


def test_the_mood_of_a_group_is_that_of_everybody():
    meant = parse("what's the vibe in this group?", Context(count=14))
    assert (meant.faces, meant.attributes) == (("all",), ("emotion",))


def test_a_question_among_statements_is_no_question_for_yes_or_no():
    assert not parse("I am an animator. What makes the snarl in this face?").polar


def test_whoever_is_called_by_a_hat_is_not_asked_about_the_hat():
    meant = parse("tell me about the man wearing the hat", Context(count=2))
    assert (meant.faces, meant.attributes) == (("with:hat",), ())


def test_one_by_one_wants_all_faces_apart():
    assert parse("go through them one by one, one line each", Context(count=6)).form == "table"


def test_somebody_who_forgot_to_smile_is_looked_for_by_the_lack():
    assert parse("is there one who forgot to smile?", Context(count=12)).absent


@pytest.mark.parametrize("question", ["but he isn't smiling", "no, he's not smiling!"])
def test_a_claim_that_something_is_absent_is_a_denial(question):
    assert parse(question, after("is he happy?")).denied


def test_whoever_looks_most_serious_looks_least_happy():
    meant = parse("who looks the most serious?", Context(count=9))
    assert (meant.emotions, meant.least) == (("happiness",), True)


def test_where_a_feeling_shows_most_is_looked_for_at_the_parts_that_show_it():
    assert "left_brow" in parse("which part looks angriest?").regions


@pytest.mark.parametrize(
    "question",
    ["He's smiling, isn't he?", "Is he smiling or isn't he? My eyes are not what they were."],
)
def test_a_tag_makes_a_question_for_yes_or_no(question):
    meant = parse(question)
    assert (meant.attributes, meant.named, meant.polar) == (("AU12",), (), True)


def test_somebody_who_is_young_is_not_asked_for_an_age():
    assert "age" not in parse("why does the young lady raise her brows?").attributes


def test_being_mad_at_somebody_is_no_crime():
    assert parse("is this guy mad at something?").emotions == ("anger",)
    assert parse("is he dangerous?").refusal == "crime"


def test_why_the_long_face_asks_for_the_mood_behind_it():
    assert parse("why the long face?").attributes == ("emotion",)


def test_whether_he_cries_is_no_emotion_of_its_own():
    meant = parse("is he crying?")
    assert (meant.quality, meant.emotions) == ("crying", ())


def test_ruling_something_out_is_a_denial_of_it():
    assert parse("can I rule disgust out?", after("is he sad?")).denied
