"""The layers from which the describer's networks are built."""

from itertools import pairwise

import torch.nn.functional as F
from torch import Tensor, nn


def conv(inner: int, outer: int, stride: int = 1, kernel: int = 3) -> nn.Sequential:
    """Return a convolution that keeps the size (over its stride), then batch normalisation."""
    return nn.Sequential(
        nn.Conv2d(inner, outer, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(outer)
    )


def dense(inner: int, outer: int, dropout: float = 0.0) -> nn.Sequential:
    """Return a linear layer, batch normalisation, ReLU, dropout."""
    return nn.Sequential(
        nn.Linear(inner, outer, bias=False), nn.BatchNorm1d(outer), nn.ReLU(), nn.Dropout(dropout)
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
        nn.init.constant_(self.second[1].weight, 0.5)

    def forward(self, x: Tensor) -> Tensor:
        """(B, inner, H, W) -> (B, outer, H / stride, W / stride)."""
        y = self.second(F.relu(self.first(x), inplace=True))
        return F.relu(y + self.short(x))


def stages(widths: tuple[int, ...], more: tuple[int, ...] | None = None) -> nn.Sequential:
    """Blocks that halve the size from one width to the next, each with ``more`` after it."""
    layers: list[nn.Module] = []
    for i, (inner, outer) in enumerate(pairwise(widths)):
        layers.append(Block(inner, outer, 2))
        layers += [Block(outer, outer) for _ in range(more[i] if more else 0)]
    return nn.Sequential(*layers)


def quiet(*layers: nn.Linear, spread: float = 0.002, bias: float = 0.0) -> None:
    """Start last layers near zero: undoing their noise would first silence the features."""
    for layer in layers:
        nn.init.normal_(layer.weight, std=spread)
        nn.init.constant_(layer.bias, bias)


def strided(short: nn.Sequential) -> nn.Sequential:
    """Return a shortcut's pool and 1 x 1 convolution as one strided convolution: half the time, and
    nothing is rounded to 8 bits between them."""
    pool, (conv, norm) = short
    side = pool.kernel_size
    one = nn.Conv2d(conv.in_channels, conv.out_channels, side, side, bias=False)
    one.weight.data = (conv.weight.data / side**2).repeat(1, 1, side, side)
    return nn.Sequential(one, norm)
