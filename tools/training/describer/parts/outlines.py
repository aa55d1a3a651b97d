"""Atlas regions on the teacher's mesh, and the regions that users draw besides."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from focalface.tools.describers.embedded.alignment import Floats
from focalface.tools.face.landmarks import INDEX, MESH
from focalface.tools.face.outlines import OUTLINES
from focalface.tools.face.regions import ATLAS

WEIGHTS = {
    "mouth": 5.0,
    "upper_face": 5.0,
    "lower_face": 5.0,
    "left_eye": 3.5,
    "right_eye": 3.5,
    "mid_face": 1.5,
    "left_half": 1.2,
    "right_half": 1.2,
    "left_brow": 1.5,
    "right_brow": 1.5,
    "forehead": 1.0,
}
"""How much oftener a region is drawn than another; the rest have ``OTHER``."""
OTHER = 0.6


class Outline(NamedTuple):
    """A region's corners on the mesh: ``(1 - t) * mesh[start] + t * mesh[end]``."""

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    t: Floats

    def on(self, mesh: Floats) -> Floats:
        """Corners (..., n, 2) on faces with mesh points (..., 478, 2)."""
        low, high = mesh[..., self.start, :], mesh[..., self.end, :]
        return low + self.t[:, None] * (high - low)


def outlines() -> dict[str, Outline]:
    """Return every atlas region but the whole face, as the runtime draws it."""

    def mesh(name: str) -> int:
        return MESH[INDEX[name]]

    out = {}
    for name in ATLAS:
        corners = [(c, c, 0.0) if isinstance(c, str) else c for c in OUTLINES[name]]
        out[name] = Outline(
            np.array([mesh(start) for start, _, _ in corners]),
            np.array([mesh(end) for _, end, _ in corners]),
            np.array([t for _, _, t in corners], np.float32),
        )
    out.pop("face")
    return out


def box_round(polygons: list[Floats], margin: float = 0.0) -> Floats:
    """Return the upright box round polygons, (4, 2)."""
    corners = np.concatenate(polygons)
    (x1, y1), (x2, y2) = corners.min(0) - margin, corners.max(0) + margin
    return np.array([[x1, y1], [x2, y1], [x2, y2], [x1, y2]], np.float32)


class RegionPicker:
    """Draws one region of a face at random: mostly of the atlas, else both eyes in one box or any
    box at all."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng, self.shapes = rng, outlines()
        self.names = list(self.shapes)
        weights = np.array([WEIGHTS.get(name, OTHER) for name in self.names])
        self.shares = weights / weights.sum()

    def __call__(self, mesh: Floats) -> Floats:
        """Return a polygon in crop fractions, a little off its place, on a face with that mesh."""
        rng = self.rng
        kind = rng.random()
        if kind < 0.76:
            polygon = self.shapes[self.names[rng.choice(len(self.names), p=self.shares)]].on(mesh)
        elif kind < 0.86:
            names = ["left_eye", "right_eye"]
            names += ["left_brow", "right_brow"] if rng.random() < 0.5 else []
            parts = [self.shapes[name].on(mesh) for name in names]
            polygon = box_round(parts, rng.uniform(-0.01, 0.03))
        else:
            half = np.exp(rng.uniform(np.log(0.1), np.log(0.75), 2)) / 2
            centre = rng.uniform(0.15, 0.85, 2)
            polygon = box_round([np.array([centre - half, centre + half])])
        middle = polygon.mean(0)
        grown = (polygon - middle) * np.exp(rng.normal(0, 0.08)) + middle
        return (grown + rng.normal(0, 0.01, 2)).astype(np.float32)
