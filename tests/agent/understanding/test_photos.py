"""Questions over two pictures: which one, both, the other, and back to the first."""

import pytest
from talks import after

from focalface.agent.understanding import Context, parse


def of_two_pictures(question: str) -> Context:
    return after(question, pictures=2)


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
        2, ("mouth_openness",),
    )  # fmt: skip
    assert parse("and his?", of_two_pictures("is the mouth open?")).photo == 1


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


def test_a_picture_may_be_called_by_its_number():
    assert parse("and in photo 2?", of_two_pictures("is he happy in the first photo?")).photo == 2
    meant = parse("is picture 1 happier than picture 2?", Context(count=1, pictures=2))
    assert (meant.comparison, meant.photo) == ("pictures", 1)


def test_going_back_to_a_picture_asks_nothing_of_it():
    assert parse("go back to the first photo", of_two_pictures("is she happy?")).recall == (
        "first picture"
    )


@pytest.mark.parametrize("question", ["ok and the other one?", "And the girl in the other one?"])
def test_the_other_picture_is_the_one_that_was_not_spoken_of(question):
    first = of_two_pictures("how old does he look in the first picture?")
    assert parse(question, first).photo == 2


def test_which_one_more_after_two_pictures_compares_them():
    meant = parse("which one more?", of_two_pictures("do both look surprised?"))
    assert (meant.comparison, meant.ranked, meant.emotions) == ("pictures", True, ("surprise",))


def test_the_second_one_of_two_pictures_is_no_face():
    context = of_two_pictures("what changed in her face?")
    meant = parse("so is she less angry in the second one?", context)
    assert (meant.comparison, meant.faces, meant.least) == ("pictures", (), True)
    assert parse("and the second, what is it there?", context).photo == 2


def test_how_sure_of_two_pictures_asks_for_the_figures_of_both():
    assert parse("how sure, in %?", of_two_pictures("which one looks angrier?")).recall == (
        "difference"
    )


def test_the_first_and_the_second_are_the_pictures_in_the_order_of_opening():
    """After going back to the first picture, "the second" is still the second one."""
    back = of_two_pictures("is he happy?").model_copy(update={"shown": 1, "other": 2})
    assert parse("and the second?", back).photo == 2
    assert parse("and the first, is he angry?", back).photo == 1
    assert parse("what about the other picture?", back).photo == 2


@pytest.mark.parametrize(
    "question",
    ["go back to the first picture", "back to the first one please", "show the first picture"],
)
def test_a_wish_for_another_picture_asks_nothing_also_where_several_faces_are_shown(question):
    several = Context(count=5, pictures=2, counts=(1, 5))
    assert parse(question, several).recall == "first picture"


@pytest.mark.parametrize("question", ["and in the first photo?", "and in the first one?"])
def test_who_smiles_most_is_asked_of_the_other_picture_once_more(question):
    before = after("who smiles the most?", count=3, pictures=2)
    meant = parse(question, before.model_copy(update={"counts": (5, 3)}))
    assert (meant.photo, meant.comparison, meant.ranked) == (1, "faces", True)


def test_everybody_of_a_picture_of_one_is_that_one():
    before = after("who smiles the most?", count=3, pictures=2)
    meant = parse("and in the first one?", before.model_copy(update={"counts": (1, 3)}))
    assert (meant.photo, meant.comparison, meant.ranked) == (1, None, False)


GROUPS = Context(count=4, pictures=2, counts=(5, 4))


@pytest.mark.parametrize(
    "question", ["in which photo are people happier?", "which picture has more smiles?"]
)
def test_pictures_of_several_people_are_compared_with_all_of_them(question):
    meant = parse(question, GROUPS)
    assert (meant.comparison, meant.faces) == ("pictures", ("all",))


@pytest.mark.parametrize(
    "question",
    [
        "who is the happiest in both photos?",
        "which picture has the oldest person?",
        "is everyone smiling in both pictures?",
    ],
)
def test_somebody_is_looked_for_in_both_pictures(question):
    meant = parse(question, GROUPS)
    assert (meant.in_both, meant.faces) == (True, ("all",))


def test_after_both_pictures_everybody_is_those_of_both():
    before = after("in which photo are people happier?", count=4, pictures=2)
    goes_on = before.model_copy(update={"counts": (5, 4)})
    assert parse("who looks at the camera?", goes_on).in_both
    assert not parse("is face 2 looking at the camera?", goes_on).in_both


def test_who_is_asked_of_the_picture_that_is_shown_where_no_other_is_spoken_of():
    assert not parse("who looks at the camera?", GROUPS).in_both


def test_faces_of_both_pictures_are_counted_together():
    meant = parse("how many faces do both have together?", GROUPS)
    assert (meant.kind, meant.in_both) == ("faces", True)
    assert not parse("how many faces are there?", GROUPS).in_both


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("so the second one is angrier?", 2),
        ("is she less sad in the first one?", 1),
        ("are the people in the first photo happier?", 1),
    ],
)
def test_a_comparison_that_takes_one_picture_to_be_ahead_is_a_yes_or_no(question, place):
    meant = parse(question, Context(count=1, pictures=2, counts=(1, 1)))
    assert (meant.comparison, meant.photo, meant.polar) == ("pictures", place, True)


def test_a_person_by_number_or_row_is_no_picture():
    assert parse("is the second one smiling?", GROUPS).photo == 0
    assert parse("the second from the left, is she happy?", GROUPS).photo == 0


def test_describing_the_first_is_of_that_picture_alone():
    meant = parse("describe the first", of_two_pictures("which one is more surprised?"))
    assert (meant.photo, meant.comparison) == (1, None)


def test_what_belongs_to_the_one_in_a_picture_keeps_its_part():
    meant = parse("what does the second one's mouth do?", of_two_pictures("which one is angrier?"))
    assert (meant.photo, meant.named) == (2, ("mouth",))


def test_one_who_is_older_is_older_than_the_one_in_the_other_picture():
    meant = parse("is he older too?", of_two_pictures("which one is angrier?"))
    assert (meant.comparison, meant.attributes) == ("pictures", ("age",))
    assert parse("is his smile wider on the left?", of_two_pictures("is he happy?")).photo == 0


@pytest.mark.parametrize(
    "question",
    [
        "is the oldest person in the first or the second picture?",
        "which picture has the youngest kid?",
    ],
)
def test_in_which_picture_somebody_is_looks_for_them_in_both(question):
    meant = parse(question, GROUPS)
    assert (meant.in_both, meant.attributes, meant.ranked) == (True, ("age",), True)
