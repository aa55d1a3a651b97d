"""The face detector network: a small backbone, a two-way pyramid, SCRFD-shaped outputs.

SCRFD's layout (Guo et al. 2021, arXiv 2105.04714) as insightface's runtime decodes it: strides 8,
16 and 32, two anchors a cell, distances and offsets in strides from the cell's *top left corner*.
"""

from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from focalface.tools.training.published import restore

STRIDES = (8, 16, 32)
ANCHOR_SIZES = ((16.0, 32.0), (64.0, 128.0), (256.0, 512.0))
"""Face size in pixels, sqrt(width * height), at which each of a cell's two anchors is at home."""


def conv(inputs: int, outputs: int, kernel: int = 3, stride: int = 1, groups: int = 1) -> nn.Module:
    """Make convolution, batch normalisation and ReLU."""
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(inplace=True),
    )


def separable(inputs: int, outputs: int, stride: int = 1) -> nn.Module:
    """Return a 3x3 convolution per channel, then a 1x1 convolution across channels."""
    return nn.Sequential(conv(inputs, inputs, 3, stride, inputs), conv(inputs, outputs, 1))


class Residual(nn.Module):
    """x + two 3x3 convolutions of x, separable or dense."""

    def __init__(self, channels: int, *, dense: bool) -> None:
        super().__init__()
        last = (
            [nn.Conv2d(channels, channels, 3, padding=1, bias=False)]
            if dense
            else [
                nn.Conv2d(channels, channels, 3, padding=1, groups=channels, bias=False),
                nn.BatchNorm2d(channels),
                nn.Conv2d(channels, channels, 1, bias=False),
            ]
        )
        first = conv(channels, channels) if dense else separable(channels, channels)
        self.body = nn.Sequential(first, *last, nn.BatchNorm2d(channels))

    def forward(self, x: Tensor) -> Tensor:
        """Return the same shape as comes in."""
        return F.relu(x + self.body(x))


class Head(nn.Module):
    """Scores, boxes and keypoints of one pyramid level, in units that are about 1 when right."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.shared = separable(channels, channels)
        self.geometry = separable(channels, channels)
        self.score = nn.Conv2d(channels, 2, 1)
        self.box = nn.Conv2d(channels, 2 * 4, 1)
        self.keypoints = nn.Conv2d(channels, 2 * 10, 1)
        nn.init.normal_(self.score.weight, std=0.01)
        nn.init.constant_(self.score.bias, -4.6)  # 1 % of cells: few are faces
        nn.init.normal_(self.box.weight, std=0.01)
        nn.init.constant_(self.box.bias, 1.0)  # the anchor itself
        nn.init.normal_(self.keypoints.weight, std=0.01)
        nn.init.zeros_(self.keypoints.bias)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return (batch, anchors, 1) logits, (batch, anchors, 4) and (batch, anchors, 10)."""
        x = self.shared(x)
        y = self.geometry(x)
        return _rows(self.score(x), 1), _rows(self.box(y), 4), _rows(self.keypoints(y), 10)


def _rows(x: Tensor, width: int) -> Tensor:
    return x.permute(0, 2, 3, 1).reshape(x.shape[0], -1, width)


class FaceDetector(nn.Module):
    """RGB in, ``(x - 127.5) / 128``, sides multiples of 32; nine outputs in SCRFD's order.

    Separable convolutions where the map is large, dense ones where it is small: at equal latency in
    onnxruntime the dense ones learn faster. Channel counts are multiples of 16, its block.
    """

    def __init__(self, neck: int = 48) -> None:
        super().__init__()
        self.stem = nn.Sequential(conv(3, 16, 3, 2), separable(16, 32, 2))
        self.stages = nn.ModuleList(
            [
                nn.Sequential(separable(32, 48, 2), *(Residual(48, dense=False) for _ in range(2))),
                nn.Sequential(conv(48, 64, 3, 2), *(Residual(64, dense=True) for _ in range(2))),
                nn.Sequential(conv(64, 96, 3, 2), Residual(96, dense=True)),
            ]
        )
        self.lateral = nn.ModuleList(conv(c, neck, 1) for c in (48, 64, 96))
        self.down = nn.ModuleList(separable(neck, neck) for _ in range(2))
        self.up = nn.ModuleList(separable(neck, neck, 2) for _ in range(2))
        self.heads = nn.ModuleList(Head(neck) for _ in STRIDES)

    def pyramid(self, x: Tensor) -> list[Tensor]:
        """Mix features at strides 8, 16, 32 from coarse to fine and back."""
        x = self.stem(x)
        levels = []
        for stage, lateral in zip(self.stages, self.lateral, strict=True):
            x = stage(x)
            levels.append(lateral(x))
        p8, p16, p32 = levels
        p16 = self.down[1](p16 + F.interpolate(p32, scale_factor=2.0))
        p8 = self.down[0](p8 + F.interpolate(p16, scale_factor=2.0))
        p16 = p16 + self.up[0](p8)
        return [p8, p16, p32 + self.up[1](p16)]

    def forward(self, x: Tensor) -> list[Tensor]:
        """Return logits of three levels, then boxes, then keypoints, in units of the anchors."""
        found = [head(p) for head, p in zip(self.heads, self.pyramid(x), strict=True)]
        return [level[part] for part in range(3) for level in found]


class Exported(nn.Module):
    """The detector as the runtime wants it: probabilities, and geometry in strides."""

    def __init__(self, model: FaceDetector) -> None:
        super().__init__()
        self.model = model
        for head, stride, sizes in zip(model.heads, STRIDES, ANCHOR_SIZES, strict=True):
            for size, anchor in zip(sizes, (0, 1), strict=True):
                _scale(head.box, anchor, 4, size / 2 / stride)
                _scale(head.keypoints, anchor, 10, size / 2 / stride)

    def forward(self, x: Tensor) -> list[Tensor]:
        """Return nine outputs: scores, boxes, keypoints, each for strides 8, 16, 32."""
        out = self.model(x)
        return [y.sigmoid() for y in out[:3]] + out[3:]


def load_published(model: FaceDetector, path: Path, batches: list[Tensor]) -> None:
    """Undo ``export``: fill ``model`` from an ONNX file; ``batches`` are inputs of training."""
    restore(model, path, batches)
    for head, stride, sizes in zip(model.heads, STRIDES, ANCHOR_SIZES, strict=True):
        for size, anchor in zip(sizes, (0, 1), strict=True):
            _scale(head.box, anchor, 4, 2 * stride / size)
            _scale(head.keypoints, anchor, 10, 2 * stride / size)


def _scale(layer: nn.Conv2d, anchor: int, width: int, factor: float) -> None:
    """Fold the anchor's half size into the last layer, so that the unit costs nothing to undo."""
    part = slice(anchor * width, (anchor + 1) * width)
    with torch.no_grad():
        layer.weight[part] *= factor
        assert layer.bias is not None
        layer.bias[part] *= factor


def export(model: FaceDetector, path: Path) -> None:
    """Write ONNX with free height and width. Changes ``model``; give it a copy."""
    names = [f"{what}_{s}" for what in ("score", "box", "keypoints") for s in STRIDES]
    sizes: dict[str, dict[int, str]] = {"image": {2: "height", 3: "width"}}
    sizes |= {name: {1: f"anchors_{name.split('_')[1]}"} for name in names}
    torch.onnx.export(
        Exported(model).eval(),
        (torch.zeros(1, 3, 640, 640),),
        path,
        input_names=["image"],
        output_names=names,
        dynamic_axes=sizes,
        opset_version=17,
        dynamo=False,
    )


@dataclass(frozen=True)
class Anchors:
    """The anchors of a square input, in the order of the network's rows.

    ``points`` (n, 2) x, y in pixels; ``sizes`` (n,) and ``strides`` (n,) in pixels.
    """

    points: Tensor
    sizes: Tensor
    strides: Tensor

    @classmethod
    def of(cls, side: int, device: torch.device) -> "Anchors":
        """Make anchors for an input of ``side`` x ``side`` pixels, a multiple of 32."""
        points, sizes, strides = [], [], []
        for stride, pair in zip(STRIDES, ANCHOR_SIZES, strict=True):
            at = torch.arange(side // stride, device=device) * float(stride)
            y, x = torch.meshgrid(at, at, indexing="ij")
            points.append(torch.stack([x, y], -1).reshape(-1, 2).repeat_interleave(2, 0))
            sizes.append(torch.tensor(pair, device=device).repeat(at.numel() ** 2))
            strides.append(torch.full_like(sizes[-1], float(stride)))
        return cls(torch.cat(points), torch.cat(sizes), torch.cat(strides))
