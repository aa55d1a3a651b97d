"""Points of the MediaPipe face mesh (478 with irises) that training needs by index."""

import numpy as np
from numpy.typing import NDArray

FACE_OVAL = (
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
    152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
)  # fmt: skip
"""Around the face, clockwise from the top of the forehead."""

HUMAN_POINTS = ((36, 33), (39, 133), (42, 362), (45, 263), (48, 61), (54, 291))
"""Pairs (index of the 68-point scheme, mesh index): the points that both schemes define alike."""

FIVE_POINTS = (468, 473, 1, 61, 291)
"""Right eye, left eye, nose tip, right and left mouth corner."""


def mesh_mirror(mean: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return the mesh index that each point becomes in a mirrored picture, (478,).

    ``mean``: (478, 2) mean shape. Pairs are the best one-to-one match of the mean shape with its
    own mirror image, checked to be an involution.
    """
    from scipy.optimize import linear_sum_assignment

    axis = (mean[33, 0] + mean[263, 0]) / 2
    mirrored = mean * [-1, 1] + [2 * axis, 0]
    cost = ((mirrored[:, None] - mean[None]) ** 2).sum(-1)
    pairs: NDArray[np.int64] = linear_sum_assignment(cost)[1]
    if not (pairs[pairs] == np.arange(len(mean))).all():
        raise ValueError("the mean shape is not symmetric enough to pair its points")
    return pairs
