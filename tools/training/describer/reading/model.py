"""The reading network: a whole face to landmarks, pose, units, sides, what hides it, emotion, age.

```
crop 96 x 96 -> stride 2 -> residual stages 48, 96, 160 -> 6 x 6, read as 7 x 7 -+-> whole face
                                                          left and right four columns -> sides
                                                          cells of their own -> landmarks, pose
```
The middle column belongs to both halves. A half is read by layers of its own, so that a wink or a
crooked smile is seen where it is.
"""

from collections.abc import Sequence
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from focalface.tools.face.landmarks import MESH
from focalface.tools.training.describer.blocks import conv, dense, quiet, stages
from focalface.tools.training.describer.codes import AGE_BINS, CATEGORIES, EMOTIONS, UNITS

GRID = 7
"""Cells a side of the map that the heads read; crops of another size are fitted to it."""
POSE_UNIT = 30.0
"""Degrees that a pose of 1 stands for."""
HALF = 4
"""Columns of one half of the face; the middle one counts for both."""


class Readings(NamedTuple):
    """What is read of B faces: landmarks in crop fractions, pose (pitch, yaw, roll within the crop)
    in ``POSE_UNIT``, else logits. Units and sides are cumulative: one for 'at least slight', one
    for 'clear'. The first side is the left half of the picture; ``lids``: its eye is closed."""

    landmarks: Tensor  # B P 2
    pose: Tensor  # B 3
    lids: Tensor  # B 2
    units: Tensor  # B 16 2
    sides: Tensor  # B 2 16 2
    emotion: Tensor  # B 7
    age: Tensor  # B 101
    categories: dict[str, Tensor]  # B classes each


def normalised(grey: Tensor) -> Tensor:
    """Crops (B, 1, S, S) of grey 0..255 with mean 0 and a deviation of about 1 each."""
    x = grey.float()
    axes = (2, 3)
    return (x - x.mean(axes, keepdim=True)) / (x.std(axes, keepdim=True) + 8)


class ReadingNet(nn.Module):
    """The network; its input is (B, 1, 96, 96) by :func:`normalised`."""

    def __init__(
        self, widths: tuple[int, ...] = (24, 48, 96, 160), more: tuple[int, ...] = (0, 1, 1)
    ) -> None:
        super().__init__()
        top, mixed, cells = widths[-1], 256, 64
        self.stem = nn.Sequential(conv(1, widths[0], 2, kernel=5), nn.ReLU())
        self.trunk = stages(widths, more)
        self.squeeze = nn.Sequential(conv(top, cells, kernel=1), nn.ReLU())
        self.mix = dense(cells * GRID * GRID + top, mixed, 0.25)
        self.drop = nn.Dropout(0.2)
        self.halves = nn.ModuleList(
            nn.Sequential(
                dense(cells * GRID * HALF + top, 128, 0.15), nn.Linear(128, 2 * len(UNITS) + 1)
            )
            for _ in range(2)
        )
        self.outline = nn.Sequential(conv(top, 48, kernel=1), nn.ReLU())
        self.shape = dense(48 * GRID * GRID, 256)
        self.landmarks = nn.Linear(256, 2 * len(MESH))
        self.pose = nn.Linear(256, 3)
        quiet(self.landmarks, self.pose)
        self.units = nn.Linear(mixed + top, 2 * len(UNITS))
        self.emotion = nn.Linear(mixed + top, len(EMOTIONS))
        self.age = nn.Linear(mixed + top, AGE_BINS)
        self.categories = nn.ModuleDict(
            {name: nn.Linear(mixed + top, len(classes)) for name, classes in CATEGORIES.items()}
        )
        quiet(self.emotion, self.age, *self.categories.values(), spread=0.01)
        last = (self.units, *(half[-1] for half in self.halves))
        quiet(*last, spread=0.01, bias=-1.5)  # most units are absent

    def forward(self, x: Tensor) -> Readings:
        """Logits of normalised crops."""
        top = self.trunk(self.stem(x))
        shape = self.shape(_fitted(self.outline(top)).flatten(1))
        cells, top = _fitted(self.squeeze(top)), _fitted(top)
        mean = top.mean((2, 3))
        whole = self.mix(torch.cat([cells.flatten(1), mean], 1))
        found = torch.cat([whole, self.drop(mean)], 1)
        halves = [
            half(torch.cat([cells[..., at].flatten(1), top[..., at].mean((2, 3))], 1))
            for half, at in zip(self.halves, (slice(HALF), slice(GRID - HALF, GRID)), strict=True)
        ]
        sides = torch.stack(halves, 1)
        units, emotion, age, *categories = _together(
            [self.units, self.emotion, self.age, *self.categories.values()], found
        )
        return Readings(
            self.landmarks(shape).unflatten(-1, (-1, 2)),
            self.pose(shape),
            sides[..., -1],
            _pairs(units),
            _pairs(sides[..., :-1]),
            emotion,
            age,
            dict(zip(self.categories, categories, strict=True)),
        )


def _together(heads: Sequence[nn.Linear], x: Tensor) -> Sequence[Tensor]:
    """Each head's output for features (B, n), all by one product: many small ones take longer."""
    weight = torch.cat([head.weight for head in heads])
    bias = torch.cat([head.bias for head in heads])
    return F.linear(x, weight, bias).split([head.out_features for head in heads], -1)


def _fitted(top: Tensor) -> Tensor:
    if top.shape[-1] == GRID:
        return top
    return F.interpolate(top, size=(GRID, GRID), mode="bilinear", align_corners=False)


def _pairs(logits: Tensor) -> Tensor:
    return logits.unflatten(-1, (len(UNITS), 2))
