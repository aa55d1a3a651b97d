"""All emotions in percent, a guess that says it is one, and a part without what lies beside it."""

import pytest
from composed import FACE, SCENE, answer, seen
from made_up import age, emotion, reading, region

from focalface.agent.basics.evidence import Evidence
from focalface.agent.composing.compose import Observations, compose
from focalface.agent.planning.turn_context import remembered
from focalface.agent.understanding import Context, parse

ANGRY = seen("face", [("AU4", 0.9, 0.9)]).model_copy(
    update={"emotion": emotion(anger=0.68, sadness=0.2, fear=0.1)}
)


@pytest.mark.parametrize(
    "question",
    [
        "list all emotions in percent",
        "give me the emotions as percentages",
        "emotions out of 100 please",
    ],
)
def test_emotions_in_percent_are_a_list(question):
    assert answer(question, ANGRY)[0] == "Anger 68%, sadness 20%, fear 10%."


def test_how_likely_one_emotion_is_stays_one_figure():
    text, _ = answer("how angry is he in percent?", ANGRY)
    assert "fear" not in text


def hidden(name):
    where = region(name, visibility=0.1, hidden_by="a hand or an object")
    return reading(where, not_assessed=("AU25", "AU26"))


def then(first, second, *found):
    """The answer to a second question."""
    evidence, last, text = Evidence(SCENE, found), None, ""
    for question in (first, second):
        intent = parse(question, Context(count=1, last=last))
        looked = Observations((evidence,), None, (FACE.id,))
        text = " ".join(say.text for say in compose(intent, looked, expert=False).says)
        last = remembered(intent, (FACE.id,), (FACE.id,), last)
    return text


def test_a_guess_after_a_hidden_mouth_is_called_one_with_its_probability():
    face = seen("face", [("AU5", 0.9, 0.9)], emotion=("surprise", 0.62))
    lips = hidden("upper_lip"), hidden("lower_lip")
    text = then("are her lips parted?", "take a guess anyway", face, *lips)
    assert text == "A guess: surprise (62%), with which lip parting would go."


def test_a_guess_at_what_can_be_seen_has_nothing_to_add():
    face = seen("face", [("AU25", 0.9)], emotion=("surprise", 0.62))
    assert then("what does she feel?", "take a guess", face) == "A guess: surprise (62%)."


def test_a_part_is_described_without_an_age_or_emotion_nobody_asked_for():
    said = (
        "The lips are slightly parted. That is in keeping with a neutral expression. The skin "
        "here looks roughly 24 years old (15 to 37)."
    )
    found = seen("lower_face", [("AU25", 0.4)], emotion=("neutral", 0.6), age=age(24, 15, 37))
    text, _ = answer("describe the lower face", found.model_copy(update={"text": said}))
    assert text == "The lips are slightly parted."


def test_two_units_are_scored_both():
    face = seen("face", [("AU6", 0.1, 0.1), ("AU12", 0.49, 0.49)])
    text, _ = answer("score AU6 and AU12 on a scale of 0 to 5", face)
    assert text == "AU12 2 of 5 and AU6 0 of 5, from intensities on 0 to 1."
