"""What the reading network minimises."""

import torch
import torch.nn.functional as F
from torch import Tensor

from focalface.tools.training.describer.codes import CATEGORIES
from focalface.tools.training.describer.losses import age_loss, class_loss, mean, ordinal_loss
from focalface.tools.training.describer.reading.batches import ReadingBatch
from focalface.tools.training.describer.reading.model import ReadingNet, normalised

WEIGHTS = {
    "quality": 0.4,
    "eyes": 0.6,
    "mouth": 0.6,
    "brows": 0.3,
    "suggests": 0.4,
    "gaze": 0.35,
    "teeth": 0.3,
    "tongue": 0.15,
    "spectacles": 0.3,
    "facial_hair": 0.3,
    "head_wear": 0.2,
}
"""Of each category, against 1 for the sides and 2 for the units."""


def lid_loss(logits: Tensor, closed: Tensor) -> Tensor:
    """Cross-entropy to how far lids (N, 2) are closed, NaN where nobody knows."""
    known = torch.isfinite(closed)
    target = torch.where(known, closed, torch.zeros_like(closed))
    cross = F.binary_cross_entropy_with_logits(logits, target, reduction="none")
    return mean(cross, known.float())


def reading_loss(model: ReadingNet, batch: ReadingBatch) -> tuple[Tensor, dict[str, float]]:
    """Return the training loss and its parts for the log."""
    crops = normalised(batch.crops).contiguous(memory_format=torch.channels_last)
    out = model(crops)
    cross = -(batch.emotion * out.emotion.float().log_softmax(-1)).sum(-1)
    years_off = age_loss(out.age.float(), batch.age, batch.years)
    off = torch.sqrt(((out.landmarks.float() - batch.landmarks) ** 2).sum(-1) + 1e-6).mean(-1)
    turned = F.smooth_l1_loss(out.pose.float(), batch.pose, reduction="none").mean(-1)
    parts = {
        "landmarks": 60 * mean(off, batch.shape_weight),
        "pose": 0.5 * mean(turned, (batch.shape_weight > 0).float()),
        "lids": 0.8 * lid_loss(out.lids.float(), batch.lids),
        "units": 2.0 * ordinal_loss(out.units.float(), batch.units),
        "sides": 1.0 * ordinal_loss(out.sides.float(), batch.sides),
        "emotion": 1.1 * mean(cross, batch.emotion.sum(-1)),
        "age": 0.4 * mean(years_off * batch.age_weight, (batch.age_weight > 0).float()),
    }
    for k, name in enumerate(CATEGORIES):
        loss = class_loss(out.categories[name].float(), batch.codes[:, k], 0.02)
        parts[name] = WEIGHTS[name] * loss
    return torch.stack(list(parts.values())).sum(), {k: float(v.detach()) for k, v in parts.items()}
