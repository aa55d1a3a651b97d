"""Mirror images: of a crop, read with it as one where it leaves a unit open, since each view errs
in its own way, and of its halves. Pure."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from focalface.tools.describers.embedded.calibration import LEAST, logit, sigmoid

Floats = NDArray[np.floating]
Bytes = NDArray[np.uint8]

MIRRORED_GAZE = (0, 2, 1, 3, 4)
"""The gaze (camera, left, right, up, down) that each class becomes in a mirrored picture."""
OPEN = (0.4, 0.6)
"""Probabilities of a unit between which the crop alone does not decide. Chosen on one half of the
validation faces: half of the faces are read once, at the same F1 and r .8115 instead of .8125."""
_OF_THE_VIEW = ("landmarks", "pose")
_ALONE = ("lids", "units", "sides")
"""Outputs of which each number is a probability by itself; the others are distributions."""


def unsure(odds: Mapping[str, Floats]) -> NDArray[np.bool_]:
    """Tell of which crops the mirror image is worth its time, by the reading network's outputs:
    those of which a unit may be there as well as not. First axes may be a batch."""
    low, high = OPEN
    slight = odds["units"][..., 0]
    return np.asarray(((slight > low) & (slight < high)).any(-1))


def averaged(one: Mapping[str, Floats], mirrored: Mapping[str, Floats]) -> dict[str, Floats]:
    """Outputs of the reading network for crops, averaged with those for their mirror images.

    Probabilities are averaged as log odds, after left and right of ``mirrored`` were exchanged;
    landmarks and pose are those of ``one``. First axes may be a batch.
    """
    turned = {
        **mirrored,
        "lids": mirrored["lids"][..., ::-1],
        "sides": np.flip(mirrored["sides"], -3),
        "gaze": mirrored["gaze"][..., list(MIRRORED_GAZE)],
    }
    out = {name: one[name] for name in _OF_THE_VIEW}
    out |= {name: _both(one[name], turned[name]) for name in _ALONE}
    names = [name for name in one if name not in out]
    # All distributions in one go: of a single face each of them is next to nothing.
    own, other = (np.concatenate([odds[name] for name in names], -1) for odds in (one, turned))
    root = np.sqrt((own + LEAST) * (other + LEAST))
    start = 0
    for name in names:
        end = start + one[name].shape[-1]
        out[name] = root[..., start:end] / root[..., start:end].sum(-1, keepdims=True)
        start = end
    return out


def mirrored_halves(crop: Bytes) -> tuple[Bytes, Bytes]:
    """Return two faces, each made of one half of a crop and its mirror image: first the half on the
    left of the picture, which is the subject's right one."""
    middle = crop.shape[1] // 2
    first, second = crop[:, :middle], crop[:, middle:]
    return np.hstack([first, first[:, ::-1]]), np.hstack([second[:, ::-1], second])


def _both(one: Floats, other: Floats) -> Floats:
    return sigmoid((logit(one) + logit(other)) / 2)
