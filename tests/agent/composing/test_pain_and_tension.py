"""Pain and tension: a yes needs more than what anger or disgust shows as well."""

import pytest
from composed import answer, seen

BROWS = seen("glabella", [("AU4", 0.9, 0.9)])
NOSE = seen("nose_bridge", [("AU9", 0.05, 0.05)])
LIP = seen("upper_lip", [("AU10", 0.45, 0.45)])


def eyes(lids, closed=0.0):
    units = [("AU7", lids, lids), ("AU43", closed, closed)]
    return seen("left_eye", units[:1] + units[1:]), seen("right_eye", units)


def cheeks(raised):
    return seen("left_cheek", [("AU6", raised)]), seen("right_cheek", [("AU6", raised)])


@pytest.mark.parametrize(
    "question",
    ["is he in pain?", "could it be pain instead?", "does he look as if something hurts?"],
)
def test_movements_of_anger_are_no_pain(question):
    text, _ = answer(question, BROWS, *eyes(0.5), *cheeks(0.05), NOSE, LIP)
    assert text == (
        "Probably not: brow lowering, lid tightening and upper lip raising go with pain, but with "
        "anger too, and there is no cheek raising or eye closing."
    )


def test_a_raised_lip_and_a_wrinkled_nose_are_disgust_as_well():
    nose = seen("nose_bridge", [("AU9", 0.8, 0.8)])
    text, _ = answer("is she in pain?", *eyes(0.05), *cheeks(0.0), nose, LIP)
    assert "but with disgust too" in text
    assert "PSPI" not in text


@pytest.mark.parametrize(("raised", "closed"), [(0.6, 0.0), (0.05, 0.9)])
def test_raised_cheeks_or_closed_eyes_beside_them_are(raised, closed):
    text, _ = answer("is he in pain?", BROWS, *eyes(0.5, closed), *cheeks(raised), NOSE, LIP)
    assert text.startswith("Yes, it looks so: there are signs of pain")
    assert "PSPI" in text


def test_cheeks_that_a_smile_raises_are_no_sign_of_pain():
    smile = seen("mouth", [("AU12", 0.8, 0.8)])
    text, _ = answer("is he in pain?", BROWS, *eyes(0.5), *cheeks(0.6), NOSE, LIP, smile)
    assert text.startswith("Probably not")


def test_the_score_is_told_where_it_is_asked_for():
    text, _ = answer("what is the pain score?", BROWS, *eyes(0.5), *cheeks(0.0), NOSE, LIP)
    assert "PSPI" in text
    assert "of 16" in text


@pytest.mark.parametrize(
    ("level", "start"),
    [(0.9, "Yes, the skin between the brows is strongly furrowed"), (0.05, "No, I see no clear")],
)
def test_tension_of_a_part_is_told_of_that_part(level, start):
    around = *eyes(0.05), seen("mouth", [("AU24", 0.7)])
    brows = seen("glabella", [("AU4", level, level)])
    text, _ = answer("any tension between the brows?", brows, *around)
    assert text.startswith(start)
    assert "lip" not in text


def test_a_mouth_that_is_tight_or_relaxed_is_told_without_the_brows():
    mouth = seen("mouth", [("AU24", 0.6), ("AU17", 0.5)], unassessed=["AU23"])
    text, _ = answer("mouth: tight or relaxed?", mouth, BROWS, *eyes(0.5))
    assert text.startswith("Tight: ")
    assert "brow" not in text
    assert "cannot tell" not in text


def test_of_the_whole_face_one_movement_is_little_sign_of_tension():
    text, _ = answer("is he tense?", BROWS, *eyes(0.05), seen("mouth", [("AU24", 0.0)]))
    assert text.startswith("Probably not: there is little sign of tension")
