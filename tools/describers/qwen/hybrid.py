"""The hybrid: the embedded describer's reading network as the eyes of a small Qwen2.5-VL.

A vision tower that starts from nothing needs millions of faces. The network that reads units for
the embedded describer has seen them: here its feature map stands where Qwen's vision blocks stand,
one cell a visual token, and a merger takes it into the language model. Everything after that is
Qwen2.5-VL's own classes. The network's weights stay as they are; a hybrid sees no more than it.

A picture of n x n squares of 28 pixels becomes 16 n x 16 n grey pixels, and those a map of n x n
cells, as many as Qwen counts tokens for it. Pictures of a whole face (``FACE_CELLS`` squares a
side) also get the network's summary of the face in every token.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import PIL.Image
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from transformers import Qwen2_5_VLForConditionalGeneration
from transformers.modeling_outputs import BaseModelOutputWithPooling

from focalface.tools.describers.language.focal import PATCH

ARCHITECTURE = "HybridForConditionalGeneration"
CELL = 16
"""Side in grey pixels of what one cell of the feature map stands for."""
FACE_CELLS = 6
"""Cells along a side of a picture that shows a whole face: 96 grey pixels."""
WIDTHS = (24, 48, 96, 160)
_SUMMARY, _REDUCED, _GRID = 256, 64, 7
_FACE_SIZE = PATCH * FACE_CELLS
_PROCESSOR = "preprocessor_config.json"


class HybridForConditionalGeneration(Qwen2_5_VLForConditionalGeneration):
    """Qwen2.5-VL whose vision tower is a :class:`ReadingTower`."""

    def __init__(self, config: Any) -> None:
        super().__init__(config)
        self.model.visual = ReadingTower(config.text_config.hidden_size)


class ReadingTower(nn.Module):
    """Grey cells (cells of all pictures, 256) -> visual tokens (cells, width of the text model)."""

    spatial_merge_size = 2

    def __init__(self, width: int) -> None:
        super().__init__()
        self.reader = Reader()
        seen = WIDTHS[-1] + self.reader.summary_width
        self.merger = nn.Sequential(
            nn.LayerNorm(seen), nn.Linear(seen, 2 * width), nn.GELU(), nn.Linear(2 * width, width)
        )

    @property
    def dtype(self) -> torch.dtype:
        """Number format of the weights."""
        return self.merger[1].weight.dtype

    def forward(self, hidden_states: Tensor, grid_thw: Tensor, **_: Any) -> Any:
        """Visual tokens of all pictures, one after the other, as ``pooler_output``."""
        sides = (grid_thw[:, 1] // self.spatial_merge_size).tolist()
        pictures = list(hidden_states.split([n * n for n in sides]))
        features: list[Tensor] = [hidden_states] * len(pictures)
        for side in set(sides):
            places = [i for i, n in enumerate(sides) if n == side]
            read = self.reader(torch.stack([_uncut(pictures[i], side) for i in places]))
            for i, own in zip(places, read, strict=True):
                features[i] = own
        joined = torch.cat(features)
        return BaseModelOutputWithPooling(
            last_hidden_state=joined, pooler_output=self.merger(joined)
        )


class Reader(nn.Module):
    """The frozen network: grey pictures (N, 1, 16 n, 16 n) -> features of cells (N, n * n, 576)."""

    summary_width = _SUMMARY + WIDTHS[-1]

    def __init__(self) -> None:
        super().__init__()
        first = WIDTHS[0]
        self.stem = nn.Sequential(
            nn.Conv2d(1, first, 5, 2, 2, bias=False), nn.BatchNorm2d(first), nn.ReLU()
        )
        blocks: list[nn.Module] = []
        for width, wider, more in zip(WIDTHS, WIDTHS[1:], (0, 1, 1), strict=False):
            blocks += [_Block(width, wider, 2), *(_Block(wider, wider) for _ in range(more))]
        self.trunk = nn.Sequential(*blocks)
        self.red = nn.Sequential(
            nn.Conv2d(WIDTHS[-1], _REDUCED, 1, bias=False), nn.BatchNorm2d(_REDUCED), nn.ReLU()
        )
        wide = _REDUCED * _GRID**2 + WIDTHS[-1]
        self.mix = nn.Sequential(
            nn.Linear(wide, _SUMMARY, bias=False), nn.BatchNorm1d(_SUMMARY), nn.ReLU()
        )
        self.requires_grad_(False).eval()

    def train(self, mode: bool = True) -> "Reader":
        """Stays as it is: its statistics belong to its own training."""
        super().train(False)
        return self

    @torch.no_grad()
    def forward(self, grey: Tensor) -> Tensor:
        """Features of the cells, row by row; the summary is zero for anything but a face."""
        cells = self.trunk(self.stem(grey))
        summary = cells.new_zeros((len(grey), self.summary_width))
        if cells.shape[-1] == FACE_CELLS:
            summary = self._summary(cells)
        flat = cells.flatten(2).transpose(1, 2)
        return torch.cat([flat, summary[:, None].expand(-1, flat.shape[1], -1)], -1)

    def _summary(self, cells: Tensor) -> Tensor:
        reduced, whole = (
            F.interpolate(x, size=(_GRID, _GRID), mode="bilinear", align_corners=False)
            for x in (self.red(cells), cells)
        )
        mean = whole.mean((2, 3))
        return torch.cat([self.mix(torch.cat([reduced.flatten(1), mean], 1)), mean], 1)

    def take(self, weights: dict[str, Tensor]) -> None:
        """Takes the weights of a trained reading network; heads that are not needed are left.

        Raises ``KeyError`` when it is another network.
        """
        own = self.state_dict()
        self.load_state_dict({name: weights[name] for name in own})


class _Block(nn.Module):
    """Two 3 x 3 convolutions with a shortcut."""

    def __init__(self, width: int, wider: int, stride: int = 1) -> None:
        super().__init__()
        self.a = nn.Conv2d(width, wider, 3, stride, 1, bias=False)
        self.n = nn.BatchNorm2d(wider)
        self.b = nn.Conv2d(wider, wider, 3, 1, 1, bias=False)
        self.m = nn.BatchNorm2d(wider)
        self.sc: nn.Module = nn.Identity()
        if width != wider or stride > 1:
            shrink = [nn.AvgPool2d(2)] if stride > 1 else []
            self.sc = nn.Sequential(
                *shrink, nn.Conv2d(width, wider, 1, bias=False), nn.BatchNorm2d(wider)
            )

    def forward(self, x: Tensor) -> Tensor:
        y = self.m(self.b(F.relu(self.n(self.a(x)))))
        return F.relu(y + self.sc(x))


class GreyCells:
    """The hybrid's image processor: pictures -> normalised grey cells, with Qwen's grid."""

    merge_size = 2

    def __call__(self, images: Sequence[PIL.Image.Image], return_tensors: str) -> dict[str, Any]:
        """``pixel_values`` (cells, 256) and ``image_grid_thw`` (pictures, 3) as NumPy arrays."""
        cut = [_cells(picture) for picture in images]
        sides = [2 * round(len(cells) ** 0.5) for cells in cut]
        return {
            "pixel_values": np.concatenate(cut),
            "image_grid_thw": np.array([[1, side, side] for side in sides], np.int64),
        }

    def save_pretrained(self, folder: Path) -> None:
        """Writes what tells a folder's processor apart from Qwen's own."""
        said = {"image_processor_type": type(self).__name__, "merge_size": self.merge_size}
        (Path(folder) / _PROCESSOR).write_text(json.dumps(said, indent=2), encoding="utf-8")


def _cells(picture: PIL.Image.Image) -> np.ndarray[Any, np.dtype[np.float32]]:
    n = max(1, round(picture.width / PATCH))
    grey = picture.convert("L").resize((CELL * n, CELL * n), PIL.Image.Resampling.BILINEAR)
    level = np.asarray(grey, np.float32)
    level = (level - level.mean()) / (level.std(ddof=1) + 8)
    cells = level.reshape(n, CELL, n, CELL).swapaxes(1, 2).reshape(n * n, CELL * CELL)
    whole: np.ndarray[Any, np.dtype[np.float32]] = cells.astype(np.float32)
    return whole


def _uncut(cells: Tensor, side: int) -> Tensor:
    """Cells (n * n, 256) -> a picture (1, 16 n, 16 n)."""
    rows = cells.view(side, side, CELL, CELL).transpose(1, 2)
    return rows.reshape(1, side * CELL, side * CELL)
