"""Questions of several parts and about several faces, asked on real photos: no part is lost."""

import asyncio
from pathlib import Path

import pytest
from sessions import make_session

from focalface.agent.basics.answer import Answer
from focalface.agent.understanding import Context, parse


def asked(picture: Path, question: str) -> Answer:
    async def turn() -> Answer:
        async with make_session() as session:
            await session.open(picture)
            return await session.answer(question)

    answer = asyncio.run(turn())
    assert answer.dropped == 0
    return answer


def test_a_half_that_no_tool_sees_is_answered_with_one_honest_sentence(photo):
    answer = asked(photo, "Is she smiling and is her hair long?")
    assert answer.text.startswith("Yes")
    assert answer.text.count("I do not judge") == 1


def test_two_halves_that_are_both_seen_are_both_answered(photo):
    answer = asked(photo, "Is she smiling and looking at the camera?")
    assert "camera" in answer.text
    assert "lip corners" in answer.text


def test_a_half_that_is_out_of_bounds_is_declined_after_the_other_is_answered(photo):
    answer = asked(photo, "How old does she look, and is she rich?")
    assert "years old" in answer.text
    assert answer.text.endswith("so I don't judge them.")
    assert not answer.refused


def test_a_half_that_was_not_understood_is_named(photo):
    answer = asked(photo, "is she smiling and what's the capital of France?")
    assert any("the capital of France" in note for note in answer.notes)


def test_a_smile_gets_no_yes_when_something_else_was_asked_of_it(photo):
    answer = asked(photo, "Does the smile look sick?")
    assert answer.claims
    assert "Yes" not in answer.text


def test_the_regions_of_all_parts_are_described_in_one_call_a_face(photo):
    async def calls() -> int:
        async with make_session() as session:
            await session.open(photo)
            events = [e async for e in session.ask("is she smiling, and is she frowning?")]
            return sum(type(event).__name__ == "ToolStarted" for event in events)

    assert asyncio.run(calls()) == 1


def test_regions_that_are_ruled_out_are_not_spoken_of(photo):
    answer = asked(photo, "describe everything except the mouth")
    assert "mouth" not in answer.plan.regions
    assert "lower_face" not in answer.plan.regions
    assert "lip corner" not in answer.text


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("are everyone's eyes open?", ("Yes: all", "All but", "Not all", "None")),
        ("is everyone's mouth closed?", ("Yes: all", "All but", "Not all", "None")),
        ("is anybody smiling?", ("Yes", "None")),
        ("how many of them are smiling?", ("All", "None", "One", "Two", "Three", "Four", "Five")),
    ],
)
def test_a_question_about_all_faces_is_summed_up_in_its_first_sentence(group, question, start):
    answer = asked(group, question)
    assert answer.text.startswith(start)
    assert len(answer.plan.faces) > 2
    assert answer.text.count("(face ") <= len(answer.plan.faces)


def test_parts_about_different_faces_look_at_these_faces_only(group):
    answer = asked(
        group, "is the person on the far left smiling and is the one on the far right frowning?"
    )
    assert len(answer.plan.faces) == 2
    assert "on the left" in answer.text
    assert "on the right" in answer.text


def test_faces_that_are_left_out_are_not_looked_at(group):
    everyone = asked(group, "is everyone smiling?")
    others = asked(group, "is everyone smiling except the one on the left?")
    assert len(others.plan.faces) == len(everyone.plan.faces) - 1


def test_clothes_are_said_to_be_unseen_before_everybody_is_told_of(group):
    answer = asked(group, "is the man with the tie smiling?")
    assert answer.text.startswith("I cannot see clothes, hair or height")
    assert len(answer.plan.faces) > 1


def test_he_is_whoever_the_part_that_is_declined_was_about():
    question = "my wife says the man in the middle is lying about his age, how old does he look?"
    intent = parse(question, Context(count=5))
    assert (intent.attributes, intent.faces) == (("age",), ("middle",))
    assert intent.declined == ("honesty",)
