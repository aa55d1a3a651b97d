"""What Ctrl-C and a request to end do while a conversation runs."""

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_END = tuple(
    signal.Signals[name] for name in ("SIGTERM", "SIGHUP") if name in signal.Signals.__members__
)
"""Requests to end, the second because the terminal was closed (Windows does not know it)."""


@contextmanager
def on_interrupt(stop: Callable[[], object]) -> Iterator[None]:
    """While inside, Ctrl-C calls ``stop`` in the running loop in place of ending the program."""
    loop = asyncio.get_running_loop()

    def interrupted(_signal: int, _frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(stop)

    before = signal.signal(signal.SIGINT, interrupted)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def tidy_end() -> Iterator[None]:
    """While inside, a request to end cancels the running task before it ends the process.

    So everything that holds the terminal (prompt, spinner, silent keys) puts it back. A second
    request ends the process at once.
    """
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    assert task is not None
    received: list[int] = []

    def asked(number: int, _frame: FrameType | None) -> None:
        received.append(number)
        restore()
        loop.call_soon_threadsafe(task.cancel)

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    before = {number: signal.signal(number, asked) for number in _END}
    try:
        yield
    except asyncio.CancelledError:
        if not received:
            raise
    finally:
        restore()
    if received:
        signal.raise_signal(received[0])
