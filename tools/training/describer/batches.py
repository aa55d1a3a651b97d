"""Batches for training the describer: which pictures, how distorted, with which targets."""

from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from focalface.tools.describers.embedded.alignment import RASTER, Complex, frames_of, similarity
from focalface.tools.face.landmarks import MESH
from focalface.tools.training.describer import augment as aug
from focalface.tools.training.describer.cache import SOURCES
from focalface.tools.training.describer.labels import CHANNEL_MIRROR, HUMAN_POINTS

SHARES = {"fer2013": 0.36, "muxspace": 0.22, "utkface": 0.35, "udacity": 0.07}
"""Share of each source in a batch; labels differ in number and worth."""


class Rows:
    """The cache that ``cache`` wrote: pictures as memory maps, one row a picture."""

    def __init__(self, cache: Path) -> None:
        rows = np.load(cache / "rows.npz")
        self.table: dict[str, NDArray[np.generic]] = {k: rows[k] for k in rows.files}
        self.small = np.load(cache / "fer48.npy", mmap_mode="r")
        self.large = np.load(cache / "faces160.npy", mmap_mode="r")
        self.mirror = self.table["mirror"].astype(np.int64)
        self.a, self.b = similarity(self.table["five"].astype(np.float32))
        good = self.table["has_mesh"].astype(bool)
        z = self.table["mesh"][good][::7]
        z = (z[..., 0] + 1j * z[..., 1]) * self.a[good][::7, None] + self.b[good][::7, None]
        self.mean_mesh = np.stack([z.mean(0).real, z.mean(0).imag], -1).astype(np.float32)
        units = self.table["units"][good]
        self.unit_mean, self.unit_std = units.mean(0), units.std(0)

    def __getitem__(self, name: str) -> NDArray[np.generic]:
        return self.table[name]

    def picture(self, i: int) -> NDArray[np.uint8]:
        """The stored grey picture of row ``i``: 48 px for FER2013, else 160 px."""
        small = SOURCES[int(self.table["source"][i])] == "fer2013"
        out: NDArray[np.uint8] = (self.small if small else self.large)[self.table["place"][i]]
        return out


class Picker:
    """Endless row numbers in the given shares; muxspace leans towards its rare emotions."""

    def __init__(self, rows: Rows, rng: np.random.Generator, shares: dict[str, float]) -> None:
        self.rng, self.shares = rng, shares
        usable = ~rows["val"].astype(bool) & rows["aligned"].astype(bool)
        self.pools = {
            s: np.flatnonzero(usable & (rows["source"] == SOURCES.index(s))) for s in shares
        }
        emotion = rows["emotion"][self.pools["muxspace"]].astype(int)
        count = np.bincount(emotion + 1, minlength=8).astype(float)
        weight = count[emotion + 1] ** -0.4
        self.mux = weight / weight.sum()
        self.queues: dict[str, list[int]] = {s: [] for s in shares}

    def __call__(self, n: int) -> NDArray[np.int64]:
        """``n`` rows; a source's pictures all pass before one returns (muxspace: by weight)."""
        counts = self.rng.multinomial(n, list(self.shares.values()))
        out: list[int] = []
        for source, count in zip(self.shares, counts, strict=True):
            if source == "muxspace":
                out += self.rng.choice(self.pools[source], count, p=self.mux).tolist()
                continue
            queue = self.queues[source]
            while len(queue) < count:
                queue += self.rng.permutation(self.pools[source]).tolist()
            out += queue[:count]
            del queue[:count]
        return self.rng.permutation(np.array(out))


@dataclass(frozen=True, slots=True)
class Batch:
    """One batch; N faces, K regions, P points, C unit channels. Missing labels have weight 0."""

    crops: Tensor  # N 1 S S uint8
    points: Tensor  # N P 2, crop fractions
    point_weight: Tensor  # N P
    pose: Tensor  # N 3: pitch, yaw, roll within the crop, / 30 degrees
    units: Tensor  # N C, standard deviations
    mesh_weight: Tensor  # N
    emotion: Tensor  # N, -1 unknown
    age: Tensor  # N, -1 unknown
    masks: Tensor  # N K 48 48 uint8, 255 inside
    frames: Tensor  # N K 3, see ``alignment.frames_of``
    seen: Tensor  # N K C: 1 where the region shows what the channel needs

    def to(self, device: torch.device) -> "Batch":
        """The same batch on another device."""
        return Batch(*(getattr(self, f.name).to(device) for f in fields(self)))


def _points(
    rows: Rows, index: NDArray[np.int64], a: Complex, b: Complex, flip: NDArray[np.bool_]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Target points in crop fractions and their weights; human points stand in where they exist."""
    mesh = rows["mesh"][index].astype(np.float32)
    weight = np.ones(mesh.shape[:2], np.float32)
    human = rows["human"][index].astype(np.float32)
    have = ~np.isnan(human[:, 0, 0])
    for j, (_, point) in enumerate(HUMAN_POINTS):
        mesh[have, point] = human[have, j]
        weight[have, point] = 4
    z = (mesh[..., 0] + 1j * mesh[..., 1]) * a[:, None] + b[:, None]
    points = np.stack([z.real, z.imag], -1).astype(np.float32)
    without = ~rows["has_mesh"][index].astype(bool)
    points[without] = rows.mean_mesh
    weight[without] = 0
    points[flip] = points[flip][:, rows.mirror] * [-1, 1] + [1, 0]
    weight[flip] = weight[flip][:, rows.mirror]
    return points, weight


class Batcher:
    """Makes training batches from the cache; all randomness comes from one generator.

    Args:
        regions: how many random regions of each face come with it.
        shares: share of each source in a batch.
    """

    def __init__(
        self, rows: Rows, rng: np.random.Generator, regions: int, shares: dict[str, float]
    ) -> None:
        self.rows, self.rng, self.pick = rows, rng, Picker(rows, rng, shares)
        self.count, self.regions = regions, aug.RegionMaker()

    def _crop(self, i: int, a: complex, b: complex, size: int, mirrored: bool) -> NDArray[np.uint8]:
        rng = self.rng
        picture = self.rows.picture(i)
        if picture.shape[0] > 48:
            picture = aug.degrade(picture, size, rng)
        fill = None if rng.random() < 0.45 else int(rng.choice([0, 127, rng.integers(256)]))
        real = self.rows["real"][i].astype(np.float32)
        return aug.tone(aug.warp(picture, a, b, size, mirrored=mirrored, real=real, fill=fill), rng)

    def __call__(self, n: int, size: int) -> Batch:
        """A batch of ``n`` faces, crops of ``size`` pixels."""
        rows, rng = self.rows, self.rng
        index = self.pick(n)
        a, b = aug.jitter(rows.a[index], rows.b[index], rng)
        flip = rng.random(n) < 0.5
        points, weight = _points(rows, index, a, b, flip)
        crops = np.stack(
            [
                self._crop(int(i), complex(a[j]), complex(b[j]), size, bool(flip[j]))
                for j, i in enumerate(index)
            ]
        )
        masks = np.zeros((n, 0, RASTER, RASTER), np.uint8)
        seen = np.zeros((n, 0, len(CHANNEL_MIRROR)), bool)
        if self.count:
            masks, seen = self.regions(points, self.count, rng)
        clean = crops.copy()
        for j in range(n):
            if rng.random() < 0.15:
                aug.erase(crops[j], rng)
            if rng.random() < 0.1:
                keep = aug.oval(points[j], float(rng.uniform(1.0, 1.2)))
                crops[j] = aug.blank(crops[j], keep, clean[j - 1], rng)
        pose = rows["pose"][index].astype(np.float32)
        pose[:, 2] -= np.degrees(np.angle(a))  # image y points down, so a turn is clockwise
        pose[flip] *= [1, -1, -1]
        units = (rows["units"][index] - rows.unit_mean) / rows.unit_std
        units[flip] = units[flip][:, CHANNEL_MIRROR]
        return Batch(
            crops=torch.from_numpy(crops)[:, None],
            points=torch.from_numpy(points[:, list(MESH)]),
            point_weight=torch.from_numpy(weight[:, list(MESH)]),
            pose=torch.from_numpy(pose / 30),
            units=torch.from_numpy(units.astype(np.float32)),
            mesh_weight=torch.from_numpy(rows["has_mesh"][index].astype(np.float32)),
            emotion=torch.from_numpy(rows["emotion"][index].astype(np.int64)),
            age=torch.from_numpy(np.minimum(rows["age"][index], 100).astype(np.int64)),
            masks=torch.from_numpy(masks),
            frames=torch.from_numpy(frames_of(masks)),
            seen=torch.from_numpy(seen.astype(np.float32)),
        )
