"""What JPEG does to a picture, as an augmentation of both trainings."""

import cv2
import numpy as np
from numpy.typing import NDArray


def recompressed(pixels: NDArray[np.uint8], quality: int) -> NDArray[np.uint8]:
    """Return ``pixels``, (H, W) grey or (H, W, 3), as they come out of a JPEG of that quality."""
    code = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return np.asarray(cv2.imdecode(code, cv2.IMREAD_UNCHANGED), np.uint8)
