"""The embedded describer's ONNX files: the whole face, second opinions on it, its parts."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from focalface.tools.describers.embedded.metadata import (
    M,
    OpinionMetadata,
    PartMetadata,
    ReadingMetadata,
    read_metadata,
)
from focalface.tools.describers.embedded.patches import Patches, folded
from focalface.tools.models.onnx import open_packaged

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

READING_NET = "reading_net.onnx"
OPINION_EMOTION = "opinion_emotion.onnx"
OPINION_AGE = "opinion_age.onnx"
PART_NET = "part_net.onnx"

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]
Odds = Mapping[str, Floats]
"""Output of the reading network -> probabilities of one face."""


@dataclass(frozen=True, slots=True)
class NetworkOutput:
    """A grey crop (96, 96) and what the reading network gives for it: landmarks (P, 2) in crop
    fractions, pose (pitch, yaw, roll in degrees within the crop), and the odds."""

    crop: Bytes
    landmarks: Floats
    pose: Floats
    odds: Odds


class Networks:
    """The sessions; ``run`` of an onnxruntime session may be called from several threads.

    The reading network opens at once, the others with the first description that needs them.
    """

    def __init__(self, folder: Path, threads: int) -> None:
        self._folder, self._threads = folder, threads
        self._lock = threading.Lock()
        self._open: dict[str, InferenceSession] = {}
        self.reading = self._metadata(ReadingMetadata, READING_NET)

    @cached_property
    def opinion(self) -> OpinionMetadata:
        """The metadata of the network with the second opinion on emotion."""
        return self._metadata(OpinionMetadata, OPINION_EMOTION)

    @cached_property
    def part(self) -> PartMetadata:
        """The metadata of the part network."""
        return self._metadata(PartMetadata, PART_NET)

    def read_crops(self, crops: Sequence[Bytes]) -> list[NetworkOutput]:
        """Run the reading network over grey crops (96, 96), all in one pass."""
        batch = np.stack(crops)[:, None].astype(np.float32)
        found = self._session(READING_NET).run(self._names, {"crop": batch})
        return [
            NetworkOutput(crop, values["landmarks"], values["pose"], values)
            for crop, *outputs in zip(crops, *found, strict=True)
            for values in [dict(zip(self._names, outputs, strict=True))]
        ]

    def judge_emotion(self, crop: Bytes) -> Floats:
        """Return a second opinion on the emotion of a grey crop (96, 96): odds (7,)."""
        return self._judge(OPINION_EMOTION, crop)

    def judge_age(self, crop: Bytes) -> Floats:
        """Return a second opinion on the age in a grey crop (96, 96): odds (101,)."""
        return self._judge(OPINION_AGE, crop)

    def _judge(self, name: str, crop: Bytes) -> Floats:
        batch = crop[None, None].astype(np.float32)
        odds: Floats = self._session(name).run(None, {"crop": batch})[0][0]
        return odds

    def parts(self, patches: Patches) -> tuple[Floats, Floats]:
        """Return emotion (K, 7) and age (K, 101) odds of K regions, each from its own pixels."""
        inputs = {
            "patches": folded(patches.pixels),
            "masks": folded(patches.masks),
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
