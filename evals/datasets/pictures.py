"""Pictures by name: those that come with the installed packages, or files."""

import io
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import PIL.Image

from focalface.tools.errors import ImageNotFoundError
from focalface.tools.paths import home

EMPTY = ("brick", "chelsea", "coffee", "grass", "gravel", "page", "rocket", "text")
"""Pictures of scikit-image without a person, shipped with the package."""


def _from_skimage(name: str) -> PIL.Image.Image:
    from skimage import data

    return PIL.Image.fromarray(getattr(data, name)())


def _group() -> PIL.Image.Image:
    from insightface.data import get_image

    return PIL.Image.fromarray(get_image("t1")[..., ::-1].copy())  # it comes as BGR


BUILTIN: dict[str, Callable[[], PIL.Image.Image]] = {
    "group": _group,
    **{name: partial(_from_skimage, name) for name in ("astronaut", *EMPTY)},
}
"""``astronaut``: scikit-image's public-domain portrait; ``group``: insightface's six people; the
others are pictures of scikit-image without a person. All lie in the installed packages."""


def load(name: str) -> PIL.Image.Image:
    """Return the picture as stored (EXIF orientation not applied: that is the tools' work).

    Raises ``ImageNotFoundError`` for a name that is neither built in nor a file.
    """
    if name in BUILTIN:
        return BUILTIN[name]()
    path = Path(name)
    if not path.is_file():
        known = ", ".join(BUILTIN)
        raise ImageNotFoundError(f"'{name}' is no file and none of the pictures {known}.")
    return PIL.Image.open(io.BytesIO(path.read_bytes()))


def as_file(name: str) -> Path:
    """Return a file of the picture: itself, or a built-in one written once to the user's cache."""
    if name not in BUILTIN:
        return Path(name)
    path = home() / "evals" / "pictures" / f"{name}.png"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            load(name).save(file, "PNG", compress_level=1)
        Path(file.name).replace(path)
    return path
