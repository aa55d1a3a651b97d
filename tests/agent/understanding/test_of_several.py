"""Questions on several faces or pictures: who goes with whom, orders, places, differences."""

import pytest

from focalface.agent.understanding import Context, LastTurn, parse

FIVE = Context(count=5)
TWO_PHOTOS = Context(count=1, pictures=2)


def after(question, context, **changes):
    """The context once a question was answered."""
    heard = parse(question, context)
    last = LastTurn(
        kind=heard.kind,
        attributes=heard.attributes,
        regions=heard.regions,
        intent=heard,
        **changes,
    )
    return context.model_copy(update={"last": last})


@pytest.mark.parametrize(
    ("question", "emotions", "least"),
    [
        ("rank them by how much they smile", (), False),
        ("order them from saddest to happiest", ("sadness",), False),
        ("sort the faces by age", (), False),
        ("list them from youngest to oldest", (), True),
        ("line everyone up by anger", ("anger",), False),
    ],
)
def test_an_order_is_of_all_faces(question, emotions, least):
    pair = after("does he smile?", FIVE, faces=("a", "b"), pair=("a", "b"))
    for context in (FIVE, pair):
        heard = parse(question, context)
        assert heard.listed
        assert (heard.emotions, heard.least) == (emotions, least)


@pytest.mark.parametrize("question", ["who smiles most?", "describe the faces", "is she happy?"])
def test_a_question_for_one_or_for_all_is_no_order(question):
    assert not parse(question, FIVE).listed


def test_they_are_everybody_after_a_question_on_everybody():
    context = after("who is smiling?", FIVE, subject=("a",), pair=("a", "b"))
    assert parse("how old are they?", context).faces == ("all",)
    assert parse("are both of them happy?", context).faces == ("a", "b")


@pytest.mark.parametrize("question", ["where?", "where are they?", "which ones?", "who are they?"])
def test_where_after_a_count_asks_for_those_who_were_counted(question):
    heard = parse(question, after("how many wear glasses?", FIVE))
    assert (heard.attributes, heard.faces, heard.counted) == (("glasses",), ("all",), False)


def test_who_after_those_who_do_not_asks_for_them():
    assert parse("who?", after("how many aren't smiling?", FIVE)).absent
    assert not parse("who?", after("how many are smiling?", FIVE)).absent


def test_where_somebody_is_asks_for_a_place():
    assert parse("where is face 8?", FIVE).faces == ("8",)
    heard = parse("where is he?", after("who is oldest?", FIVE, subject=("a",)))
    assert (heard.kind, heard.faces) == ("faces", ("a",))


@pytest.mark.parametrize(
    ("question", "faces"),
    [
        ("does the man in row 2, third, wear glasses?", ("row:2:3",)),
        ("third in row two: smiling?", ("row:2:3",)),
        ("is the 2nd from the right in row 1 happy?", ("row:1:-2",)),
        ("and the guy with the round glasses next to her?", ("with:glasses&beside",)),
        ("who is next to her on the left?", ("beside:left",)),
    ],
)
def test_rows_have_numbers_and_people_have_neighbours(question, faces):
    assert parse(question, FIVE).faces == faces


def test_somebody_named_by_hair_alone_is_asked_back_for():
    heard = parse("and the redhead?", after("is he happy?", FIVE))
    assert (heard.kind, heard.by_looks) == ("outside", True)


@pytest.mark.parametrize(
    "question",
    [
        "What about the mouths?",
        "and the brows?",
        "the eyes only please",
        "who is older?",
        "and the age?",
    ],
)
def test_a_short_question_goes_on_with_both_pictures(question):
    context = after("which of the two photos looks angrier?", TWO_PHOTOS)
    assert parse(question, context).comparison == "pictures"


@pytest.mark.parametrize("question", ["is she smiling?", "what is this one doing with the mouth?"])
def test_a_question_on_one_person_leaves_the_two_pictures(question):
    context = after("which of the two photos looks angrier?", TWO_PHOTOS)
    assert parse(question, context).comparison is None


@pytest.mark.parametrize(
    ("question", "photo"),
    [
        ("what is the mouth doing in the first photo?", 1),
        ("what's the emotion in the other picture?", 1),
        ("how far open is the mouth in the second one?", 2),
    ],
)
def test_one_of_two_pictures_is_asked_about_alone(question, photo):
    heard = parse(question, TWO_PHOTOS)
    assert (heard.photo, heard.comparison) == (photo, None)


def test_a_picture_that_was_asked_about_stays_the_one():
    context = after("what do the eyes do in the first photo?", TWO_PHOTOS)
    assert parse("and the mouth?", context).comparison is None
    assert parse("and in the second?", context).photo == 2


def test_the_two_men_of_two_pictures_are_compared():
    heard = parse("Compare the eyebrows of the two men.", TWO_PHOTOS)
    assert (heard.comparison, heard.named) == ("pictures", ("left_brow", "right_brow"))


def test_by_how_much_asks_for_the_figures_of_what_was_compared():
    heard = parse("by how much?", after("who's sadder?", TWO_PHOTOS))
    assert (heard.recall, heard.comparison) == ("difference", "pictures")


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Do his glasses hide the eyes?", ("left_eye", "right_eye")),
        ("is her hair covering the left eye?", ("left_eye",)),
        ("does the mask cover his chin?", ("chin",)),
    ],
)
def test_what_a_thing_hides_is_asked_of_the_part(question, named):
    heard = parse(question, Context(count=1))
    assert (heard.attributes, heard.named) == (("hidden",), named)


def test_glasses_do_not_stick_to_the_next_question():
    context = after("does he wear glasses?", Context(count=1))
    assert parse("then what do the eyes do?", context).attributes == ()
    context = after("who has the biggest smile?", FIVE)
    assert parse("how many wear glasses?", context).attributes == ("glasses",)


def test_who_was_spoken_of_is_compared_with_the_one_that_is_named():
    context = after("does he smile?", FIVE, subject=("a",), faces=("a",))
    heard = parse("compare him with the girl on the right", context)
    assert (heard.comparison, heard.faces) == ("faces", ("a", "rightmost"))


@pytest.mark.parametrize("question", ["which of them isn't?", "who isn't?", "which ones don't?"])
def test_those_who_do_not_are_asked_for_in_a_word(question):
    assert parse(question, after("are they all smiling?", FIVE)).absent


@pytest.mark.parametrize(
    ("question", "selector"),
    [("and above her?", "behind"), ("and the one in front of him?", "before")],
)
def test_somebody_above_or_in_front_is_found_from_the_last_one(question, selector):
    heard = parse(question, after("does she smile?", FIVE, subject=("a",)))
    assert (heard.faces, heard.attributes) == ((selector,), ("AU12",))


@pytest.mark.parametrize(
    "question",
    ["the woman bottom right, how does she look?", "who is the second from the right in front?"],
)
def test_somebody_named_first_is_no_question_on_the_person(question):
    heard = parse(question, FIVE)
    assert (heard.kind, heard.declined) == ("summary", ())


def test_who_is_happier_is_of_both_pictures_again():
    context = after("what do the eyes do in the first photo?", TWO_PHOTOS)
    assert parse("who's happier?", context).comparison == "pictures"


@pytest.mark.parametrize(
    ("question", "face"),
    [
        ("the one furthest right?", "at::right:1"),
        ("and the guy on the furthest right", "rightmost"),
    ],
)
def test_the_end_of_a_row_is_a_place(question, face):
    assert parse(question, after("does she smile?", FIVE)).faces == (face,)


@pytest.mark.parametrize(
    ("question", "selector"),
    [("next one", "next"), ("and the next?", "next"), ("back to the one before", "previous")],
)
def test_people_are_gone_through_one_by_one(question, selector):
    heard = parse(question, after("does she smile?", FIVE, faces=("a",), subject=("a",)))
    assert (heard.faces, heard.attributes) == ((selector,), ("AU12",))


@pytest.mark.parametrize(
    "question",
    [
        "Are there any sad or angry people on this sheet?",
        "people with beards pls",
        "where are the cheerleaders looking?",
        "Find me the faces that are not smiling",
        "Are these profile views or frontal ones?",
    ],
)
def test_several_people_are_everybody(question):
    assert parse(question, Context(count=12)).faces == ("all",)


@pytest.mark.parametrize("question", ["where are the eyes looking?", "are the brows raised?"])
def test_several_parts_are_not(question):
    assert parse(question, Context(count=12)).faces == ()


def test_who_is_the_youngest_asks_for_no_name():
    meant = parse("Could you tell me who is the youngest looking?", Context(count=12))
    assert (meant.refusal, meant.attributes) == (None, ("age",))


def test_whether_somebody_is_sincere_is_declined_and_a_sincere_smile_is_not():
    assert parse("does he look sincere?").refusal == "honesty"
    assert parse("is his smile sincere?").refusal is None


def test_the_age_in_each_photo_is_asked_of_both():
    meant = parse("tell me the age of the man in each photo", Context(count=1, pictures=2))
    assert meant.comparison == "pictures"


def test_a_summary_in_one_sentence_is_of_the_whole_face():
    context = after("what does the mouth do?", Context(count=1))
    meant = parse("sum it up in one sentence for my report", context)
    assert (meant.kind, meant.form, "face" in meant.regions) == ("summary", "short", True)


ORDERED = after("rank them by smile", FIVE, order=("f3", "f1", "f2"))


@pytest.mark.parametrize(
    ("question", "whom"),
    [
        ("and the last one, what does the mouth do?", "f2"),
        ("what does the second one look like?", "f1"),
        ("ok and the first?", "f3"),
    ],
)
def test_after_an_order_the_last_one_is_the_last_of_it(question, whom):
    assert parse(question, ORDERED).faces == (whom,)


def test_without_an_order_the_first_one_is_face_1():
    assert parse("is the first one smiling?", FIVE).faces == ("1",)


@pytest.mark.parametrize(
    ("question", "faces"),
    [
        ("who is in the middle of the front row?", ("at:front:middle:1",)),
        ("who is the guy with the hat looking at?", ("with:hat",)),
    ],
)
def test_who_is_somewhere_and_whom_one_looks_at_asks_for_no_name(question, faces):
    meant = parse(question, Context(count=9))
    assert (meant.refusal, meant.faces) == (None, faces)


def test_compared_with_a_neighbour_is_no_question_for_yes_or_no():
    context = after("does face 3 smile?", FIVE, faces=("f3",), subject=("f3",))
    meant = parse("compare her with the one on her left", context)
    assert (meant.faces, meant.polar) == (("f3", "beside:left"), False)
