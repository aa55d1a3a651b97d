from pathlib import Path

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError

from focalface.agent.basics.events import Event, ToolFinished
from focalface.agent.mcp_client.toolbox import MAX_LOG, Toolbox, open_log, server_log, text_of


def a_server() -> MCPServer:
    server = MCPServer("faces")

    @server.tool()
    def broken() -> str:
        raise KeyError("private/path.jpg")

    @server.tool()
    def refused() -> str:
        raise ToolError("Give a picture first.")

    return server


async def told(name: str) -> tuple[str, Event]:
    events: list[Event] = []
    async with Toolbox(a_server(), events.append) as tools:
        result = await tools.call(name, {})
    assert result.is_error
    return text_of(result), events[-1]


async def test_an_error_that_the_server_meant_is_told_in_its_words():
    text, event = await told("refused")
    assert text == "Give a picture first."
    assert isinstance(event, ToolFinished)
    assert (event.failed, event.summary) == (True, text)


async def test_an_error_that_nobody_expected_says_where_to_read_on(tmp_path, monkeypatch):
    monkeypatch.setenv("FOCALFACE_HOME", str(tmp_path))
    text, event = await told("broken")
    assert str(tmp_path / "server.log") in text
    assert isinstance(event, ToolFinished)
    assert event.summary == text
    assert "private" not in text


def test_the_log_of_a_server_does_not_grow_for_ever(tmp_path, monkeypatch):
    monkeypatch.setenv("FOCALFACE_HOME", str(tmp_path))
    for expected in (2, 4):
        with open_log() as log:
            log.write("x\n")
        assert server_log().stat().st_size == expected
    server_log().write_bytes(b"x" * (MAX_LOG + 1))
    with open_log() as log:
        log.write("x\n")
    assert server_log().stat().st_size == 2


def test_a_server_without_a_log_runs_all_the_same(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("FOCALFACE_HOME", str(tmp_path / "file"))
    with open_log() as log:
        log.write("x\n")
    assert not Path(server_log()).exists()
