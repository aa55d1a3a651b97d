"""What answers say of made-up readings: hedges follow numbers, gaps are told."""

import made_up
import pytest
from composed import SCENE, answer, seen

from focalface.agent.basics.evidence import Evidence
from focalface.agent.composing.compose import Observations, compose
from focalface.agent.understanding import parse
from focalface.tools.types import Attributes


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        (0.8, 0.78, "Yes, both lip corners are"),
        (0.7, 0.05, "left lip corner"),
        (0.35, 0.33, "close call"),
        (0.24, 0.2, "Probably not"),
        (0.12, 0.1, "No, at most a trace"),
        (0.02, 0.01, "No, the lip corners are not pulled up."),
    ],
)
def test_the_words_follow_the_intensity(left, right, said):
    text, _ = answer("is she smiling?", seen("mouth", [("AU12", left, right)]))
    assert said in text


def test_experts_get_units_numbers_and_letters():
    text, _ = answer("is she smiling?", seen("mouth", [("AU12", 0.62, 0.41)]), expert=True)
    assert text == (
        "AU12 (lip corner puller) is present: clear, 0.62 (C) on the left and 0.41 (B) on the "
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
    assert any("cheek raising" in limit.lower() and "not absent" in limit for limit in draft.limits)


def test_a_smile_with_raised_cheeks_looks_genuine_and_without_them_posed():
    def judged(cheeks):
        return answer(
            "is the smile genuine?",
            seen("mouth", [("AU12", 0.7, 0.7)]),
            seen("left_crows_feet", [("AU6", cheeks, cheeks)]),
            seen("right_crows_feet", [("AU6", cheeks, cheeks)]),
        )[0]

    assert "Probably genuine" in judged(0.6)
    assert "polite or posed" in judged(0.05)


def test_without_a_smile_there_is_nothing_to_judge():
    text, _ = answer("is the smile genuine?", seen("mouth", [("AU12", 0.1, 0.1)]))
    assert text.startswith("No smile to judge")


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


def test_a_part_that_suggests_something_else_is_told_in_detail():
    found = seen("face", emotion=("happiness", 0.8)), seen("upper_face", emotion=("anger", 0.7))
    asked = parse("how does she feel?").model_copy(update={"form": "long"})
    looked = Observations((Evidence(SCENE, found),), None, ("fac_1",))
    assert "upper face alone" in compose(asked, looked, expert=False).text


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("is she happy?", "Yes, it looks so"),
        ("is she angry?", "No, the expression strongly suggests happiness rather than anger."),
    ],
)
def test_a_named_emotion_gets_a_yes_or_a_no(question, start):
    text, _ = answer(question, seen("face", emotion=("happiness", 0.8)))
    assert text.startswith(start)


def test_an_age_comes_with_its_interval():
    age = made_up.age(34, 27, 42)
    text, _ = answer("how old is she?", seen("face", age=age))
    assert text == "The face looks about 34 years old (27 to 42)." or "34" in text


def test_pspi_says_what_is_missing():
    text, _ = answer(
        "what is the PSPI score?",
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
    assert text.startswith("Mostly the")


def test_several_units_are_told_in_order_of_what_shows_not_as_yes_and_no():
    mouth = seen("mouth", [("AU25", 0.7), ("AU12", 0.02, 0.03)], unassessed=["AU24"])
    text, _ = answer("are the lips pressed together or apart, any smile?", mouth)
    assert text.startswith("The lips are")
    assert "no clear sign of a smile" in text
    assert "I cannot tell whether there is lip pressing" in text
    assert "Yes" not in text


@pytest.mark.parametrize(
    ("question", "shows", "said"),
    [
        ("does she show her teeth?", {"teeth": True}, "Yes, the teeth show."),
        ("is her tongue out?", {"tongue": False}, "No, the tongue does not show."),
        (
            "is she looking at the camera?",
            {"gaze": "left"},
            "No, the eyes look to their left, the right of the picture.",
        ),
        ("does he have a beard?", {"facial_hair": "stubble"}, "No, there is only stubble."),
        ("does she wear glasses?", {"glasses": "none"}, "No, no glasses are worn."),
        ("where is she looking?", {"gaze": "camera"}, "The eyes look into the camera."),
        ("is she wearing a hat?", {}, "I cannot tell"),
    ],
)
def test_what_a_face_shows_beside_its_movements_is_told(question, shows, said):
    whole = seen("face").model_copy(update={"attributes": Attributes.model_validate(shows)})
    assert answer(question, whole)[0].startswith(said)


def test_of_a_part_movement_is_told_and_an_emotion_only_when_asked_for():
    left = seen("left_brow", [("AU1", 0.6)], emotion=("fear", 0.9)).model_copy(
        update={"text": "The left brow is raised. It suggests fear."}
    )
    assert answer("what is the left eyebrow doing?", left)[0] == "The left brow is raised."
    assert "fear" not in answer("describe the left eyebrow", left)[0]
    assert "fear" in answer("which emotion does the left eyebrow suggest?", left)[0]


def test_the_other_eye_is_heard_too_when_both_are_asked_about():
    left, right = (seen(f"{s}_eye", emotion=("happiness", 0.9)) for s in ("left", "right"))
    assert (
        "The right eye points the same way." in answer("what emotion in the eyes?", left, right)[0]
    )


GAP = {"unassessed": ["AU6", "AU9"]}


@pytest.mark.parametrize(
    ("question", "expert", "told"),
    [
        ("how does she feel?", False, False),
        ("how does she feel?", True, True),
        ("is the smile genuine?", False, True),
        ("are her cheeks raised?", False, True),
        ("is she in pain?", False, True),
        ("describe the left cheek", False, False),
    ],
)
def test_units_that_nobody_asked_for_are_listed_as_gaps_for_coders_only(question, expert, told):
    _, draft = answer(
        question,
        seen("face", [("AU12", 0.7, 0.7)], emotion=("happiness", 0.8), **GAP),
        seen("left_cheek", [("AU12", 0.7, 0.7)], **GAP),
        expert=expert,
    )
    name = "AU6" if expert else "cheek raising"
    assert any(name in limit or name.capitalize() in limit for limit in draft.limits) == told
    assert expert or not any("AU" in limit for limit in draft.limits)


def test_whether_a_smile_is_genuine_is_answered_first_and_the_evidence_comes_after():
    eyes = [seen(f"{side}_eye", [("AU7", 0.6, 0.6)]) for side in ("left", "right")]
    text, _ = answer("is the smile genuine?", seen("mouth", [("AU12", 0.7, 0.7)]), *eyes)
    assert text.startswith(
        "Possibly genuine, going by a weak sign only: both eyes are clearly narrowed "
        "(lid tightening)"
    )


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
    assert text.startswith("Both cheeks are strongly bunched by a smile.")
    assert "points the same way" not in text


def test_where_nothing_moves_that_could_be_read_the_reason_is_given():
    nose = seen("nose_bridge", unassessed=["AU9"]).model_copy(update={"text": ""})
    text, _ = answer("describe the nose bridge", nose)
    assert "could not judge movement at the bridge of the nose: nose wrinkling" in text


def test_an_age_that_could_be_any_is_no_part_of_a_description():
    vague = made_up.age(40, 15, 70)
    mouth = seen("mouth", [("AU12", 0.7, 0.7)], age=vague).model_copy(
        update={"text": "The lip corners are pulled up. There is little here to tell an age by."}
    )
    assert answer("describe the mouth", mouth)[0] == "The lip corners are pulled up."


def test_experts_read_codes_wherever_laymen_read_words():
    found = (
        seen("glabella", [("AU4", 0.6, 0.6)]),
        seen("mouth", [("AU17", 0.5), ("AU12", 0.1, 0.1)]),
    )
    for question in ("is she tense?", "where is the tension?", "is she frowning or smiling?"):
        text, _ = answer(question, *found, expert=True)
        assert "AU4 (brow lowerer)" in text
        assert "brow lowering" not in text


def test_a_smile_that_is_only_to_be_described_gets_no_yes():
    smiling = seen("mouth", [("AU12", 0.8, 0.8)])
    assert answer("is she smiling?", smiling)[0].startswith("Yes, ")
    assert answer("describe the smile", smiling)[0].startswith("Both lip corners")
    assert answer("isn't she smiling?", smiling)[0].startswith("Yes, both lip corners")


def test_a_region_without_movements_of_tension_says_so_and_what_lies_around_it_tells():
    forehead = seen("forehead", [("AU1", 0.0), ("AU2", 0.0)])
    text, _ = answer(
        "does the forehead show any tension?", forehead, seen("glabella", [("AU4", 0.8)])
    )
    assert text.startswith("Probably not: there is little sign of tension: only strong brow")
    assert text.endswith("The movements of tension do not show at the forehead; what lies around "
                         "it tells.")  # fmt: skip


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("is he over 40?", "Probably: the face looks about 50"),
        ("is he in his fifties?", "Possibly: the face"),
        ("is she younger than 48?", "Probably not: the face"),
        ("is he a teenager?", "Probably not, the face"),
        ("how old is he, over 40?", "Probably: the face"),
    ],
)
def test_whether_an_age_lies_in_a_span_follows_from_the_interval(question, opening):
    text, _ = answer(question, seen("face", age=made_up.age(50, 44, 56)))
    assert text.startswith(opening)
    assert "proves nothing about the real one" in text


def test_the_strongest_movement_is_told_alone():
    text, _ = answer(
        "what is the strongest movement?", seen("face", [("AU12", 0.9, 0.9), ("AU4", 0.4)])
    )
    assert text == "Both lip corners are strongly pulled up."


def test_where_a_feeling_shows_is_a_part_and_not_the_whole_face():
    smile = [("AU12", 0.9, 0.9)]
    text, _ = answer("where do you see happiness?", seen("face", smile), seen("mouth", smile))
    assert text == "Mostly at the mouth, where a smile shows."


def test_dryness_of_the_skin_is_not_assessed_and_movement_is_told():
    text, _ = answer("are her lips dry?", seen("upper_lip"), seen("lower_lip"))
    assert text.startswith("I do not assess the skin itself")


def test_only_what_is_missing_on_the_whole_face_is_said_to_be_assessed_nowhere():
    lost = ["AU17"]
    _, chin = answer("describe the chin", seen("chin", unassessed=lost), expert=True)
    assert chin.limits == ("AU17 (chin raiser) is not assessed here: unknown, not absent.",)
    text, _ = answer("is AU17 there?", seen("chin", unassessed=lost))
    assert text == "I cannot tell: chin raising was not assessed at the chin."
    both = (seen("chin", unassessed=lost), seen("face", [("AU12", 0.8, 0.8)], unassessed=lost))
    text, _ = answer("is AU17 there?", *both)
    assert text == "I cannot tell: chin raising is not assessed by this describer."


def test_tears_are_not_assessed_and_the_lids_are_told():
    lids = [("AU7", 0.6)]
    text, _ = answer("are his eyes watery?", seen("left_eye", lids), seen("right_eye", lids))
    assert text.startswith("I cannot see tears or how wet the eyes are")
    assert text.endswith("Both eyes are clearly narrowed (lid tightening).")


def test_in_layman_s_terms_is_no_question_of_yes_or_no():
    text, _ = answer("in layman's terms, what is AU12 doing?", seen("mouth", [("AU12", 0.7, 0.7)]))
    assert not text.startswith("Yes")


def test_narrowed_eyes_are_open_and_narrowed_in_one_breath():
    eyes = [seen(f"{s}_eye", [("AU43", 0.02, 0.02), ("AU7", 0.6, 0.6)]) for s in ("left", "right")]
    text, _ = answer("are his eyes wide open or squinty?", *eyes)
    assert text == "The eyes are open but narrowed: the lids are tightened."


def test_which_row_of_teeth_shows_is_told_to_be_unseen():
    mouth = seen("mouth", [("AU25", 0.6)]).model_copy(
        update={"attributes": Attributes.model_validate({"teeth": True})}
    )
    text, _ = answer("are the upper teeth showing or the lower ones?", mouth)
    assert text == "Of teeth I tell only whether they show. Yes, the teeth show."
