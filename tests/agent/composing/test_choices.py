"""Which of two is always named, or said first to be neither; a superlative is never refused."""

import made_up
import pytest
from composed import FACES, answer, of_faces, seen

from focalface.agent.understanding import Intent
from focalface.tools.types import Attributes


def smiling(level, share=0.97):
    return seen("face", [("AU12", level, level), ("AU6", level, level)],
                emotion=("happiness", share))  # fmt: skip


@pytest.mark.parametrize(
    ("levels", "start"),
    [
        ((0.8, 0.79), "Neither is clearer: a smile is about equally strong on both."),
        ((0.8, 0.75), "A smile is strongest on the face on the left (face 1), if only just."),
        ((0.8, 0.4), "A smile is strongest on the face on the left (face 1)."),
    ],
)
def test_which_of_two_smiles_more_is_named_or_neither(levels, start):
    found = (seen("mouth", [("AU12", x, x)]) for x in levels)
    assert of_faces("which of them smiles more?", *found) == start


def test_the_movements_decide_where_the_shares_are_level():
    text = of_faces("who looks happier?", smiling(0.9), smiling(0.4))
    assert text.startswith("The face on the left (face 1) suggests happiness the most, going by")
    text = of_faces("who looks happier?", smiling(0.9), smiling(0.9))
    assert text.startswith("Neither is clearer")


def test_of_faces_that_none_looks_sad_the_least_happy_is_named():
    found = [seen("face", emotion=("happiness", share)) for share in (0.98, 0.7, 0.97)]
    text = of_faces("who looks the saddest?", *found)
    assert "face in the middle (face 2)" in text


def test_whose_head_is_turned_more_is_concluded():
    turned = FACES[1].model_copy(update={"pose": made_up.Pose(pitch=0, yaw=-23, roll=0)})
    intent = Intent(
        kind="compare", comparison="faces", attributes=("head_pose",), faces=("all",), ranked=True
    )
    found = seen("face"), seen("face")
    text = of_faces(intent, *found, faces=(FACES[0], turned))
    assert text.startswith("The face on the right (face 2) has the head turned most, 23°")
    assert of_faces(intent, *found).startswith("Neither")


def lacking(*shows):
    intent = Intent(
        kind="recognise", attributes=("AU12",), faces=("all",), absent=True, polar=True
    )  # "is there one who forgot to smile?"
    return of_faces(intent, *(seen("mouth", [("AU12", x, x)]) for x in shows))


def test_whether_anybody_lacks_it_is_answered_by_the_lack():
    assert lacking(0.8, 0.8, 0.8).startswith("No: all 3 faces show a smile")
    assert lacking(0.8, 0.0, 0.8).startswith("Yes: the face in the middle (face 2) does not")


def moods(intent, *labels):
    return of_faces(intent, *(seen("face", emotion=(label, 0.9)) for label in labels))


def test_who_does_not_feel_as_the_others_is_named_alone():
    asked = Intent(kind="recognise", attributes=("emotion",), faces=("all",), absent=True)
    text = moods(asked, "happiness", "neutral", "happiness")
    assert text == "The face in the middle (face 2) suggests a neutral expression."


def test_the_mood_of_a_group_is_that_of_most():
    asked = Intent(kind="recognise", attributes=("emotion",), faces=("all",), form="short")
    assert (
        moods(asked, "happiness", "neutral", "happiness")
        == "Mostly happiness, on 2 of the 3 faces."
    )
    assert moods(asked, *["happiness"] * 3) == "All 3 faces suggest happiness."


def test_a_sign_that_is_absent_where_half_is_hidden_is_no_plain_no():
    mouth = made_up.reading(
        made_up.region("mouth", visibility=0.1, hidden_by="a mask"), not_assessed=("AU10",)
    )
    brows = seen("glabella", [("AU4", 0.0, 0.0)])
    assert answer("is he in pain?", brows, mouth)[0].startswith(
        "Probably not: the mouth is hidden by a mask; on the rest I see no clear sign of pain"
    )
    assert answer("is he in pain?", brows)[0].startswith("No, I see no clear sign of pain")


@pytest.mark.parametrize(
    ("levels", "start"),
    [
        ((0.9, 0.4), "Yes, the face on the left (face 1) suggests"),
        ((0.2, 0.9), "No, the face on the right (face 2) suggests"),
        ((0.9, 0.9), "No, neither is clearer"),
    ],
)
def test_whether_the_first_of_two_shows_more_is_answered_by_yes_or_no(levels, start):
    intent = Intent(
        kind="compare", comparison="faces", attributes=("emotion",), emotions=("happiness",),
        faces=("leftmost", "rightmost"), polar=True, ranked=True,
    )  # fmt: skip
    assert of_faces(intent, *(smiling(0.5, share) for share in levels)).startswith(start)


def test_faces_of_which_the_same_is_said_are_told_together():
    tilted = FACES[1].model_copy(update={"pose": made_up.Pose(pitch=0, yaw=0, roll=-14)})
    faces = (FACES[0], tilted, *FACES[2:])
    intent = Intent(kind="recognise", attributes=("head_pose",), faces=("all",))
    text = of_faces(intent, *[seen("face")] * 5, faces=faces)
    assert text == "The face second from the left (face 2): the head is tilted to their left 14°."
    assert of_faces(intent, *[seen("face")] * 5).startswith(
        "All 5 faces: the head is held straight"
    )


def test_what_several_faces_suggest_is_told_of_all_at_once():
    intent = Intent(kind="compare", comparison="faces", attributes=("emotion",), faces=("all",))
    assert moods(intent, *["happiness"] * 5) == "All 5 faces suggest happiness."
    text = moods(intent, "neutral", *["happiness"] * 4)
    assert text.endswith("and the face on the right (face 5) suggest happiness.")


def test_the_mouths_of_two_are_compared_by_what_they_do():
    intent = Intent(kind="compare", comparison="faces", faces=("all",), named=("mouth",))
    smile, rest = seen("mouth", [("AU12", 0.8, 0.8)]), seen("mouth", [("AU12", 0.0, 0.0)])
    text = of_faces(intent, smile, rest)
    assert text == "The face on the left (face 1): both lip corners are strongly pulled up."


def test_who_wears_dark_glasses_is_said_to_wear_dark_ones():
    worn = [made_up.reading("face").model_copy(update={"attributes": Attributes(glasses=kind)})
            for kind in ("none", "dark", "none")]  # fmt: skip
    intent = Intent(kind="recognise", attributes=("glasses",), faces=("all",))
    assert "wears dark glasses" in of_faces(intent, *worn)


@pytest.mark.parametrize(
    ("years", "start"), [((50, 64), "No, the face on the right"), ((50, 50), "Yes, they look")]
)
def test_whether_two_look_the_same_age_is_answered_by_yes_or_no(years, start):
    intent = Intent(
        kind="compare", comparison="faces", attributes=("age",), faces=("1", "2"), polar=True
    )
    found = (seen("face", age=made_up.age(y, y - 6, y + 6)) for y in years)
    assert of_faces(intent, *found).startswith(start)


@pytest.mark.parametrize(
    ("shut", "start"), [(False, "The face on the left (face 1) shows the strongest signs of"),
                        (True, "The face on the right (face 2) shows the weakest signs of")]
)  # fmt: skip
def test_who_is_more_tense_or_more_relaxed_is_named(shut, start):
    intent = Intent(
        kind="compare", comparison="faces", attributes=("tension",), faces=("all",),
        ranked=True, shut=shut,
    )  # fmt: skip
    found = (seen("face", [("AU4", level, level)]) for level in (0.8, 0.1))
    assert of_faces(intent, *found).startswith(start)


def test_what_neither_of_two_shows_is_said_of_neither():
    intent = Intent(kind="recognise", attributes=("AU4",), faces=("all",), polar=True, among="all")
    found = (seen("face", [("AU4", 0.0, 0.0)]) for _ in range(2))
    assert of_faces(intent, *found) == "No: neither face clearly shows brow lowering."


def opened(degree, *mouths):
    intent = Intent(kind="recognise", attributes=("mouth_openness",), faces=("all",), polar=True,
                    among="any", degree=degree)  # fmt: skip
    found = (seen("mouth", [("AU25", lips), ("AU26", jaw)]) for lips, jaw in mouths)
    return of_faces(intent, *found)


def test_mouths_that_are_wide_open_have_dropped_their_jaw():
    assert opened("much", (0.8, 0.1), (0.8, 0.0), (0.7, 0.2)).startswith("No: none of the 3 faces")
    assert opened("much", (0.8, 0.7), (0.8, 0.0), (0.7, 0.2)).startswith(
        "Yes: only the face on the left"
    )
    assert opened("", (0.8, 0.1), (0.8, 0.0), (0.7, 0.2)).startswith("Yes: all 3 faces")


def test_whose_face_is_partly_covered_is_told_of_those_alone():
    free = seen("mouth", [("AU12", 0.5, 0.5)])
    hidden = made_up.reading(made_up.region("mouth", visibility=0.2, hidden_by="a hand"))
    intent = Intent(
        kind="recognise", attributes=("hidden",), faces=("all",), polar=True, among="any"
    )
    assert (
        of_faces(intent, free, hidden, free)
        == "Yes: only the face in the middle (face 2) has a part covered."
    )
    assert of_faces(intent, free, free, free).startswith("No: none of the 3 faces")


def test_a_table_of_a_few_faces_is_told_from_left_to_right():
    intent = Intent(kind="recognise", attributes=("age",), faces=("all",), form="table")
    found = (seen("face", age=made_up.age(y, y - 5, y + 5)) for y in (21, 34, 50))
    assert of_faces(intent, *found) == "From left to right: 21; 34; 50."


def test_where_an_emotion_shows_is_not_told_of_a_face_that_suggests_another():
    lips = seen("mouth", [("AU25", 0.5)])
    happy = seen("face", [("AU12", 0.9, 0.9)], emotion=("happiness", 0.95))
    text, _ = answer("where do you see that she is nervous?", happy, lips)
    assert text == "The expression strongly suggests happiness."
    afraid = seen("face", [("AU25", 0.5)], emotion=("fear", 0.95))
    assert answer("where do you see that she is nervous?", afraid, lips)[0].startswith("Mostly at")
