"""A crop and its mirror image, read as one: each view errs in its own way. Pure."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from focalface.tools.describers.embedded.calibration import logit, mixed, sigmoid

Floats = NDArray[np.floating]

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


def _both(one: Floats, other: Floats) -> Floats:
    return sigmoid((logit(one) + logit(other)) / 2)
