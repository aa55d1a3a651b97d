"""What the describer is trained to minimise; every term is a mean over the labels that exist."""

import torch
import torch.nn.functional as F
from torch import Tensor

from focalface.tools.training.describer.batches import Batch
from focalface.tools.training.describer.labels import AGE_BINS
from focalface.tools.training.describer.model import Attributes, FaceReader, scale

YEARS = torch.arange(AGE_BINS, dtype=torch.float32)


def _mean(values: Tensor, weight: Tensor) -> Tensor:
    return (values * weight).sum() / weight.sum().clamp(min=1)


def emotion_loss(logits: Tensor, label: Tensor) -> Tensor:
    """Cross-entropy with label smoothing, one value each; label -1 gives 0."""
    loss = F.cross_entropy(logits, label.clamp(min=0), reduction="none", label_smoothing=0.03)
    return loss * (label >= 0)


def age_loss(logits: Tensor, age: Tensor) -> Tensor:
    """Cross-entropy to a bell round the age plus the ranked probability score, one value each.

    The bell widens with age, as people's guesses do (1 year at birth, 4.5 at seventy). The score
    keeps the spread honest and pulls the median to the age.
    """
    years = YEARS.to(logits.device)
    wide = (1 + 0.05 * age.clamp(min=0).float())[:, None]
    bell = torch.softmax(-((years - age[:, None]) ** 2) / (2 * wide**2), -1)
    log = F.log_softmax(logits, -1)
    cross = -(bell * log).sum(-1)
    ranked = ((log.exp().cumsum(-1) - bell.cumsum(-1)) ** 2).sum(-1)
    return (0.4 * cross + 0.5 * ranked) * (age >= 0)


def point_loss(points: Tensor, batch: Batch) -> Tensor:
    """Mean distance as a fraction of the crop, smooth near zero."""
    distance = torch.sqrt(((points - batch.points) ** 2).sum(-1) + 1e-6)
    return _mean(distance, batch.point_weight)


def attributes_loss(out: Attributes, batch: Batch, seen: Tensor | None) -> Tensor:
    """Loss of faces (N, ..) or, with ``seen`` (N, K, channels), of their regions (N, K, ..).

    The weights make the gradients of the three parts about equally large in the face branch; with
    equal weights age drowned the others.
    """
    lead = out.emotion.shape[:-1]
    spread = (lambda t: t[:, None].expand(lead)) if len(lead) == 2 else (lambda t: t)
    emotion = spread(batch.emotion[: lead[0]]).flatten()
    age = spread(batch.age[: lead[0]]).flatten()
    off = F.smooth_l1_loss(
        out.units,
        (batch.units[: lead[0], None] if seen is not None else batch.units).expand_as(out.units),
        reduction="none",
    )
    weight = batch.mesh_weight[: lead[0]]
    weight = weight[:, None, None] * seen if seen is not None else weight[:, None].expand_as(off)
    return (
        emotion_loss(out.emotion.flatten(0, -2), emotion).mean() * 2
        + age_loss(out.age.flatten(0, -2), age).mean() * 0.3
        + _mean(off, weight) * 6
    )


def face_loss(model: FaceReader, batch: Batch) -> tuple[Tensor, dict[str, float]]:
    """The training loss of the face network and its parts for the log."""
    crops = scale(batch.crops).contiguous(memory_format=torch.channels_last)
    points, pose, face = model(crops)
    face = Attributes(*(t.float() for t in face))
    off_pose = F.smooth_l1_loss(pose.float(), batch.pose, reduction="none")
    parts = {
        "points": 40 * point_loss(points.float(), batch),
        "pose": 0.5 * _mean(off_pose, batch.mesh_weight[:, None].expand_as(off_pose)),
        "face": attributes_loss(face, batch, None),
    }
    return torch.stack(list(parts.values())).sum(), {k: float(v.detach()) for k, v in parts.items()}
