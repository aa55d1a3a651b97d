"""The two ONNX files of the embedded describer, and what their metadata say about them."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from focalface.tools.describers.embedded.alignment import frames_of
from focalface.tools.errors import ModelDamagedError
from focalface.tools.face.facs import unsided
from focalface.tools.models.onnx import open_packaged
from focalface.tools.types import Emotion, Side

FACE_NET = "face_net.onnx"
REGION_HEAD = "region_head.onnx"

NARROW, WIDE = 40.0, 80.0
"""Widths of faces in pixels between which the temperature of emotion changes: FER2013's, and those
of the web portraits, about which the network is right more often than it expects."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Attributes:
    """Emotion (.., 7) and age (.., 101 years) distributions, unit intensities (.., channels)."""

    emotion: Floats
    age: Floats
    units: Floats

    def at(self, i: int) -> "Attributes":
        """The ``i``-th of a stack."""
        return Attributes(self.emotion[i], self.age[i], self.units[i])


@dataclass(frozen=True, slots=True)
class Look:
    """A grey crop (96, 96) and what one pass over it gives: landmarks in crop fractions (P, 2),
    pose in the crop (pitch, yaw, roll in degrees), and the reading of the whole face."""

    crop: NDArray[np.uint8]
    landmarks: Floats
    pose: Floats
    face: Attributes


@dataclass(frozen=True, slots=True, eq=False)
class About:
    """The metadata: emotion classes, unit channels, and what may be assessed where. Compared by
    identity, so that it can be a key of caches.

    ``channels``: code -> side -> place in ``Attributes.units``.
    ``age_half``: an 80 % interval of age lies between the quantiles 0.5 - half and 0.5 + half of
    the distribution, for the whole face and for regions.
    ``emotion_heat``: temperatures of a whole face's emotion at the widths ``NARROW`` and ``WIDE``.
    ``in_regions``: basic atlas region without side -> codes that it lets one assess.
    """

    emotions: tuple[Emotion, ...]
    channels: dict[str, dict[Side, int]]
    age_half: tuple[float, float]
    emotion_heat: tuple[float, float]
    on_face: frozenset[str]
    in_regions: dict[str, frozenset[str]]

    @property
    def supported(self) -> frozenset[str]:
        """Codes that can be assessed somewhere."""
        return self.on_face.union(*self.in_regions.values())

    def heat(self, width: float | Floats) -> float | Floats:
        """The temperature of emotion for faces of such widths in pixels."""
        narrow, wide = self.emotion_heat
        share = np.clip(np.log(width / NARROW) / np.log(WIDE / NARROW), 0, 1)
        return narrow * (wide / narrow) ** share  # type: ignore[no-any-return]

    def assessed_in(self, places: tuple[str, ...]) -> frozenset[str]:
        """Codes that can be assessed in one of some basic atlas regions."""
        return frozenset().union(*(self.in_regions.get(unsided(p), ()) for p in places))


class Net:
    """Both sessions; ``run`` of an onnxruntime session may be called from several threads."""

    def __init__(self, folder: Path, threads: int) -> None:
        self._face = open_packaged(folder / FACE_NET, threads)
        self._head = open_packaged(folder / REGION_HEAD, threads)
        self.about = _about(self._face, folder / FACE_NET)

    def look(self, crop: NDArray[np.uint8]) -> Look:
        """One pass over a grey crop (96, 96)."""
        out = self._face.run(None, {"crop": crop[None, None].astype(np.float32)})
        landmarks, pose, emotion, age, units = out
        return Look(crop, landmarks, pose, Attributes(emotion, age, units))

    def read(self, crop: NDArray[np.uint8], masks: NDArray[np.uint8]) -> Attributes:
        """The attributes of K regions of a crop, drawn on the raster (K, 48, 48)."""
        inputs = {
            "crop": crop[None, None].astype(np.float32),
            "masks": masks,
            "frames": frames_of(masks),
        }
        return Attributes(*self._head.run(None, inputs))


def tempered(odds: Floats, heat: float | Floats) -> Floats:
    """Distributions (..., n) at temperatures (...): below 1 surer, above 1 less sure."""
    raised = odds ** (1 / np.asarray(heat, np.float32)[..., None])
    return raised / raised.sum(-1, keepdims=True)  # type: ignore[no-any-return]


def quantile(age: Floats, share: float) -> Floats:
    """The age below which ``share`` of a distribution (..., 101) lies; year n spans n +- 0.5."""
    return quantiles(age, np.full((*age.shape[:-1], 1), share, np.float32))[..., 0]


def quantiles(age: Floats, shares: Floats) -> Floats:
    """The ages below which each of ``shares`` (..., n) of a distribution (..., 101) lies."""
    zero = np.zeros((*age.shape[:-1], 1), age.dtype)
    total = np.concatenate([zero, age.cumsum(-1)], -1)
    year = (total[..., None, 1:] < shares[..., None]).sum(-1).clip(0, age.shape[-1] - 1)
    low, high = (np.take_along_axis(total, year + d, -1) for d in (0, 1))
    return (year + (shares - low) / np.maximum(high - low, 1e-9) - 0.5).astype(np.float32)  # type: ignore[no-any-return]


def _about(session: Any, path: Path) -> About:
    try:
        found = json.loads(session.get_modelmeta().custom_metadata_map["focalface"])
        channels: dict[str, dict[Side, int]] = {}
        for i, (code, side) in enumerate(found["units"]):
            channels.setdefault(code, {})[side] = i
        return About(
            emotions=tuple(found["emotions"]),
            channels=channels,
            age_half=(float(found["age_half"][0]), float(found["age_half"][1])),
            emotion_heat=(float(found["emotion_heat"][0]), float(found["emotion_heat"][1])),
            on_face=frozenset(found["assessed_on_face"]),
            in_regions={k: frozenset(v) for k, v in found["assessed_in_regions"].items()},
        )
    except (KeyError, TypeError, ValueError):
        raise ModelDamagedError(
            f"'{path}' is not the embedded describer; install the package focalface again."
        ) from None
