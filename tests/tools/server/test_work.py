"""Calls at work: cancelled ones stop at their next step, late ones say what to do."""

import asyncio
import threading
from types import SimpleNamespace
from typing import Any

import pytest

from focalface.tools import stopping
from focalface.tools.errors import DeadlineError, StoppedError
from focalface.tools.server.work import Workers
from focalface.tools.stopping import Stop


class Heard:
    """A context of the protocol that keeps the progress it is told."""

    def __init__(self, **meta: Any) -> None:
        self.told: list[tuple[float, float | None]] = []
        self.request_context = SimpleNamespace(meta=meta)

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


@pytest.fixture
def in_steps(monkeypatch):
    """Work of ten steps, each of which takes longer than half of the minute allowed."""
    clock = SimpleNamespace(now=0.0)
    monkeypatch.setattr(stopping, "time", SimpleNamespace(monotonic=lambda: clock.now))

    def work(report: Any) -> int:
        for number in range(10):
            clock.now += 40.0
            report(number, 10)
        return 10

    return work


@pytest.mark.parametrize(
    ("workers", "meta"), [(Workers(), {"progress_token": 1}), (Workers(heard=True), {})]
)
async def test_slow_work_goes_on_as_long_as_its_caller_hears_of_steps(
    workers: Workers, meta: dict[str, Any], in_steps: Any
) -> None:
    assert await workers.run(in_steps, Heard(**meta), 60.0, renewed=True) == 10  # type: ignore[arg-type]


@pytest.mark.parametrize(("meta", "renewed"), [({}, True), ({"progress_token": 1}, False)])
async def test_a_caller_that_hears_nothing_or_set_a_time_is_not_kept_waiting(
    meta: dict[str, Any], renewed: bool, in_steps: Any
) -> None:
    with pytest.raises(DeadlineError):
        await Workers().run(in_steps, Heard(**meta), 60.0, renewed=renewed)  # type: ignore[arg-type]


def test_without_a_stop_a_checkpoint_does_nothing() -> None:
    stopping.checkpoint()
    stop = Stop()
    with stopping.stoppable(stop):
        stopping.checkpoint()
        stop.set()
        with pytest.raises(StoppedError):
            stopping.checkpoint()
    stopping.checkpoint()
