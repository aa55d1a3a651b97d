"""Calls at work: cancelled ones stop at their next step, late ones say what to do."""

import asyncio
import threading
from typing import Any

import pytest

from focalface.tools import stopping
from focalface.tools.errors import DeadlineError, StoppedError
from focalface.tools.server.work import Workers
from focalface.tools.stopping import Stop


class Heard:
    """A context of the protocol that keeps the progress it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[float, float | None]] = []

    async def report_progress(self, done: float, total: float | None, message: str) -> None:
        self.told.append((done, total))


async def test_a_cancelled_call_ends_at_its_next_checkpoint() -> None:
    began, ended, context = threading.Event(), threading.Event(), Heard()
    steps = 0

    def endless(report: Any) -> None:
        nonlocal steps
        try:
            while True:
                steps += 1
                began.set()
                stopping.checkpoint()
        finally:
            ended.set()

    call = asyncio.create_task(Workers().run(endless, context))  # type: ignore[arg-type]
    await asyncio.to_thread(began.wait, 60)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    assert await asyncio.to_thread(ended.wait, 60)


async def test_progress_reaches_the_client_and_stops_with_the_call() -> None:
    context, ended = Heard(), threading.Event()
    reached = asyncio.Event()

    async def report_progress(done: float, total: float | None, message: str) -> None:
        context.told.append((done, total))
        reached.set()

    context.report_progress = report_progress  # type: ignore[method-assign]

    def endless(report: Any) -> None:
        try:
            for number in range(10**9):
                report(number, 10**9)
        finally:
            ended.set()

    call = asyncio.create_task(Workers().run(endless, context))  # type: ignore[arg-type]
    await reached.wait()
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    assert await asyncio.to_thread(ended.wait, 60)
    assert context.told[0] == (0, 10**9)


async def test_a_deadline_ends_the_work_with_advice() -> None:
    def endless(report: Any) -> None:
        while True:
            stopping.checkpoint()

    with pytest.raises(DeadlineError, match="timeout_s"):
        await Workers().run(endless, Heard(), 0.01)  # type: ignore[arg-type]


def test_without_a_stop_a_checkpoint_does_nothing() -> None:
    stopping.checkpoint()
    stop = Stop()
    with stopping.stoppable(stop):
        stopping.checkpoint()
        stop.set()
        with pytest.raises(StoppedError):
            stopping.checkpoint()
    stopping.checkpoint()
