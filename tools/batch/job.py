"""What a batch does to every file, and what of that tells rows of one job from those of another."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

from focalface.tools.clips.series import Smoothing
from focalface.tools.face.regions import names_for
from focalface.tools.models import catalog
from focalface.tools.settings import Settings
from focalface.tools.workbench import Target

SCHEMA = 3
"""Version of the rows; it grows when a name or a meaning changes."""


@dataclass(frozen=True)
class Job:
    """Settings, regions, and how films are read.

    ``pictures``: a folder for annotated copies. ``lean``: landmarks and outlines are left out of
    the rows, which is all that tables need.
    """

    settings: Settings
    targets: Sequence[Target]
    every: float | None = None
    smoothing: Smoothing | None = None
    pictures: Path | None = None
    lean: bool = False

    @property
    def region_names(self) -> tuple[str, ...]:
        """The regions that the rows describe, in order, each with a name of its own.

        Raises ``UnknownRegionError``.
        """
        named = [names_for(one) if isinstance(one, str) else ("custom",) for one in self.targets]
        return distinct([name for names in named for name in names])

    @cached_property
    def asked(self) -> dict[str, Any]:
        """What rows must agree in to stand in one file."""
        return {
            "regions": [_spoken(target) for target in self.targets],
            "describer": self.settings.describer,
            "detector": self.settings.detector,
            "emotion_told": self.settings.emotion,
            "every": self.every,
            "smoothing": str(self.smoothing) if self.smoothing else None,
            "version": _version(),
        }


def _version() -> str:
    """Return the program's version and that of the weights that come with it."""
    digest = hashlib.blake2b(digest_size=4)
    for model in catalog.packaged():
        digest.update(model.sha256.encode())
    return f"{version('focalface')}+{digest.hexdigest()}"


def _spoken(target: Target) -> str:
    """Return a target as it was typed, for the record."""
    if isinstance(target, str):
        return target
    values = target.model_dump().values() if hasattr(target, "model_dump") else target
    return ",".join(f"{value:g}" for value in values)


def distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Return the names, those that come again numbered: ``custom``, ``custom2``."""
    seen: Counter[str] = Counter()
    made: list[str] = []
    for name in names:
        seen[name] += 1
        made.append(name if seen[name] == 1 else f"{name}{seen[name]}")
    return tuple(made)


def content_of(path: Path) -> str:
    """Return ``blake2b:`` and 128 bits over the bytes of a file; raises ``OSError``."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16))
    return f"blake2b:{digest.hexdigest()}"
