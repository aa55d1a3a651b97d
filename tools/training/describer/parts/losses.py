"""What the part network minimises."""

import torch
from torch import Tensor

from focalface.tools.training.describer.losses import age_loss
from focalface.tools.training.describer.parts.batches import PartBatch
from focalface.tools.training.describer.parts.model import PartNet


def part_loss(model: PartNet, batch: PartBatch) -> tuple[Tensor, dict[str, float]]:
    """Return the training loss and its parts for the log."""
    emotion, age = (t.float() for t in model(batch.patches, batch.masks, batch.frames))
    cross = -(batch.emotion * emotion.log_softmax(-1)).sum(-1)
    years_off = age_loss(age, batch.age, batch.years)
    parts = {
        "emotion": (cross * batch.emotion_weight).mean(),
        "age": 0.35 * (years_off * batch.age_weight).mean(),
    }
    return torch.stack(list(parts.values())).sum(), {k: float(v.detach()) for k, v in parts.items()}
