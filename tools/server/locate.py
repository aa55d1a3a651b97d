"""Which file a caller means by a path, a name relative to the allowed folder, or a file:// URL."""

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from focalface.tools.errors import ImageNotFoundError


def locate(given: str, folders: Sequence[Path]) -> Path:
    """The file that ``given`` names; a relative name counts from the folders, or from here.

    ``folders``: resolved folders that may be read; none means anywhere. Raises
    ``ImageNotFoundError`` for what is no usable path or lies outside of them.
    """
    named = _from_url(given) if given.lower().startswith("file:") else given
    try:
        path = Path(named).expanduser()
        if not folders:
            return path
        choices = [folder / path for folder in folders]  # an absolute path stays itself
        real = next((c for c in choices if c.exists()), choices[0]).resolve()
    except (OSError, RuntimeError, ValueError):
        raise ImageNotFoundError(f"'{given}' is not a usable path; check it.") from None
    if not any(real.is_relative_to(folder) for folder in folders):
        names = ", ".join(str(folder) for folder in folders)
        raise ImageNotFoundError(
            f"'{given}' is outside the folders that this server may read; allowed: {names}."
        )
    return real


def _from_url(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("file://?")
    if parts.netloc not in ("", "localhost") or not parts.path:
        raise ImageNotFoundError(
            f"'{url}' names no file of this machine; give file:///path/to/picture.jpg or a path."
        )
    return url2pathname(parts.path)
