"""Degree, choice and sides: the answer says first whether it is so, as much as was asked."""

import pytest
from composed import SCENE, answer, seen

from focalface.agent.basics.evidence import Evidence
from focalface.agent.composing.attributes import units
from focalface.agent.composing.compose import Observations, compose
from focalface.agent.understanding import Context, LastTurn, parse
from focalface.tools.types import AgeEstimate, age_group_of


def brows(*levels):
    return [seen(f"{side}_brow", levels) for side in ("left", "right")]


@pytest.mark.parametrize(
    ("question", "level", "start"),
    [
        ("is she smiling broadly?", 0.35, "No, not that much: both lip corners"),
        ("is she smiling broadly?", 0.75, "Yes, both lip corners"),
        ("is she smiling broadly?", 0.02, "No, "),
        ("is it a slight smile?", 0.35, "Yes, both lip corners"),
        ("is it a slight smile?", 0.85, "Yes, more than that: both lip corners"),
        ("is she smiling?", 0.35, "Yes, both lip corners"),
    ],
)
def test_a_degree_that_is_asked_for_is_met_or_not(question, level, start):
    text, _ = answer(question, seen("mouth", [("AU12", level, level)]))
    assert text.startswith(start)


@pytest.mark.parametrize(
    ("question", "lips", "jaw", "start"),
    [
        ("is the mouth wide open?", 0.8, 0.45, "No, the mouth is open, but not wide."),
        ("is the mouth wide open?", 0.8, 0.9, "Yes, the mouth is wide open"),
        ("is the mouth open?", 0.5, 0.1, "Yes, the lips are parted"),
        ("is the mouth open?", 0.1, 0.0, "No, the mouth looks closed."),
        ("is the mouth closed?", 0.1, 0.0, "Yes, the mouth looks closed."),
        ("isn't his mouth closed?", 0.8, 0.5, "No, the mouth is open"),
        ("is the mouth open or closed?", 0.1, 0.0, "The mouth looks closed."),
        ("is the mouth slightly open?", 0.8, 0.9, "Yes, more than that: the mouth is wide open"),
    ],
)
def test_open_and_closed_are_answered_by_yes_and_no(question, lips, jaw, start):
    text, _ = answer(question, seen("mouth", [("AU25", lips), ("AU26", jaw)]))
    assert text.startswith(start)


@pytest.mark.parametrize(
    ("raised", "start"), [(0.05, "No, the eyes are open, but"), (0.6, "Yes, ")]
)
def test_eyes_are_wide_where_the_upper_lids_are_raised(raised, start):
    levels = [("AU43", 0.0, 0.0), ("AU7", 0.0, 0.0), ("AU5", raised, raised)]
    eyes = [seen(f"{side}_eye", levels) for side in ("left", "right")]
    assert answer("are his eyes wide open?", *eyes)[0].startswith(start)


def test_lips_that_are_neither_pressed_nor_parted_are_together():
    text, _ = answer(
        "are his lips pressed together or parted?",
        seen("mouth", [("AU24", 0.05), ("AU25", 0.02)]),
    )
    assert text.startswith("The lips are together, not parted")


@pytest.mark.parametrize(
    ("level", "start"),
    [(0.7, "Yes, both"), (0.02, "No, the brows are not raised."), (0.25, "Probably not")],
)
def test_both_ends_of_the_brows_get_one_yes_or_no(level, start):
    found = brows(("AU1", level, level), ("AU2", level, level))
    assert answer("are the brows raised?", *found)[0].startswith(start)


@pytest.mark.parametrize(
    ("question", "left", "right", "start"),
    [
        ("is the smile even?", 0.8, 0.78, "Yes, "),
        ("is the smile even?", 0.8, 0.3, "No, "),
        ("is the smile stronger on one side?", 0.8, 0.3, "Yes, "),
        ("is the smile stronger on one side?", 0.8, 0.78, "No, "),
        ("which side of the smile is stronger?", 0.8, 0.3, "A smile is clearly"),
    ],
)
def test_even_and_uneven_are_answered_by_yes_and_no(question, left, right, start):
    text, _ = answer(question, seen("mouth", [("AU12", left, right)]))
    assert text.startswith(start)


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("is this a child or an adult?", "Rather an adult than a child"),
        ("is he in his 20s or 30s?", "Rather the 20s than the 30s"),
        ("is he over or under 40?", "Rather under 40 than over 40"),
        ("is he closer to 30 or 50?", "Rather 30 than 50"),
    ],
)
def test_one_of_the_ages_is_chosen(question, start):
    age = AgeEstimate(years=27, low=22, high=33, group=age_group_of(27))
    assert answer(question, seen("face", age=age))[0].startswith(start)


@pytest.mark.parametrize(
    ("question", "frown", "start"),
    [
        ("does he look relaxed or stressed?", 0.8, "Rather stressed: there are signs"),
        ("does he look relaxed or stressed?", 0.0, "Rather relaxed: no clear sign"),
        ("is he relaxed?", 0.8, "Probably not: there are signs"),
        ("is he relaxed?", 0.0, "Yes, it looks so: I see no clear sign"),
        ("is he tense?", 0.0, "No, I see no clear sign"),
        ("is he tense?", 0.8, "Yes, it looks so: there are signs"),
    ],
)
def test_tense_and_relaxed_are_contraries(question, frown, start):
    found = [seen("glabella", [("AU4", frown, frown)]), seen("mouth", [("AU24", frown)])]
    assert answer(question, *found)[0].startswith(start)


@pytest.mark.parametrize(
    ("scale", "start"), [("1 to 5", "Anger: 4 of 5"), ("0-10", "Anger: 8 of 10")]
)
def test_a_figure_is_on_the_scale_that_was_asked_for(scale, start):
    text, _ = answer(
        f"on a scale of {scale} how angry is he?", seen("face", emotion=("anger", 0.8))
    )
    assert text.startswith(start)


@pytest.mark.parametrize(
    ("question", "left", "right", "start"),
    [
        ("is her left cheek raised more?", 0.8, 0.3, "Yes, "),
        ("is her left cheek raised more?", 0.3, 0.8, "No, "),
        ("is her right cheek raised less?", 0.8, 0.3, "Yes, "),
        ("is the left cheek higher than the right one?", 0.3, 0.8, "No, "),
    ],
)
def test_the_side_that_is_named_has_to_be_the_one(question, left, right, start):
    cheeks = [seen(f"{side}_cheek", [("AU6", left, right)]) for side in ("left", "right")]
    assert answer(question, *cheeks)[0].startswith(start)


def test_emotions_that_do_not_show_are_listed():
    text, _ = answer("which emotions does he NOT show?", seen("face", emotion=("happiness", 0.95)))
    assert text.startswith("It does not look like sadness, ")
    assert "happiness" not in text.split(".")[0]


def test_a_part_that_is_read_to_suggest_what_nothing_bears_out_tells_its_movements():
    frown = brows(("AU4", 0.8, 0.8), ("AU1", 0.0, 0.0), ("AU2", 0.0, 0.0))
    odd = [
        one.model_copy(update={"emotion": seen("x", emotion=("happiness", 0.7)).emotion})
        for one in frown
    ]
    text, _ = answer("what do the brows suggest?", *odd)
    assert "happiness" not in text
    assert text.endswith("goes best with anger.")


def test_what_a_smile_explains_is_no_sign_of_pain():
    text, _ = answer(
        "is he in pain?",
        *[
            seen(f"{s}_eye", [("AU7", 0.5, 0.5), ("AU6", 0.6, 0.6), ("AU43", 0.0, 0.0)])
            for s in ("left", "right")
        ],
        seen("glabella", [("AU4", 0.0, 0.0)]),
        seen("mouth", [("AU12", 0.8, 0.8)]),
    )
    assert text.startswith("No, nothing points to pain")


@pytest.mark.parametrize(
    ("left", "right", "start"),
    [(0.7, 0.7, "Yes, both"), (0.7, 0.0, "The left"), (0.0, 0.0, "No, ")],
)
def test_both_of_them_holds_for_both_or_not(left, right, start):
    found = brows(("AU1", left, right), ("AU2", left, right))
    last = LastTurn(kind="describe", regions=("left_brow", "right_brow"))
    last = last.model_copy(update={"intent": parse("describe the brows")})
    asked = parse("both of them?", Context(count=1, last=last))
    looked = Observations((Evidence(SCENE, tuple(found)),), None, ("fac_1",))
    assert compose(asked, looked, expert=False).text.startswith(start)


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("does the chin move?", "Yes, "),
        ("is anything moving at the chin?", "Yes, "),
        ("name the movements of the chin", "Chin text."),
        ("what is the chin doing?", "Chin text."),
    ],
)
def test_only_a_question_whether_something_moves_gets_a_yes(question, start):
    assert answer(question, seen("chin", [("AU17", 0.7)]))[0].startswith(start)


def test_a_choice_whose_other_side_is_not_read_gets_no_yes():
    face = seen("face", [("AU4", 0.8, 0.8)], emotion=("anger", 0.9))
    text, _ = answer("is he angry or just concentrating?", face)
    assert "anger" in text and not text.startswith("Yes")
    assert answer("is he angry or not?", face)[0].startswith("Yes")


def test_what_was_not_assessed_is_told_beside_what_is_absent():
    still = [("AU1", 0.02, 0.02), ("AU2", 0.02, 0.02)]
    found = tuple(seen(f"{side}_brow", still) for side in ("left", "right"))
    says = units(("AU1", "AU2", "AU9"), Evidence(SCENE, found), False)
    assert [say.text.partition(":")[0] for say in says] == [
        "The brows are not raised.",
        "I cannot tell whether there is nose wrinkling",
    ]
