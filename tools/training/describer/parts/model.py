"""The part network: emotion and age of a region from its own pixels and from nothing else.

```
pixels inside the mask, fitted into 64 x 64, and the mask -> residual stages -> 4 x 4 -+-> emotion
where the region's frame lies on the aligned face --------------------------------------+-> age
```
What lies outside a region is zero before the first convolution, so it cannot change the reading.
"""

from typing import NamedTuple

import torch
from torch import Tensor, nn

from focalface.tools.describers.embedded.patches import PATCH
from focalface.tools.training.describer.blocks import conv, dense, quiet, stages, unfolded
from focalface.tools.training.describer.codes import AGE_BINS, EMOTIONS

FOLD = 4
"""Pixels along each axis that become channels before the first convolution: the cost of the part
network lies where its maps are large."""


class PartReadings(NamedTuple):
    """Logits of K regions: emotion (K, 7) and age (K, 101)."""

    emotion: Tensor
    age: Tensor


def inside(patches: Tensor, masks: Tensor) -> Tensor:
    """Grey patches 0..255 and masks 0..255, both (K, 64, 64), to (K, 2, 64, 64): pixels with mean
    0 and a deviation of about 1 over the mask and zero outside it, and the mask 0..1."""
    weight = masks.float() / 255
    light = patches.float()
    axes = (-2, -1)
    total = weight.sum(axes, keepdim=True) + 1e-3
    mean = (light * weight).sum(axes, keepdim=True) / total
    spread = (((light - mean) * weight).square().sum(axes, keepdim=True) / total).sqrt()
    return torch.stack([(light - mean) * weight / (spread + 6), weight], 1)


def place(frames: Tensor) -> Tensor:
    """Centre x, centre y and side of frames (K, 3), in crop fractions, as numbers (K, 20)."""
    x, y, side = frames.unbind(-1)
    waves = []
    for k in range(4):
        turn = 2 * torch.pi * 2**k
        waves += [(turn * x).sin(), (turn * x).cos(), (turn * y).sin(), (turn * y).cos()]
    return torch.stack([*waves, x - 0.5, y - 0.5, side.log(), side], -1)


class PartNet(nn.Module):
    """Any number of regions, each by itself."""

    def __init__(self, widths: tuple[int, ...] = (32, 64, 96)) -> None:
        super().__init__()
        top, mixed, cells = widths[-1], 192, 48
        last = PATCH // FOLD >> len(widths) - 1  # every stage but the stem halves it
        self.stem = nn.Sequential(conv(2 * FOLD**2, widths[0]), nn.ReLU())
        self.trunk = stages(widths)
        self.squeeze = nn.Sequential(conv(top, cells, kernel=1), nn.ReLU())
        self.place = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 64))
        self.mix = dense(cells * last * last + top + 64, mixed, 0.15)
        self.emotion = nn.Linear(mixed, len(EMOTIONS))
        self.age = nn.Linear(mixed, AGE_BINS)
        quiet(self.emotion, self.age, spread=0.01)

    def forward(self, patches: Tensor, masks: Tensor, frames: Tensor) -> PartReadings:
        """Logits of patches and masks (K, 64, 64), 0..255; frames (K, 3) say where they lie."""
        x = self.trunk(self.stem(unfolded(inside(patches, masks), FOLD)))
        cells = self.squeeze(x).flatten(1)
        found = self.mix(torch.cat([cells, x.mean((2, 3)), self.place(place(frames))], 1))
        return PartReadings(self.emotion(found), self.age(found))
