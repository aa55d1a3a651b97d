"""What sets the three networks apart when they are trained."""

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
from focalface.tools.training.describer.face.batches import FaceExamples, mean_mesh
from focalface.tools.training.describer.face.losses import face_loss
from focalface.tools.training.describer.face.model import FaceNet, scaled
from focalface.tools.training.describer.parts.batches import PartExamples
from focalface.tools.training.describer.parts.losses import part_loss
from focalface.tools.training.describer.parts.model import PartNet
from focalface.tools.training.describer.reading.batches import ReadingExamples
from focalface.tools.training.describer.reading.losses import reading_loss
from focalface.tools.training.describer.reading.model import ReadingNet
from focalface.tools.training.describer.rows import Rows
from focalface.tools.training.published import restore

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


def _face(rows: Rows, start: Path | None) -> FaceNet:
    """A face network that begins at the mean face, or with published weights."""
    model = FaceNet()
    model.face.points.bias.data.copy_(torch.from_numpy(mean_mesh(rows)[list(MESH)]).flatten())
    if start:
        examples = FaceExamples(rows, np.random.default_rng(0))
        restore(model, start, [scaled(examples(96, CROP).crops) for _ in range(8)], prefix="face.")
    return model


def _filled(model: nn.Module, start: Path | None) -> nn.Module:
    """A network with the averaged weights of a checkpoint, if there is one."""
    if start:
        model.load_state_dict(averaged(start))
    return model


TASKS = {
    "reading": Task(
        Plan(small=0.5),
        lambda rows, start: _filled(ReadingNet(), start),
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
    "face": Task(
        Plan(batch=96, rate=2e-3, decay=0.05),
        _face,
        FaceExamples,
        face_loss,
        watch.face_figures,
    ),
}
