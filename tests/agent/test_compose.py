"""What answers say of made-up readings: hedges follow numbers, gaps are told, sides are right."""

import made_up
import pytest

from focalface.agent.check import check
from focalface.agent.compose import Looked, compose
from focalface.agent.evidence import Evidence, Scene
from focalface.agent.intents import Context, Last, parse

FACE = made_up.face()
SCENE = Scene("img", 100, 100, (FACE,))


def seen(name, levels=(), *, emotion=None, age=None, unassessed=()):
    """``levels``: (code, left, right) or (code, both); ``emotion``: label and share."""
    return made_up.reading(
        name,
        made_up.units(name, levels),
        text=f"{name} text.",
        emotion=made_up.emotion(**dict([emotion])) if emotion else None,
        age=age,
        not_assessed=tuple(unassessed),
    )


def answer(question, *found, expert=False):
    """The text of an answer (without citations) and its limits; it has to pass the check."""
    evidence = Evidence(SCENE, found)
    draft = compose(parse(question), Looked((evidence,), None, ("fac_1",)), expert=expert)
    checked = check(draft.text, [evidence])
    assert checked.faults == ()
    return checked.text, draft


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        (0.8, 0.78, "Yes, both lip corners are"),
        (0.7, 0.05, "left lip corner"),
        (0.35, 0.33, "close call"),
        (0.24, 0.2, "Probably not"),
        (0.12, 0.1, "Hardly"),
        (0.02, 0.01, "No, there is no sign of a smile at the mouth"),
    ],
)
def test_the_words_follow_the_intensity(left, right, said):
    text, _ = answer("is she smiling?", seen("mouth", [("AU12", left, right)]))
    assert said in text


def test_experts_get_units_numbers_and_letters():
    text, _ = answer("is she smiling?", seen("mouth", [("AU12", 0.62, 0.41)]), expert=True)
    assert text == (
        "AU12 (lip corner puller) is present: marked, 0.62 (C) on the left and 0.41 (B) on the "
        "right."
    )


def test_no_decimals_for_laymen_unless_asked():
    plain, _ = answer("is she smiling?", seen("mouth", [("AU12", 0.62, 0.6)]))
    asked, _ = answer("how strong is the smile?", seen("mouth", [("AU12", 0.62, 0.6)]))
    assert "0." not in plain
    assert "0.62" in asked


def test_a_smile_without_the_cheek_reading_says_that_it_cannot_be_settled():
    text, draft = answer(
        "is the smile genuine?",
        seen("mouth", [("AU12", 0.7, 0.7)]),
        seen("left_eye", [("AU7", 0.1, 0.1)]),
        seen("right_eye", [("AU7", 0.1, 0.1)]),
        seen("left_crows_feet", unassessed=["AU6"]),
        seen("right_crows_feet", unassessed=["AU6"]),
    )
    assert "lids look relaxed" in text
    assert "weak sign" in text
    assert any("AU6" in limit and "not absent" in limit for limit in draft.limits)


def test_a_smile_with_raised_cheeks_looks_genuine_and_without_them_posed():
    def judged(cheeks):
        return answer(
            "is the smile genuine?",
            seen("mouth", [("AU12", 0.7, 0.7)]),
            seen("left_crows_feet", [("AU6", cheeks, cheeks)]),
            seen("right_crows_feet", [("AU6", cheeks, cheeks)]),
        )[0]

    assert "looks genuine" in judged(0.6)
    assert "polite or posed" in judged(0.05)


def test_without_a_smile_there_is_nothing_to_judge():
    text, _ = answer("is the smile genuine?", seen("mouth", [("AU12", 0.1, 0.1)]))
    assert "hardly a smile" in text


def test_an_emotion_is_named_with_what_supports_it_and_what_contradicts():
    text, _ = answer(
        "how does she feel?",
        seen("face", emotion=("happiness", 0.8)),
        seen("mouth", [("AU12", 0.7, 0.7)], emotion=("happiness", 0.9)),
        seen("upper_face", [("AU4", 0.6, 0.6)], emotion=("anger", 0.7)),
    )
    assert "strongly suggests happiness" in text or "very much suggests happiness" in text
    assert "That fits with a smile." in text
    assert "speaks against it: brow lowering" in text
    assert "upper face alone" in text


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("is she happy?", "Yes, it looks so"),
        ("is she angry?", "It does not look like anger"),
    ],
)
def test_a_named_emotion_gets_a_yes_or_a_no(question, start):
    text, _ = answer(question, seen("face", emotion=("happiness", 0.8)))
    assert text.startswith(start)


def test_an_age_comes_with_its_interval():
    age = made_up.age(34, 27, 42)
    text, _ = answer("how old is she?", seen("face", age=age))
    assert text == "The face looks about 34 years old (27 to 42)." or "34" in text


def test_sides_are_compared_in_a_table_and_a_sentence():
    text, draft = answer(
        "compare the left and the right brow",
        seen("left_brow", [("AU2", 0.7, 0.0)]),
        seen("right_brow", [("AU2", 0.0, 0.2)]),
    )
    assert text == "Outer brow raising is clearly stronger on the left."
    assert draft.table is not None
    assert draft.table.rows == (("outer brow raising", "strong", "trace"),)


def test_pspi_says_what_is_missing():
    text, _ = answer(
        "is she in pain?",
        seen("glabella", [("AU4", 0.6, 0.6)]),
        seen("left_eye", [("AU7", 0.5, 0.5), ("AU43", 0.0, 0.0)]),
        seen("right_eye", [("AU7", 0.5, 0.5), ("AU43", 0.0, 0.0)]),
        seen("upper_lip", [("AU10", 0.1, 0.1)]),
        seen("nose_bridge", unassessed=["AU9"]),
    )
    assert "AU6 and AU9 were not assessed" in text
    assert "6.0 of 16" in text


def test_a_unit_that_nobody_assessed_is_unknown_and_not_absent():
    text, draft = answer("AU9?", seen("nose_bridge", unassessed=["AU9"]))
    assert text.startswith("I cannot tell")
    assert "No" not in text.split()
    assert "unknown, not absent" in draft.limits[0]


def test_an_eye_that_winks_is_told_apart_from_the_other():
    text, _ = answer(
        "are the eyes open?",
        seen("left_eye", [("AU43", 0.9, 0.0)]),
        seen("right_eye", [("AU43", 0.0, 0.05)]),
    )
    assert text == "The left eye looks closed, the right eye open."


def test_an_explanation_does_not_repeat_itself():
    text, _ = answer("why is she smiling?", seen("mouth", [("AU12", 0.7, 0.7)]))
    sentences = text.split(". ")
    assert len(sentences) == len(set(sentences))
    assert text.startswith("I looked at the mouth")


def test_several_units_are_told_in_order_of_what_shows_not_as_yes_and_no():
    mouth = seen("mouth", [("AU25", 0.7), ("AU12", 0.02, 0.03)], unassessed=["AU24"])
    text, _ = answer("are the lips pressed together or apart, any smile?", mouth)
    assert text.startswith("The lips are")
    assert "no clear sign of a smile" in text
    assert "I cannot tell whether there is lip pressing" in text
    assert "Yes" not in text


def test_teeth_are_not_assessed_but_the_lips_around_them_are():
    text, _ = answer("what about her teeth?", seen("mouth", [("AU25", 0.7)]))
    assert text.startswith("I cannot assess teeth")
    assert "lips" in text


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
    assert text.startswith("The left lip corner sits higher than the right one")


def test_a_wrong_claim_about_which_brow_is_higher_does_not_pass_the_check():
    found = (brow("left", 60, 28), brow("right", 40, 30))
    wrong = "The right brow sits higher than the left one, measured from the eyes."
    assert check(wrong, [Evidence(SCENE, found)]).claims == ()


def test_what_a_brow_is_doing_is_told_without_the_emotion_it_suggests():
    left = seen("left_brow", [("AU1", 0.6)], emotion=("fear", 0.9)).model_copy(
        update={"text": "The left brow is raised. It suggests fear."}
    )
    assert answer("what is the left eyebrow doing?", left)[0] == "The left brow is raised."
    assert "fear" in answer("describe the left eyebrow", left)[0]


def two_faces(question, first, second):
    """The text on two faces, one on the left and one on the right of the picture."""
    other = FACE.model_copy(update={"id": "fac_2", "box": made_up.box(110, 10, 190, 90)})
    scene = Scene("img", 200, 100, (FACE, other))
    region = second.region.model_copy(update={"face_id": "fac_2", "id": "reg_second"})
    each = (
        Evidence(scene, (first,)),
        Evidence(scene, (second.model_copy(update={"region": region}),)),
    )
    intent = parse(question, Context(count=2))
    draft = compose(intent, Looked(each, None, ("fac_1", "fac_2")), expert=False)
    checked = check(draft.text, [Evidence(scene, (*each[0].found, *each[1].found))])
    assert checked.faults == ()
    return checked.text


def test_who_shows_something_is_a_list_and_who_shows_it_most_a_ranking():
    left, right = seen("mouth", [("AU12", 0.9, 0.9)]), seen("mouth", [("AU12", 0.5, 0.5)])
    assert "Both faces show a smile" in two_faces("who is smiling?", left, right)
    assert "strongest on the face on the left" in two_faces("who smiles most?", left, right)


def test_signs_of_tension_are_ranked_by_face():
    left, right = seen("glabella", [("AU4", 0.1)]), seen("glabella", [("AU4", 0.8)])
    text = two_faces("which of them looks most relaxed?", left, right)
    assert "strongest on the face on the right (face 2) and weakest on the face on the left" in text


def test_the_saddest_after_the_happiest_is_sought_among_the_same_faces():
    last = Last(attributes=("emotion",), faces=("fac_1", "fac_2"), kind="compare")
    intent = parse("and the saddest?", Context(count=2, last=last))
    assert intent.faces == ("fac_1", "fac_2")
    assert intent.comparison == "faces"


def test_the_other_eye_is_heard_too_when_both_are_asked_about():
    left, right = (seen(f"{s}_eye", emotion=("happiness", 0.9)) for s in ("left", "right"))
    assert (
        "The right eye points the same way." in answer("what emotion in the eyes?", left, right)[0]
    )


GAP = {"unassessed": ["AU6", "AU9"]}


@pytest.mark.parametrize(
    ("question", "expert", "general"),
    [
        ("how does she feel?", False, True),
        ("how does she feel?", True, False),
        ("is the smile genuine?", False, False),
        ("are her cheeks raised?", False, False),
        ("is she in pain?", False, False),
        ("describe the left cheek", False, True),
    ],
)
def test_units_that_hardly_bear_on_a_question_are_listed_as_general_gaps(question, expert, general):
    _, draft = answer(
        question,
        seen("face", [("AU12", 0.7, 0.7)], emotion=("happiness", 0.8), **GAP),
        seen("left_cheek", [("AU12", 0.7, 0.7)], **GAP),
        expert=expert,
    )
    listed = [limit for limit in draft.limits if "AU6" in limit]
    assert len(listed) == 1
    assert (listed[0] in draft.general_limits) == general


def test_whether_a_smile_is_genuine_is_answered_first_and_the_evidence_comes_after():
    eyes = [seen(f"{side}_eye", [("AU7", 0.6, 0.6)]) for side in ("left", "right")]
    text, _ = answer("is the smile genuine?", seen("mouth", [("AU12", 0.7, 0.7)]), *eyes)
    assert text.startswith("The smile may be genuine, going by a weak sign only: lid tightening")


def test_a_movement_that_shows_in_several_thirds_is_told_where_it_shows_best():
    text, _ = answer(
        "summarise the face",
        seen("face", emotion=("happiness", 0.9)),
        seen("upper_face", [("AU7", 0.6, 0.6)]),
        seen("mid_face", [("AU12", 0.9, 0.9), ("AU7", 0.4, 0.4)]),
        seen("lower_face", [("AU12", 0.7, 0.7)]),
    )
    assert text.count("lid tightening") + text.count("Lid tightening") == 1
    assert "nasolabial" not in text
    assert "lip corners are" in text


def test_a_pair_of_regions_is_told_in_one_sentence():
    cheeks = [
        seen(f"{side}_cheek", [("AU12", 0.7, 0.7)], emotion=("happiness", 0.9))
        for side in ("left", "right")
    ]
    text, _ = answer("describe the cheeks", *cheeks)
    assert text.startswith("A smile strongly bunches both cheeks.")
    assert "The right cheek points the same way." in text


def test_where_nothing_moves_that_could_be_read_the_reason_is_given():
    nose = seen("nose_bridge", unassessed=["AU9"]).model_copy(update={"text": ""})
    text, _ = answer("describe the nose bridge", nose)
    assert "could not judge movement at the bridge of the nose: nose wrinkling (AU9)" in text


def test_an_age_that_could_be_any_is_no_part_of_a_description():
    vague = made_up.age(40, 15, 70)
    mouth = seen("mouth", [("AU12", 0.7, 0.7)], age=vague).model_copy(
        update={"text": "The lip corners are pulled up. There is little here to tell an age by."}
    )
    assert answer("describe the mouth", mouth)[0] == "The lip corners are pulled up."


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
    assert "AU23" in answer("describe the mouth", mouth)[1].limits[0]


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


def test_experts_read_codes_wherever_laymen_read_words():
    found = (
        seen("glabella", [("AU4", 0.6, 0.6)]),
        seen("mouth", [("AU17", 0.5), ("AU12", 0.1, 0.1)]),
    )
    for question in ("is she tense?", "where is the tension?", "is she frowning or smiling?"):
        text, _ = answer(question, *found, expert=True)
        assert "AU4 (brow lowerer)" in text
        assert "brow lowering" not in text


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


def test_a_smile_that_is_only_to_be_described_gets_no_yes():
    smiling = seen("mouth", [("AU12", 0.8, 0.8)])
    assert answer("is she smiling?", smiling)[0].startswith("Yes, ")
    assert answer("describe the smile", smiling)[0].startswith("Both lip corners")
    assert answer("isn't she smiling?", smiling)[0].startswith("Both lip corners")
