"""A loss in which what an answer is judged by weighs more than the form around it.

Of the 35 tokens of an answer one is an emotion and one an age. A base that writes already learns
them all the same; a small one from scratch spends its few steps on brackets and lists.
"""

import re
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from focalface.tools.training.finetune.data import IGNORED
from focalface.tools.training.finetune.plan import Emphasis
from focalface.tools.types import AGE_GROUPS, EMOTIONS

_LABELS = frozenset((*EMOTIONS, *(group for _, group in AGE_GROUPS)))
_PRESENT = re.compile(r'\W*AU\d+( left| right)?":')


class WeighedLoss:
    """Cross entropy of next tokens, called as the Trainer calls a loss of one's own."""

    def __init__(self, tokenizer: Any, emphasis: Emphasis) -> None:
        written = (tokenizer.decode([i]).strip() for i in range(len(tokenizer)))
        self.weights = torch.tensor([_weight(text, emphasis) for text in written])

    def __call__(self, outputs: Any, labels: Tensor, num_items_in_batch: Any = None) -> Tensor:
        """Return the loss a token with loss; ``labels`` (B, T) belong to ``outputs.logits``."""
        wanted = labels[:, 1:].flatten()
        logits = outputs.logits[:, :-1].flatten(0, 1).float()
        losses = F.cross_entropy(logits, wanted, ignore_index=IGNORED, reduction="none")
        weights = self.weights.to(losses.device)[wanted.clamp_min(0)]
        tokens = num_items_in_batch if num_items_in_batch is not None else (wanted >= 0).sum()
        total: Tensor = (losses * weights).sum() / tokens
        return total


def _weight(text: str, emphasis: Emphasis) -> float:
    if text in _LABELS:
        return emphasis.labels
    return emphasis.units if _PRESENT.fullmatch(text) else 1.0
