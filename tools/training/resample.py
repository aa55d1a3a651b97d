"""Cutting square frames out of pictures as two matrix products, so that it exports to ONNX.

A frame is (centre x, centre y, side) in fractions of the picture. Shrinking averages over a
triangle as wide as the step, so nothing aliases; beyond the picture there are zeros.
"""

import torch
from torch import Tensor


def _weights(centre: Tensor, side: Tensor, out: int, source: int) -> Tensor:
    """Weight of each of ``source`` pixels in each of ``out`` on one axis, (.., out, source)."""
    step = side * source / out
    at = (torch.arange(out, device=side.device) + 0.5) / out - 0.5
    at = (centre[..., None] + at * side[..., None]) * source - 0.5
    wide = step.clamp(min=1)[..., None, None]
    pixel = torch.arange(source, device=side.device)
    return (1 - (pixel - at[..., None]).abs() / wide).clamp(min=0) / wide


def sample(pictures: Tensor, frames: Tensor, out: int) -> Tensor:
    """Pictures (.., C, S, S) and frames (.., 3) -> (.., C, out, out); leading axes broadcast."""
    source = pictures.shape[-1]
    x, y, side = frames.unbind(-1)
    across = _weights(x, side, out, source).unsqueeze(-3)
    down = _weights(y, side, out, source).unsqueeze(-3)
    return down @ pictures @ across.transpose(-1, -2)
