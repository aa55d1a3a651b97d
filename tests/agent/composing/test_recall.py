"""What is told of the answer before, and answers in other forms, from made-up readings."""

import made_up
import pytest
from composed import FACE, SCENE, seen, talk

from focalface.agent.basics.evidence import Evidence
from focalface.agent.checking.check import check
from focalface.agent.composing import weigh
from focalface.agent.composing.compose import Observations, compose
from focalface.agent.understanding import parse
from focalface.tools.types import EmotionEstimate

HAPPY = (
    seen(
        "face",
        [("AU12", 0.62, 0.35), ("AU4", 0.4), ("AU1", 0.05), ("AU6", 0.6)],
        emotion=("happiness", 0.7),
        age=made_up.age(34.2, 27.1, 42.4),
    ),
    seen("mouth", [("AU12", 0.62, 0.35), ("AU25", 0.05)], emotion=("happiness", 0.8)),
    seen("left_brow", [("AU4", 0.4, 0.4)]),
    seen("right_brow", [("AU4", 0.4, 0.4)]),
)


def told(*questions, found=HAPPY):
    return talk(*questions, found=found)


AFTER_EMOTION = [
    ("which part speaks against it?", "brow lowering"),
    ("what made you say that, which region?", "lip corners"),
    ("how confident, in percent", "Happiness 70%"),
    ("what is the least certain part of your answer?", "brow lowering"),
    ("what would convince you otherwise", "Without"),
    ("can you show me where that is in the picture?", "picture"),
    ("just one word", "Happiness."),
]


@pytest.mark.parametrize(("question", "words"), AFTER_EMOTION)
def test_the_answer_before_is_explained(question, words):
    assert words.lower() in told("what emotion does she show?", question).lower()


def test_a_face_in_one_line_of_codes():
    text = told("FACS code this face")
    assert "4B" in text
    assert "L12C+R12B" in text


@pytest.mark.parametrize("line", ["12E [mouth].", "R12C [mouth].", "AU9 and 12C+9B [mouth]."])
def test_a_code_with_a_letter_that_was_not_read_is_a_fault(line):
    assert check(line, [Evidence(SCENE, HAPPY)]).faults


def test_shorter_is_the_first_sentence():
    long = told("what emotion does she show?")
    short = told("what emotion does she show?", "shorter please")
    assert long.startswith(short)
    assert len(short) < len(long)


CHOICES = [
    ("is she happy or sad?", "Happiness rather than sadness"),
    ("is she scared or angry?", "Neither"),
    ("are AU12 and AU4 both active?", "Yes, both"),
    ("are AU12 and AU1 both active?", "Only AU12"),
    ("is AU4 stronger than AU12?", "No, the other way round"),
    ("is AU12 stronger than AU4?", "Yes"),
    ("she isn't smiling, right?", "On the contrary"),
    ("she isn't sad, right?", "Right"),
    ("isn't she smiling?", "Yes"),
    ("is the surprise faked?", "a face alone does not show"),
]


@pytest.mark.parametrize(("question", "words"), CHOICES)
def test_a_choice_is_made(question, words):
    assert words in told(question)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("how happy is she on a scale from 0 to 10?", "7 of 10, from a probability of 70%"),
        ("how strong is the smile, out of 10?", "6 of 10, from an intensity of 0.62"),
    ],
)
def test_a_figure_of_ten_has_its_own_scale_beside_it(question, words):
    assert words in told(question)


def test_what_is_hidden_is_told_as_hidden():
    mouth = made_up.reading(
        made_up.region("mouth", visibility=0.1, hidden_by="a hand or an object"),
        not_assessed=("AU12",),
    )
    text = told("is she smiling?", found=(mouth, made_up.reading("face", not_assessed=("AU12",))))
    assert text == "I cannot tell: the mouth is hidden by a hand or an object."


def test_a_second_likeliest_emotion_that_was_asked_for_is_not_denied():
    odds = {"anger": 0.45, "disgust": 0.4, "happiness": 0.02}
    estimate = EmotionEstimate(label="anger", probabilities=odds)
    text = weigh._of_emotions(("disgust", "happiness"), estimate)
    assert text == "Disgust rather than happiness, though anger fits better."


LITTLE = seen("face", [("AU12", 0.35, 0.35), ("AU6", 0.02, 0.02)], emotion=("happiness", 0.6))


def test_why_somebody_shows_least_of_it_is_told_by_what_is_lacking():
    asked = parse("is she happy?").model_copy(
        update={"kind": "why", "recall": "evidence", "least": True}
    )
    draft = compose(
        asked, Observations((Evidence(SCENE, (LITTLE,)),), None, (FACE.id,)), expert=False
    )
    assert draft.says[0].text == "Because cheek raising is absent and a smile is slight there."


def test_a_reason_is_not_padded():
    text = told("what emotion does she show?", "what made you say that, which region?")
    assert "Besides" not in text
    assert "Taken together" not in text


def test_a_reason_against_what_the_user_sees_tells_what_that_lacks():
    assert "Fear would go with" in told("I think she is scared", "why?")


def test_a_feeling_that_no_movement_bears_out_is_said_to_be_of_the_whole_face():
    brows = seen("face", [("AU1", 0.6, 0.6), ("AU12", 0, 0), ("AU6", 0, 0)],
                 emotion=("happiness", 0.5))  # fmt: skip
    text = told("what emotion does she show?", "why?", found=(brows,))
    assert text.startswith("By how the whole face looks: both inner brows are clearly raised")
    assert "does not go with happiness" in text


def test_why_somebody_smiles_least_where_all_smile_is_told_by_the_grade():
    asked = parse("is she smiling?").model_copy(
        update={"kind": "why", "recall": "evidence", "least": True}
    )
    smile = seen("mouth", [("AU12", 0.6, 0.6)])
    looked = Observations((Evidence(SCENE, (smile,)),), None, (FACE.id,))
    says = compose(asked, looked, expert=False).says
    assert says[0].text == "Because a smile is only clear there."
