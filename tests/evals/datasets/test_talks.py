"""Questions whose truth is known: made of coded photos, and how an answer to them is scored."""

import json
from types import SimpleNamespace

import pytest

from focalface.evals.datasets import talks
from focalface.evals.suites import answers
from focalface.tools.errors import UsageError

CODED = {
    "file": "a.jpg",
    "faces": 1,
    "codes": {"AU4": 2, "AU12": 1, "AU25": 2},
    "suggests": "anger or disgust",
    "facial_hair": "beard",
    "hidden": {"chin": "hand"},
}


@pytest.fixture
def turns(tmp_path):
    (tmp_path / "expressions.json").write_text(json.dumps([CODED, {"file": "b.jpg"}]))
    (made,) = talks.conversations(str(tmp_path))
    return {turn.question: turn for turn in answers.AnswersCase.model_validate(made).turns}


def test_what_is_coded_is_asked_for_and_what_is_slight_is_not(turns):
    assert turns["Are the brows lowered?"].verdict == "yes"
    assert turns["Are the inner ends of the brows raised?"].verdict == "no"
    assert "Is this person smiling?" not in turns
    assert turns["Is there a beard or a moustache?"].verdict == "yes"
    assert turns["What covers the chin?"].says == "hand"


def test_what_is_hidden_is_not_asked_for(tmp_path):
    row = CODED | {"hidden": {"mouth": "mask"}}
    (tmp_path / "expressions.json").write_text(json.dumps([row]))
    (made,) = talks.conversations(str(tmp_path))
    asked = {turn["question"] for turn in made["turns"]}
    assert "Are the lips parted?" not in asked
    assert "What covers the mouth?" in asked


def test_a_folder_without_codes_is_said_to_be_none(tmp_path):
    with pytest.raises(UsageError, match=r"holds no expressions\.json"):
        talks.conversations(str(tmp_path))


def said(text):
    return SimpleNamespace(answer=SimpleNamespace(text=text))


@pytest.mark.parametrize(
    ("verdict", "text", "right"),
    [
        ("yes", "Yes, both brows are lowered.", True),
        ("yes", "The face on the left (face 2): yes, a hat.", True),
        ("yes", "No, there is no sign of a smile.", False),
        ("yes", "I cannot tell: the mouth is hidden.", False),
        ("no", "Probably not: disgust is possible, but the face suggests anger.", True),
        ("no", "The face on the left (face 2): no, the expression suggests joy.", True),
        ("no", "Yes, the jaw has dropped.", False),
    ],
)
def test_an_answer_is_right_by_the_verdict_it_begins_with(verdict, text, right):
    asked = answers.AskedTurn(question="?", verdict=verdict, truth=True)
    assert answers._is_right(asked, said(text)) == right


def test_an_answer_that_says_what_is_not_so_is_not_right():
    asked = answers.AskedTurn(question="?", says="happ", never="sad", truth=True)
    assert answers._is_right(asked, said("It suggests happiness."))
    assert not answers._is_right(asked, said("It suggests happiness and sadness."))


def test_some_of_the_built_in_conversations_are_kept_for_measuring():
    cases = [answers.AnswersCase.model_validate(row) for row in talks.conversations(None)]
    kept = [turn for case in cases if case.kept for turn in case.turns]
    assert len(kept) >= 15
    assert all(turn.truth for turn in kept)


def test_a_proportion_has_an_interval_even_where_all_are_right():
    turn = {"question": "?", "says": "x", "truth": True}
    case = {"id": "c", "picture": "astronaut", "turns": [turn] * 5}
    record = {"case": case, "turns": [], "failure": "dead"}
    figures = answers.SUITE.figures([record | {"case": case | {"id": n}} for n in "ab"])
    assert figures["right"].value == 0
    assert figures["right"].high > 0.2
