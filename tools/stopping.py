"""Ending work early: a call that was cancelled, or whose time is over, stops at its next step.

Whoever starts a call in a thread puts a ``Stop`` over it with ``stoppable``; loops in the work call
``checkpoint()`` between their steps. Without a ``Stop`` a checkpoint does nothing.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from focalface.tools.errors import DeadlineError, StoppedError

_current: ContextVar["Stop | None"] = ContextVar("stop", default=None)


class Stop:
    """A flag that may be set from any thread, and a deadline ``seconds`` from now, if any.

    ``renewed``: the time begins anew with each step that the work gets done.
    """

    def __init__(self, seconds: float | None = None, *, renewed: bool = False) -> None:
        self._asked = threading.Event()
        self._seconds = seconds if renewed else None
        self._until = None if seconds is None else time.monotonic() + seconds

    def set(self) -> None:
        """Ask the work to end."""
        self._asked.set()

    @property
    def left(self) -> float | None:
        """Seconds until the deadline; ``None`` without one."""
        return None if self._until is None else self._until - time.monotonic()

    def check(self) -> None:
        """Raise ``StoppedError`` when asked to end, ``DeadlineError`` when the time is over."""
        if self._asked.is_set():
            raise StoppedError("The call was cancelled; nothing was kept of it.")
        if self._until is not None and time.monotonic() > self._until:
            raise DeadlineError(
                "The time allowed is over; ask for fewer faces or regions, or raise timeout_s."
            )
        if self._seconds is not None:
            self._until = time.monotonic() + self._seconds


@contextmanager
def stoppable(stop: Stop) -> Iterator[None]:
    """Put ``stop`` over the work of this context, and of threads that copy the context."""
    token = _current.set(stop)
    try:
        yield
    finally:
        _current.reset(token)


def checkpoint() -> None:
    """End the call at work, by an error, when that was asked for; costs less than 1 µs."""
    if stop := _current.get():
        stop.check()
