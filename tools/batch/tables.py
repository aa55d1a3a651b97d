"""Tables on disk, CSV and Parquet: written in one step, read again to go on."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from focalface.tools.batch.columns import Flat, kind_of
from focalface.tools.errors import ModelMissingError, UsageError
from focalface.tools.paths import printable

ROWS_AT_ONCE = 2_000
"""Rows of a table that are in memory together."""


class CsvLines:
    """Rows as lines of CSV (RFC 4180, LF, UTF-8); the first is the header."""

    def __init__(self, columns: Sequence[str]) -> None:
        self._buffer = io.StringIO()
        self._writer = csv.DictWriter(
            self._buffer, columns, lineterminator="\n", extrasaction="ignore"
        )

    def header(self) -> str:
        """Return the names of the columns."""
        self._writer.writeheader()
        return self._taken()

    def line(self, row: Flat) -> str:
        """Return one row; numbers to five decimals, what is not known empty."""
        self._writer.writerow({name: _cell(value) for name, value in row.items()})
        return self._taken()

    def _taken(self) -> str:
        text = self._buffer.getvalue()
        self._buffer.seek(0)
        self._buffer.truncate()
        return text


def _cell(value: Any) -> Any:
    return f"{round(value, 5):.10g}" if isinstance(value, float) else value


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Flat]) -> None:
    """Write a whole file."""
    lines = CsvLines(columns)
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
        file.write(lines.header())
        file.writelines(lines.line(row) for row in rows)


def read_csv(path: Path) -> Iterator[Flat]:
    """Yield the rows of a CSV file, everything as text; raises ``UsageError`` for another file."""
    with path.open(encoding="utf-8", newline="") as file:
        try:
            rows = csv.DictReader(file)
            if "input" not in (rows.fieldnames or ()):
                raise _foreign(path)
            yield from rows
        except (csv.Error, UnicodeDecodeError):
            raise _foreign(path) from None


def write_parquet(path: Path, columns: Sequence[str], rows: Iterable[Flat]) -> None:
    """Write a whole file with the types of the columns; raises ``ModelMissingError``."""
    schema = arrow_table([], columns).schema
    with parquet_library().parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        block: list[Flat] = []
        for row in rows:
            block.append(row)
            if len(block) == ROWS_AT_ONCE:
                writer.write_table(arrow_table(block, columns))
                block.clear()
        writer.write_table(arrow_table(block, columns))


def read_parquet(path: Path) -> Iterator[Flat]:
    """Yield the rows of a Parquet file; raises ``UsageError`` for another file."""
    pyarrow = parquet_library()
    try:
        file = pyarrow.parquet.ParquetFile(path)
        if "input" not in file.schema_arrow.names:
            raise _foreign(path)
        for batch in file.iter_batches(ROWS_AT_ONCE):
            yield from batch.to_pylist()
    except (OSError, pyarrow.ArrowException):
        raise _foreign(path) from None


def _foreign(path: Path) -> UsageError:
    return UsageError(f"'{printable(path)}' is not a table of results; choose another for --out.")


def arrow_table(rows: Sequence[Flat], columns: Sequence[str]) -> Any:
    """Make an Arrow table of rows, with the types of the columns; raises ``ModelMissingError``."""
    pyarrow = parquet_library()
    schema = pyarrow.schema([(name, _type(pyarrow, name)) for name in columns])
    return pyarrow.Table.from_pylist([{n: row.get(n) for n in columns} for row in rows], schema)


def _type(pyarrow: Any, column: str) -> Any:
    kinds = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64()}
    return kinds[kind_of(column)]


def parquet_library() -> Any:
    """Return pyarrow.parquet; raises ``ModelMissingError`` where it is not installed."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise ModelMissingError(
            "Parquet needs the package 'pyarrow'; run: pip install 'focalface[data]'."
        ) from None
    return pyarrow
