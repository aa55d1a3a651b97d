"""What sets the two networks apart when they are trained."""

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
import torch
from torch import Tensor, nn

from focalface.tools.describers.embedded.alignment import CROP
from focalface.tools.face.landmarks import MESH
from focalface.tools.training.describer import watch
from focalface.tools.training.describer.checkpoints import averaged
from focalface.tools.training.describer.parts.batches import PartExamples
from focalface.tools.training.describer.parts.losses import part_loss
from focalface.tools.training.describer.parts.model import PartNet
from focalface.tools.training.describer.reading.batches import ReadingExamples
from focalface.tools.training.describer.reading.losses import reading_loss
from focalface.tools.training.describer.reading.model import ReadingNet
from focalface.tools.training.describer.rows import Rows

SMALL_CROP = 80
"""Side of the crops with which a network learns the most of what it knows, faster."""


class Plan(NamedTuple):
    """The knobs of a run.

    ``small``: share of the time with crops of 80 pixels instead of 96.
    """

    hours: float = 1.2
    batch: int = 64
    rate: float = 2.5e-3
    decay: float = 0.03
    small: float = 0.0
    seed: int = 0

    def rate_at(self, progress: float) -> float:
        """Learning rate: linear warm-up over 2 %, then a cosine down to 1 % of it."""
        if progress < 0.02:
            return self.rate * max(progress, 1e-4) / 0.02
        fall = 0.5 * (1 + math.cos(math.pi * min(1.0, progress)))
        return self.rate * (0.99 * fall + 0.01)

    def size_at(self, progress: float) -> int:
        """Side of the crops."""
        return SMALL_CROP if progress < self.small else CROP


class Batches(Protocol):
    """Makes a batch of ``count`` examples; where it cuts crops, they have ``size`` pixels."""

    def __call__(self, count: int, size: int) -> Any:
        """A batch with a method ``to(device)``."""


class Task(NamedTuple):
    """One network: how it begins, learns and is watched."""

    plan: Plan
    fresh: Callable[[Rows, Path | None], nn.Module]
    batches: Callable[[Rows, np.random.Generator], Batches]
    loss: Callable[[Any, Any], tuple[Tensor, dict[str, float]]]
    figures: Callable[[Any, Rows], dict[str, float]]


def _reader(rows: Rows) -> ReadingNet:
    """A reading network that begins at the mean face."""
    model = ReadingNet()
    some = np.flatnonzero(rows.training & rows.flag("has_mesh"))[::7]
    mean = np.stack([rows.mesh_in_crop(int(i)) for i in some]).mean(0, dtype=np.float32)
    model.landmarks.bias.data.copy_(torch.from_numpy(mean[list(MESH)]).flatten())
    return model


def _filled(model: nn.Module, start: Path | None) -> nn.Module:
    """A network with the averaged weights of a checkpoint, if there is one."""
    if start:
        model.load_state_dict(averaged(start))
    return model


TASKS = {
    "reading": Task(
        Plan(small=0.5),
        lambda rows, start: _filled(_reader(rows), start),
        ReadingExamples,
        reading_loss,
        watch.reading_figures,
    ),
    "part": Task(
        Plan(batch=96, rate=3e-3),
        lambda rows, start: _filled(PartNet(), start),
        PartExamples,
        part_loss,
        watch.part_figures,
    ),
}
