"""Cutting square frames out of pictures as two matrix products, so that it exports to ONNX.

A frame is (centre x, centre y, side) in fractions of the picture. Shrinking averages over a
triangle as wide as the step, so nothing aliases; beyond the picture there are zeros.

Pictures are *folded* here: even rows and columns first, then the odd ones. A picture of half the
resolution is then repeated as a whole instead of pixel by pixel, and 2 x 2 pixels become channels
by taking blocks, both of which cost much less.
"""

import torch
from torch import Tensor


def fold(x: Tensor, axis: int) -> Tensor:
    """The even places of an axis of ``x`` (counted from the end) first, then the odd ones."""
    return x.unflatten(axis, (-1, 2)).movedim(axis, axis - 1).flatten(axis - 1, axis)


def weights(frames: Tensor, out: int, source: int) -> tuple[Tensor, Tensor]:
    """Weight of each of ``source`` pixels in each of ``out``, both folded: across and down, each
    (.., out, source), for frames (.., 3)."""
    x, y, side = frames.split(1, -1)
    thin = 1 / (side * (source / out)).clamp(min=1)
    pixels = fold(torch.arange(source, device=frames.device), -1) * thin.square()
    cells = fold((torch.arange(out, device=frames.device) + 0.5) / out - 0.5, -1) * side

    def axis(centre: Tensor) -> Tensor:
        at = ((centre + cells) * source - 0.5) * thin.square()
        return (thin[..., None] - (pixels[..., None, :] - at[..., None]).abs()).relu()

    return axis(x), axis(y)


def sample(pictures: Tensor, across: Tensor, down: Tensor) -> Tensor:
    """Folded pictures (.., S, S) by weights (.., out, S) -> (.., 4, out / 2, out / 2): what
    ``pixel_unshuffle(.., 2)`` makes of the frame."""
    half = across.shape[-2] // 2
    rows = (down @ pictures).unflatten(-2, (2, 1, half))
    return (rows @ across.unflatten(-2, (1, 2, half)).transpose(-1, -2)).flatten(-4, -3)
