"""What a describer and a face mesher are; the workbench knows nothing else about models."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from focalface.tools.face.hiding import Hiding
from focalface.tools.pictures.images import Image
from focalface.tools.types import Box, Face, Keypoints, Point, Pose, Region, RegionDescription

Rgb = NDArray[np.uint8]
Progress = Callable[[int, int], None]
"""Called as ``progress(done, total)`` after each finished region."""


@dataclass(frozen=True, slots=True)
class Detection:
    """What a detector alone knows of a face, image frame; no keypoints when only a box is given."""

    box: Box
    score: float
    keypoints: Keypoints | None


@dataclass(frozen=True, slots=True)
class Mesh:
    """Dense landmarks (image frame, in order of ``landmark_names``), pose, keypoints from them."""

    landmarks: tuple[Point, ...]
    pose: Pose
    keypoints: Keypoints


class Mesher(Protocol):
    """Fits dense landmarks to one detected face and tells what hides it; the embedded one ships."""

    @property
    def landmark_names(self) -> tuple[str, ...]:
        """Names of the points, in order."""
        ...

    def fit(self, image: Image, box: Box, keypoints: Keypoints | None) -> Mesh:
        """Return landmarks and pose of the face in ``box``; without keypoints the box alone aligns
        it."""
        ...

    def fit_all(self, image: Image, found: Sequence[Detection]) -> list[Mesh]:
        """Return landmarks and pose of several faces, in order, in as few passes as it takes."""
        ...

    def hidden(self, image: Image, face: Face) -> tuple[Hiding, ...]:
        """Return what hides parts of the face; empty where all of it can be seen."""
        ...


@runtime_checkable
class Describer(Protocol):
    """Describes regions of one face in one call; safe to share between threads."""

    @property
    def name(self) -> str:
        """Name and version, as it stands in every result: ``embedded-2``, ``qwen:FOLDER``..."""
        ...

    @property
    def device(self) -> str:
        """Where it runs and why, for people: ``cpu (CUDA is not available)``."""
        ...

    @property
    def supported_aus(self) -> frozenset[str]:
        """Codes that it can assess somewhere on a face; all others are ``not_assessed``."""
        ...

    def describe(
        self,
        image: Image,
        face: Face,
        regions: Sequence[Region],
        *,
        timeout_s: float | None = None,
        progress: Progress | None = None,
    ) -> list[RegionDescription]:
        """Return one description a region, in input order.

        Raises ``ModelError`` when the model cannot run and ``DeadlineError`` when ``timeout_s``
        passes before the first region is done; later regions that ran out of time come back with
        a limit that says so.
        """
        ...
