"""The face network: landmarks, pose, units, emotion and age from one look at the crop.

```
crop 96 x 96 -> trunk, stride 4 -> four residual blocks, 6 x 6 -> landmarks, pose
                                                               -> units, emotion, age
```
Its emotion is one of three opinions that are averaged in the end, see ``networks``;
regions are read by :mod:`focalface.tools.training.describer.region_model`.
"""

from dataclasses import dataclass
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from focalface.tools.face.landmarks import MESH
from focalface.tools.training.describer.labels import AGE_BINS, CHANNELS, EMOTION_CLASSES


@dataclass(frozen=True)
class Widths:
    """Channel counts of the stages; defaults are what ships."""

    trunk: int = 64
    middle: int = 112
    top: int = 224


class Attributes(NamedTuple):
    """Emotion logits (.., 7), age logits (.., 101), units in standard deviations (.., channels)."""

    emotion: Tensor
    age: Tensor
    units: Tensor


def conv(inner: int, outer: int, stride: int = 1, kernel: int = 3) -> nn.Sequential:
    """A convolution that keeps the size (over its stride), then batch normalisation."""
    return nn.Sequential(
        nn.Conv2d(inner, outer, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(outer)
    )


class Block(nn.Module):
    """Two 3x3 convolutions around a shortcut."""

    def __init__(self, inner: int, outer: int, stride: int = 1) -> None:
        super().__init__()
        self.first = conv(inner, outer, stride)
        self.second = conv(outer, outer)
        self.short = (
            nn.Identity()
            if inner == outer and stride == 1
            else nn.Sequential(nn.AvgPool2d(stride), conv(inner, outer, kernel=1))
        )
        nn.init.constant_(self.second[1].weight, 0.5)  # type: ignore[arg-type]

    def forward(self, x: Tensor) -> Tensor:
        """(B, inner, H, W) -> (B, outer, H / stride, W / stride)."""
        y = self.second(F.relu(self.first(x), inplace=True))
        return F.relu(y + self.short(x))


def quiet(*layers: nn.Linear) -> None:
    """Start last layers near zero: undoing their noise would first silence the features."""
    for layer in layers:
        nn.init.normal_(layer.weight, std=0.002)
        nn.init.zeros_(layer.bias)


class Heads(nn.Module):
    """One vector to emotion, age and units."""

    def __init__(self, width: int, dropout: float) -> None:
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        self.emotion = nn.Linear(width, len(EMOTION_CLASSES))
        self.age = nn.Linear(width, AGE_BINS)
        self.units = nn.Linear(width, len(CHANNELS))
        quiet(self.emotion, self.age, self.units)

    def forward(self, x: Tensor) -> Attributes:
        """(..., width) -> attributes."""
        units = self.units(x)
        x = self.dropout(x)
        return Attributes(self.emotion(x), self.age(x), units)


class FaceBranch(nn.Module):
    """Sees the whole crop: landmarks, pose and the reading of the whole face."""

    def __init__(self, widths: Widths, points: int) -> None:
        super().__init__()
        self.stages = nn.Sequential(
            Block(widths.trunk, widths.middle, 2),
            Block(widths.middle, widths.middle),
            Block(widths.middle, widths.top, 2),
            Block(widths.top, widths.top),
        )
        self.squeeze = conv(widths.top, 48, kernel=1)
        self.shape = nn.Sequential(
            nn.Linear(48 * 36, 256, bias=False), nn.BatchNorm1d(256), nn.ReLU()
        )
        self.points = nn.Linear(256, points * 2)
        self.pose = nn.Linear(256, 3)
        self.mix = nn.Linear(widths.top + 256, 256)
        self.heads = Heads(256, 0.15)
        quiet(self.points, self.pose)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Attributes]:
        """Landmarks (B, points, 2) in crop fractions, pose (B, 3) / 30 degrees, attributes."""
        x = self.stages(x)
        shape = self.shape(self.squeeze(x).flatten(1))
        face = F.relu(self.mix(torch.cat([x.mean((2, 3)), shape], 1)))
        with torch.autocast(x.device.type, enabled=False):  # bfloat16 is too coarse for points
            points = self.points(shape.float()).unflatten(1, (-1, 2))
        return points, self.pose(shape), self.heads(face)


class FaceReader(nn.Module):
    """The whole network; input (B, 1, 96, 96), grey scaled to about -2..2 by ``scale``."""

    def __init__(self, widths: Widths | None = None, points: int = len(MESH)) -> None:
        super().__init__()
        widths = widths or Widths()
        self.stem = conv(16, widths.trunk)
        self.trunk_block = Block(widths.trunk, widths.trunk)
        self.face = FaceBranch(widths, points)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Attributes]:
        """Landmarks (B, points, 2) in crop fractions, pose (B, 3) / 30 degrees, attributes."""
        return self.face(self.trunk(x))  # type: ignore[no-any-return]

    def trunk(self, x: Tensor) -> Tensor:
        """Features at stride 4, (B, trunk, 24, 24)."""
        return self.trunk_block(F.relu(self.stem(F.pixel_unshuffle(x, 4))))  # type: ignore[no-any-return]


def scale(grey: Tensor) -> Tensor:
    """Grey values 0..255 to network input; fixed, so that no region depends on the rest."""
    return (grey.float() - 127.5) / 64
