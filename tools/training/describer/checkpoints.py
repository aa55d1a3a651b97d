"""Reading what a run left behind."""

from pathlib import Path

import torch
from torch import Tensor


def averaged(path: Path) -> dict[str, Tensor]:
    """Return the averaged weights of a checkpoint."""
    state = torch.load(path, map_location="cpu")["average"]
    return {k.removeprefix("module."): v for k, v in state.items() if k.startswith("module.")}
