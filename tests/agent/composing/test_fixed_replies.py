"""Answers that need no look at a face."""

import pytest

from focalface.agent.composing import about
from focalface.agent.planning.turn_context import remembered
from focalface.agent.understanding import Context, parse


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("When you say left, is it my left or the left of the person?", "of the person in the"),
        ("is my picture sent anywhere or does it stay on my computer?", "stay on this machine"),
        ("are the photos uploaded to a cloud", "stay on this machine"),
        ("do you store my photos", "only held in memory"),
        ("do you keep my photo after this?", "No: a picture is only held in memory and gone when"),
        ("what happens to my selfie when I close this", "gone when you leave"),
        ("does any of this go to the cloud", "nothing goes online unless"),
        ("does this need the internet", "nothing goes online unless"),
        ("do you train on my pictures?", "No: I don't learn from your pictures"),
        ("is this free?", "It is free"),
        ("what is the weather like?", None),
        ("what colour is her left shoe?", None),
    ],
)
def test_questions_on_the_program_itself_get_its_answer(question, told):
    said = about.answer(parse(question))
    assert (said is None) if told is None else (told in said)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("what is AU4?", "AU4 is the brow lowerer (brow lowered), moved by depressor glabellae"),
        ("can you explain what AU12 means", "it shows at the lip corner"),
        ("what do AU1 and AU2 stand for?", "AU2 is the outer brow raiser"),
        ("what is an action unit", "Facial Action Coding System"),
        ("how accurate are you with children", "model cards"),
        ("are you ever wrong?", "right in about nine of ten"),
        ("may I use it for job interviews", "at work or in education is prohibited"),
        ("can we use this at work, commercially?", "non-commercial use"),
        ("which AI model is behind this", "read the face"),
        ("which model do you use", "/describer"),
        ("can I use this commercially", "MIT licence"),
        ("save that as a file", "/save FILE"),
        ("show me the regions", "/regions"),
        ("translate the answer to German", "English only"),
    ],
)
def test_terms_and_the_program_are_explained_without_a_look_at_a_face(question, told):
    after = Context(
        count=1, last=remembered(parse("is she smiling?", Context(count=1)), ("f1",), ("f1",), None)
    )
    assert parse(question).kind == parse(question, after).kind == "help"
    assert told in about.answer(parse(question))


@pytest.mark.parametrize(
    "question",
    [
        "what is AU12 doing?",
        "is AU4 there",
        "how accurate is that?",
        "how much is it stronger",
        "does she keep the left eye closed?",
        "which action units are active",
    ],
)
def test_units_and_doubts_about_a_face_are_looked_at(question):
    after = Context(
        count=1, last=remembered(parse("is she smiling?", Context(count=1)), ("f1",), ("f1",), None)
    )
    assert parse(question, after).kind in ("recognise", "check", "summary")
    assert about.answer(parse(question)) is None
