"""A question of yes or no is answered by one of them first, with what the part does instead."""

import pytest
from composed import SCENE, answer, seen

from focalface.agent.basics.evidence import Evidence
from focalface.agent.checking.check import check


def eyes(*levels):
    return [seen(f"{side}_eye", levels) for side in ("left", "right")]


LIPS = ("upper_lip", "lower_lip")


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        ([("AU25", 0.02), ("AU24", 0.6)], "No, the lips are clearly pressed together."),
        ([("AU25", 0.02), ("AU24", 0.05)], "No, the lips are closed."),
        ([("AU25", 0.25), ("AU24", 0.6)], "Probably not, the lips are clearly pressed together."),
        ([("AU25", 0.6), ("AU24", 0.02)], "Yes, the lips are clearly parted."),
    ],
)
def test_lips_that_are_not_parted_are_told_as_they_are(levels, said):
    found = (seen(name, levels) for name in LIPS)
    assert answer("are his lips parted?", *found)[0] == said


@pytest.mark.parametrize(
    ("question", "levels", "said"),
    [
        ("is she smiling?", [("AU12", 0.0, 0.0), ("AU15", 0.6, 0.6)], "No, both lip corners are"),
        ("is she smiling?", [("AU12", 0.0, 0.0)], "No, the lip corners are not pulled up."),
        ("is he pouting?", [("AU17", 0.0)], "No, the lower lip is not pushed up (chin raising)."),
    ],
)
def test_a_movement_that_is_not_there_is_denied_in_words_of_its_part(question, levels, said):
    assert answer(question, seen("mouth", levels))[0].startswith(said)


def test_brows_that_are_not_raised_are_told_to_be_lowered():
    levels = [("AU1", 0.02, 0.02), ("AU2", 0.0, 0.0), ("AU4", 0.8, 0.8)]
    brows = [seen(f"{side}_brow", levels) for side in ("left", "right")]
    assert answer("are the brows raised?", *brows)[0] == "No, both brows are strongly lowered."


def test_brows_raised_at_one_end_are_raised_and_the_other_end_is_left_out():
    levels = [("AU1", 0.6, 0.6), ("AU2", 0.0, 0.0)]
    brows = [seen(f"{side}_brow", levels) for side in ("left", "right")]
    text, _ = answer("are the brows raised?", *brows)
    assert text == "Yes, both inner brows are clearly raised."


def test_a_wrinkled_chin_is_a_chin_that_is_pushed_up():
    text, _ = answer("is his chin wrinkled?", seen("chin", [("AU17", 0.6)]))
    assert text == "Yes, the chin is clearly pushed up and wrinkled."


@pytest.mark.parametrize(
    ("cheeks", "said"),
    [
        (0.6, "Yes, the skin beside both eyes is clearly gathered (cheek raising)."),
        (0.0, "No, the skin beside the eyes is not gathered (cheek raising)."),
    ],
)
def test_a_smile_that_reaches_the_eyes_does_so_or_not(cheeks, said):
    skin = (seen(f"{s}_crows_feet", [("AU6", cheeks, cheeks)]) for s in ("left", "right"))
    mouth = seen("mouth", [("AU12", 0.8, 0.8)])
    assert answer("does his smile reach the eyes?", mouth, *skin)[0] == said


def test_without_a_smile_nothing_reaches_the_eyes():
    skin = (seen(f"{s}_crows_feet", [("AU6", 0.7, 0.7)]) for s in ("left", "right"))
    text, _ = answer("does his smile reach the eyes?", seen("mouth", [("AU12", 0, 0)]), *skin)
    assert text.startswith("No smile to judge")


@pytest.mark.parametrize(
    ("share", "start"),
    [
        (0.8, "Yes, it looks so: the expression strongly suggests fear"),
        (0.55, "Probably: the expression suggests fear"),
        (0.4, "Possibly"),
        (0.02, "No, the expression"),
    ],
)
def test_how_surely_an_emotion_is_affirmed_follows_from_its_share(share, start):
    other = {} if share > 0.3 else {"emotion": ("anger", 0.9)}
    face = seen("face", **(other or {"emotion": ("fear", share)}))
    assert answer("is she scared?", face)[0].startswith(start)


def test_eyes_are_wide_or_narrowed_and_nothing_else_is_said():
    wide = eyes(("AU5", 0.8, 0.8), ("AU7", 0.0, 0.0))
    text, _ = answer("eyes wide or narrowed?", *wide)
    assert text == "Wide: both upper lids are strongly raised."
    narrow = eyes(("AU5", 0.0, 0.0), ("AU7", 0.6, 0.6))
    text, _ = answer("eyes wide or narrowed?", *narrow)
    assert text == "Both eyes are clearly narrowed (lid tightening)."


def test_eyes_that_are_neither_wide_nor_narrowed_are_said_to_be_neither():
    text, _ = answer("eyes wide or narrowed?", *eyes(("AU5", 0.0, 0.0), ("AU7", 0.1, 0.1)))
    assert text.startswith("Neither: ")


@pytest.mark.parametrize(("code", "place"), [("AU9", "nose_bridge"), ("AU12", "mouth")])
def test_a_verdict_before_a_sentence_denies_nothing_of_it(code, place):
    found = [Evidence(SCENE, (seen(place, [(code, 0.8, 0.8)]),))]
    assert not check(f"No, {code} is strong [{place}].", found).faults
    assert check(f"There is no {code} [{place}].", found).faults


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("are both sides of her mouth doing the same?", "No, a downturned mouth is stronger"),
        ("is her mouth crooked?", "Yes, a downturned mouth is stronger on the left."),
    ],
)
def test_one_movement_that_differs_is_enough_for_uneven_sides(question, start):
    mouth = seen("mouth", [("AU10", 0.4, 0.4), ("AU12", 0.5, 0.5), ("AU15", 0.55, 0.3)])
    assert answer(question, mouth)[0].startswith(start)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("are both sides of her mouth doing the same?", "Yes, the two sides move alike."),
        ("is the smile even?", "Yes, a smile is about equally strong on both sides."),
    ],
)
def test_sides_that_are_alike_are_said_to_be_so_without_a_list(question, said):
    assert answer(question, seen("mouth", [("AU10", 0.4, 0.4), ("AU12", 0.5, 0.5)]))[0] == said


def test_a_claim_on_a_part_is_agreed_to_or_not():
    down = seen("mouth", [("AU15", 0.6, 0.6), ("AU17", 0.6)])
    assert answer("but the mouth goes down!", down)[0].startswith("Yes, both lip corners")
    up = seen("mouth", [("AU15", 0.0, 0.0), ("AU12", 0.7, 0.7)])
    assert answer("but the mouth goes down!", up)[0].startswith("No, both lip corners are strongly")


def test_the_strongest_unit_is_told_alone_to_coders_too():
    face = seen("face", [("AU4", 0.93, 0.93), ("AU7", 0.5, 0.5)])
    text, _ = answer("give me the strongest action unit and its strength out of 5", face)
    assert text == "AU4 (brow lowerer) reaches 0.93 (E) on both sides."


@pytest.mark.parametrize(
    ("level", "start"),
    [(0.6, "No, the lips are clearly parted."), (0.02, "Yes, the lips are closed."),
     (0.25, "Probably: there is only a hint of lip parting")],
)  # fmt: skip
def test_lips_that_are_said_to_be_closed_are_so_or_not(level, start):
    found = (seen(name, [("AU25", level)]) for name in LIPS)
    assert answer("are the lips closed?", *found)[0].startswith(start)


def test_one_question_gets_one_verdict():
    mouth = seen("mouth", [("AU12", 0.8, 0.8), ("AU25", 0.6), ("AU26", 0.0)])
    text, _ = answer("is it a closed-mouth smile?", mouth)
    assert text.startswith("No, the lips are parted")
    assert "Yes" not in text


def test_which_of_two_units_is_stronger_is_named():
    face = seen("face", [("AU12", 0.9, 0.9), ("AU6", 0.4, 0.4)])
    assert answer("which of AU6 and AU12 is stronger?", face)[0].startswith("AU12: ")
    assert answer("is AU6 stronger than AU12?", face)[0].startswith("No, the other way round")


def test_brows_at_rest_on_both_sides_are_even():
    brows = [seen(f"{side}_brow", [("AU1", 0.0, 0.0), ("AU4", 0, 0)]) for side in ("left", "right")]
    assert answer("are the brows even?", *brows)[0].startswith("Yes, the two sides move alike")
