"""What was asked is answered first, without circles, padding or a caution told before."""

import pytest
from composed import SCENE, answer, seen

from focalface.agent.basics.evidence import Evidence
from focalface.agent.basics.sentence import Sentence, caution, once
from focalface.agent.composing.compose import Observations, compose
from focalface.agent.understanding import parse


def test_what_tells_most_is_named_once():
    text, _ = answer("why does his chin look so lumpy?", seen("chin", [("AU17", 0.6)]))
    assert text == "The chin is clearly pushed up and wrinkled."


def test_what_tells_most_at_another_place_keeps_both():
    text, _ = answer("why does he frown?", seen("glabella", [("AU4", 0.9, 0.9)]))
    assert text.startswith("Mostly the skin between the brows, which is strongly furrowed")


@pytest.mark.parametrize(
    ("emotion", "said"),
    [
        (("happiness", 0.96), "Happiness: 10 of 10, from a probability of 96%, so not a strength."),
        (("anger", 0.96), "so not a strength. The expression strongly suggests anger."),
    ],
)
def test_a_figure_stands_alone_where_the_expression_is_what_was_asked(emotion, said):
    text, _ = answer("happiness from 0 to 10?", seen("face", emotion=emotion))
    assert said in text
    assert text.startswith("Happiness: ")
    assert text.count("suggests") == (emotion[0] == "anger")


def covered(name, cover, visibility=0.1):
    one = seen(name)
    hidden = one.region.model_copy(update={"hidden_by": cover, "visibility": visibility})
    return one.model_copy(update={"region": hidden})


def test_an_expression_with_the_mouth_hidden_says_so():
    face = seen("face", [("AU5", 0.9, 0.9)], emotion=("surprise", 0.6))
    text, _ = answer("what does she feel?", face, covered("mouth", "a mask"))
    assert text.startswith("The expression suggests surprise.")
    assert "The mouth is hidden by a mask." in text


def test_a_nose_that_is_hidden_takes_little_from_an_expression():
    face = seen("face", [("AU5", 0.9, 0.9)], emotion=("surprise", 0.6))
    text, _ = answer("what does she feel?", face, covered("nose_tip", "a mask"))
    assert "hidden" not in text


def test_what_cannot_be_judged_is_called_by_its_name():
    text, _ = answer("is her tongue out?", seen("mouth", [("AU25", 0.8)]))
    assert text == "I cannot tell: the tongue could not be judged here."


def test_a_smile_is_judged_in_one_sentence_where_the_cheeks_tell():
    cheeks = (seen(f"{side}_crows_feet", [("AU6", 0.0, 0.0)]) for side in ("left", "right"))
    text, _ = answer("is the smile genuine?", seen("mouth", [("AU12", 0.7, 0.7)]), *cheeks)
    assert text.count(".") == 1


CAUTION = caution("I don't judge gender, so this is about everybody.")
READING = Sentence("Both brows are strongly lowered.", ("reg_left_brow",))


@pytest.mark.parametrize(
    ("says", "told", "kept"),
    [
        ((CAUTION, READING), (), 2),
        ((CAUTION, READING), (f"{CAUTION.text} All 4 faces suggest happiness.",), 1),
        ((READING,), (READING.text,), 1),
        ((CAUTION,), (CAUTION.text,), 1),
    ],
)
def test_a_caution_is_told_once_in_a_conversation(says, told, kept):
    assert len(once(says, told)) == kept
    assert once(says, told)[-1] == says[-1]


def test_cautions_of_answers_are_such():
    lids = seen("left_eye", [("AU43", 0.6, 0.6)]), seen("right_eye", [("AU43", 0.6, 0.6)])
    looked = Observations((Evidence(SCENE, lids),), None, ("fac_1",))
    draft = compose(parse("does she look tired?"), looked, expert=False)
    assert [s.caveat for s in draft.says] == [False] * (len(draft.says) - 1) + [True]


def unread(name, cover):
    hidden = covered(name, cover)
    limit = f"The {name.replace('_', ' ')} is hidden by {cover}, so nothing was judged."
    return hidden.model_copy(update={"limits": (limit,), "text": limit})


@pytest.mark.parametrize(
    ("question", "parts", "said"),
    [
        (
            "what do the lips do?",
            ("upper_lip", "lower_lip"),
            "The upper lip and the lower lip are hidden by a mask, so nothing was judged.",
        ),
        ("what do the eyes do?", ("left_eye", "right_eye"), "The eyes are hidden by a mask, so"),
        ("what does the chin do?", ("chin",), "The chin is hidden by a mask, so nothing was"),
    ],
)
def test_parts_that_one_thing_hides_are_told_together(question, parts, said):
    text, _ = answer(question, *(unread(name, "a mask") for name in parts))
    assert text.startswith(said)
    assert text.count("hidden") == 1
