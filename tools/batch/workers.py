"""Files side by side: processes for the embedded describer, threads for those that wait.

A describer that sits on a GPU or behind an endpoint is there once and waits most of the time, so
threads share it. The embedded one computes on the CPU between much Python, so each worker is a
process of its own. Results come in the order of the files.
"""

import multiprocessing
import os
import signal
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import connection
from pathlib import Path

from focalface.tools.batch.job import Job
from focalface.tools.batch.rows import Item, as_line, failed_row, rows_of
from focalface.tools.workbench import Workbench

IN_MEMORY = 200
"""Rows of one file that are kept in memory; more (of a film) wait in a temporary file."""
KILLED = (
    "Reading this file ended its worker, perhaps for want of memory; shrink it or leave it out."
)


@dataclass(frozen=True, slots=True)
class Done:
    """One file is read: its rows as lines of JSON, the first in memory, all others in a file."""

    item: Item
    rows: list[bytes]
    faces: int
    failed: bool
    spool: Path | None = None

    def lines(self) -> Iterator[bytes]:
        """Yield all rows, once: the temporary file is gone afterwards."""
        yield from self.rows
        if self.spool:
            with self.spool.open("rb") as file:
                yield from file
            self.spool.unlink()


def read_file(bench: Workbench, item: Item, job: Job) -> Done:
    """Read one file; raises ``ModelError`` only."""
    rows: list[bytes] = []
    spool, faces, error = None, 0, False
    try:
        for row in rows_of(bench, item, job):
            faces += len(row["faces"])
            error |= row["error"] is not None
            rows.append(as_line(row))
            if len(rows) >= IN_MEMORY:
                spool = spool or _new_spool()
                with spool.open("ab") as file:
                    file.writelines(rows)
                rows.clear()
    except BaseException:
        if spool:
            spool.unlink()
        raise
    if spool:
        with spool.open("ab") as file:
            file.writelines(rows)
        rows = []
    return Done(item, rows, faces, error, spool)


def _new_spool() -> Path:
    handle, name = tempfile.mkstemp(prefix="focalface-", suffix=".jsonl")
    os.close(handle)
    return Path(name)


def run(items: Iterable[Item], job: Job, jobs: int) -> Iterator[Done]:
    """Read all files, ``jobs`` at a time; raises ``ModelError`` as soon as one file meets it."""
    if jobs == 1:
        bench = Workbench(job.settings)
        return (read_file(bench, item, job) for item in items)
    if job.settings.describer != "embedded":
        return _in_threads(items, job, jobs)
    return _in_processes(items, job, jobs)


def _one_thread(job: Job) -> Workbench:
    """Return a workbench for one of several workers: its networks take one core."""
    return Workbench(job.settings.model_copy(update={"threads": job.settings.threads or 1}))


def _in_threads(items: Iterable[Item], job: Job, jobs: int) -> Iterator[Done]:
    shared = Workbench(job.settings).describer
    mine = threading.local()

    def work(item: Item) -> Done:
        if not hasattr(mine, "bench"):
            mine.bench = Workbench(_one_thread(job).settings, describer=shared)
        return read_file(mine.bench, item, job)

    with ThreadPoolExecutor(jobs) as pool:
        try:
            for _, future in _ahead(items, lambda item: pool.submit(work, item), 2 * jobs):
                yield future.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _ahead(
    items: Iterable[Item], submit: Callable[[Item], "Future[Done]"], most: int
) -> "Iterator[tuple[Item, Future[Done]]]":
    """Items with their futures in order; at most ``most`` are under way or wait to be taken."""
    ahead: deque[tuple[Item, Future[Done]]] = deque()
    for item in items:
        ahead.append((item, submit(item)))
        if len(ahead) >= most:
            yield ahead.popleft()
    yield from ahead


def _in_processes(items: Iterable[Item], job: Job, jobs: int) -> Iterator[Done]:
    pool = _Pool(job, jobs)
    try:
        for item, future in _ahead(items, pool.submit, 2 * jobs):
            yield pool.result(item, future)
    finally:
        pool.close()


class _Pool:
    """Worker processes that are replaced when one of them dies."""

    def __init__(self, job: Job, jobs: int) -> None:
        self._job, self._jobs = job, jobs
        self._pool = self._new(jobs)

    def _new(self, jobs: int) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")  # a fork would copy locks that are held
        return ProcessPoolExecutor(jobs, context, initializer=_begin, initargs=(self._job,))

    def submit(self, item: Item) -> "Future[Done]":
        try:
            return self._pool.submit(_work, item)
        except BrokenProcessPool:
            self._pool = self._new(self._jobs)
            return self._pool.submit(_work, item)

    def result(self, item: Item, future: "Future[Done]") -> Done:
        """Return what came of an item; one whose worker died, with whatever others, is tried
        alone."""
        try:
            return future.result()
        except BrokenProcessPool:
            return self._alone(item)

    def _alone(self, item: Item) -> Done:
        with self._new(1) as pool:
            try:
                return pool.submit(_work, item).result()
            except BrokenProcessPool:
                return Done(item, [as_line(failed_row(item, self._job, KILLED))], 0, True)

    def close(self) -> None:
        """End the workers at once, also in the middle of a file."""
        mine = set(multiprocessing.active_children())
        self._pool.shutdown(wait=False, cancel_futures=True)
        for child in mine:
            child.terminate()


_worker: tuple[Workbench, Job] | None = None
"""What a worker process works with."""


def _begin(job: Job) -> None:
    """Make this process a worker: it leaves Ctrl-C to its parent, and ends when that is gone."""
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _worker = (_one_thread(job), job)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _work(item: Item) -> Done:
    assert _worker is not None
    bench, job = _worker
    return read_file(bench, item, job)
