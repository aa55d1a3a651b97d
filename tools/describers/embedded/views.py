"""Mirror images: of a crop, read with it as one since each view errs in its own way, and of its
halves. Pure."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from focalface.tools.describers.embedded.calibration import logit, mixed, sigmoid

Floats = NDArray[np.floating]
Bytes = NDArray[np.uint8]

MIRRORED_GAZE = (0, 2, 1, 3, 4)
"""The gaze (camera, left, right, up, down) that each class becomes in a mirrored picture."""
_OF_THE_VIEW = ("landmarks", "pose")


def averaged(one: Mapping[str, Floats], mirrored: Mapping[str, Floats]) -> dict[str, Floats]:
    """Outputs of the reading network for crops, averaged with those for their mirror images.

    Probabilities are averaged as log odds, after left and right of ``mirrored`` were exchanged;
    landmarks and pose are those of ``one``. First axes may be a batch.
    """
    out = {name: one[name] for name in _OF_THE_VIEW}
    for name, values in one.items():
        other = mirrored[name]
        if name == "lids":
            out[name] = _both(values, other[..., ::-1])
        elif name == "sides":
            out[name] = _both(values, np.flip(other, -3))
        elif name == "units":
            out[name] = _both(values, other)
        elif name not in _OF_THE_VIEW:
            turned = other[..., list(MIRRORED_GAZE)] if name == "gaze" else other
            out[name] = mixed(values, turned, 0.5)
    return out


def mirrored_halves(crop: Bytes) -> tuple[Bytes, Bytes]:
    """Return two faces, each made of one half of a crop and its mirror image: first the half on the
    left of the picture, which is the subject's right one."""
    middle = crop.shape[1] // 2
    first, second = crop[:, :middle], crop[:, middle:]
    return np.hstack([first, first[:, ::-1]]), np.hstack([second[:, ::-1], second])


def _both(one: Floats, other: Floats) -> Floats:
    return sigmoid((logit(one) + logit(other)) / 2)
