"""Examples for the part network: one region of one face, its own pixels, soft targets.

A single region seldom tells what the whole face is labelled with. Its targets are the label mixed
with what a whole-face network says of the same face, so that the network learns to spread its
answer where the region cannot tell.
"""

from dataclasses import dataclass, fields

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from focalface.tools.describers.embedded.alignment import Alignment
from focalface.tools.describers.embedded.patches import PATCH, frame_of, framed, mask_of
from focalface.tools.training.describer import augment as aug
from focalface.tools.training.describer.codes import AGE_BINS, EMOTIONS
from focalface.tools.training.describer.losses import bell
from focalface.tools.training.describer.parts.outlines import RegionPicker
from focalface.tools.training.describer.rows import Rows

SHARES = {"fer2013": 0.55, "muxspace": 0.10, "utkface": 0.28, "looks": 0.07}
"""Share of each pool in a batch; ``looks``: faces with no age but the one they look."""
EMOTION_LABEL, AGE_LABEL = 0.45, 0.6
"""Share of the label in the target; the rest is the whole-face network's."""
LOOKS_WEIGHT = 0.6
"""Weight of an age that a face looks, against one that is known."""
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
        """The same batch on another device."""
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

    ``whole``: what a whole-face network says of every row, ``emotion`` (N, 7) and ``age`` (N, 101);
    without it the targets are the labels alone.
    """

    def __init__(
        self,
        rows: Rows,
        rng: np.random.Generator,
        whole: dict[str, NDArray[np.float32]] | None = None,
    ) -> None:
        self.rows, self.rng, self.whole = rows, rng, whole
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

    def __call__(self, count: int, _size: int = PATCH) -> PartBatch:
        """A batch of ``count`` regions, each of another face; patches have one size."""
        kinds = self.rng.choice(list(SHARES), count, p=list(SHARES.values()))
        found = [self._one(int(self.rng.choice(self.pools[kind]))) for kind in kinds]
        return PartBatch(*(torch.from_numpy(np.stack(c)) for c in zip(*found, strict=True)))

    def _one(self, i: int) -> tuple[NDArray[np.generic], ...]:
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
        return patch, mask, frame, *self._emotion(i), *self._age(i)

    def _emotion(self, i: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        label = int(self.rows["emotion"][i])
        target = np.zeros(len(EMOTIONS), np.float32)
        if label < 0:
            return target, np.float32([0])[0]
        target[label] = 1
        if self.whole is not None:
            target = EMOTION_LABEL * target + (1 - EMOTION_LABEL) * self.whole["emotion"][i]
        return target.astype(np.float32), np.float32([1])[0]

    def _age(self, i: int) -> tuple[NDArray[np.float32], ...]:
        known, looks = float(self.rows["age"][i]), float(self.rows["looks"][i])
        if known < 0 and np.isnan(looks):
            return np.zeros(AGE_BINS, np.float32), *np.float32([0, 0])
        years = min(known, 100) if known >= 0 else looks
        target = bell(torch.tensor([years]), 0.08, 1.5)[0].numpy()
        if self.whole is not None:
            target = AGE_LABEL * target + (1 - AGE_LABEL) * self.whole["age"][i]
        weight = 1.0 if known >= 0 else LOOKS_WEIGHT
        return target.astype(np.float32), *np.float32([weight, years])


def _toned(patch: aug.Grey, rng: np.random.Generator) -> aug.Grey:
    """Another contrast and brightness, and noise."""
    light = (patch.astype(np.float32) - 128) * np.exp(rng.normal(0, 0.2)) + 128
    light += rng.normal(0, 10) + rng.normal(0, rng.uniform(0, 6), patch.shape)
    return np.clip(light, 0, 255).astype(np.uint8)
