"""Expressions only: units and words, no emotion anywhere."""

import json
import re

import pytest
from mcp import Client

from focalface.agent.conversation.session import Session
from focalface.agent.understanding import parse
from focalface.agent.understanding.expressions_only import OFF, without_emotion
from focalface.tools.server import movements_only
from focalface.tools.server.protocol import create_server
from focalface.tools.server.strict import FaceServer
from focalface.tools.settings import Settings
from focalface.tools.workbench import Workbench

EMOTIONAL = re.compile(
    r"happ|sad|surpris|fear|disgust|ang(?:er|ry)|contempt|\bneutral\b|suggests|genuine|felt|"
    r"emotion(?!s are switched off)",
    re.IGNORECASE,
)


def told(found: object) -> list[str]:
    return EMOTIONAL.findall(json.dumps(found).replace(OFF, ""))


@pytest.fixture(scope="module")
def bench() -> Workbench:
    return Workbench(Settings(threads=1, emotion=False))


def test_readings_have_no_emotion_in_fields_or_words(photo, bench: Workbench) -> None:
    image = bench.open(photo)
    for one in bench.describe(image, bench.detect(image)[0], ["face", "mouth", "left eye"]):
        assert one.emotion is None and one.text and one.action_units
        assert not EMOTIONAL.search(f"{one.text} {one.limits}")


@pytest.mark.parametrize(
    "question",
    [
        "is she happy?",
        "what emotion does the face suggest?",
        "is the smile genuine?",
        "is she tense?",
        "what does the mouth do?",
        "describe the face",
        "how old is she, and is she angry?",
    ],
)
async def test_questions_are_answered_with_what_can_be_seen(
    photo, bench: Workbench, question: str
) -> None:
    async with Session(server=create_server(bench=bench), emotion=False) as session:
        await session.open(photo)
        answer = await session.answer(question)
    assert answer.text and not told([answer.text, *answer.limits, *answer.notes])
    asked = parse(question)
    assert (OFF in answer.limits) == (without_emotion(asked) != asked)


async def test_the_server_neither_tells_nor_promises_emotions(photo, bench: Workbench) -> None:
    server = create_server(bench=bench)
    assert not re.search(r"suggest|emotion recognition", server.instructions or "")
    async with Client(server) as client:
        found = await client.call_tool(
            "describe_regions", {"path": str(photo), "regions": ["face", "mouth"]}
        )
    assert not found.is_error and not told(found.structured_content)
    assert not EMOTIONAL.search("".join(getattr(part, "text", "") for part in found.content))


async def listed(server: FaceServer) -> list[str]:
    """What the server lists of itself, and its prompts filled, each as JSON."""
    async with Client(server) as client:
        prompts = (await client.list_prompts()).prompts
        texts = [
            await client.get_prompt(one.name, {a.name: "x" for a in one.arguments or ()})
            for one in prompts
        ]
        tools = (await client.list_tools()).tools
    about = [json.dumps(server.instructions)]
    about += [tool.model_dump_json(exclude={"output_schema"}) for tool in tools]
    return about + [one.model_dump_json() for one in (*prompts, *texts)]


async def test_no_description_of_tools_arguments_or_prompts_promises_an_emotion() -> None:
    promised = re.compile(f"{EMOTIONAL.pattern}|suggest|emotion", re.IGNORECASE)
    for said in await listed(create_server(Settings(threads=1, emotion=False))):
        rest = said.replace("No emotion is read here", "")
        assert not promised.search(rest), said


async def test_each_passage_that_is_reworded_stands_where_emotions_are_told() -> None:
    told = await listed(create_server(Settings(threads=1)))
    for passage, _ in movements_only.INSTEAD:
        assert any(json.dumps(passage)[1:-1] in one for one in told), passage
