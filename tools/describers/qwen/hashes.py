"""Hashes of trained weights: training writes them into the card, loading checks them.

A flipped bit does not stop a model from answering; it only answers something else.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from focalface.tools.errors import ModelDamagedError


def hashes_of(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file of weights in a folder, by name."""
    return {file.name: _hash(file) for file in sorted(folder.glob("*.safetensors"))}


def check_hashes(folder: Path, stated: Mapping[str, str]) -> None:
    """Raise ``ModelDamagedError`` for a file of weights that is not as its card says."""
    for name, wanted in stated.items():
        file = folder / Path(name).name
        try:
            found = _hash(file)
        except OSError as error:
            raise ModelDamagedError(
                f"'{file}' cannot be read ({error.strerror}); copy the folder again."
            ) from None
        if found != wanted:
            raise ModelDamagedError(
                f"'{file}' is not what its card says (another SHA-256); copy the folder again."
            )


def _hash(file: Path) -> str:
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()
