"""What hides parts of a face, told from made-up regions."""

import made_up
import pytest
from composed import answer, seen

HAND = "a hand or an object"


def covered(name, by=HAND, visibility=0.1):
    region = made_up.region(name, visibility=visibility, hidden_by=by)
    return made_up.reading(region, not_assessed=("AU12",))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("what's covering her mouth?", "The mouth is hidden by a hand or an object."),
        ("is the mouth covered?", "Yes, the mouth is hidden by a hand or an object."),
        ("can you see the mouth?", "No, the mouth is hidden by a hand or an object."),
        ("is she smiling?", "I cannot tell: the mouth is hidden by a hand or an object."),
        ("is she showing her teeth?", "I cannot tell: the mouth is hidden by a hand or an object."),
    ],
)
def test_a_hidden_part_is_told_with_what_hides_it(question, said):
    assert answer(question, covered("mouth"))[0] == said


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("what's covering her mouth?", "Nothing covers the mouth."),
        ("is anything in front of her mouth?", "No, nothing covers the mouth."),
        ("can you see the mouth?", "Yes, the mouth can be seen."),
    ],
)
def test_of_a_part_that_can_be_seen_nothing_is_said_to_be_hidden(question, said):
    assert answer(question, seen("mouth", [("AU12", 0.7, 0.7)]))[0] == said


def test_of_a_face_each_cover_is_told_with_all_that_it_hides():
    parts = (
        covered("left_eye", "dark glasses"),
        covered("right_eye", "dark glasses"),
        covered("mouth", "a mask"),
        covered("chin", "a mask"),
        covered("left_cheek", "a mask", visibility=0.6),
    )
    text, _ = answer("which parts of the face can't you see?", *parts)
    assert "The mouth and the chin are hidden by a mask, the left cheek in part." in text
    assert "The eyes are hidden by dark glasses." in text


def test_what_is_outside_the_picture_or_turned_away_is_no_thing_that_covers():
    text, _ = answer("can you see the chin?", covered("chin", "outside the picture"))
    assert text == "No, the chin lies outside the picture."


def test_an_expression_that_does_not_tell_says_what_hides_it():
    torn = made_up.emotion(neutral=0.3, surprise=0.25, happiness=0.25)
    whole = seen("face", [("AU4", 0.02)]).model_copy(update={"emotion": torn})
    text, _ = answer("is she happy or not?", whole, covered("mouth", "a mask"))
    assert text.startswith("I cannot tell")
    assert text.endswith("The mouth is hidden by a mask.")


def test_a_unit_that_something_hides_is_not_said_to_be_beyond_the_describer():
    fringe = "a fringe or a hat"

    def limited(name, visibility, *limits):
        region = made_up.region(name, visibility=visibility, hidden_by=fringe)
        return made_up.reading(region, not_assessed=("AU4",)).model_copy(update={"limits": limits})

    said = "The left brow is hidden by a fringe or a hat, so nothing was judged."
    brow = limited("left_brow", 0.2, said)
    face = limited("face", 0.75, "The eyes are hidden by dark glasses.")
    text, draft = answer("is he frowning?", brow, seen("glabella", unassessed=["AU4"]), face)
    assert "by this describer" not in " ".join((text, *draft.limits))
    assert said in draft.limits
    assert not any("dark glasses" in limit for limit in draft.limits)  # nobody asked for the eyes
