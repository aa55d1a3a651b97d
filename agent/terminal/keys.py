"""Keeps keys that are typed during an answer from being printed into it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

try:
    import termios
except ImportError:  # Windows has no termios; its console prints nothing that nobody reads
    termios = None  # type: ignore[assignment]


@contextmanager
def silent_keys() -> Iterator[None]:
    """While inside, the terminal on stdin prints no keys; what was typed waits for the next prompt.

    Ctrl-C works as ever. The terminal is as before on every way out; without one nothing happens.
    """
    if termios is None or not sys.stdin.isatty():
        yield
        return
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    quiet = termios.tcgetattr(terminal)
    quiet[3] &= ~(termios.ECHO | termios.ECHONL)
    termios.tcsetattr(terminal, termios.TCSANOW, quiet)
    try:
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSANOW, before)
