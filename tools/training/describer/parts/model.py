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

from focalface.tools.describers.embedded.patches import FOLD, PATCH
from focalface.tools.training.describer.blocks import conv, dense, quiet, stages
from focalface.tools.training.describer.codes import AGE_BINS, EMOTIONS

_TURNS = 2 * torch.pi * 2 ** torch.arange(4.0)
_HALVES = torch.kron(torch.eye(2), torch.full((2, 1), 0.5))
QUARTERS = torch.kron(_HALVES, _HALVES)
"""Means of a cell's 4 x 4 pixels over its quarters, (16, 4)."""


class PartReadings(NamedTuple):
    """Logits of K regions: emotion (K, 7) and age (K, 101)."""

    emotion: Tensor
    age: Tensor


def folded(images: Tensor) -> Tensor:
    """``patches.folded`` of images (K, 64, 64): cells (K, 16, 16, 16)."""
    cells = images.unflatten(1, (-1, FOLD)).unflatten(3, (-1, FOLD))
    return cells.transpose(2, 3).flatten(3)


def inside(patches: Tensor, masks: Tensor) -> Tensor:
    """Cells of grey patches 0..255 and of masks, 0 or 255, both (K, 16, 16, 16), to (K, 20, 16,
    16): pixels with mean 0 and a deviation of about 1 over the mask and zero outside it, and how
    much of each quarter of a cell the mask covers.

    Few passes over the pixels: they took a third of the part network's time.
    """
    weight = masks.clamp(max=1).float()
    light = patches.float() * weight
    axes = (1, 2, 3)
    total = weight.sum(axes, keepdim=True) + 1e-3
    mean = light.sum(axes, keepdim=True) / total
    power = (light * light).sum(axes, keepdim=True) / total
    spread = (power - mean * mean).clamp(min=0).sqrt()
    even = (light - mean * weight) / (spread + 6)
    return torch.cat([even, weight @ QUARTERS], -1).permute(0, 3, 1, 2)


def place(frames: Tensor) -> Tensor:
    """Centre x, centre y and side of frames (K, 3), in crop fractions, as numbers (K, 20)."""
    middle, side = frames[:, :2], frames[:, 2:]
    turns = middle[:, None] * _TURNS[:, None]
    waves = torch.stack([turns.sin(), turns.cos()], -1)
    return torch.cat([waves.flatten(1), middle - 0.5, side.log(), side], -1)


class PartNet(nn.Module):
    """Any number of regions, each by itself."""

    def __init__(self, widths: tuple[int, ...] = (32, 64, 96)) -> None:
        super().__init__()
        top, mixed, cells = widths[-1], 192, 48
        last = PATCH // FOLD >> len(widths) - 1  # every stage but the stem halves it
        self.stem = nn.Sequential(conv(FOLD**2 + 4, widths[0]), nn.ReLU())
        self.trunk = stages(widths)
        self.squeeze = nn.Sequential(conv(top, cells, kernel=1), nn.ReLU())
        self.place = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 64))
        self.mix = dense(cells * last * last + top + 64, mixed, 0.15)
        self.emotion = nn.Linear(mixed, len(EMOTIONS))
        self.age = nn.Linear(mixed, AGE_BINS)
        quiet(self.emotion, self.age, spread=0.01)

    def forward(self, patches: Tensor, masks: Tensor, frames: Tensor) -> PartReadings:
        """Logits of patches and masks (K, 64, 64), 0..255; frames (K, 3) say where they lie."""
        return self.of_cells(folded(patches), folded(masks), frames)

    def of_cells(self, patches: Tensor, masks: Tensor, frames: Tensor) -> PartReadings:
        """Logits of folded patches and masks (K, 16, 16, 16)."""
        x = self.trunk(self.stem(inside(patches, masks)))
        cells = self.squeeze(x).flatten(1)
        found = self.mix(torch.cat([cells, x.mean((2, 3)), self.place(place(frames))], 1))
        return PartReadings(self.emotion(found), self.age(found))
