"""The chat on a real (pseudo) terminal: what a person sees, types and interrupts."""

import json
import os
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from chat_server import ChatServer

pytest.importorskip("fcntl")
from terminal import Terminal

COLOUR = re.compile(r"\x1b\[[0-9;]*(?:3[0-9]|4[0-9])[0-9;]*m")
ANSWERED = r"(?s)offline · [\d.]+ m?s.*>"
"""The end of an answer and the next prompt; the bar below the prompt names the model, too."""
SPINNER = re.compile("[⠀-⣿]")


@pytest.fixture
def silent() -> Iterator[ChatServer]:
    """A language model that is asked and never answers."""
    pytest.importorskip("langchain_openai", reason="needs the extra 'openai'")
    with ChatServer([None]) as server:
        yield server


@contextmanager
def chat(photo: Path, *options: str, home: Path, columns: int = 80) -> Iterator[Terminal]:
    """A chat about the photo, ready for the first question."""
    plain = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES", "NO_COLOR")}
    environ = plain | {"FOCALFACE_HOME": str(home), "TERM": "xterm-256color", "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "focalface.agent", "chat", str(photo), *options]
    with Terminal(command, environ, columns=columns) as terminal:
        terminal.until("One face")
        yield terminal


def servers_of(terminal: Terminal) -> list[int]:
    """Process ids of the face tools that the chat has started."""
    threads = Path(f"/proc/{terminal.process.pid}/task").glob("*/children")
    return [int(child) for thread in threads for child in thread.read_text("utf-8").split()]


def test_a_conversation_at_any_width(photo, tmp_path):
    with chat(photo, home=tmp_path, columns=60) as terminal:
        converse(terminal, tmp_path / "narrow")
        terminal.resize(120)
        converse(terminal, tmp_path / "wide")
        assert_ends_tidily(terminal)
    assert (tmp_path / "narrow.md").read_text(encoding="utf-8").count("\n## ") == 3
    assert (tmp_path / "wide.md").read_text(encoding="utf-8").count("\n## ") == 6
    assert "data:image/jpeg" in (tmp_path / "wide.html").read_text(encoding="utf-8")
    turns = json.loads((tmp_path / "wide.json").read_text(encoding="utf-8"))["turns"]
    assert turns[0]["question"] == "is the smile genuine?"


def converse(terminal: Terminal, talk: Path) -> None:
    terminal.type("is the smile genuine?\r")
    terminal.until(ANSWERED)
    said = " ".join(terminal.screen.text.split())  # without the spinner between the lines
    assert re.search(r"Seen in: mouth \[1\]", said)
    assert "regions described" not in said
    terminal.type("/why\r")
    terminal.until(r"(?s)a\s+smile that is.*described.*> ")
    terminal.type("describe the mouth and the left eye\r")
    assert "left eye [2]" in terminal.until(ANSWERED)
    terminal.type("what does 2 show?\r")
    assert "left eye" in terminal.until(ANSWERED)
    terminal.type("/regions\r")
    terminal.until("(?s)right jaw.*> ")
    for form in ("md", "html", "json"):
        terminal.type(f"/save {talk}.{form}\r")
        terminal.until(r"(?s)Saved in.*> ")
    lines = terminal.screen.text.splitlines()
    table = [line for line in lines if re.match(r" ?\d+  (?:left|right|upper|lower) ", line)]
    assert len({line.find(line.split("  ")[1]) for line in table}) == 1  # columns in line
    assert len(table) == len({line.split()[0] for line in table}) > 10


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the server in /proc")
def test_plain_is_plain_and_face_tools_that_die_are_started_again(photo, tmp_path):
    with chat(photo, "--plain", home=tmp_path) as terminal:
        terminal.type("compare the eyes and the mouth\r")
        terminal.until(ANSWERED)
        assert "Region: left eye." in terminal.screen.text
        (server,) = servers_of(terminal)
        os.kill(server, signal.SIGKILL)
        terminal.type("and the brows?\r")
        said = terminal.until(ANSWERED)
        assert "started again" in said
        assert "brow" in said.partition("Seen in: ")[2]
        terminal.type("/quit\r")
        assert terminal.ended() == 0
    assert not COLOUR.search(terminal.written)
    assert not SPINNER.search(terminal.written)
    assert "▀" not in terminal.written


def test_ctrl_c_and_esc_stop_the_answer_and_a_request_to_end_the_program(photo, tmp_path, silent):
    """A request to end leaves the terminal as it was, here while a model is asked for an answer."""
    options = ("--model", "openai:made-up", "--base-url", silent.url)
    with chat(photo, *options, home=tmp_path) as terminal:
        terminal.type("is she smiling?\r")
        assert silent.asked.wait(600)
        assert not terminal.echoes
        terminal.type("\x03")
        terminal.until("Stopped.")
        silent.asked.clear()
        terminal.type("is the mouth open?\r")
        assert silent.asked.wait(600)
        terminal.type("\x1b")
        terminal.until("Stopped.")
        terminal.type("/model offline\r")
        terminal.until("Answers come from: offline")
        terminal.type("is she smiling?\r")
        assert "lip corners" in terminal.until(ANSWERED)
        terminal.type("/model openai:made-up\r")
        terminal.until("Answers come from: openai")
        silent.asked.clear()
        terminal.type("is she smiling?\r")
        assert silent.asked.wait(600)
        assert_ends_tidily(terminal)


def assert_ends_tidily(terminal: Terminal) -> None:
    assert not terminal.echoes
    os.kill(terminal.process.pid, signal.SIGTERM)
    assert terminal.ended() == -signal.SIGTERM
    assert terminal.echoes
    assert terminal.written.rfind("\x1b[?25h") >= terminal.written.rfind("\x1b[?25l")  # cursor
