"""A whole batch: what is there already, what has to be done (anew), and doing it."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from focalface.tools.batch import workers
from focalface.tools.batch.job import Job, content_of
from focalface.tools.batch.journal import Known
from focalface.tools.batch.outputs import Output
from focalface.tools.batch.rows import Item
from focalface.tools.batch.workers import Done
from focalface.tools.paths import printable

Engine = Callable[[Iterable[Item], Job, int], Iterator[Done]]
"""Reads files, some at a time, and gives them back in their order."""

LONGEST_NAME = 10_000
"""Characters of a path in a row; the system allows less."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch is: files in all, there already, done now (``failed`` among them), faces."""

    total: int
    skipped: int = 0
    done: int = 0
    failed: int = 0
    faces: int = 0


def run(
    files: Sequence[Path],
    job: Job,
    output: Output,
    *,
    jobs: int = 1,
    engine: Engine = workers.run,
    twice: bool = False,
) -> Iterator[Progress]:
    """Do ``job`` on every file that ``output`` has no good row of, and yield after each file.

    A file is done (again) when it is new, failed before, or has other bytes than before.
    ``twice``: other paths to a file are files of their own. ``output`` must be open.
    Raises ``ModelError`` when no file could work, and ``UsageError`` when there is no room.
    """
    state = Progress(len(files))
    yield state
    chosen = _Waiting(output.known, twice=twice)
    for done in engine(chosen.of(files), job, jobs):
        output.add(done.item.name, done.lines())
        state = replace(
            state,
            skipped=chosen.skipped,
            done=state.done + 1,
            failed=state.failed + done.failed,
            faces=state.faces + done.faces,
        )
        yield state
    output.finish()
    yield replace(state, skipped=chosen.skipped)


class _Waiting:
    """Picks the files that have to be read, one by one, as the workers ask for them."""

    def __init__(self, known: Known, *, twice: bool) -> None:
        self.skipped = 0
        self._entries = known.entries
        real = {} if twice else {os.path.realpath(name): name for name in known.entries}
        self._names = real
        gone = {name for name in known.entries if not os.path.lexists(name)}
        self._moved = {
            content
            for content, names in known.by_content().items()
            if not twice and gone.intersection(names)
        }

    def of(self, files: Iterable[Path]) -> Iterator[Item]:
        """Yield the files to read, each with the name under which it stands in the rows."""
        for path in files:
            name = printable(path, longest=LONGEST_NAME)
            if name not in self._entries:
                name = self._names.get(os.path.realpath(path), name)
            if self._is_done(path, name):
                self.skipped += 1
            else:
                yield Item(path, name)

    def _is_done(self, path: Path, name: str) -> bool:
        entry = self._entries.get(name)
        if entry is None:
            return bool(self._moved) and _content(path) in self._moved
        good = entry.whole and not entry.error and entry.content
        return bool(good) and _content(path) == entry.content


def _content(path: Path) -> str | None:
    try:
        return content_of(path) if path.is_file() else None
    except OSError:
        return None
