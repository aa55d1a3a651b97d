"""What the face network minimises."""

import torch
import torch.nn.functional as F
from torch import Tensor

from focalface.tools.training.describer.face.batches import FaceBatch
from focalface.tools.training.describer.face.model import FaceNet, scaled
from focalface.tools.training.describer.losses import class_loss, mean, ranked_age_loss


def point_loss(points: Tensor, batch: FaceBatch) -> Tensor:
    """Mean distance as a fraction of the crop, smooth near zero."""
    distance = torch.sqrt(((points - batch.points) ** 2).sum(-1) + 1e-6)
    return mean(distance, batch.point_weight)


def face_loss(model: FaceNet, batch: FaceBatch) -> tuple[Tensor, dict[str, float]]:
    """The training loss and its parts for the log; the weights make the gradients of the parts
    about equally large in the shared layers."""
    crops = scaled(batch.crops).contiguous(memory_format=torch.channels_last)
    points, pose, emotion, age = (t.float() for t in model(crops))
    off_pose = F.smooth_l1_loss(pose, batch.pose, reduction="none")
    parts = {
        "points": 40 * point_loss(points, batch),
        "pose": 0.5 * mean(off_pose, batch.mesh_weight[:, None].expand_as(off_pose)),
        "emotion": 2 * class_loss(emotion, batch.emotion, 0.03),
        "age": 0.3 * ranked_age_loss(age, batch.age).mean(),
    }
    return torch.stack(list(parts.values())).sum(), {k: float(v.detach()) for k, v in parts.items()}
