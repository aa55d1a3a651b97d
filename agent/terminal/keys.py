"""What keys do that are typed while an answer is made: Esc stops it, the rest waits."""

import asyncio
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from prompt_toolkit.input import create_input
from prompt_toolkit.input.typeahead import store_typeahead
from prompt_toolkit.key_binding import KeyPress
from prompt_toolkit.keys import Keys

try:
    import termios
except ImportError:  # Windows has no termios; its console prints nothing that nobody reads
    termios = None  # type: ignore[assignment]

ALONE = 0.05
"""Seconds after which an Esc is a key of its own; arrows and the like begin with one."""


@contextmanager
def watched_keys(stop: Callable[[], object]) -> Iterator[None]:
    """While inside, Esc calls ``stop`` and the terminal on stdin prints no keys.

    What else was typed is there at the next prompt. Ctrl-C works as ever. The terminal is as before
    on every way out; without one nothing happens. Needs a running event loop.
    """
    if termios is None or not sys.stdin.isatty():
        yield
        return
    loop, keyboard = asyncio.get_running_loop(), create_input()
    typed: list[KeyPress] = []

    def hear(pressed: Sequence[KeyPress]) -> None:
        typed.extend(press for press in pressed if press.key != Keys.Escape)
        if any(press.key == Keys.Escape for press in pressed):
            stop()

    def ready() -> None:
        hear(keyboard.read_keys())
        loop.call_later(ALONE, lambda: hear(keyboard.flush_keys()))

    with _silent(sys.stdin.fileno()), keyboard.attach(ready):
        try:
            yield
        finally:
            store_typeahead(keyboard, typed)


@contextmanager
def _silent(terminal: int) -> Iterator[None]:
    """While inside, a terminal prints no keys and hands each over at once."""
    before = termios.tcgetattr(terminal)
    quiet = termios.tcgetattr(terminal)
    quiet[3] &= ~(termios.ECHO | termios.ECHONL | termios.ICANON)
    termios.tcsetattr(terminal, termios.TCSANOW, quiet)
    try:
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSANOW, before)
