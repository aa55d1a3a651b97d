"""The face network: landmarks and pose, with emotion and age as auxiliary tasks.

```
crop 96 x 96 -> trunk, stride 4 -> four residual blocks, 6 x 6 -> landmarks, pose
                                                               -> emotion, age
```
Its emotion and age are one opinion of two at run time; the other is the reading network's.
"""

from dataclasses import dataclass
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from focalface.tools.face.landmarks import MESH
from focalface.tools.training.describer.blocks import Block, conv, quiet
from focalface.tools.training.describer.codes import AGE_BINS, EMOTIONS


@dataclass(frozen=True)
class Widths:
    """Channel counts of the stages; defaults are what ships."""

    trunk: int = 64
    middle: int = 112
    top: int = 224


class FaceReadings(NamedTuple):
    """Landmarks (B, points, 2) in crop fractions, pose (B, 3) / 30 degrees, logits of emotion
    (B, 7) and age (B, 101)."""

    points: Tensor
    pose: Tensor
    emotion: Tensor
    age: Tensor


class Heads(nn.Module):
    """One vector to emotion and age."""

    def __init__(self, width: int, dropout: float) -> None:
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        self.emotion = nn.Linear(width, len(EMOTIONS))
        self.age = nn.Linear(width, AGE_BINS)
        quiet(self.emotion, self.age)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """(B, width) -> logits (B, 7), (B, 101)."""
        x = self.dropout(x)
        return self.emotion(x), self.age(x)


class FaceBranch(nn.Module):
    """Sees the whole crop."""

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

    def forward(self, x: Tensor) -> FaceReadings:
        """Trunk features (B, trunk, 24, 24) to readings."""
        x = self.stages(x)
        shape = self.shape(self.squeeze(x).flatten(1))
        face = F.relu(self.mix(torch.cat([x.mean((2, 3)), shape], 1)))
        with torch.autocast(x.device.type, enabled=False):  # bfloat16 is too coarse for points
            points = self.points(shape.float()).unflatten(1, (-1, 2))
        return FaceReadings(points, self.pose(shape), *self.heads(face))


class FaceNet(nn.Module):
    """The whole network; input (B, 1, 96, 96) by :func:`scaled`."""

    def __init__(self, widths: Widths | None = None, points: int = len(MESH)) -> None:
        super().__init__()
        widths = widths or Widths()
        self.stem = conv(16, widths.trunk)
        self.trunk_block = Block(widths.trunk, widths.trunk)
        self.face = FaceBranch(widths, points)

    def forward(self, x: Tensor) -> FaceReadings:
        """Readings of scaled crops."""
        features = self.trunk_block(F.relu(self.stem(F.pixel_unshuffle(x, 4))))
        return self.face(features)


def scaled(grey: Tensor) -> Tensor:
    """Grey values 0..255 to network input, about -2..2."""
    return (grey.float() - 127.5) / 64
