"""Short follow-ups, read against what the turn before was about."""

import pytest

from focalface.agent.planning.turn_context import remembered
from focalface.agent.understanding import Context, parse


def after(question, *, count=1, faces=("f1",), told_of=("f1",), pictures=1):
    """What a conversation knows after a question."""
    context = Context(count=count, pictures=pictures)
    last = remembered(parse(question, context), faces, told_of, None)
    return Context(count=count, last=last, pictures=pictures)


BOTH_BROWS = after("how are the eyebrows?")
LEFT_BROW = after("is the left brow raised?")
UPPER_LIP = after("what is her upper lip doing?")
CODES = after("list the AUs you see")
ONE_OF_TWO = after("is the guy on the right smiling?", count=2)
ALL = after("does everyone smile?", count=5, faces=("f1", "f2", "f3", "f4", "f5"), told_of=())


@pytest.mark.parametrize(
    "question", ["and the other one?", "the other?", "what about the other eyebrow?"]
)
def test_the_other_one_of_a_pair_that_was_told_of_is_a_comparison(question):
    meant = parse(question, BOTH_BROWS)
    assert (meant.comparison, meant.regions) == ("sides", ("left_brow", "right_brow"))


def test_the_other_one_of_one_side_is_the_other_side():
    assert parse("and the other one?", LEFT_BROW).regions == ("right_brow",)


@pytest.mark.parametrize("question", ["and the other?", "the other guy?"])
def test_after_one_of_two_faces_the_other_is_a_face(question):
    meant = parse(question, ONE_OF_TWO)
    assert (meant.faces, meant.attributes) == (("others",), ("AU12",))


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
    ("question", "emotions"), [("why not scared?", ("fear",)), ("why isn't she sad", ("sadness",))]
)
def test_why_not_asks_for_what_is_missing(question, emotions):
    meant = parse(question, after("what emotion is this?"))
    assert (meant.recall, meant.emotions) == ("why not", emotions)


@pytest.mark.parametrize(
    "question",
    [
        "which photo looks older?",
        "in which picture is he older?",
        "who is older, in both pictures?",
    ],
)
def test_a_question_over_photos_compares_pictures(question):
    meant = parse(question, Context(count=1, pictures=2))
    assert (meant.comparison, meant.attributes) == ("pictures", ("age",))


def test_a_part_in_both_is_looked_at_in_both_without_what_was_asked_before():
    meant = parse("and the brows in both?", after("which photo looks older?", pictures=2))
    assert (meant.comparison, meant.attributes) == ("pictures", ())


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


@pytest.mark.parametrize(
    ("context", "comparison"),
    [(Context(count=2), "faces"), (Context(count=1, pictures=2), "pictures")],
)
def test_the_two_are_the_faces_or_the_pictures_that_there_are_two_of(context, comparison):
    assert parse("compare the two", context).comparison == comparison


@pytest.mark.parametrize(
    "question", ["who's older?", "which one looks more disgusted?", "what differs in the mouth?"]
)
def test_with_two_pictures_of_one_face_each_a_comparison_is_of_them(question):
    assert parse(question, Context(count=1, pictures=2)).comparison == "pictures"


def test_the_second_one_of_two_pictures_is_no_second_face():
    meant = parse("how far open is the mouth in the second one?", Context(count=1, pictures=2))
    assert meant.faces == ()


@pytest.mark.parametrize(
    ("question", "counted", "absent"),
    [("how many don't?", True, True), ("who?", False, False), ("who doesn't?", False, True)],
)
def test_a_bare_count_or_who_is_of_what_was_asked_of_everybody(question, counted, absent):
    meant = parse(question, ALL)
    assert (meant.counted, meant.absent, meant.attributes) == (counted, absent, ("AU12",))


def of_two_pictures(question: str) -> Context:
    return after(question, pictures=2)


@pytest.mark.parametrize(
    "question", ["do the two have the same expression?", "are they alike in mood?"]
)
def test_whether_two_pictures_are_alike_is_a_question_for_yes_or_no(question):
    meant = parse(question, of_two_pictures("is she smiling?"))
    assert (meant.comparison, meant.weighing, meant.polar) == ("pictures", "even", True)


def test_in_which_one_asks_which_picture():
    meant = parse("in which one is he smiling more?", of_two_pictures("is he happy?"))
    assert (meant.comparison, meant.ranked, meant.polar) == ("pictures", True, False)


def test_and_her_after_one_picture_asks_of_the_other():
    before = of_two_pictures("is the mouth open in the first picture?")
    assert (parse("and hers?", before).photo, parse("and hers?", before).attributes) == (
        "now", ("mouth_openness",),
    )  # fmt: skip
    assert parse("and his?", of_two_pictures("is the mouth open?")).photo == "before"


def test_what_no_face_shows_is_not_carried_over_from_the_other_picture():
    before = of_two_pictures("what about the eyes?")
    meant = parse("in the first picture, is she wearing earrings?", before)
    assert meant.attributes == ()


@pytest.mark.parametrize(
    ("question", "weighing"),
    [("which signs do they share?", "shared"), ("what makes the difference?", "differ")],
)
def test_what_two_have_in_common_or_tells_them_apart(question, weighing):
    two = parse(question, of_two_pictures("is she smiling?"))
    assert (two.comparison, two.weighing) == ("pictures", weighing)


@pytest.mark.parametrize(
    "question", ["how much out of 100 for each?", "give me the emotions as percentages"]
)
def test_all_emotions_may_be_wanted_with_their_figures(question):
    meant = parse(question, after("is he sad?"))
    assert (meant.form, meant.attributes, meant.emotions) == ("percents", ("emotion",), ())


def test_why_not_the_other_one_is_about_the_emotion_that_was_not_chosen():
    meant = parse("why not the other one?", after("is she angry or sad?"))
    assert (meant.recall, {*meant.emotions}) == ("why not", {"anger", "sadness"})


def test_the_mood_of_a_group_is_that_of_everybody():
    meant = parse("what's the vibe in this group?", Context(count=14))
    assert (meant.faces, meant.attributes) == (("all",), ("emotion",))


def test_rank_them_orders_by_what_was_asked_before():
    meant = parse("rank all four", after("who smiles most?", count=4))
    assert (meant.listed, meant.attributes) == (True, ("AU12",))


@pytest.mark.parametrize(
    "question", ["how would fear look different?", "what's missing for it to be clearly fear?"]
)
def test_how_a_feeling_would_look_asks_what_is_missing_for_it(question):
    meant = parse(question, after("is she surprised?"))
    assert (meant.recall, meant.emotions) == ("why not", ("fear",))


@pytest.mark.parametrize(
    "question",
    [
        "two takes of one scene. in which one is she angrier?",
        "so whos angrier?",
        "do both look angry?",
    ],
)
def test_both_pictures_are_meant_where_no_one_is_named(question):
    assert parse(question, Context(count=1, pictures=2)).comparison == "pictures"


def test_wider_than_normal_compares_with_nothing_in_the_picture():
    meant = parse("are her eyes really wider than normal?")
    assert (meant.comparison, meant.attributes) == (None, ("AU5",))


def test_a_question_among_statements_is_no_question_for_yes_or_no():
    assert not parse("I am an animator. What makes the snarl in this face?").polar


def test_whoever_is_called_by_a_hat_is_not_asked_about_the_hat():
    meant = parse("tell me about the man wearing the hat", Context(count=2))
    assert (meant.faces, meant.attributes) == (("with:hat",), ())


def test_one_by_one_wants_all_faces_apart():
    assert parse("go through them one by one, one line each", Context(count=6)).form == "table"


@pytest.mark.parametrize(
    ("question", "whom"),
    [("anyone in the first row who smiles?", "at:first::"), ("and in the row below?", "row below")],
)
def test_rows_are_named_and_stepped_through(question, whom):
    meant = parse(question, after("who smiles in the second row?", count=30))
    assert meant.faces == (whom,)


def test_somebody_who_forgot_to_smile_is_looked_for_by_the_lack():
    assert parse("is there one who forgot to smile?", Context(count=12)).absent


@pytest.mark.parametrize("question", ["but he isn't smiling", "no, he's not smiling!"])
def test_a_claim_that_something_is_absent_is_a_denial(question):
    assert parse(question, after("is he happy?")).denied


def test_only_a_part_after_a_feeling_asks_what_that_alone_suggests():
    meant = parse("only the upper half", after("what emotion is it?"))
    assert (meant.attributes, meant.named) == (("emotion",), ("upper_face",))


def test_a_picture_may_be_called_by_its_number():
    assert (
        parse("and in photo 2?", of_two_pictures("is he happy in the first photo?")).photo == "now"
    )
    meant = parse("is picture 1 happier than picture 2?", Context(count=1, pictures=2))
    assert (meant.comparison, meant.photo) == ("pictures", "")


def test_the_difference_to_another_face_is_that_of_the_one_before():
    meant = parse("what is the difference to face 2?", after("is face 1 happy?", count=3))
    assert (meant.comparison, meant.faces) == ("faces", ("f1", "2"))


def test_after_the_first_of_all_the_second_is_told_by_the_order():
    assert parse("who comes second?", after("who smiles most?", count=9, told_of=("f1",))).listed


def test_whoever_looks_most_serious_looks_least_happy():
    meant = parse("who looks the most serious?", Context(count=9))
    assert (meant.emotions, meant.least) == (("happiness",), True)


def test_all_of_them_are_asked_whether_they_look_at_the_camera():
    meant = parse("do they all look at the camera?", after("is face 3 smiling?", count=5))
    assert (meant.faces, meant.direction) == (("all",), "camera")


def test_summed_up_in_one_word_is_the_whole_face():
    meant = parse("sum him up in one word", after("what does the mouth do?"))
    assert (meant.attributes, meant.regions[0]) == (("emotion",), "face")


def test_without_the_brows_nothing_between_them_counts_either():
    assert "glabella" not in parse("and without the brows?", after("is she angry?")).regions


def test_where_a_feeling_shows_most_is_looked_for_at_the_parts_that_show_it():
    assert "left_brow" in parse("which part looks angriest?").regions


def test_going_back_to_a_picture_asks_nothing_of_it():
    assert parse("go back to the first photo", of_two_pictures("is she happy?")).recall == (
        "first picture"
    )


@pytest.mark.parametrize("question", ["ok and the other one?", "And the girl in the other one?"])
def test_the_other_picture_is_the_one_that_was_not_spoken_of(question):
    first = of_two_pictures("how old does he look in the first picture?")
    assert parse(question, first).photo == "now"


def test_which_one_more_after_two_pictures_compares_them():
    meant = parse("which one more?", of_two_pictures("do both look surprised?"))
    assert (meant.comparison, meant.ranked, meant.emotions) == ("pictures", True, ("surprise",))


def test_they_are_the_eyes_that_were_spoken_of():
    meant = parse("are they closed?", after("what do face 1's eyes do?", count=2))
    assert (meant.attributes, meant.faces) == (("eye_openness",), ("f1",))


def test_both_are_the_two_faces_that_were_spoken_of_last():
    before = after("is face 1 smiling?", count=4)
    pair = before.last.model_copy(update={"pair": ("f2", "f1")})
    meant = parse("do both show teeth?", before.model_copy(update={"last": pair}))
    assert meant.faces == ("f2", "f1")


@pytest.mark.parametrize(
    "question",
    ["He's smiling, isn't he?", "Is he smiling or isn't he? My eyes are not what they were."],
)
def test_a_tag_makes_a_question_for_yes_or_no(question):
    meant = parse(question)
    assert (meant.attributes, meant.named, meant.polar) == (("AU12",), (), True)


def test_who_comes_last_is_whoever_shows_it_least():
    meant = parse("and who comes last", after("who smiles most?", count=6))
    assert (meant.faces, meant.least) == (("all",), True)


def test_why_not_the_other_face_asks_what_it_lacks():
    meant = parse("why not the other one?", after("which of them is happier?", count=2))
    assert (meant.faces, meant.recall) == (("others",), "why not")


def test_somebody_who_is_young_is_not_asked_for_an_age():
    assert "age" not in parse("why does the young lady raise her brows?").attributes


def test_whether_a_part_agrees_is_weighed_against_the_face():
    meant = parse("does the mouth agree?", after("so fear or anger here?"))
    assert (meant.comparison, meant.named) == ("regions", ("face", "mouth"))


def test_a_side_compared_to_the_other_is_no_agreement():
    meant = parse("what's her left brow doing compared to her right?", after("does she smile?"))
    assert (meant.comparison, meant.named) == ("sides", ("left_brow", "right_brow"))


@pytest.mark.parametrize("question", ["by how many years?", "what's the gap between the two?"])
def test_the_gap_between_ages_is_asked_in_years(question):
    meant = parse(question, after("who is older?", count=2, told_of=("f1", "f2")))
    assert (meant.recall, meant.attributes) == ("difference", ("age",))


@pytest.mark.parametrize("question", ["and the second most?", "and who second?", "in third place?"])
def test_another_place_of_a_ranking_is_told_by_the_order(question):
    assert parse(question, after("who smiles most?", count=9, told_of=("f1",))).listed


def test_the_second_one_of_two_pictures_is_no_face():
    context = of_two_pictures("what changed in her face?")
    meant = parse("so is she less angry in the second one?", context)
    assert (meant.comparison, meant.faces, meant.least) == ("pictures", (), True)
    assert parse("and the second, what is it there?", context).photo == "now"


def test_being_mad_at_somebody_is_no_crime():
    assert parse("is this guy mad at something?").emotions == ("anger",)
    assert parse("is he dangerous?").refusal == "crime"


def test_why_the_long_face_asks_for_the_mood_behind_it():
    assert parse("why the long face?").attributes == ("emotion",)


def test_whether_he_cries_is_no_emotion_of_its_own():
    meant = parse("is he about to cry?")
    assert (meant.quality, meant.emotions) == ("crying", ())


def test_ruling_something_out_is_a_denial_of_it():
    assert parse("can I rule disgust out?", after("is he sad?")).denied


def test_how_sure_of_two_pictures_asks_for_the_figures_of_both():
    assert parse("how sure, in %?", of_two_pictures("which one looks angrier?")).recall == (
        "difference"
    )
