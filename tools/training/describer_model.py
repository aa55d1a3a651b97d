"""The describer network: a trunk, a wide-sighted face branch and a narrow-sighted region branch.

```
crop 96 x 96 -> trunk, stride 4 -+-> face branch, 6 x 6 -> landmarks, pose; units, emotion, age
                                 +-> region branch, 12 x 12 tokens that each see 44 px
masks K x 144 ------------------------> masked attention pooling -> units, emotion, age a region
```
The region branch never sees the face branch, and its tokens see less than half of the crop, so what
a region says comes from that region and its surroundings; blanking during training does the
rest. The crop side must be a multiple of 16 (64 is used for most of the training); positions are
resampled to the grid.
"""

from dataclasses import dataclass
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from focalface.tools.describers.alignment import TOKENS
from focalface.tools.training.describer_labels import AGE_BINS, CHANNELS, EMOTION_CLASSES


@dataclass(frozen=True)
class Widths:
    """Channel counts of the stages; defaults are what ships."""

    trunk: int = 64
    middle: int = 112
    top: int = 224
    token: int = 112
    queries: int = 6


class Attributes(NamedTuple):
    """Emotion logits (.., 7), age logits (.., 101), units in standard deviations (.., channels)."""

    emotion: Tensor
    age: Tensor
    units: Tensor


def _conv(inner: int, outer: int, stride: int = 1, kernel: int = 3) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inner, outer, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(outer)
    )


class Block(nn.Module):
    """Two 3x3 convolutions around a shortcut."""

    def __init__(self, inner: int, outer: int, stride: int = 1) -> None:
        super().__init__()
        self.first = _conv(inner, outer, stride)
        self.second = _conv(outer, outer)
        self.short = (
            nn.Identity()
            if inner == outer and stride == 1
            else nn.Sequential(nn.AvgPool2d(stride), _conv(inner, outer, kernel=1))
        )
        nn.init.constant_(self.second[1].weight, 0.5)  # type: ignore[arg-type]

    def forward(self, x: Tensor) -> Tensor:
        """(B, inner, H, W) -> (B, outer, H / stride, W / stride)."""
        y = self.second(F.relu(self.first(x), inplace=True))
        return F.relu(y + self.short(x))


def _quiet(*layers: nn.Linear) -> None:
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
        _quiet(self.emotion, self.age, self.units)

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
        self.squeeze = _conv(widths.top, 48, kernel=1)
        self.shape = nn.Sequential(
            nn.Linear(48 * 36, 256, bias=False), nn.BatchNorm1d(256), nn.ReLU()
        )
        self.points = nn.Linear(256, points * 2)
        self.pose = nn.Linear(256, 3)
        self.mix = nn.Linear(widths.top + 256, 256)
        self.heads = Heads(256, 0.15)
        _quiet(self.points, self.pose)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Attributes]:
        """Landmarks (B, points, 2) in crop fractions, pose (B, 3) / 30 degrees, attributes."""
        x = self.stages(x)
        grid = self.squeeze(x)
        if grid.shape[-1] != 6:
            grid = F.interpolate(grid, size=(6, 6), mode="bilinear", align_corners=False)
        shape = self.shape(grid.flatten(1))
        face = F.relu(self.mix(torch.cat([x.mean((2, 3)), shape], 1)))
        with torch.autocast(x.device.type, enabled=False):  # bfloat16 is too coarse for points
            points = self.points(shape.float()).unflatten(1, (-1, 2))
        return points, self.pose(shape), self.heads(face)


class RegionBranch(nn.Module):
    """Turns trunk features into tokens, and tokens under a mask into attributes."""

    def __init__(self, widths: Widths) -> None:
        super().__init__()
        width = widths.token
        self.queries, self.width = widths.queries, width
        self.embed = _conv(widths.trunk, width, 2)
        self.place = nn.Parameter(torch.zeros(1, width, TOKENS, TOKENS))
        self.mlp = nn.Sequential(
            _conv(width, 2 * width, kernel=1), nn.ReLU(), _conv(2 * width, width, kernel=1)
        )
        self.score = nn.Conv2d(width, widths.queries, 1)
        self.value = nn.Conv2d(width, width, 1)
        self.mix = nn.Sequential(nn.Linear(widths.queries * width, 256), nn.ReLU())
        self.heads = Heads(256, 0.1)

    def tokens(self, x: Tensor) -> Tensor:
        """(B, trunk, H, W) -> (B, T, queries + width): attention weights and values, row by row."""
        x = F.relu(self.embed(x))
        place = self.place
        if x.shape[-1] != TOKENS:
            place = F.interpolate(place, size=x.shape[-2:], mode="bilinear", align_corners=False)
        x = x + place
        x = F.relu(x + self.mlp(x))
        weight = torch.exp(8 * torch.tanh(self.score(x).float() / 8))
        return torch.cat([weight, self.value(x).float()], 1).flatten(2).transpose(1, 2)

    def read(self, tokens: Tensor, masks: Tensor) -> Attributes:
        """``tokens`` (B, T, ..), ``masks`` (B, K, T) coverage 0..1 -> attributes of (B, K)."""
        weight, value = tokens[..., : self.queries], tokens[..., self.queries :]
        share = masks.unsqueeze(2) * weight.transpose(1, 2).unsqueeze(1)  # B K Q T
        share = share / (share.sum(-1, keepdim=True) + 1e-3)
        pooled = share.flatten(1, 2) @ value  # B KQ width
        return self.heads(self.mix(pooled.unflatten(1, (-1, self.queries)).flatten(2)))


class Describer(nn.Module):
    """The whole network; input (B, 1, S, S), grey scaled to about -2..2 by ``scale``."""

    def __init__(self, widths: Widths | None = None, points: int = 478) -> None:
        super().__init__()
        widths = widths or Widths()
        self.stem = _conv(16, widths.trunk)
        self.trunk_block = Block(widths.trunk, widths.trunk)
        self.face = FaceBranch(widths, points)
        self.region = RegionBranch(widths)

    def trunk(self, x: Tensor) -> Tensor:
        """Shared features at stride 4."""
        return self.trunk_block(F.relu(self.stem(F.pixel_unshuffle(x, 4))))  # type: ignore[no-any-return]


def scale(grey: Tensor) -> Tensor:
    """Grey values 0..255 to network input; fixed, so that no region depends on the rest."""
    return (grey.float() - 127.5) / 64
