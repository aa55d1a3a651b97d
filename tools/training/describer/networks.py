"""The three trained networks of the describer together, and what they say of validation faces."""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from focalface.tools.describers.embedded.alignment import CROP, draw, frames_of
from focalface.tools.face.landmarks import MESH
from focalface.tools.face.regions import BASIC
from focalface.tools.training.describer.batches import Rows
from focalface.tools.training.describer.emotion_model import EmotionReader
from focalface.tools.training.describer.labels import Outline, outlines
from focalface.tools.training.describer.model import Attributes, FaceReader, scale
from focalface.tools.training.describer.region_model import RegionReader
from focalface.tools.training.describer.train import fill
from focalface.tools.training.describer.validate import clean_crops

Floats = NDArray[np.float32]


class Networks(NamedTuple):
    """What ``train`` made, in evaluation mode on the CPU."""

    face: FaceReader
    emotion: EmotionReader
    regions: RegionReader

    @classmethod
    def load(cls, folder: Path) -> "Networks":
        """The averaged weights of the runs ``face``, ``emotion`` and ``regions`` in ``folder``."""
        found = cls(FaceReader(), EmotionReader(), RegionReader())
        for name, network in found._asdict().items():
            fill(network, folder / name / "checkpoint.pt")
            network.eval()
        return found

    def look(self, crops: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, Attributes]:
        """Landmarks, pose and attributes of scaled crops (N, 1, 96, 96).

        Emotion is the mean of three opinions: the emotion branch on the crop and on the mirrored
        crop, and the face branch.
        """
        features = self.face.trunk(torch.cat([crops, crops.flip(-1)]))
        points, pose, face = self.face.face(features[: len(crops)])
        own = self.emotion.face(features)[2].emotion.unflatten(0, (2, -1)).sum(0)
        return points, pose, Attributes((own + face.emotion) / 3, face.age, face.units)


class Predictions(NamedTuple):
    """Raw outputs for N faces; regions are the basic atlas ones, in the order of ``BASIC``."""

    face: tuple[Floats, Floats, Floats]  # emotion N 7, age N 101, units N C
    regions: tuple[Floats, Floats, Floats]  # the same with a second axis for the region


def raster_masks(points: Floats, shapes: list[Outline]) -> NDArray[np.uint8]:
    """Atlas regions (N, K, 48, 48) drawn on faces with named landmarks (N, P, 2)."""
    mesh = np.zeros((len(points), 478, 2), np.float32)
    mesh[:, list(MESH)] = points
    return np.array([[draw(shape.on(face)) for shape in shapes] for face in mesh])


def predict(networks: Networks, rows: Rows, index: NDArray[np.int64]) -> Predictions:
    """What the networks say of clean crops of the rows ``index``."""
    shapes = [outlines()[name] for name in BASIC]
    faces: list[list[Floats]] = []
    regions: list[list[Floats]] = []
    for start in range(0, len(index), 128):
        crops, _, _ = clean_crops(rows, index[start : start + 128], CROP)
        x = scale(torch.from_numpy(crops)[:, None])
        with torch.no_grad():
            points, _, face = networks.look(x)
            masks = raster_masks(points.numpy(), shapes)
            frames = torch.from_numpy(frames_of(masks))
            region = networks.regions(x, torch.from_numpy(masks), frames)
        faces.append([t.numpy() for t in face])
        regions.append([t.numpy() for t in region])
    return Predictions(
        tuple(np.concatenate(p) for p in zip(*faces, strict=True)),  # type: ignore[arg-type]
        tuple(np.concatenate(p) for p in zip(*regions, strict=True)),  # type: ignore[arg-type]
    )
