"""What a reading network says of crops, as probabilities: one view, or with the mirror image."""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from focalface.tools.describers.embedded.views import averaged
from focalface.tools.training.describer.codes import CATEGORIES
from focalface.tools.training.describer.reading.model import POSE_UNIT, ReadingNet, normalised

OUTPUTS = ("landmarks", "pose", "lids", "units", "sides", "emotion", "age", *CATEGORIES)
BATCH = 96

Floats = NDArray[np.float32]


class OneView(nn.Module):
    """Crops (N, 1, S, S) of grey 0..255 to ``OUTPUTS``, see ``export``.

    A unit of the whole face is the mean of what the whole and both halves say.
    """

    def __init__(self, net: ReadingNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, crop: Tensor) -> tuple[Tensor, ...]:
        """Return one tensor an output."""
        found = self.net(normalised(crop))
        sides = torch.sigmoid(found.sides)
        return (
            found.landmarks,
            found.pose * POSE_UNIT,
            torch.sigmoid(found.lids),
            (torch.sigmoid(found.units) + sides.mean(1)) / 2,
            sides,
            torch.softmax(found.emotion, -1),
            torch.softmax(found.age, -1),
            *(torch.softmax(found.categories[name], -1) for name in CATEGORIES),
        )


def read_views(net: ReadingNet, crops: NDArray[np.uint8]) -> dict[str, Floats]:
    """``OUTPUTS`` for crops (N, S, S), averaged with their mirror images, in evaluation mode."""
    training = net.training
    view = OneView(net).eval()
    one, mirrored = (_batched(view, side) for side in (crops, crops[..., ::-1]))
    net.train(training)
    return {name: v.astype(np.float32) for name, v in averaged(one, mirrored).items()}


def _batched(view: OneView, crops: NDArray[np.uint8]) -> dict[str, Floats]:
    device = next(view.parameters()).device
    found: list[Sequence[Tensor]] = []
    with torch.no_grad():
        for start in range(0, len(crops), BATCH):
            part = torch.from_numpy(crops[start : start + BATCH].copy())[:, None]
            found.append([t.float().cpu() for t in view(part.to(device))])
    columns = (torch.cat(c).numpy() for c in zip(*found, strict=True))
    return dict(zip(OUTPUTS, columns, strict=True))
