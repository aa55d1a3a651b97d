"""The network of the detector's second stage: is there a face in the middle of this cut-out?"""

import io

import onnx
import torch
from torch import Tensor, nn

from focalface.tools.detection.second_stage import SIDE

WIDTHS = (20, 40, 72, 112)
"""Channels at strides 2, 4, 8 and 16."""


class FaceOrNot(nn.Module):
    """(n, 3, 48, 48) as in ``second_stage.pixels`` -> logits (n,); 0.46 million parameters."""

    def __init__(self) -> None:
        super().__init__()
        stages = zip((3, *WIDTHS), WIDTHS, strict=False)
        self.body = nn.Sequential(*(nn.Sequential(_layer(a, b, 2), _Block(b)) for a, b in stages))
        self.drop = nn.Dropout(0.2)
        self.head = nn.Linear(WIDTHS[-1], 1)

    def forward(self, pixels: Tensor) -> Tensor:
        """Return one logit a cut-out."""
        logits: Tensor = self.head(self.drop(self.body(pixels).mean((2, 3))))[:, 0]
        return logits


class _Block(nn.Module):
    """Two 3x3 convolutions beside a shortcut (He et al. 2016)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = _layer(width, width, 1)
        self.second = nn.Sequential(
            nn.Conv2d(width, width, 3, padding=1, bias=False), nn.BatchNorm2d(width)
        )

    def forward(self, x: Tensor) -> Tensor:
        return torch.relu(x + self.second(self.first(x)))


def _layer(inputs: int, outputs: int, stride: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()
    )


def graph(model: FaceOrNot) -> onnx.ModelProto:
    """Return ``model`` as ONNX, for any number of cut-outs at once."""
    written = io.BytesIO()
    torch.onnx.export(
        model.eval(),
        (torch.zeros(2, 3, SIDE, SIDE),),
        written,
        input_names=["pixels"],
        output_names=["logits"],
        dynamic_axes={"pixels": {0: "n"}, "logits": {0: "n"}},
        opset_version=17,
        dynamo=False,
    )
    return onnx.load_from_string(written.getvalue())
