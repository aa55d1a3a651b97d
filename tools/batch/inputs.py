"""What a batch is to read: files, folders, globs, lists of paths, Parquet with a column of paths.

Of folders everything is taken that can be opened, whatever its name; hidden files are not. What
was left out is counted, so that it can be said.
"""

import codecs
import glob
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import PIL.Image

from focalface.tools.clips.frames import is_film
from focalface.tools.errors import (
    ImageNotFoundError,
    ModelMissingError,
    NotAnImageError,
    UsageError,
)
from focalface.tools.paths import is_file, is_folder, printable
from focalface.tools.pictures import formats

STDIN = "-"
"""As an input or as a list: paths from standard input."""
PATH_COLUMNS = ("path", "file", "filename", "file_name", "filepath", "image_path", "image", "input")
"""Names by which a column of paths is recognised."""


@dataclass(frozen=True, slots=True)
class InputFiles:
    """Files in the order of the inputs, each once; why others were left out, and how many."""

    files: list[Path]
    left_out: Counter[str] = field(default_factory=Counter)
    twice: int = 0
    """Further paths to files that are there already."""

    def remark(self) -> str | None:
        """Return what was left out, in one sentence."""
        parts = [f"{count} {why}" for why, count in self.left_out.most_common(8)]
        parts += [f"{self.twice} further paths to the same files"] if self.twice else []
        return f"Left out: {', '.join(parts)}." if parts else None


def find_files(
    inputs: Sequence[str | Path],
    *,
    lists: Sequence[str | Path] = (),
    column: str | None = None,
    twice: bool = False,
) -> InputFiles:
    """Return all files that ``inputs`` and the files of paths ``lists`` name.

    A folder stands for everything below it, ``*`` and ``**`` for what they match, ``-`` for paths
    on standard input, a Parquet file for the paths in ``column`` (guessed when not given).
    ``twice``: other paths to a file that is there already count as files of their own.
    Raises ``ImageNotFoundError`` for an input that is not there, and ``NotAnImageError`` when
    there is nothing to read at all.
    """
    left_out: Counter[str] = Counter()
    named = [path for one in inputs for path in _expand(str(one), column, left_out)]
    named += [path for one in lists for path in _listed(str(one), column)]
    files: dict[str, Path] = {}
    for path in named:
        files.setdefault(str(path) if twice else os.path.realpath(path), path)
    if not files:
        told = InputFiles([], left_out).remark()
        what = " ".join(printable(one) for one in [*inputs, *lists][:3]) or "the inputs"
        raise NotAnImageError(
            f"There is no picture in {what}; {told[0].lower() + told[1:] if told else 'give some.'}"
        )
    return InputFiles(list(files.values()), left_out, len(named) - len(files))


def _expand(given: str, column: str | None, left_out: Counter[str]) -> Iterator[Path]:
    if given == STDIN:
        yield from _listed(given, column)
        return
    path = Path(given)
    if is_folder(given):
        yield from _below(path, left_out)
    elif given.lower().endswith(".parquet") and is_file(given):
        yield from _from_parquet(path, column)
    elif os.path.lexists(given):
        yield path
    elif glob.has_magic(given):
        yield from _matches(given, left_out)
    else:
        raise ImageNotFoundError(
            f"There is no file or folder '{printable(given)}'; check the path."
        )


def _matches(pattern: str, left_out: Counter[str]) -> Iterator[Path]:
    matched = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - also absolute ones
    if not matched:
        raise ImageNotFoundError(f"Nothing matches '{printable(pattern)}'; check the pattern.")
    for one in matched:
        if not is_folder(one):
            yield from _taken(Path(one), left_out)


def _below(folder: Path, left_out: Counter[str]) -> Iterator[Path]:
    """Yield everything readable below a folder, sorted; links to folders are not followed."""
    for root, folders, names in os.walk(folder):
        left_out["hidden"] += sum(name.startswith(".") for name in [*folders, *names])
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                yield from _taken(Path(root, name), left_out)
    left_out += Counter()  # drops zeros


def _taken(path: Path, left_out: Counter[str]) -> Iterator[Path]:
    if why := _reason(path):
        left_out[why] += 1
    else:
        yield path


def _reason(path: Path) -> str | None:
    """Tell why a file of a folder is not read; None: it is."""
    if not is_file(path):
        return "that are no regular files"
    if is_film(path):
        return None if films_work() else "films (pip install 'focalface[video]')"
    if path.suffix.lower() in formats.suffixes() or _begins_like_a_picture(path):
        return None
    return f"*{path.suffix.lower()[:12]}" if path.suffix else "without a known ending"


@lru_cache(maxsize=1)
def films_work() -> bool:
    """Tell whether films can be read here."""
    from focalface.tools.clips import film

    try:
        film.library()
    except ModelMissingError:
        return False
    return True


def _begins_like_a_picture(path: Path) -> bool:
    """Tell whether one of our decoders knows the first bytes: pictures need no ending to be
    opened."""
    try:
        with path.open("rb") as file:
            start = file.read(16)
    except OSError:
        return False
    # Two letters begin a BMP, as they may begin any text.
    checks = (PIL.Image.OPEN[name][1] for name in formats.known_decoders() if name != "BMP")
    return any(check is not None and check(start) is True for check in checks)


def _listed(given: str, column: str | None) -> list[Path]:
    """Return paths of a list: one a line, or with NUL between them (``find -print0``)."""
    if given == STDIN:
        data = sys.stdin.buffer.read()
    elif given.lower().endswith(".parquet"):
        return _from_parquet(Path(given), column)
    else:
        try:
            data = Path(given).read_bytes()
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise UsageError(
                f"The list '{printable(given)}' cannot be read ({reason}); check --list."
            ) from None
    data = _without_mark(data)
    parts = data.split(b"\0") if b"\0" in data else data.splitlines()
    return [Path(os.fsdecode(part)) for part in parts if part.strip()]


def _without_mark(data: bytes) -> bytes:
    """Take the mark off that Windows puts before a list, which is UTF-16 in PowerShell's."""
    for mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        if data.startswith(mark):
            return data.decode("utf-16", "replace").encode()
    return data.removeprefix(codecs.BOM_UTF8)


def _from_parquet(path: Path, column: str | None) -> list[Path]:
    """Return the paths in a column; relative ones are looked for here, then beside the Parquet
    file."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise ModelMissingError(
            "Parquet needs the package 'pyarrow'; run: pip install 'focalface[data]'."
        ) from None
    try:
        names = pyarrow.parquet.read_schema(path).names
        chosen = column or next((name for name in PATH_COLUMNS if name in names), None)
        if chosen not in names:
            raise UsageError(
                f"'{printable(path.name)}' has no column {repr(column) if column else 'of paths'}; "
                f"name one with --column: {', '.join(names[:12])}."
            )
        values = pyarrow.parquet.read_table(path, columns=[chosen])[chosen].to_pylist()
    except (OSError, pyarrow.ArrowException) as error:
        line = str(error).splitlines()[0][:120] if str(error) else type(error).__name__
        raise UsageError(
            f"'{printable(path.name)}' is no Parquet file ({line}); check it."
        ) from None
    texts = [_path_text(value) for value in values if value]
    if None in texts:
        raise UsageError(
            f"The column '{chosen}' of '{printable(path.name)}' holds no paths; name one with "
            f"--column: {', '.join(names[:12])}."
        )
    return [_beside(path, text) for text in texts if text]


def _path_text(value: object) -> str | None:
    """Return the path in a cell: text, bytes, or the ``path`` of a picture as data sets keep it."""
    if isinstance(value, dict):
        value = value.get("path")
    if isinstance(value, bytes):
        return os.fsdecode(value)
    return value if isinstance(value, str) else None


def _beside(table: Path, text: str) -> Path:
    path = Path(text)
    there = table.parent / path
    return there if not os.path.lexists(path) and os.path.lexists(there) else path
