"""Which anchors answer for which face, and what a wrong answer costs.

Task-aligned assignment (Feng et al. 2021, arXiv 2108.07755) behind a fixed gate on place and size;
quality focal loss (Li et al. 2020, arXiv 2006.04388), GIoU loss, smooth L1 on keypoints.
"""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from focalface.tools.training.detector.model import Anchors

SIZE_RANGE = 2.2  # an anchor serves faces from its size / 2.2 to its size * 2.2
CANDIDATES = 10
BOX_WEIGHT, KEYPOINT_WEIGHT = 2.0, 20.0


@dataclass(frozen=True)
class Truth:
    """Labels of a batch, padded to G faces: pixels of the network's input.

    ``boxes`` (B, G, 4); ``keypoints`` (B, G, 5, 2), NaN unknown; ``real`` (B, G) a face to find;
    ``ignore`` (B, G) a place without loss; ``box_weight`` (B, G).
    """

    boxes: Tensor
    keypoints: Tensor
    real: Tensor
    ignore: Tensor
    box_weight: Tensor


@dataclass(frozen=True)
class Losses:
    """Terms of the loss, already weighted."""

    score: Tensor
    box: Tensor
    keypoints: Tensor

    @property
    def total(self) -> Tensor:
        """Their sum."""
        return self.score + self.box + self.keypoints


def decode(distances: Tensor, anchors: Anchors) -> Tensor:
    """Turn distances (..., n, 4) in half anchors from the anchors into xyxy pixels."""
    points, half = anchors.points, anchors.sizes[:, None] / 2
    return torch.cat(
        [points - distances[..., :2] * half, points + distances[..., 2:] * half], dim=-1
    )


def giou(a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    """Return IoU and generalised IoU of broadcastable xyxy boxes; inside-out ones have no area."""
    overlap = _area(torch.maximum(a[..., :2], b[..., :2]), torch.minimum(a[..., 2:], b[..., 2:]))
    union = _area(a[..., :2], a[..., 2:]) + _area(b[..., :2], b[..., 2:]) - overlap + 1e-6
    hull = _area(torch.minimum(a[..., :2], b[..., :2]), torch.maximum(a[..., 2:], b[..., 2:]))
    iou = overlap / union
    return iou, iou - (hull - union) / (hull + 1e-6)


def _area(low: Tensor, high: Tensor) -> Tensor:
    return (high - low).clamp(min=0).prod(-1)


@torch.no_grad()
def assign(score: Tensor, boxes: Tensor, anchors: Anchors, truth: Truth) -> tuple[Tensor, Tensor]:
    """Give each anchor a face, or none.

    Args:
        score: (B, n) probabilities; ``boxes``: (B, n, 4) predictions, pixels.

    Returns:
        (B, n) index of the face, -1 for none, and (B, n) the score to aim at: for the best anchor
        of a face the root of its overlap, for its others less.
    """
    gate = _gate(anchors, truth)
    iou, _ = giou(truth.boxes[:, :, None], boxes[:, None])
    metric = (score[:, None].clamp(min=1e-4) ** 0.5) * iou**3 * gate + 1e-9 * gate
    best, where = metric.topk(CANDIDATES, dim=-1)
    wanted = (iou * gate).topk(CANDIDATES, dim=-1).values.sum(-1).int().clamp(min=1)
    taken = torch.arange(CANDIDATES, device=score.device) < wanted[..., None]
    chosen = torch.zeros_like(metric).scatter_(-1, where, (taken & (best > 0)).to(metric.dtype))
    owner_iou, owner = (iou * chosen + chosen * 1e-6).max(1)
    positive = owner_iou > 0
    peak = metric.max(-1).values
    top_iou = (iou * chosen).max(-1).values
    target = (metric / peak.clamp(min=1e-12)[..., None]).sqrt() * top_iou.sqrt()[..., None]
    target = target.gather(1, owner[:, None]).squeeze(1) * positive
    return torch.where(positive, owner, -1), target


def _gate(anchors: Anchors, truth: Truth) -> Tensor:
    """(B, G, n) 1 where an anchor may serve a face: near its middle and about its size."""
    low, high = truth.boxes[..., :2], truth.boxes[..., 2:]
    middle, extent = (low + high) / 2, high - low
    size = extent.prod(-1).clamp(min=1).sqrt()[..., None]
    sizes = anchors.sizes
    fits = (size >= sizes / SIZE_RANGE) | (sizes == sizes.min())
    fits &= (size <= sizes * SIZE_RANGE) | (sizes == sizes.max())
    reach = torch.maximum(extent[:, :, None] * 0.3, anchors.strides[:, None])
    near = ((anchors.points - middle[:, :, None]).abs() <= reach).all(-1)
    return (fits & near & truth.real[..., None]).to(sizes.dtype)


def losses(outputs: list[Tensor], anchors: Anchors, truth: Truth) -> Losses:
    """Return the loss of a batch; ``outputs`` as ``FaceDetector`` gives them, in training units."""
    logits = torch.cat([o.float() for o in outputs[:3]], 1).squeeze(-1)
    distances = torch.cat([o.float() for o in outputs[3:6]], 1)
    offsets = torch.cat([o.float() for o in outputs[6:]], 1)
    boxes = decode(distances, anchors)
    probability = logits.sigmoid()
    owner, target = assign(probability, boxes, anchors, truth)
    positive = owner >= 0
    total = target.sum().clamp(min=1.0)

    in_ignored = _inside(anchors.points, truth.boxes, truth.ignore) & ~positive
    focal = (probability.detach() - target).abs() ** 2
    entropy = F.binary_cross_entropy_with_logits(logits, target, reduction="none")
    score = (focal * entropy * ~in_ignored).sum() / total

    row, anchor = positive.nonzero(as_tuple=True)
    face = owner[row, anchor]
    weight = target[row, anchor]
    _, overlap = giou(boxes[row, anchor], truth.boxes[row, face])
    box = ((1 - overlap) * weight * truth.box_weight[row, face]).sum() / total

    wanted = truth.keypoints[row, face]
    half = anchors.sizes[anchor, None, None] / 2
    found = anchors.points[anchor, None] + offsets[row, anchor].view(-1, 5, 2) * half
    known = torch.isfinite(wanted)
    extent = (truth.boxes[row, face, 2:] - truth.boxes[row, face, :2]).prod(-1).sqrt()
    error = (found - torch.where(known, wanted, found.detach())) / extent[:, None, None]
    each = F.smooth_l1_loss(error, torch.zeros_like(error), reduction="none", beta=0.02)
    keypoints = (each.mean((1, 2)) * weight).sum() / total
    return Losses(score, BOX_WEIGHT * box, KEYPOINT_WEIGHT * keypoints)


def _inside(points: Tensor, boxes: Tensor, which: Tensor) -> Tensor:
    """(B, n) whether an anchor's point lies in one of the boxes chosen by ``which`` (B, G)."""
    x, y = points[:, 0], points[:, 1]
    b = boxes[..., None]
    inside = (x >= b[:, :, 0]) & (x <= b[:, :, 2]) & (y >= b[:, :, 1]) & (y <= b[:, :, 3])
    return (inside & which[..., None]).any(1)
