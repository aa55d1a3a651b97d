"""Where the landmarks of a face lie, how its head is held, and how much that teaches."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from focalface.tools.face.landmarks import MESH, MIRROR
from focalface.tools.training.describer.augment import Place
from focalface.tools.training.describer.codes import CATEGORIES
from focalface.tools.training.describer.points import HUMAN_POINTS
from focalface.tools.training.describer.reading.model import POSE_UNIT
from focalface.tools.training.describer.rows import Rows

Floats = NDArray[np.float32]

FAR, FARTHEST = 0.7, 0.9
"""Quantiles of the distance from the mean shape: strong expressions are rare, and without more
weight their landmarks slide to the mean face."""
FAR_WEIGHT, FARTHEST_WEIGHT = 1.6, 3.0


@dataclass(frozen=True, slots=True)
class Shape:
    """Landmarks (P, 2) in crop fractions, pose (pitch, yaw, roll in the crop, in ``POSE_UNIT``)
    and a weight, 0 where they are not known."""

    points: Floats
    pose: Floats
    weight: float

    def mirrored(self) -> "Shape":
        """Return the same face in a mirror."""
        x, y = self.points[list(MIRROR)].T
        pitch, yaw, roll = self.pose
        pose = np.array([pitch, -yaw, -roll], np.float32)
        return Shape(np.column_stack([1 - x, y]), pose, self.weight)


NO_SHAPE = Shape(np.zeros((len(MESH), 2), np.float32), np.zeros(3, np.float32), 0.0)


def of_row(rows: Rows, i: int, place: Place, weight: float) -> Shape:
    """Return the teacher's landmarks of row ``i``; points that people set stand in for its own."""
    if not weight:
        return NO_SHAPE
    points = rows.mesh_in_crop(i, *place)
    human = rows["human"][i].astype(np.float64)
    if np.isfinite(human[0, 0]):
        z = place.a * (human[:, 0] + 1j * human[:, 1]) + place.b
        points[[point for _, point in HUMAN_POINTS]] = np.stack([z.real, z.imag], -1)
    pose = rows["pose"][i].astype(np.float32)
    pose[2] -= np.degrees(np.angle(place.a))  # image y points down, so a turn is clockwise
    return Shape(points[list(MESH)], pose / np.float32(POSE_UNIT), weight)


def shape_distance(points: Floats) -> Floats:
    """Tell how far each shape (N, P, 2) lies from the mean shape, place, size and turn taken
    out."""
    z = points[..., 0] + 1j * points[..., 1]
    z = z - z.mean(1, keepdims=True)
    z = z / np.sqrt((np.abs(z) ** 2).mean(1, keepdims=True))
    mean = z.mean(0)
    for _ in range(3):
        turn = (z.conj() * mean).sum(1)
        upright = z * (turn / np.abs(turn))[:, None]
        mean = upright.mean(0)
    distance: Floats = np.sqrt((np.abs(upright - mean) ** 2).mean(1)).astype(np.float32)
    return distance


def weights(rows: Rows) -> Floats:
    """Tell how much each row's shape teaches, (N,): more the farther it lies from the mean
    shape."""
    known = rows.flag("has_mesh") & (rows["is_quality"] != CATEGORIES["quality"].index("no_face"))
    out = np.zeros(len(rows), np.float32)
    distance = shape_distance(rows["mesh"][known][:, list(MESH)].astype(np.float32))
    far, farthest = np.quantile(distance, [FAR, FARTHEST])
    out[known] = np.where(
        distance > farthest, FARTHEST_WEIGHT, np.where(distance > far, FAR_WEIGHT, 1.0)
    )
    return out
