"""Keys typed during an answer: not printed, not lost, and the terminal is left as it was."""

import io
import os
import pty
import sys
import termios

import pytest

from focalface.agent.terminal.keys import silent_keys


@pytest.fixture
def terminal(monkeypatch):
    """A terminal of its own as stdin, and the end at which somebody types."""
    typist, keys = pty.openpty()
    with os.fdopen(keys, encoding="utf-8") as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        yield typist, keys
    os.close(typist)


def echoes(terminal: int) -> bool:
    return bool(termios.tcgetattr(terminal)[3] & termios.ECHO)


def test_keys_are_not_printed_while_an_answer_is_made_and_wait_for_the_prompt(terminal):
    typist, keys = terminal
    with silent_keys():
        assert not echoes(keys)
        os.write(typist, b"and the mouth?\n")
    assert echoes(keys)
    assert sys.stdin.readline() == "and the mouth?\n"


def test_the_terminal_is_as_before_after_an_error(terminal):
    with pytest.raises(RuntimeError), silent_keys():
        raise RuntimeError
    assert echoes(terminal[1])


def test_without_a_terminal_nothing_happens(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("a script"))
    with silent_keys():
        assert sys.stdin.readline() == "a script"
