"""A part that is named gets its answer, each thing told once and nothing of what lies beside."""

import pytest
from composed import answer, seen
from made_up import reading, units

from focalface.agent.basics.phrasing import told_once
from focalface.tools.types import Attributes


@pytest.mark.parametrize(
    ("clauses", "told"),
    [
        (["the lips are parted", "the lips are pressed"], ["the lips are parted and pressed"]),
        (["both brows are raised", "the lips are parted"], None),
        (["the left eye is shut", "the right eye is shut"], None),
        (["nose wrinkling lifts the upper lip"], None),
    ],
)
def test_what_a_thing_does_is_told_with_its_name_once(clauses, told):
    assert told_once(clauses) == (told or clauses)


def lip(name, text, *levels):
    found = reading(name, units(name, levels), text=text, not_assessed=())
    return found.model_copy(update={"attributes": Attributes(teeth="teeth" in text)})


def test_the_lips_are_told_together():
    upper = lip("upper_lip", "The upper lip is drawn wide. The teeth show.", ("AU12", 0.9, 0.9))
    lower = lip("lower_lip", "The lower lip is drawn wide.", ("AU12", 0.9, 0.9), ("AU25", 0.4))
    text, _ = answer("what do the lips do?", upper, lower)
    assert text == (
        "Both lip corners are strongly pulled up and the lips are slightly parted. The teeth show."
    )


def test_a_lip_alone_is_told_in_the_words_of_who_read_it_the_slight_left_out():
    said = (
        "The upper lip is strongly raised, and the upper lip is slightly parted from the other. "
        "The upper lip is slightly stretched sideways. The teeth show."
    )
    found = lip("upper_lip", said, ("AU10", 0.9, 0.9), ("AU25", 0.4), ("AU20", 0.3, 0.3))
    text, _ = answer("what is the upper lip doing?", found)
    assert text == (
        "The upper lip is strongly raised and slightly parted from the other. The teeth show."
    )


def test_where_all_is_slight_all_of_it_is_told():
    said = "The upper lip is slightly raised. Both lip corners are slightly drawn down."
    found = lip("mouth", said, ("AU10", 0.4, 0.4), ("AU15", 0.35, 0.35))
    assert answer("what is the mouth doing?", found)[0] == said


def test_a_nose_whose_tip_tells_nothing_is_told_by_its_bridge():
    bridge = lip("nose_bridge", "The bridge of the nose is slightly creased (nose wrinkling).",
                 ("AU9", 0.4, 0.4))  # fmt: skip
    silent = "Nothing that could be judged shows in the tip of the nose."
    tip = reading("nose_tip", (), text=silent, not_assessed=()).model_copy(
        update={"limits": (silent,)}
    )
    text, _ = answer("does her nose move?", bridge, tip)
    assert text == "Yes, the bridge of the nose is slightly creased (nose wrinkling)."


def test_a_choice_rests_on_what_goes_with_the_one_that_is_chosen():
    face = seen("face", emotion=("anger", 0.5))
    lip = seen("upper_lip", [("AU10", 0.8, 0.8)])
    brows = seen("glabella", [("AU4", 0.8, 0.8)])
    text, _ = answer("is it pain or disgust?", face, lip, brows)
    assert "upper lip raising" in text
