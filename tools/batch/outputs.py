"""Where rows go: JSON lines as they come, a table at the end, or standard output.

A table (CSV, Parquet) cannot be added to safely, so its rows are gathered as JSON lines beside it
(``found.csv.partial``), and the table is made of them and of its old rows in one step.
"""

import contextlib
import hashlib
import itertools
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, Protocol, Self

from filelock import FileLock, Timeout

from focalface.tools.batch import journal, tables
from focalface.tools.batch.columns import JOB, Flat, column_names, flatten
from focalface.tools.batch.job import Job
from focalface.tools.batch.journal import Entry, Known, Writer
from focalface.tools.batch.rows import Row
from focalface.tools.errors import UsageError
from focalface.tools.paths import printable

Format = Literal["jsonl", "csv", "parquet"]
STDOUT = "-"
_SUFFIXES: dict[str, Format] = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".parquet": "parquet",
    ".pq": "parquet",
}


class Output(Protocol):
    """Takes rows, file by file; use as ``with``. ``known`` holds what was there before."""

    known: Known

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...

    def add(self, file: str, lines: Iterable[bytes]) -> None:
        """Write all rows of one file, lines of JSON; raises ``UsageError`` if there is no room."""
        ...

    def finish(self) -> None:
        """Put everything into its final shape."""
        ...

    def flat(self) -> Iterator[Flat]:
        """Yield all rows that are there now, as rows of a table."""
        ...


def format_of(out: str, chosen: str | None = None) -> Format:
    """Return the format by a file's name, or as chosen; raises ``UsageError``."""
    if chosen is not None:
        found = {"json": "jsonl", "csv": "csv", "jsonl": "jsonl", "parquet": "parquet"}.get(chosen)
    else:
        found = "jsonl" if out == STDOUT else _SUFFIXES.get(Path(out).suffix.lower())
    if found is None or (found == "parquet" and out == STDOUT):
        raise UsageError(
            f"Results go to JSON lines, CSV or Parquet, not to '{printable(chosen or out)}'; end "
            "the name with .jsonl, .csv or .parquet, or choose with --format."
        )
    return found  # type: ignore[return-value]


def open_output(out: str, job: Job, regions: Sequence[str], chosen: str | None = None) -> Output:
    """Return the output for a job; ``regions``: the names of all regions that its rows hold.

    Raises ``UsageError`` for a place that cannot be written, holds something else, results of
    another job, or is being written by another process.
    """
    kind = format_of(out, chosen)
    columns = column_names(regions, emotion=job.settings.emotion)
    if out == STDOUT:
        return _Stdout(kind, columns)
    path = Path(out)
    journal.check_place(path)
    if kind == "jsonl":
        return _Journal(path, job)
    if kind == "parquet":
        tables.parquet_library()
    return _Table(path, kind, job, columns)


@contextlib.contextmanager
def one_writer(path: Path) -> Iterator[None]:
    """Hold the lock of a result file; raises ``UsageError`` when another process has it."""
    digest = hashlib.blake2b(path.name.encode("utf-8", "surrogateescape"), digest_size=4)
    place = path.parent / f".{path.name[:60]}-{digest.hexdigest()}.lock"
    lock = FileLock(place)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise UsageError(
            f"Another batch is writing '{printable(path)}'; wait for it, "
            "or choose another for --out."
        ) from None
    except OSError as error:
        raise UsageError(
            f"The folder of '{printable(path)}' cannot be written ({error.strerror}); "
            "choose another for --out."
        ) from None
    try:
        yield
    finally:
        place.unlink(missing_ok=True)
        lock.release()


class _Journal:
    """Lines of JSON in a file."""

    def __init__(self, path: Path, job: Job) -> None:
        self.known = Known()
        self._path, self._job = path, job
        self._open = contextlib.ExitStack()
        self._stale = False

    def __enter__(self) -> Self:
        with contextlib.ExitStack() as stack:
            stack.enter_context(one_writer(self._path))
            self.known = journal.read_journal(self._path, self._job.asked)
            self._stale = self.known.stale
            self._writer = stack.enter_context(Writer(self._path, self.known.size))
            self._open = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def add(self, file: str, lines: Iterable[bytes]) -> None:
        self._stale |= file in self.known.entries
        self._writer.add(lines)

    def finish(self) -> None:
        if self._stale:
            journal.clean(self._path, journal.read_journal(self._path, self._job.asked))

    def rows(self) -> Iterator[Row]:
        """Yield the rows that count."""
        known = journal.read_journal(self._path, self._job.asked)
        return map(json.loads, journal.current_lines(self._path, known))

    def flat(self) -> Iterator[Flat]:
        return (flat for row in self.rows() for flat in flatten(row))


class _Table:
    """A table that is written anew at the end, from its old rows and those gathered beside it."""

    def __init__(self, path: Path, kind: Format, job: Job, columns: Sequence[str]) -> None:
        self._path, self._job, self._columns = path, job, columns
        self._read = tables.read_csv if kind == "csv" else tables.read_parquet
        self._write = tables.write_csv if kind == "csv" else tables.write_parquet
        self._partial = path.with_name(f"{path.name}.partial")
        self._new = _Journal(self._partial, job)
        self.known = Known()

    def __enter__(self) -> Self:
        old = self._old_entries()
        self._new.__enter__()
        self.known = Known(old | self._new.known.entries)
        return self

    def __exit__(self, *_: object) -> None:
        self._new.__exit__()
        with contextlib.suppress(OSError):
            if not self._partial.stat().st_size:
                self._partial.unlink()

    def add(self, file: str, lines: Iterable[bytes]) -> None:
        self._new.add(file, lines)

    def finish(self) -> None:
        rows = self._new.rows()
        fresh = set(journal.read_journal(self._partial, self._job.asked).entries)
        if fresh or not self._path.exists():
            old = (row for row in self._old() if row["input"] not in fresh)
            made = (flat for row in rows for flat in flatten(row))
            self._replace(itertools.chain(old, made))
        self._partial.unlink(missing_ok=True)

    def _replace(self, rows: Iterable[Flat]) -> None:
        whole = self._path.with_name(f".{self._path.name[:80]}.new")
        try:
            self._write(whole, self._columns, rows)
            whole.replace(self._path)
        except OSError as error:
            raise journal.unwritable(self._path, error) from None
        finally:
            whole.unlink(missing_ok=True)

    def _old(self) -> Iterator[Flat]:
        return self._read(self._path) if self._path.exists() else iter(())

    def _old_entries(self) -> dict[str, Entry]:
        asked = {name: _as_text(value) for name, value in self._job.asked.items()}
        entries: dict[str, Entry] = {}
        for row in self._old():
            job = {name: _as_text(row.get(name)) for name in JOB if name in asked}
            journal.agree(self._path, job, asked)
            file = str(row["input"])
            entries[file] = Entry(row.get("content") or None, bool(row.get("error")), True, 0)
        return entries

    def flat(self) -> Iterator[Flat]:
        return self._old()


def _as_text(value: Any) -> str:
    """Return a value of a job as a cell says it, the same from CSV, Parquet and here."""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, list):
        return "|".join(value)
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


class _Stdout:
    """Rows on standard output as they come; nothing is known from before."""

    def __init__(self, kind: Format, columns: Sequence[str]) -> None:
        self.known = Known()
        self._table = tables.CsvLines(columns) if kind == "csv" else None

    def __enter__(self) -> Self:
        if self._table:
            self._say(self._table.header().encode())
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def add(self, file: str, lines: Iterable[bytes]) -> None:
        table = self._table
        for line in lines:
            if table is None:
                self._say(line)
            else:
                for flat in flatten(json.loads(line)):
                    self._say(table.line(flat).encode("utf-8", "backslashreplace"))

    def _say(self, data: bytes) -> None:
        try:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise UsageError(
                f"Standard output cannot be written ({error.strerror}); choose a file for --out."
            ) from None

    def finish(self) -> None:
        pass

    def flat(self) -> Iterator[Flat]:
        raise UsageError("A page is made of results in a file; choose a file for --out.")
