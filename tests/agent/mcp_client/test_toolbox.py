"""The bridge to the face tools, in this process and as a process of its own that dies."""

import os
import signal
from pathlib import Path

import pytest
from benches import SERVER
from mcp.server import MCPServer

from focalface.agent.basics.events import Event, Notice, ToolFinished, ToolProgress, ToolStarted
from focalface.agent.conversation.session import Session
from focalface.agent.mcp_client.toolbox import OFFERED, Toolbox, text_of
from focalface.tools.errors import RemoteError, UsageError


async def test_calls_are_told_when_they_start_and_end(photo):
    heard: list[Event] = []
    async with Toolbox(SERVER, heard.append) as box:
        result = await box.call("detect_faces", {"path": str(photo)})
    assert not result.is_error
    started, finished = heard[0], heard[-1]
    assert isinstance(started, ToolStarted)
    assert isinstance(finished, ToolFinished)
    assert finished.summary == "1 face found"
    assert finished.result["image_id"]


async def test_a_tool_error_is_its_sentence_alone():
    async with Toolbox(SERVER, lambda _: None) as box:
        result = await box.call("detect_faces", {"path": "/nowhere.png"})
    assert result.is_error
    assert text_of(result).startswith("There is no file '/nowhere.png'")


async def test_an_agent_is_offered_the_tools_that_look_and_gets_text_and_structure(photo):
    async with Toolbox(SERVER, lambda _: None) as box:
        tools = {tool.name: tool for tool in await box.tools()}
        assert set(tools) == set(OFFERED)
        call = {
            "name": "detect_faces",
            "args": {"path": str(photo)},
            "id": "1",
            "type": "tool_call",
        }
        message = await tools["detect_faces"].ainvoke(call)
    assert "1 face" in message.content
    assert message.artifact["faces"]


async def test_progress_of_a_call_is_passed_on(photo):
    heard: list[Event] = []
    async with Toolbox(SERVER, heard.append) as box:
        found = (await box.call("detect_faces", {"path": str(photo)})).structured_content
        assert found is not None
        arguments = {"image_id": found["image_id"], "regions": ["mouth", "chin"]}
        await box.call("describe_regions", arguments)
    assert [e.done for e in heard if isinstance(e, ToolProgress) and e.call == 2] == [1, 2]


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds the server through /proc")
async def test_a_server_that_dies_is_started_again_and_no_picture_is_lost(photo):
    async with Session(isolated=True) as session:
        await session.open(photo)
        _kill_servers()
        answer = await session.answer("describe the mouth")
        notices = [e for e in session.turns[-1].events if isinstance(e, Notice)]
    assert answer.claims
    assert any("started again" in n.text for n in notices)


def _kill_servers() -> None:
    found = _children()
    assert len(found) == 1
    os.kill(found[0], signal.SIGKILL)


def _children() -> list[int]:
    """Processes that this one started and that serve."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            status = (entry / "stat").read_text(encoding="utf-8")
            command = (entry / "cmdline").read_bytes()
        except OSError:
            continue
        if int(status.rpartition(")")[2].split()[1]) == os.getpid() and b"serve" in command:
            found.append(int(entry.name))
    return found


async def test_a_server_that_cannot_start_is_one_sentence():
    from mcp import StdioServerParameters

    nothing = StdioServerParameters(command="/nowhere/at-all")
    with pytest.raises(RemoteError, match="did not start"):
        async with Toolbox(nothing, lambda _: None):
            pass


async def test_a_closed_toolbox_says_so():
    box = Toolbox(MCPServer("nothing"), lambda _: None)
    with pytest.raises(UsageError, match="not open"):
        await box.tools()
