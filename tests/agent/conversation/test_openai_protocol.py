"""A chat model over the network: all of ours and of LangChain's, a made-up server at the end."""

import json
from pathlib import Path

import pytest
from chat_server import ChatServer, Step, call, completion, look_at
from sessions import make_session

from focalface.agent.basics.answer import Answer
from focalface.agent.basics.events import Notice, ToolFinished
from focalface.agent.conversation import supervisor
from focalface.agent.conversation.session import Session

pytest.importorskip("langchain_openai")

HONEST = "I looked at the mouth [mouth]."


async def asked(photo: Path, *script: Step) -> tuple[Answer, list[str], Session, ChatServer]:
    """The answer, what the user was told on the way, and both ends of the line."""
    with ChatServer(script) as server:
        async with make_session(model="openai:made-up", base_url=server.url) as session:
            await session.open(photo)
            answer = await session.answer("is she smiling?")
    told = [e.text for e in session.turns[-1].events if isinstance(e, Notice)]
    return answer, told, session, server


async def test_a_model_calls_our_tools_and_its_checked_answer_is_shown(photo):
    answer, told, session, server = await asked(photo, look_at("mouth"), HONEST)
    assert answer.text == HONEST.partition(" [")[0] + "."
    assert answer.model == "openai:made-up"
    assert answer.plan.regions == ("mouth",)
    assert told == []  # the server is on this machine: nothing leaves it
    offered = {tool["function"]["name"] for tool in server.requests[0]["tools"]}
    assert offered == {"detect_faces", "propose_regions", "describe_regions"}
    last = server.requests[1]["messages"][-1]
    assert last["role"] == "tool"
    assert "mouth" in last["content"]
    assert any(isinstance(e, ToolFinished) for e in session.turns[-1].events)


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (429, "over its limit for now; try again later (status 429)"),
        (503, "has trouble of its own; try again later (status 503)"),
        (401, "did not accept the key; check it (status 401)"),
        (404, "does not exist under that name or address; check both (status 404)"),
        (b"<html>It works!</html>", "failed"),
        (b'{"choices": []}', "failed"),
        ("", "no usable answer"),
        ("blah " * 2000, "no usable answer"),
        ("She is such an interesting person.", "nothing that the tools support"),
        ([call("describe_regions", "{not json")], "no usable answer"),
    ],
    ids=[
        "429",
        "503",
        "401",
        "404",
        "html",
        "empty",
        "silent",
        "rambles",
        "unsupported",
        "no-json",
    ],
)
async def test_when_a_model_fails_the_planner_answers_and_the_user_is_told(photo, reply, said):
    answer, told, _, server = await asked(photo, look_at("mouth"), reply)
    assert len(told) == 1
    assert said in told[0]
    assert told[0].endswith("The offline planner answers instead.")
    assert "Traceback" not in told[0]
    assert answer.model == "offline"
    assert answer.claims
    assert any(said in note for note in answer.notes)
    assert len(server.requests) <= 4


async def test_a_model_that_never_answers_is_given_up_in_time(photo, monkeypatch):
    monkeypatch.setattr(supervisor, "SECONDS", 0.5)
    answer, told, _, _ = await asked(photo, None)
    assert "took too long" in told[0]
    assert answer.model == "offline"
    assert answer.claims


async def test_a_server_that_is_not_there_is_told(photo):
    with ChatServer([HONEST]) as gone:
        pass
    async with make_session(model="openai:made-up", base_url=gone.url) as session:
        await session.open(photo)
        answer = await session.answer("is she smiling?")
    assert answer.model == "offline"
    assert any("could not be reached; check its address" in note for note in answer.notes)


@pytest.mark.parametrize(
    "nonsense",
    [
        call("describe_regions", {"image_id": "img_nobody", "regions": ["elbow"]}),
        call("describe_regions", {"regions": 7}),
        call("describe_regions", {}),
        call("format_disk", {"drive": "C"}),
    ],
    ids=["wrong", "wrong-type", "nothing", "unknown-tool"],
)
async def test_nonsense_in_a_tool_call_is_told_to_the_model_which_may_try_again(photo, nonsense):
    answer, told, _, server = await asked(photo, [nonsense], look_at("mouth"), HONEST)
    complaint = server.requests[1]["messages"][-1]
    assert complaint["role"] == "tool"
    assert complaint["content"]
    assert told == []
    assert answer.model == "openai:made-up"
    assert answer.claims


async def test_a_model_that_only_calls_tools_is_stopped(photo):
    answer, told, _, server = await asked(photo, look_at("mouth"))
    assert "used up" in told[0]
    assert len(server.requests) == supervisor.MODEL_CALLS
    assert answer.model == "offline"


@pytest.mark.parametrize(
    ("tokens", "requests"), [(supervisor.TOKENS, 1), (supervisor.TOKENS // 2, 2)]
)
async def test_a_model_that_costs_too_many_tokens_is_stopped(photo, tokens, requests):
    def dear(request):
        return json.dumps(completion(look_at("mouth")(request), tokens)).encode()

    answer, told, _, server = await asked(photo, dear)
    assert "used up" in told[0]
    assert len(server.requests) == requests
    assert answer.model == "offline"


async def test_an_answer_in_a_stream_is_put_together():
    """LangChain streams where somebody asks for it, as other programs with our tools may."""
    from focalface.agent.conversation.chat_models import load_chat_model

    calls = [call("describe_regions", {"regions": ["mouth"]})]
    with ChatServer([f"{HONEST}\nTwice.\n", calls]) as server:
        model = load_chat_model("openai:made-up", server.url)
        text = "".join([chunk.text async for chunk in model.astream("hello")])
        called = None
        async for chunk in model.astream("hello"):
            called = chunk if called is None else called + chunk
    assert text == f"{HONEST}\nTwice.\n"
    assert called.tool_calls[0]["args"] == {"regions": ["mouth"]}
    assert all(request["stream"] for request in server.requests)
