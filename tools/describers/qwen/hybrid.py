"""The hybrid: the embedded describer's reading network as the eyes of a small Qwen2.5-VL.

A vision tower that starts from nothing needs millions of faces. The network that reads units for
the embedded describer has seen them: here its feature map stands where Qwen's vision blocks stand,
one cell a visual token, and a merger takes it into the language model. Everything after that is
Qwen2.5-VL's own classes. The network's weights stay as they are; a hybrid sees no more than it.

A picture of n x n squares of 28 pixels becomes 16 n x 16 n grey pixels, and those a map of n x n
cells, as many as Qwen counts tokens for it. Pictures of a whole face (``FACE_CELLS`` squares a
side) also get the network's summary of the face in every token, and what the network itself reads
from it: the logits of units, emotion, age and attributes. What a hybrid says of a face is in good
part that network's reading, put into words.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import PIL.Image
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from transformers import Qwen2_5_VLForConditionalGeneration
from transformers.modeling_outputs import BaseModelOutputWithPooling

from focalface.tools.describers.language.focal import PATCH
from focalface.tools.types import AGE_GROUPS

CELL = 16
"""Side in grey pixels of what one cell of the feature map stands for."""
FACE_CELLS = 6
"""Cells along a side of a picture that shows a whole face: 96 grey pixels."""
WIDTHS = (24, 48, 96, 160)
_SUMMARY, _REDUCED, _GRID = 256, 64, 7
_HALF, _HALVES = 128, (slice(0, 4), slice(3, 7))
_UNITS, _EMOTIONS, _YEARS = 32, 7, 101
_LOGIT_SCALE = 4.0
CATEGORIES = MappingProxyType(
    {
        "quality": 4, "eyes": 5, "mouth": 4, "brows": 3, "suggests": 9, "gaze": 5, "teeth": 2,
        "tongue": 2, "spectacles": 3, "facial_hair": 4, "head_wear": 4,
    }
)  # fmt: skip
"""What else the network tells of a face, with its number of classes."""
READ = 3 * _UNITS + _EMOTIONS + len(AGE_GROUPS) + sum(CATEGORIES.values())
"""Numbers that the network reads from a face: units of the whole and of the halves, and more."""
SEEN = WIDTHS[-1] + _SUMMARY + WIDTHS[-1] + READ
"""Numbers that a visual token is made of."""
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
        self.merger = Merger(width)

    @property
    def dtype(self) -> torch.dtype:
        """Number format of the weights."""
        return self.merger.straight.weight.dtype

    def forward(self, hidden_states: Tensor, grid_thw: Tensor, **_: Any) -> Any:
        """Return visual tokens of all pictures, one after the other, as ``pooler_output``."""
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


class Merger(nn.Module):
    """Features of cells (cells, ``SEEN``) -> visual tokens (cells, width)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(SEEN - READ)
        # Logits are almost what has to be said: a straight way for them is learnt at once.
        self.straight = nn.Linear(SEEN, width)
        self.bent = nn.Sequential(
            nn.Linear(SEEN, 2 * width), nn.GELU(), nn.Linear(2 * width, width, bias=False)
        )

    def forward(self, seen: Tensor) -> Tensor:
        """Normalise features; what was read keeps its scale."""
        features, read = seen.split([SEEN - READ, READ], -1)
        x = torch.cat([self.norm(features), read / _LOGIT_SCALE], -1)
        tokens: Tensor = self.straight(x) + self.bent(x)
        return tokens


class Reader(nn.Module):
    """The frozen network: grey pictures (N, 1, 16 n, 16 n) -> of cells (N, n * n, ``SEEN``).

    Its parts have the names that they have in training.
    """

    def __init__(self) -> None:
        super().__init__()
        top, summary = WIDTHS[-1], _SUMMARY + WIDTHS[-1]
        self.stem = nn.Sequential(_conv(1, WIDTHS[0], 5, 2), nn.ReLU())
        blocks: list[nn.Module] = []
        for width, wider, more in zip(WIDTHS, WIDTHS[1:], (0, 1, 1), strict=False):
            blocks += [_Block(width, wider, 2), *(_Block(wider, wider) for _ in range(more))]
        self.trunk = nn.Sequential(*blocks)
        self.squeeze = nn.Sequential(_conv(top, _REDUCED, 1), nn.ReLU())
        self.mix = _dense(_REDUCED * _GRID**2 + top, _SUMMARY)
        half = _REDUCED * _GRID * (_GRID // 2 + 1) + top
        self.halves = nn.ModuleList(
            nn.Sequential(_dense(half, _HALF), nn.Linear(_HALF, _UNITS)) for _ in range(2)
        )
        self.units = nn.Linear(summary, _UNITS)
        self.emotion = nn.Linear(summary, _EMOTIONS)
        self.age = nn.Linear(summary, _YEARS)
        self.categories = nn.ModuleDict({k: nn.Linear(summary, n) for k, n in CATEGORIES.items()})
        self.requires_grad_(False).eval()

    def train(self, mode: bool = True) -> "Reader":
        """Stay as it is: its statistics belong to its own training."""
        super().train(False)
        return self

    @torch.no_grad()
    def forward(self, grey: Tensor) -> Tensor:
        """Return what is seen in the cells, row by row; of the face as a whole only where it is
        one."""
        cells = self.trunk(self.stem(grey))
        flat = cells.flatten(2).transpose(1, 2)
        whole = cells.new_zeros((len(grey), SEEN - WIDTHS[-1]))
        if cells.shape[-1] == FACE_CELLS:
            whole = self._face(cells)
        return torch.cat([flat, whole[:, None].expand(-1, flat.shape[1], -1)], -1)

    def _face(self, cells: Tensor) -> Tensor:
        """Summary and logits of whole faces (N, ``SEEN`` - 160)."""
        reduced, whole = (
            F.interpolate(x, size=(_GRID, _GRID), mode="bilinear", align_corners=False)
            for x in (self.squeeze(cells), cells)
        )
        mean = whole.mean((2, 3))
        summary = torch.cat([self.mix(torch.cat([reduced.flatten(1), mean], 1)), mean], 1)
        sides = [
            half(torch.cat([reduced[..., at].flatten(1), whole[..., at].mean((2, 3))], 1))
            for half, at in zip(self.halves, _HALVES, strict=True)
        ]
        emotion = self.emotion(summary).log_softmax(-1)
        kinds = [head(summary).log_softmax(-1) for head in self.categories.values()]
        return torch.cat(
            [summary, self.units(summary), *sides, emotion, self._ages(summary), *kinds], 1
        )

    def _ages(self, summary: Tensor) -> Tensor:
        """Log-probabilities of the age groups."""
        years = self.age(summary).softmax(-1)
        starts = [start for start, _ in AGE_GROUPS]
        groups = [years[:, a:b].sum(1) for a, b in zip(starts, [*starts[1:], _YEARS], strict=True)]
        return torch.stack(groups, 1).clamp_min(1e-4).log()

    def take(self, weights: dict[str, Tensor]) -> None:
        """Take the weights of a trained reading network; heads that are not needed are left.

        Raises ``KeyError`` when it is another network.
        """
        own = self.state_dict()
        # Halves may tell more than units, after them; what has no rows is a counter.
        self.load_state_dict(
            {k: weights[k][: len(v)] if v.dim() else weights[k] for k, v in own.items()}
        )


class _Block(nn.Module):
    """Two 3 x 3 convolutions with a shortcut."""

    def __init__(self, width: int, wider: int, stride: int = 1) -> None:
        super().__init__()
        self.first = _conv(width, wider, 3, stride)
        self.second = _conv(wider, wider, 3)
        self.short: nn.Module = nn.Identity()
        if width != wider or stride > 1:
            self.short = nn.Sequential(nn.AvgPool2d(stride), _conv(width, wider, 1))

    def forward(self, x: Tensor) -> Tensor:
        y = self.second(F.relu(self.first(x)))
        return F.relu(y + self.short(x))


def _conv(width: int, wider: int, kernel: int, stride: int = 1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(width, wider, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(wider)
    )


def _dense(width: int, wider: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(width, wider, bias=False), nn.BatchNorm1d(wider), nn.ReLU())


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
        """Write what tells a folder's processor apart from Qwen's own."""
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
