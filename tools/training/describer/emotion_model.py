"""The emotion network: the face network's trunk, and a branch of its own that learns emotion alone.

Landmarks, units, age and emotion pull the shared branch in different directions; a copy of it that
goes on from there with emotion as its only task, and mostly on FER2013, reads emotion better. The
trunk is not touched, so at run time both branches share its features.
"""

from typing import Self

import torch
from torch import Tensor

from focalface.tools.training.describer.batches import Batch
from focalface.tools.training.describer.losses import emotion_loss
from focalface.tools.training.describer.model import FaceReader, scale

SHARES = {"fer2013": 0.76, "muxspace": 0.24}
"""Share of each source in a batch."""


class EmotionReader(FaceReader):
    """A copy of a trained face network; crops (B, 1, 96, 96) -> emotion logits (B, 7)."""

    def train(self, mode: bool = True) -> Self:
        """Trains the branch; the trunk keeps its weights and its statistics."""
        super().train(mode)
        for part in (self.stem, self.trunk_block):
            part.eval()
        return self

    def forward(self, x: Tensor) -> Tensor:  # type: ignore[override]
        """See the class."""
        with torch.no_grad():
            features = self.trunk(x)
        return self.face(features)[2].emotion  # type: ignore[no-any-return]


def loss(model: EmotionReader, batch: Batch) -> tuple[Tensor, dict[str, float]]:
    """Cross-entropy with label smoothing."""
    crops = scale(batch.crops).contiguous(memory_format=torch.channels_last)
    found = emotion_loss(model(crops).float(), batch.emotion).mean()
    return found, {"emotion": float(found.detach())}
