"""Runs the work of a call in a thread: bounded in number, stopped with the call, with progress."""

import os
import time
from collections.abc import Callable
from typing import Any, TypeVar

import anyio
import anyio.from_thread
import anyio.to_thread
from anyio.lowlevel import RunVar
from mcp.server.mcpserver import Context

from focalface.tools import stopping
from focalface.tools.errors import BusyError, StoppedError
from focalface.tools.stopping import Stop

Made = TypeVar("Made")
Report = Callable[[int, int], None]

_FIRST_GUESS = 1.0
"""Seconds that a call is thought to take before any has ended."""
_NEWEST = 0.2
"""Weight of the latest call in the mean duration."""


class Workers:
    """Threads for calls; ``queue`` calls may wait at most (None: any number).

    One more raises ``BusyError``, which says when to try again. ``heard``: whoever calls hears of
    progress, which the protocol does not tell of a caller in the same process.
    """

    def __init__(self, *, threads: int = 0, queue: int | None = None, heard: bool = False) -> None:
        self._threads = threads or max(2, os.cpu_count() or 1)
        self._queue = queue
        self._heard = heard
        self._limiter: RunVar[anyio.CapacityLimiter] = RunVar("limiter")  # one an event loop
        self._mean = _FIRST_GUESS

    async def run(
        self,
        work: Callable[[Report], Made],
        context: "Context[Any, Any]",
        seconds: float | None = None,
        *,
        renewed: bool = False,
    ) -> Made:
        """Return what ``work`` gives; it stops at its next checkpoint when the call is cancelled.

        ``renewed``: the time begins anew with each step, where the caller hears of the progress and
        so knows that it goes on, however slow a busy machine is.
        Raises what ``work`` raises, ``DeadlineError`` after ``seconds``, and ``BusyError``.
        """
        limiter = self._room()
        stop = Stop(seconds, renewed=renewed and self._hears(context))

        def run() -> Made:
            began = time.monotonic()
            with stopping.stoppable(stop):
                stop.check()
                made = work(_reporter(context, stop))
            self._mean += _NEWEST * (time.monotonic() - began - self._mean)
            return made

        try:
            return await anyio.to_thread.run_sync(run, abandon_on_cancel=True, limiter=limiter)
        except anyio.get_cancelled_exc_class():
            stop.set()
            raise

    @property
    def waiting(self) -> int:
        """Calls that wait for a thread."""
        limiter = self._limiter.get(None)
        return limiter.statistics().tasks_waiting if limiter else 0

    def _hears(self, context: "Context[Any, Any]") -> bool:
        """Tell whether the caller is told of progress."""
        return self._heard or "progress_token" in (context.request_context.meta or {})

    def _room(self) -> anyio.CapacityLimiter:
        limiter = self._limiter.get(None) or anyio.CapacityLimiter(self._threads)
        self._limiter.set(limiter)
        waiting = self.waiting
        if self._queue is not None and waiting >= self._queue:
            seconds = max(1, round(self._mean * (waiting + 1) / self._threads))
            raise BusyError(
                f"The server is busy with {waiting + self._threads} calls; "
                f"try again in {seconds} seconds."
            )
        return limiter


def _reporter(context: "Context[Any, Any]", stop: Stop) -> Report:
    """Reports progress from the thread of the work, and stops it there when asked to."""

    def report(done: int, total: int) -> None:
        stop.check()
        try:
            anyio.from_thread.run(context.report_progress, done, total, f"{done} of {total}")
        except RuntimeError:  # the event loop is gone
            raise StoppedError("The server is closing; nothing was kept of the call.") from None

    return report
