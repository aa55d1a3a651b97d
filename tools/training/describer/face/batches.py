"""Batches for the face network: which pictures, how distorted, with which targets."""

from dataclasses import dataclass, fields

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from focalface.tools.face.landmarks import MESH
from focalface.tools.training.describer.augment import Grey, Place, coarser, photographed
from focalface.tools.training.describer.face import augment
from focalface.tools.training.describer.face.points import HUMAN_POINTS
from focalface.tools.training.describer.rows import Index, Rows

SHARES = {"fer2013": 0.36, "muxspace": 0.22, "utkface": 0.35, "udacity": 0.07}
"""Share of each source in a batch; labels differ in number and worth."""
HUMAN_WEIGHT = 4.0
"""Weight of a point set by people, against one of the teacher's."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class FaceBatch:
    """N faces, P points. Missing labels have weight 0 or are -1."""

    crops: Tensor  # N 1 S S uint8
    points: Tensor  # N P 2, crop fractions
    point_weight: Tensor  # N P
    pose: Tensor  # N 3: pitch, yaw, roll within the crop, / 30 degrees
    mesh_weight: Tensor  # N
    emotion: Tensor  # N
    age: Tensor  # N

    def to(self, device: torch.device) -> "FaceBatch":
        """The same batch on another device."""
        return FaceBatch(*(getattr(self, f.name).to(device) for f in fields(self)))


def mean_mesh(rows: Rows) -> Floats:
    """The mean of the teacher's meshes in crop fractions, (478, 2)."""
    index = np.flatnonzero(rows.training & rows.flag("has_mesh"))[::7]
    return np.mean([rows.mesh_in_crop(int(i)) for i in index], 0, dtype=np.float32)


class FaceExamples:
    """Makes batches; all randomness comes from one generator."""

    def __init__(self, rows: Rows, rng: np.random.Generator) -> None:
        self.rows, self.rng = rows, rng
        self.mean = mean_mesh(rows)
        self.pools = {s: np.flatnonzero(rows.training & rows.of(s)) for s in SHARES}
        emotion = rows["emotion"][self.pools["muxspace"]].astype(int)
        weight = np.bincount(emotion + 1, minlength=8).astype(float)[emotion + 1] ** -0.4
        self.rare = weight / weight.sum()

    def pick(self, count: int) -> Index:
        """Rows in the shares of their sources; muxspace leans towards its rare emotions."""
        kinds = self.rng.choice(list(SHARES), count, p=list(SHARES.values()))
        found = [
            self.rng.choice(self.pools[kind], p=self.rare if kind == "muxspace" else None)
            for kind in kinds
        ]
        return np.array(found, np.int64)

    def __call__(self, count: int, size: int) -> FaceBatch:
        """A batch of ``count`` faces, crops (size, size)."""
        rows, rng, index = self.rows, self.rng, self.pick(count)
        made = [self._crop(int(i), size) for i in index]
        crops, points, weight, pose = (np.stack(c) for c in zip(*made, strict=True))
        clean = crops.copy()
        for j in range(count):
            if rng.random() < 0.15:
                augment.erase(crops[j], rng)
            if rng.random() < 0.1:
                keep = augment.oval(points[j], float(rng.uniform(1.0, 1.2)), size)
                crops[j] = augment.blank(crops[j], keep, clean[j - 1], rng)
        return FaceBatch(
            crops=torch.from_numpy(crops)[:, None],
            points=torch.from_numpy(points[:, list(MESH)]),
            point_weight=torch.from_numpy(weight[:, list(MESH)]),
            pose=torch.from_numpy(pose / 30),
            mesh_weight=torch.from_numpy(rows["has_mesh"][index].astype(np.float32)),
            emotion=torch.from_numpy(rows["emotion"][index].astype(np.int64)),
            age=torch.from_numpy(np.minimum(rows["age"][index], 100).astype(np.int64)),
        )

    def _crop(self, i: int, size: int) -> tuple[Grey, Floats, Floats, Floats]:
        """Crop, points and their weights, pose of one face, half of them mirrored."""
        rows, rng = self.rows, self.rng
        place = Place(*rows.place(i)).then(*augment.jitter(rng))
        crop = augment.cut(rows.picture(i), place, size, rows["real"][i].astype(float), rng)
        if not rows.of("fer2013")[i] and rng.random() < 0.5:
            crop = coarser(crop, rng.uniform(0.4, 1))
        points, weight = self._points(i, place)
        pose = rows["pose"][i].astype(np.float32)
        pose[2] -= np.degrees(np.angle(place.a))  # image y points down, so a turn is clockwise
        if rng.random() < 0.5:
            crop = crop[:, ::-1].copy()
            points = (points[rows.mirror] * [-1, 1] + [1, 0]).astype(np.float32)
            weight = weight[rows.mirror]
            pose *= [1, -1, -1]
        return photographed(crop, rng), points.astype(np.float32), weight, pose

    def _points(self, i: int, place: Place) -> tuple[Floats, Floats]:
        """Target points in crop fractions and their weights; human points stand in where known."""
        if not self.rows["has_mesh"][i]:
            return self.mean.copy(), np.zeros(len(self.mean), np.float32)
        points = self.rows.mesh_in_crop(i, *place)
        weight = np.ones(len(points), np.float32)
        human = self.rows["human"][i].astype(np.float64)
        if not np.isnan(human[0, 0]):
            z = place.a * (human[:, 0] + 1j * human[:, 1]) + place.b
            at = [point for _, point in HUMAN_POINTS]
            points[at], weight[at] = np.stack([z.real, z.imag], -1), HUMAN_WEIGHT
        return points, weight
