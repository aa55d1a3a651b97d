"""What answers say when sides, regions or faces are compared: which shows more, and how clearly."""

import made_up
import pytest
from composed import FACE, SCENE, answer, seen

from focalface.agent.basics.evidence import Evidence
from focalface.agent.basics.scene import Scene
from focalface.agent.checking.check import check
from focalface.agent.composing.compose import Observations, compose
from focalface.agent.understanding import Context, LastTurn, parse

SIDES = ("left", "right")


def test_sides_are_compared_in_a_table_and_a_sentence():
    text, draft = answer(
        "compare the left and the right brow",
        seen("left_brow", [("AU2", 0.7, 0.0)]),
        seen("right_brow", [("AU2", 0.0, 0.2)]),
    )
    assert text == "Outer brow raising is clearly stronger on the left."
    assert draft.table is not None
    assert draft.table.rows == (("outer brow raising", "strong", "trace"),)


def brow(side, x, y):
    """A brow whose outline lies at a height; the eyes of the made-up face are 20 pixels apart."""
    found = seen(f"{side}_brow", [("AU1", 0.05, 0.05), ("AU2", 0.02, 0.02)])
    outline = ((x - 5, y - 1), (x + 5, y - 1), (x, y + 2))
    return found.model_copy(update={"region": found.region.model_copy(update={"polygon": outline})})


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        (28, 30, "The left brow sits higher than the right one"),
        (30, 28, "The right brow sits higher than the left one"),
        (30, 30.2, "at about the same height"),
    ],
)
def test_which_brow_is_higher_is_measured_and_movement_comes_after(left, right, said):
    text, _ = answer("which eyebrow is higher?", brow("left", 60, left), brow("right", 40, right))
    assert said in text.partition("As for movement")[0]


def test_which_lip_corner_is_higher_is_measured_too():
    left, right = brow("left", 57, 58), brow("right", 43, 61)
    corners = (
        d.model_copy(update={"region": d.region.model_copy(update={"name": f"{side}_lip_corner"})})
        for d, side in ((left, "left"), (right, "right"))
    )
    text, _ = answer("is the left corner of the mouth higher than the right one?", *corners)
    assert text.startswith("Yes, the left lip corner sits higher than the right one")


def test_a_wrong_claim_about_which_brow_is_higher_does_not_pass_the_check():
    found = (brow("left", 60, 28), brow("right", 40, 30))
    wrong = "The right brow sits higher than the left one, measured from the eyes."
    assert check(wrong, [Evidence(SCENE, found)]).claims == ()


def two_faces(question, first, second):
    """The text on two faces, one on the left and one on the right of the picture."""
    return of_two(question, [first], [second])


def of_two(question, left, right):
    """As ``two_faces``, with several regions of each."""
    other = FACE.model_copy(update={"id": "fac_2", "box": made_up.box(110, 10, 190, 90)})
    scene = Scene("img", 200, 100, (FACE, other))
    moved = [
        d.model_copy(
            update={
                "region": d.region.model_copy(
                    update={"face_id": "fac_2", "id": f"{d.region.id}_second"}
                )
            }
        )
        for d in right
    ]
    each = (Evidence(scene, tuple(left)), Evidence(scene, tuple(moved)))
    intent = parse(question, Context(count=2))
    draft = compose(intent, Observations(each, None, ("fac_1", "fac_2")), expert=False)
    checked = check(draft.text, [Evidence(scene, (*left, *moved))])
    assert checked.faults == ()
    return checked.text


def test_who_shows_something_is_a_list_and_who_shows_it_most_a_ranking():
    left, right = seen("mouth", [("AU12", 0.9, 0.9)]), seen("mouth", [("AU12", 0.5, 0.5)])
    assert "Both faces show a smile" in two_faces("who is smiling?", left, right)
    assert "strongest on the face on the left" in two_faces("who smiles most?", left, right)


def test_signs_of_tension_are_ranked_by_face():
    left, right = seen("glabella", [("AU4", 0.1)]), seen("glabella", [("AU4", 0.8)])
    text = two_faces("which of them looks most relaxed?", left, right)
    assert text == "The face on the left (face 1) shows the weakest signs of tension."


def test_the_happiest_face_is_told_with_the_movements_that_fit_and_those_that_do_not():
    left = seen("face", [("AU12", 0.8, 0.8), ("AU4", 0.7)], emotion=("happiness", 0.9))
    right = seen("face", [("AU12", 0.0, 0.0)], emotion=("neutral", 0.9))
    text = two_faces("who looks happiest, and why?", left, right)
    assert "(face 1) suggests happiness more than" in text
    assert "That fits with a smile. What speaks against it: brow lowering." in text


def test_the_saddest_after_the_happiest_is_sought_among_the_same_faces():
    last = LastTurn(attributes=("emotion",), faces=("fac_1", "fac_2"), kind="compare")
    intent = parse("and the saddest?", Context(count=2, last=last))
    assert intent.faces == ("fac_1", "fac_2")
    assert intent.comparison == "faces"


def test_regions_that_agree_are_said_to_agree_and_others_not_before_the_details():
    mouth = seen("mouth", emotion=("happiness", 0.9))
    alike, draft = answer(
        "compare the chin and the mouth", seen("chin", emotion=("happiness", 0.9)), mouth
    )
    unlike, _ = answer(
        "compare the chin and the mouth", seen("chin", emotion=("anger", 0.9)), mouth
    )
    assert alike == "They agree: the chin and the mouth suggest happiness."
    assert unlike.startswith("They do not agree. The chin strongly suggests anger.")
    assert draft.table.columns == ("region", "movement", "suggests", "age")


def test_a_table_of_ages_has_no_columns_for_anything_else():
    ages = [made_up.age(y, y - 5, y + 5) for y in (30, 38)]
    found = (seen("left_eye", age=ages[0]), seen("mouth", age=ages[1]))
    _, draft = answer("how old does the left eye look compared with the mouth?", *found)
    assert draft.table.columns == ("region", "age")


def test_regions_that_hardly_show_an_age_are_not_ranked_by_it():
    eye = made_up.age(15, 2, 66)
    mouth = made_up.age(30, 25, 35)
    text, draft = answer(
        "how old does the left eye look compared with the mouth?",
        seen("left_eye", age=eye),
        seen("mouth", age=mouth),
    )
    assert text == "I cannot tell which looks older: the left eye alone hardly shows an age."
    assert dict(draft.table.rows) == {"left eye": "unclear", "mouth": "30"}


def test_a_comparison_lists_no_gaps_that_only_a_description_would():
    mouth = seen("mouth", [("AU12", 0.7, 0.7)], emotion=("happiness", 0.9), unassessed=["AU23"])
    chin = seen("chin", [("AU17", 0.1)], emotion=("happiness", 0.9))
    assert answer("compare the chin and the mouth", mouth, chin)[1].limits == ()
    assert answer("describe the mouth", mouth)[1].limits == ()
    assert "AU23" in answer("describe the mouth", mouth, expert=True)[1].limits[0]


def test_the_younger_of_two_faces_is_named_with_both_ages():
    ages = [made_up.age(y, y - 5, y + 5) for y in (30, 38)]
    text = two_faces("who looks younger?", *(seen("face", age=a) for a in ages))
    assert text == (
        "The face on the left (face 1) looks younger, about 30, than the face on the right "
        "(face 2), about 38."
    )


def test_two_faces_that_suggest_the_same_are_told_together_and_then_what_differs():
    left = seen("face", [("AU12", 0.9, 0.9)], emotion=("happiness", 0.9))
    right = seen("face", [("AU12", 0.4, 0.4)], emotion=("happiness", 0.8))
    text = two_faces("compare them", left, right)
    assert text.startswith("Both faces suggest happiness. A smile is clearly stronger on the face")


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        ((0.1, 0.8), (0.1, 0.2), "The right eye is open wider: lid tightening is stronger"),
        ((0.6, 0.0), (0.1, 0.0), "The right eye is open wider: eye closing is stronger"),
        ((0.1, 0.2), (0.1, 0.2), "Both eyes look about equally open."),
    ],
)
def test_which_eye_is_open_wider_follows_from_the_lids(left, right, said):
    text, _ = answer(
        "which eye is more open?",
        seen("left_eye", [("AU43", left[0], 0), ("AU7", left[1], 0)]),
        seen("right_eye", [("AU43", 0, right[0]), ("AU7", 0, right[1])]),
    )
    assert text.startswith(said)


def test_brows_of_several_faces_are_told_without_what_each_brow_alone_suggests():
    lowered = [seen(f"{side}_brow", [("AU4", 0.5)], emotion=("anger", 0.9)) for side in SIDES]
    still = [seen(f"{side}_brow", [("AU4", 0.0)], emotion=("neutral", 0.9)) for side in SIDES]
    text = of_two("describe everyone's eyebrows", lowered, still)
    assert "lowered" in text
    assert "anger" not in text and "neutral" not in text


def test_sides_seen_in_two_regions_are_compared_as_one_pair():
    text, draft = answer(
        "left cheek vs right cheek",
        seen("left_cheek", [("AU12", 0.9, 0.9)]),
        seen("right_cheek", [("AU12", 0.2, 0.2)]),
    )
    assert text.startswith("A smile is clearly stronger on the left")
    assert draft.table.rows == (("a smile", "strong", "trace"),)


def test_sides_are_compared_in_figures_where_they_are_asked_for():
    text, draft = answer(
        "is the smile stronger on one side, in figures?", seen("mouth", [("AU12", 0.91, 0.84)])
    )
    assert text.startswith("A smile: 0.91 on the left, 0.84 on the right.")
    assert draft.table.rows == (("a smile", "0.91", "0.84"),)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("who looks least happy?", "The face on the right (face 2) suggests happiness less than"),
        ("who smiles least?", "A smile is weakest on the face on the right (face 2): slight."),
    ],
)
def test_who_shows_least_of_something_is_told_and_the_table_begins_there(question, said):
    left = seen("face", [("AU12", 0.9, 0.9)], emotion=("happiness", 0.9))
    right = seen("face", [("AU12", 0.4, 0.4)], emotion=("neutral", 0.9))
    assert said in two_faces(question, left, right)


def test_who_has_a_crooked_smile_is_told_by_the_difference_of_the_sides():
    even, crooked = seen("mouth", [("AU12", 0.9, 0.9)]), seen("mouth", [("AU12", 0.9, 0.2)])
    text = two_faces("which of them has a crooked smile?", even, crooked)
    assert text.startswith("The face on the right (face 2) shows a difference between the sides")


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ((0.97, 0.95), "Neither is clearer: both suggest happiness about equally."),
        ((0.97, 0.91), "(face 1) suggests happiness the most, if only just."),
        ((0.97, 0.60), "(face 1) suggests happiness more than"),
    ],
)
def test_faces_that_suggest_the_same_about_equally_are_not_ranked(shares, said):
    left, right = (seen("face", emotion=("happiness", share)) for share in shares)
    assert said in two_faces("which of them looks happier?", left, right)


def test_an_average_age_is_told_with_the_ends_it_lies_between():
    ages = [made_up.age(y, y - 5, y + 5) for y in (30, 38)]
    text = two_faces("what is their average age?", *(seen("face", age=a) for a in ages))
    assert text == (
        "On average the 2 faces look about 34 years old, the youngest about 30 and the oldest "
        "about 38."
    )


@pytest.mark.parametrize(
    ("corners", "start"),
    [
        ([("AU15", 0.6, 0.6), ("AU12", 0.0, 0.0)], "Yes, they agree: the brows and the mouth both"),
        ([("AU15", 0.0, 0.0), ("AU12", 0.8, 0.8)], "No, they do not agree: the brows go best with"),
    ],
)
def test_parts_that_suggest_nothing_by_themselves_agree_by_what_moves(corners, start):
    levels = [("AU1", 0.8, 0.8), ("AU4", 0.6, 0.6)]
    brows = (seen(f"{side}_brow", levels) for side in SIDES)
    text, _ = answer("do the brows and the mouth agree?", *brows, seen("mouth", corners))
    assert text.startswith(start)


def test_a_movement_on_both_sides_is_located_once():
    eyes = (seen(f"{side}_eye", [("AU5", 0.6, 0.6)]) for side in SIDES)
    text, _ = answer("where do you see surprise?", seen("mouth", [("AU25", 0.8)]), *eyes)
    assert text == (
        "Mostly at the mouth, where lip parting shows. There is also upper lid raising at the eyes."
    )
