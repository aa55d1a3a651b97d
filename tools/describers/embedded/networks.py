"""The three ONNX files of the embedded describer: landmarks, the whole face, its parts."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from focalface.tools.describers.embedded.metadata import (
    FaceMetadata,
    M,
    PartMetadata,
    ReadingMetadata,
    read_metadata,
)
from focalface.tools.describers.embedded.patches import Patches
from focalface.tools.models.onnx import open_packaged

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

FACE_NET = "face_net.onnx"
READING_NET = "reading_net.onnx"
PART_NET = "part_net.onnx"

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]
Odds = Mapping[str, Floats]
"""Output of the reading network -> probabilities of one face."""


@dataclass(frozen=True, slots=True)
class Look:
    """A grey crop (96, 96) and what the landmark network gives for it: landmarks in crop fractions
    (P, 2), pose in the crop (pitch, yaw, roll in degrees), how far the subject's left and right eye
    are closed (2,) 0..1, emotion (7,) and age (101,) odds."""

    crop: Bytes
    landmarks: Floats
    pose: Floats
    lids: Floats
    emotion: Floats
    age: Floats


class Networks:
    """The sessions; ``run`` of an onnxruntime session may be called from several threads.

    The landmark network opens at once, the others with the first description.
    """

    def __init__(self, folder: Path, threads: int) -> None:
        self._folder, self._threads = folder, threads
        self._lock = threading.Lock()
        self._open: dict[str, InferenceSession] = {}
        self.face = self._metadata(FaceMetadata, FACE_NET)

    @cached_property
    def reading(self) -> ReadingMetadata:
        """The metadata of the reading network."""
        return self._metadata(ReadingMetadata, READING_NET)

    @cached_property
    def part(self) -> PartMetadata:
        """The metadata of the part network."""
        return self._metadata(PartMetadata, PART_NET)

    def look(self, crops: Sequence[Bytes]) -> list[Look]:
        """The landmark network over grey crops (96, 96), which it takes one at a time."""
        return [self._look(crop) for crop in crops]

    def _look(self, crop: Bytes) -> Look:
        names = ["landmarks", "pose", "units", "emotion", "age"]
        outputs = self._session(FACE_NET).run(names, {"crop": _batch([crop])})
        landmarks, pose, units, emotion, age = outputs
        # Of its blendshapes only the last two, closed eyes, are still heard.
        return Look(crop, landmarks, pose, units[-2:], emotion, age)

    def read(self, crops: Sequence[Bytes]) -> list[Odds]:
        """One pass of the reading network over grey crops (96, 96)."""
        outputs = self._session(READING_NET).run(self._names, {"crop": _batch(crops)})
        return [
            {name: out[i] for name, out in zip(self._names, outputs, strict=True)}
            for i in range(len(crops))
        ]

    def parts(self, patches: Patches) -> tuple[Floats, Floats]:
        """Emotion (K, 7) and age (K, 101) odds of K regions, each from its own pixels."""
        inputs = {
            "patches": patches.pixels,
            "masks": patches.masks,
            "frames": patches.frames,
        }
        emotion, age = self._session(PART_NET).run(["emotion", "age"], inputs)
        return emotion, age

    @cached_property
    def _names(self) -> list[str]:
        return [out.name for out in self._session(READING_NET).get_outputs()]

    def _metadata(self, kind: type[M], name: str) -> M:
        return read_metadata(kind, self._session(name), self._folder / name)

    def _session(self, name: str) -> "InferenceSession":
        with self._lock:
            if name not in self._open:
                self._open[name] = open_packaged(self._folder / name, self._threads)
            return self._open[name]


def _batch(crops: Sequence[Bytes]) -> Floats:
    return np.stack(crops)[:, None].astype(np.float32)
