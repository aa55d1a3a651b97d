"""What the describer's networks minimise; every term is a mean over the labels that exist."""

import torch
import torch.nn.functional as F
from torch import Tensor

from focalface.tools.training.describer.codes import AGE_BINS

YEARS = torch.arange(AGE_BINS, dtype=torch.float32)
"""The age of each bin."""


def mean(values: Tensor, weight: Tensor) -> Tensor:
    """Return the weighted mean; 0 when nothing has weight."""
    return (values * weight).sum() / weight.sum().clamp(min=1)


def ordinal_loss(logits: Tensor, steps: Tensor) -> Tensor:
    """Cumulative binary cross-entropy and squared error of the expected code.

    Args:
        logits: (..., 2), for 'at least 1' and for 'at least 2'.
        steps: (..., 2), their targets 0..1 (see ``codes.steps``); NaN where nobody can tell.
    """
    known = torch.isfinite(steps[..., 0])
    steps = torch.where(known[..., None], steps, torch.zeros_like(steps))
    cross = F.binary_cross_entropy_with_logits(logits, steps, reduction="none").sum(-1)
    off = (logits.sigmoid().sum(-1) - steps.sum(-1)).square()
    return mean(cross + 0.7 * off, known.float())


def class_loss(logits: Tensor, label: Tensor, smoothing: float) -> Tensor:
    """Cross-entropy with label smoothing over the known labels; -1 is unknown."""
    known = label >= 0
    loss = F.cross_entropy(logits, label.clamp(min=0), reduction="none", label_smoothing=smoothing)
    return mean(loss, known.float())


def bell(years: Tensor, growth: float, base: float = 1.0) -> Tensor:
    """Return distributions (N, 101) round ages (N) that widen with them, as people's guesses do."""
    wide = (base + growth * years.clamp(min=0))[:, None]
    return torch.softmax(-((YEARS.to(years.device) - years[:, None]) ** 2) / (2 * wide**2), -1)


def age_loss(logits: Tensor, target: Tensor, years: Tensor) -> Tensor:
    """Cross-entropy to a distribution of age plus how far the mean is off, one value each.

    Args:
        logits, target: (N, 101).
        years: (N).
    """
    log = F.log_softmax(logits, -1)
    expected = (log.exp() * YEARS.to(logits.device)).sum(-1)
    return -(target * log).sum(-1) + 0.06 * (expected - years).abs()


def ranked_age_loss(logits: Tensor, age: Tensor) -> Tensor:
    """Cross-entropy to a bell round the age plus the ranked probability score, (N); -1 gives 0.

    The score keeps the spread honest and pulls the median to the age.
    """
    target = bell(age.float(), 0.05)
    log = F.log_softmax(logits, -1)
    cross = -(target * log).sum(-1)
    ranked = ((log.exp().cumsum(-1) - target.cumsum(-1)) ** 2).sum(-1)
    return (0.4 * cross + 0.5 * ranked) * (age >= 0)
