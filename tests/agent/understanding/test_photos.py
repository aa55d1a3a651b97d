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
    assert (
        parse("and in photo 2?", of_two_pictures("is he happy in the first photo?")).photo == "now"
    )
    meant = parse("is picture 1 happier than picture 2?", Context(count=1, pictures=2))
    assert (meant.comparison, meant.photo) == ("pictures", "")


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


def test_the_second_one_of_two_pictures_is_no_face():
    context = of_two_pictures("what changed in her face?")
    meant = parse("so is she less angry in the second one?", context)
    assert (meant.comparison, meant.faces, meant.least) == ("pictures", (), True)
    assert parse("and the second, what is it there?", context).photo == "now"


def test_how_sure_of_two_pictures_asks_for_the_figures_of_both():
    assert parse("how sure, in %?", of_two_pictures("which one looks angrier?")).recall == (
        "difference"
    )
