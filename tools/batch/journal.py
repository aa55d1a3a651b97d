"""A file of rows that only grows: what it holds, going on after a stop, and cleaning up.

The last rows of a file (path) count, so a picture that is done anew simply gets a new row; the old
ones are taken out at the end, in one step. Blank lines, NUL bytes and torn rows, as a crash or a
full disk leaves them, are tolerated and taken out as well.
"""

import contextlib
import json
import os
import stat
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from focalface.tools.batch.rows import BEGINS, Row
from focalface.tools.errors import UsageError
from focalface.tools.paths import is_folder, printable

_BEGINS = BEGINS.encode()
_NOTHING = b"\0 \t\r\n"
LONGEST = 1 << 24
"""Bytes of a row at most; one of a face with all regions takes about 30,000."""


@dataclass(slots=True)
class Entry:
    """What is known of one file from its rows."""

    content: str | None
    error: bool
    whole: bool
    """Whether its last row is there, which of a film comes at the end."""
    start: int
    """Where its rows begin, in bytes."""


@dataclass(slots=True)
class Known:
    """The files that a journal has rows of, and whether it holds rows that count no more."""

    entries: dict[str, Entry] = field(default_factory=dict)
    size: int = 0
    """Bytes up to which the journal is sound."""
    stale: bool = False

    def by_content(self) -> dict[str, list[str]]:
        """Map contents that were read without an error to the paths under which they were."""
        found: dict[str, list[str]] = {}
        for file, entry in self.entries.items():
            if entry.content and entry.whole and not entry.error:
                found.setdefault(entry.content, []).append(file)
        return found


def check_place(path: Path) -> None:
    """Raise ``UsageError`` unless ``path`` is or can become a regular file."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        if not is_folder(path.parent):
            raise UsageError(
                f"The folder of '{printable(path)}' does not exist; make it first."
            ) from None
        return
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UsageError(
            f"'{printable(path)}' cannot be written ({reason}); choose another for --out."
        ) from None
    if not stat.S_ISREG(mode):
        raise UsageError(
            f"'{printable(path)}' is not a regular file; give a file name for --out, "
            "or - for stdout."
        )


def read_journal(path: Path, asked: dict[str, Any]) -> Known:
    """Return what a journal holds; one that is not there holds nothing.

    Raises ``UsageError`` when the file holds something else, or rows of another job: ``asked`` is
    what the rows must agree in.
    """
    known = Known()
    if not path.exists():
        return known
    with path.open("rb") as file:
        for start, line in _lines(file):
            hole = line.count(0) == len(line)  # counted, which is much faster than stripping
            if hole or not (text := line.strip(_NOTHING)):
                known.stale = True
                continue
            row = _parsed(text) if line.endswith(b"\n") else None
            if row is None and not text.startswith(_BEGINS[: len(text)]):
                raise _foreign(path)
            if row is None:
                known.stale = True
                continue
            agree(path, row, asked)
            _note(known, row, start)
            known.size = start + len(line)
    if known.size == 0 and path.stat().st_size and not known.stale:
        raise _foreign(path)
    return known


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield each line with its place; one without end, such as a hole of NUL bytes, in pieces."""
    start = 0
    while line := file.readline(LONGEST):
        yield start, line
        start += len(line)


def _parsed(text: bytes) -> Row | None:
    try:
        row = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return row if isinstance(row, dict) and "file" in row else None


def _foreign(path: Path) -> UsageError:
    return UsageError(f"'{printable(path)}' is not a file of results; choose another for --out.")


def agree(path: Path, row: Row, asked: dict[str, Any]) -> None:
    """Raise ``UsageError`` for a row of another job."""
    differing = [name for name, value in asked.items() if row.get(name) != value]
    if not differing:
        return
    names = {
        "regions": "other regions",
        "describer": "another describer",
        "emotion_told": "or without emotions",
    }
    what = " and ".join(names.get(name, f"another {name}") for name in differing[:3])
    raise UsageError(f"'{printable(path)}' was made with {what}; choose another for --out.")


def begins_group(row: Row) -> bool:
    """Tell whether a row is the first of its file."""
    if row.get("kind") == "frame":
        return row.get("frame") == 0
    return row.get("kind") != "clip" or not row.get("frames")


def _note(known: Known, row: Row, start: int) -> None:
    file = str(row["file"])
    before = known.entries.get(file)
    content = row.get("content")
    whole, error = row.get("kind") != "frame", row.get("error") is not None
    if before is None or begins_group(row):
        known.stale |= before is not None
        known.entries[file] = Entry(
            content if isinstance(content, str) else None, error, whole, start
        )
    else:
        before.whole, before.error = whole, error


class Writer:
    """Appends rows to a journal; a row that cannot be written whole is taken back."""

    def __init__(self, path: Path, size: int) -> None:
        """``size``: bytes of the journal that are sound; what follows them is cut off."""
        self._path = path
        try:
            self._file = path.open("ab", buffering=0)
            if self._file.tell() > size:
                self._file.truncate(size)
        except OSError as error:
            raise unwritable(path, error) from None

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._file.close()

    def _write(self, data: bytes) -> None:
        while data:
            data = data[self._file.write(data) :]

    def add(self, lines: Iterable[bytes]) -> None:
        """Write all rows of one file and pass them to the system; raises ``UsageError``."""
        whole = self._file.tell()
        try:
            for line in lines:
                self._write(line)
        except OSError as error:
            with contextlib.suppress(OSError):
                os.truncate(self._path, whole)
            raise unwritable(self._path, error) from None


def unwritable(path: Path, error: OSError) -> UsageError:
    """Return what to say when there is no room, or no permission, any more."""
    return UsageError(
        f"'{printable(path)}' cannot be written ({error.strerror}); what was done is kept, "
        "make room or choose another place and run it again."
    )


def current_lines(path: Path, known: Known) -> Iterator[bytes]:
    """Yield the rows that count, in the order of the file."""
    with path.open("rb") as file:
        for start, line in _lines(file):
            text = line.strip(_NOTHING)
            row = _parsed(text) if line.endswith(b"\n") else None
            if row is not None and start >= known.entries[str(row["file"])].start:
                yield text + b"\n"


def clean(path: Path, known: Known) -> None:
    """Take out rows that count no more; the file is whole at any time."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:80]}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(current_lines(path, known))
        Path(name).chmod(path.stat().st_mode & 0o777)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
