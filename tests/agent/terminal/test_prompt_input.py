import io
import os

from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import DummyCompleter
from prompt_toolkit.history import FileHistory, InMemoryHistory
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from prompt_toolkit.output.plain_text import PlainTextOutput

from focalface.agent.cli.first_run import notice
from focalface.agent.terminal.prompt_input import PromptLines, open_history


async def read(history, *, plain: bool = False, keys: str = "", output=None) -> str:
    with (
        create_pipe_input() as pipe,
        create_app_session(input=pipe, output=output or DummyOutput()),
    ):
        pipe.send_text(keys)
        return await PromptLines(DummyCompleter(), history, lambda: "bar", plain=plain).read(
            lambda: "> "
        )


async def test_history_outlives_the_program(tmp_path):
    path = tmp_path / "state" / "history"
    assert await read(open_history(path), keys="is the smile real?\r") == "is the smile real?"
    assert await read(open_history(path), keys="\x1b[A\r") == "is the smile real?"


async def test_a_line_is_edited(tmp_path):
    assert await read(InMemoryHistory(), keys="mooth\x1b[D\x1b[D\x08u\x05?\r") == "mouth?"


def test_history_is_for_its_owner_only(tmp_path):
    open_history(tmp_path / "history")
    if os.name == "posix":
        assert (tmp_path / "history").stat().st_mode & 0o077 == 0


def test_history_that_cannot_be_written_is_kept_in_memory(tmp_path):
    (tmp_path / "file").touch()
    assert isinstance(open_history(tmp_path / "file" / "history"), InMemoryHistory)
    assert isinstance(open_history(tmp_path / "history"), FileHistory)


async def test_a_screen_reader_hears_no_toolbar():
    out = io.StringIO()
    await read(InMemoryHistory(), plain=True, keys="x\r", output=PlainTextOutput(out))
    assert "bar" not in out.getvalue()
    assert "> " in out.getvalue()


def test_the_notice_is_given_once(tmp_path, monkeypatch):
    monkeypatch.setenv("FOCALFACE_HOME", str(tmp_path / "home"))
    told = notice()
    assert told is not None
    assert "AI Act" in told
    assert notice() is None


def test_the_notice_is_given_again_where_nothing_can_be_remembered(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("FOCALFACE_HOME", str(tmp_path / "file"))
    assert notice()
    assert notice()
