"""Examples for the part network: one region of one face, its own pixels, soft targets.

A single region seldom tells what the whole face is labelled with. Its targets are the label mixed
with what a whole-face network says of the same face, so that the network learns to spread its
answer where the region cannot tell.
"""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from focalface.tools.describers.embedded.alignment import Alignment
from focalface.tools.describers.embedded.patches import PATCH, frame_of, framed, mask_of
from focalface.tools.training.describer import augment as aug
from focalface.tools.training.describer.parts.outlines import RegionPicker
from focalface.tools.training.describer.rows import Rows
from focalface.tools.training.describer.soft import read_soft
from focalface.tools.training.describer.targets import age_target, emotion_target

SHARES = {"fer2013": 0.54, "muxspace": 0.10, "utkface": 0.30, "looks": 0.06}
"""Share of each pool in a batch; ``looks``: faces with no age but the one they look."""
EMOTION_LABEL = 0.5
"""Share of the label in a target of emotion; the rest is the teacher's."""
LEAST_MASK = 20
"""Pixels of a mask; one with fewer is taken as the whole patch."""


@dataclass(frozen=True, slots=True)
class PartBatch:
    """K regions with soft targets; a weight of 0 means that there is no label."""

    patches: Tensor  # K 64 64 uint8
    masks: Tensor  # K 64 64 uint8
    frames: Tensor  # K 3
    emotion: Tensor  # K 7
    emotion_weight: Tensor  # K
    age: Tensor  # K 101
    age_weight: Tensor  # K
    years: Tensor  # K

    def to(self, device: torch.device) -> "PartBatch":
        """Return the same batch on another device."""
        return PartBatch(*(getattr(self, f.name).to(device) for f in fields(self)))


def cut(
    picture: aug.Grey, place: aug.Place, polygon: NDArray[np.float32]
) -> tuple[aug.Grey, NDArray[np.uint8], NDArray[np.float32]]:
    """Patch, mask and frame of a polygon (crop fractions) on a grey picture."""
    frame = frame_of(polygon)
    inner = framed(Alignment(*place), frame)
    patch = aug.warp(picture, aug.Place(inner.a, inner.b), PATCH)
    return patch, mask_of([polygon], frame), frame


class PartExamples:
    """Makes batches; all randomness comes from one generator.

    Without a teacher (see ``teacher``) the targets are the labels alone.
    """

    def __init__(self, rows: Rows, rng: np.random.Generator) -> None:
        self.rows, self.rng, self.soft = rows, rng, read_soft(rows)
        self.pick = RegionPicker(rng)
        usable = rows.training & rows.flag("has_mesh")
        felt = usable & (rows["emotion"].astype(int) >= 0)
        fer, utk = rows.of("fer2013"), rows.of("utkface")
        pools = {
            "fer2013": felt & fer,
            "muxspace": felt & rows.of("muxspace"),
            "utkface": usable & utk,
            "looks": usable & ~fer & ~utk & np.isfinite(rows["looks"].astype(float)),
        }
        self.pools = {name: np.flatnonzero(pool) for name, pool in pools.items()}

    def __call__(self, count: int, size: int = PATCH) -> PartBatch:
        """Return a batch of ``count`` regions, each of another face; patches have one size."""
        kinds = self.rng.choice(list(SHARES), count, p=list(SHARES.values()))
        found = [self._one(int(self.rng.choice(self.pools[kind]))) for kind in kinds]
        return PartBatch(*(torch.from_numpy(np.stack(c)) for c in zip(*found, strict=True)))

    def _one(self, i: int) -> tuple[NDArray[Any], ...]:
        rng = self.rng
        place = aug.Place(*self.rows.place(i)).then(*aug.jitter(rng, 0.6))
        polygon = self.pick(self.rows.mesh_in_crop(i, *place))
        patch, mask, frame = cut(self.rows.picture(i), place, polygon)
        if np.count_nonzero(mask) < LEAST_MASK:
            mask[:] = 255
        if rng.random() < 0.35:
            patch = aug.coarser(patch, rng.uniform(0.25, 0.8))
        if rng.random() < 0.5:
            patch, mask = patch[:, ::-1].copy(), mask[:, ::-1].copy()
            frame[0] = 1 - frame[0]
        if rng.random() < 0.3:
            patch = _toned(patch, rng)
        emotion = emotion_target(self.rows, i, self.soft, EMOTION_LABEL, 0.0)
        age, weight, years = age_target(self.rows, i, self.soft, 0.08, 1.5)
        told = np.array([weight, years], np.float32)
        return patch, mask, frame, emotion, emotion.sum(), age, *told


def _toned(patch: aug.Grey, rng: np.random.Generator) -> aug.Grey:
    """Return another contrast and brightness, and noise."""
    light = (patch.astype(np.float32) - 128) * np.exp(rng.normal(0, 0.2)) + 128
    light += rng.normal(0, 10) + rng.normal(0, rng.uniform(0, 6), patch.shape)
    return np.clip(light, 0, 255).astype(np.uint8)
