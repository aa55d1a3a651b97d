"""Keys typed during an answer: not printed, not lost, Esc stops it, the terminal is as before."""

import asyncio
import io
import os
import pty
import sys
import termios

import pytest
from prompt_toolkit.input import create_input
from prompt_toolkit.input.typeahead import clear_typeahead, get_typeahead

from focalface.agent.terminal.keys import ALONE, watched_keys


@pytest.fixture
def terminal(monkeypatch):
    """A terminal of its own as stdin, and the end at which somebody types."""
    typist, keys = pty.openpty()
    with os.fdopen(keys, encoding="utf-8") as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        yield typist, keys
        clear_typeahead(create_input())
    os.close(typist)


def echoes(terminal: int) -> bool:
    return bool(termios.tcgetattr(terminal)[3] & termios.ECHO)


def during_an_answer(typist: int, typed: bytes, seconds: float) -> tuple[bool, bool]:
    """Type during an answer; whether that stopped it, and whether keys were printed meanwhile.

    ``seconds``: how long the answer takes if nothing stops it.
    """

    async def answer() -> tuple[bool, bool]:
        stopped = asyncio.Event()
        with watched_keys(stopped.set):
            printed = echoes(sys.stdin.fileno())
            os.write(typist, typed)
            try:
                async with asyncio.timeout(seconds):
                    await stopped.wait()
            except TimeoutError:
                return False, printed
        return True, printed

    return asyncio.run(answer())


LONG, SHORT = 60.0, 10 * ALONE


def left() -> str:
    """What the next prompt finds typed."""
    return "".join(press.data for press in get_typeahead(create_input()))


def test_keys_are_not_printed_while_an_answer_is_made_and_wait_for_the_prompt(terminal):
    typist, keys = terminal
    assert during_an_answer(typist, b"and the mouth?\n", SHORT) == (False, False)
    assert echoes(keys)
    assert left() == "and the mouth?\n"


@pytest.mark.parametrize("typed", [b"\x1b", b"and\x1b", b"\x1b\x1b"])
def test_esc_stops_an_answer(terminal, typed):
    assert during_an_answer(terminal[0], typed, LONG) == (True, False)
    assert echoes(terminal[1])
    assert left() == typed.decode().strip("\x1b")


@pytest.mark.parametrize("typed", [b"\x1b[A", b"\x1bOP", b"\x1b[3~"])
def test_an_arrow_that_begins_like_esc_stops_nothing(terminal, typed):
    assert during_an_answer(terminal[0], typed, SHORT) == (False, False)


def test_the_terminal_is_as_before_after_an_error(terminal):
    async def failing() -> None:
        with watched_keys(lambda: None):
            raise RuntimeError

    with pytest.raises(RuntimeError):
        asyncio.run(failing())
    assert echoes(terminal[1])


def test_without_a_terminal_nothing_happens(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("a script"))
    with watched_keys(lambda: None):
        assert sys.stdin.readline() == "a script"
