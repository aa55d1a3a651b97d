"""How much fine detail a crop holds, whatever the size of the picture it came from.

A face of 48 pixels enlarged to 160 fills as many pixels as a sharp one and holds no more detail
than before, so a network must not be surer of it.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

_FINE = 1.0
"""Deviation in pixels of the blur that takes the fine detail away."""


def sharpness(crop: NDArray[np.uint8]) -> float:
    """Contrast that a slight blur takes from a grey crop, over its whole contrast: 0..1."""
    light = crop.astype(np.float32)
    detail = light - cv2.GaussianBlur(light, (0, 0), _FINE)
    fine, whole = (float(cv2.meanStdDev(values)[1][0, 0]) for values in (detail, light))
    return fine / (whole + 1.0)
