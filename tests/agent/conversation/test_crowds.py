"""A question on a crowd: batches, the largest first, until time is over or faces are too small."""

import made_up
import pytest
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage

from focalface.agent.composing.compose import Draft
from focalface.agent.conversation.offline import decide
from focalface.agent.conversation.progress import BATCH, Progress
from focalface.agent.planning.turn_context import Picture, TurnContext, turn_of

SIZES = [max(90 - n // 2, 12) for n in range(150)]
FACES = tuple(
    made_up.face(f"f{n}", box=made_up.box(12 * n, 100, 12 * n + size, 100 + size))
    for n, size in enumerate(SIZES)
)
CROWD = Picture(path="c.png", image_id="c", width=2000, height=900, faces=FACES)


def looked(question, count, *, telling=None, in_time=True, failed=""):
    """What is decided once so many faces were looked at, of which the first ones tell something."""
    turn = turn_of(TurnContext(question=question, picture=CROWD))
    telling = count if telling is None else telling
    read = [_mouth(n, telling=n < telling) for n in range(count)]
    artifact = {"descriptions": [d.model_dump(mode="json") for d in read]}
    messages = [HumanMessage(question), AIMessage(""),
                ToolMessage("", artifact=artifact, tool_call_id="1")]  # fmt: skip
    if failed:
        messages.append(ToolMessage(failed, status="error", tool_call_id="2"))
    return decide(Progress(turn, messages, in_time=in_time))


def _mouth(number, *, telling):
    region = made_up.region("mouth", id=f"mouth_f{number}", face_id=f"f{number}")
    units = [made_up.unit("AU12", 0.8 if number % 2 else 0.0)] if telling else []
    return made_up.reading(region, units)


@pytest.mark.parametrize("question", ["how many people are smiling?", "is anybody smiling?"])
def test_the_next_batch_is_the_largest_that_are_left(question):
    asked = looked(question, BATCH)
    assert [request.face_id for request in asked] == [f"f{n}" for n in range(BATCH, 2 * BATCH)]


def test_faces_too_small_to_tell_anything_end_the_looking():
    draft = looked("how many people are smiling?", 3 * BATCH, telling=2 * BATCH)
    assert isinstance(draft, Draft)
    assert draft.text.startswith("40 of the 80 faces that could be judged show a smile (50%)")
    assert draft.text.endswith(
        "I looked at the 120 largest of 150 faces; the others are too small to judge."
    )


def test_when_time_is_over_the_answer_tells_of_those_that_were_looked_at():
    draft = looked("how many people are smiling?", BATCH, in_time=False)
    assert isinstance(draft, Draft)
    assert "I looked at the 40 largest of 150 faces; ask again and I go on." in draft.text


def test_a_tool_that_fails_half_way_leaves_what_was_read():
    draft = looked("how many people are smiling?", BATCH, failed="The time allowed is over.")
    assert draft.text.startswith("20 of the 40 faces that could be judged show a smile")
    assert draft.limits[-1] == "The time allowed is over."


def test_a_question_of_several_regions_looks_once_at_each_of_a_crowd():
    asked = looked("is this crowd happy or angry overall?", 0)
    assert {len(request.regions) for request in asked} == {1}
