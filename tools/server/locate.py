"""Which file a caller means by a path, a name relative to the allowed folder, or a file:// URL."""

import os
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from focalface.tools.errors import ImageNotFoundError
from focalface.tools.paths import expand, from_text, printable


def locate(given: str, folders: Sequence[Path]) -> Path:
    """Return the file that ``given`` names; a relative name counts from the folders, or from here.

    ``folders``: resolved folders that may be read; none means anywhere. Raises
    ``ImageNotFoundError`` for what is no usable path or lies outside of them.
    """
    named = _from_url(given) if given.lower().startswith("file:") else given
    try:
        if not folders:
            return expand(named)
        # An absolute path stays itself; a file may be called "~x.jpg".
        choices = [folder / one for folder in folders for one in (Path(named), expand(named))]
        real = next((c for c in choices if c.exists()), choices[-1]).resolve()
    except (OSError, RuntimeError, ValueError):
        raise ImageNotFoundError(f"'{printable(given)}' is not a usable path; check it.") from None
    if not any(real.is_relative_to(folder) for folder in folders):
        names = ", ".join(str(folder) for folder in folders)
        raise ImageNotFoundError(
            f"'{printable(given)}' is outside the folders that this server may read; "
            f"allowed: {names}."
        )
    return real


def _from_url(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("file://?")
    if parts.netloc not in ("", "localhost") or not parts.path:
        raise ImageNotFoundError(
            f"'{printable(url)}' names no file of this machine; "
            "give file:///path/to/picture.jpg or a path."
        )
    if os.name == "nt":
        return url2pathname(parts.path)
    return str(from_text(f"file://{parts.path}"))  # bytes that are no UTF-8 are kept
