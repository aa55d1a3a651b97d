"""Where things live on disk: packaged weights, the user's cache, and optional training packs."""

import os
from pathlib import Path
from urllib.parse import quote_from_bytes, unquote_to_bytes

import platformdirs

WEIGHTS = Path(__file__).parent / "weights"


def home() -> Path:
    """Return the one folder of user state; ``FOCALFACE_HOME`` moves it."""
    chosen = os.environ.get("FOCALFACE_HOME")
    return Path(chosen).expanduser() if chosen else Path(platformdirs.user_data_dir("focalface"))


def shared() -> Path:
    """Return the folder with training packs and reference models, which need not exist.

    ``FOCALFACE_SHARED`` names it; else a folder ``shared`` beside the repository.
    """
    chosen = os.environ.get("FOCALFACE_SHARED")
    return Path(chosen) if chosen else Path(__file__).resolve().parents[2] / "shared"


def expand(given: str | Path) -> Path:
    """Return a path with ``~`` and ``~user`` replaced, unless a file has that very name.

    An unknown user is left as it stands, so that opening says that there is no such file.
    """
    path = Path(given)
    if not str(path).startswith("~") or os.path.lexists(path):
        return path
    try:
        return path.expanduser()
    except (RuntimeError, OSError, ValueError):
        return path


def as_text(path: Path) -> str:
    """Return a path for JSON: as it stands, or as a ``file://`` URL where its name is no
    Unicode."""
    text = str(path)
    try:
        text.encode()
    except UnicodeEncodeError:
        return f"file://{quote_from_bytes(os.fsencode(path.absolute()))}"
    return text


def from_text(text: str) -> Path:
    """Return the path that :func:`as_text` told of."""
    if not text.startswith("file:///"):
        return Path(text)
    return Path(os.fsdecode(unquote_to_bytes(text.removeprefix("file://"))))


def readable(text: str) -> str:
    """Return words of the command line or of JSON as Unicode: what is none becomes ``?``."""
    return text.encode("utf-8", "replace").decode()


def printable(given: str | Path, longest: int = 200) -> str:
    r"""Return a path, or a word of the command line, as text that can be printed and kept anywhere.

    Bytes that are no UTF-8 become ``\xe9``, control characters likewise; the middle of a very
    long one is left out.
    """
    try:
        data = os.fsencode(given)
    except UnicodeEncodeError:  # half a surrogate pair, which no file name holds
        data = str(given).encode("utf-8", "backslashreplace")
    text = data.decode("utf-8", "backslashreplace")
    text = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
    if len(text) <= longest:
        return text
    return f"{text[: longest // 2]}...{text[-longest // 2 :]}"


def is_file(path: str | Path) -> bool:
    """Tell whether a regular file (or a link to one) is there; no name is too long or odd to
    ask."""
    try:
        return Path(path).is_file()
    except (OSError, ValueError):
        return False


def is_folder(path: str | Path) -> bool:
    """Tell whether a folder is there; no name is too long or odd to ask."""
    try:
        return Path(path).is_dir()
    except (OSError, ValueError):
        return False
