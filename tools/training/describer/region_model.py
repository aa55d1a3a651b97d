"""The region network: reads a region from its own pixels and from nothing else.

```
crop 96 x 96, masks K x 48 x 48, frames K x 3
  -> pixels inside the mask, fitted into 24 x 24 -> three stages, 3 x 3 -+-> units, emotion, age
  where the frame lies on the aligned face --------------------------------+
```
What lies outside a region is zero before the first convolution, so it cannot change the reading.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from focalface.tools.describers.embedded.alignment import CROP, RASTER
from focalface.tools.training.describer.batches import Batch
from focalface.tools.training.describer.losses import attributes_loss
from focalface.tools.training.describer.model import Attributes, Block, Heads, conv, scale
from focalface.tools.training.describer.resample import fold, sample, weights

SIDE = 24
REGIONS_A_FACE = 5
SHARES = {"fer2013": 0.44, "muxspace": 0.2, "utkface": 0.32, "udacity": 0.04}
"""Share of each source in a batch."""


class RegionReader(nn.Module):
    """K regions of each of N faces to attributes of shape (N, K, ..)."""

    def __init__(self, widths: tuple[int, int, int] = (32, 64, 96), mixed: int = 192) -> None:
        super().__init__()
        first, second, third = widths
        self.stem = conv(8, first)
        self.stages = nn.Sequential(Block(first, second, 2), Block(second, third, 2))
        self.place = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 64))
        self.mix = nn.Sequential(
            nn.Linear(third * (SIDE // 8) ** 2 + 64, mixed, bias=False),
            nn.BatchNorm1d(mixed),
            nn.ReLU(),
        )
        self.heads = Heads(mixed, 0.1)

    def forward(self, crops: Tensor, masks: Tensor, frames: Tensor) -> Attributes:
        """``crops`` (N, 1, 96, 96) scaled, ``masks`` (N, K, 48, 48) 0..255, ``frames`` (N, K, 3),
        see ``alignment.frames_of``."""
        lead = masks.shape[:2]
        patches = self.patches(crops, masks, frames).flatten(0, 1)
        x = self.stages(F.relu(self.stem(patches)))
        x = torch.cat([x.flatten(1), self.place(self._position(frames.flatten(0, 1)))], 1)
        found = self.heads(self.mix(x))
        return Attributes(*(t.unflatten(0, lead) for t in found))

    @staticmethod
    def patches(crops: Tensor, masks: Tensor, frames: Tensor) -> Tensor:
        """Inside pixels with mean 0 and deviation about 1, then the mask; of both the 2 x 2 pixels
        of a place as channels: (N, K, 8, 12, 12)."""
        across, down = weights(frames, SIDE, CROP)
        inside = masks.float() / 255
        shown = torch.cat([inside, inside], -1)[:, :, None] * _folded(crops)
        light = sample(shown.flatten(2, 3), across, down)
        # A pixel of the mask is 2 x 2 of the crop, so it has the weights of both.
        seen = sample(inside, *(w[..., :RASTER] + w[..., RASTER:] for w in (across, down)))
        axes = (-3, -2, -1)
        total = seen.sum(axes, keepdim=True) + 1e-3
        mean = light.sum(axes, keepdim=True) / total
        off = (light - mean * seen) / (seen + 0.05)
        spread = ((seen * off.square()).sum(axes, keepdim=True) / total).sqrt()
        return torch.cat([off / (spread + 0.1), seen], 2)

    @staticmethod
    def _position(frames: Tensor) -> Tensor:
        """Place and size of a frame as (.., 20) smooth numbers."""
        x, y, side = frames.unbind(-1)
        size = side.log()
        turns = torch.stack([x, y], -1)[..., None] * (torch.pi * 2.0 ** torch.arange(4))
        waves = torch.cat([turns.sin(), turns.cos()], -1).flatten(-2)
        return torch.cat([waves, torch.stack([x - 0.5, y - 0.5, size, side], -1)], -1)


def _folded(crops: Tensor) -> Tensor:
    """(N, 1, 96, 96) -> (N, 1, 2, 48, 96): even, then odd rows; even columns before odd ones."""
    return fold(fold(crops, -2), -1).unflatten(-2, (2, -1))


def loss(model: RegionReader, batch: Batch) -> tuple[Tensor, dict[str, float]]:
    """The same terms as for the whole face, for regions, where the region can show them."""
    out = model(scale(batch.crops), batch.masks, batch.frames)
    out = Attributes(*(t.float() for t in out))
    found = attributes_loss(out, batch, batch.seen)
    return found, {"regions": float(found.detach())}
