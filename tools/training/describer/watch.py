"""A few figures on the validation share while training runs; ``evaluate`` has all."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from focalface.tools.describers.embedded.alignment import CROP
from focalface.tools.face.landmarks import MESH
from focalface.tools.training.describer import augment as aug
from focalface.tools.training.describer.codes import UNITS
from focalface.tools.training.describer.parts.batches import cut
from focalface.tools.training.describer.parts.model import PartNet
from focalface.tools.training.describer.parts.outlines import outlines
from focalface.tools.training.describer.reading.model import ReadingNet
from focalface.tools.training.describer.reading.views import read_views
from focalface.tools.training.describer.rows import Index, Rows

BATCH = 64
WATCHED_PARTS = ("mouth", "left_eye", "lower_face")


def clean_crops(rows: Rows, index: Index, size: int = CROP) -> NDArray[np.uint8]:
    """Crops (N, size, size) as the runtime makes them, without distortion."""
    places = (aug.Place(*rows.place(int(i))) for i in index)
    return np.stack(
        [aug.warp(rows.picture(int(i)), p, size) for i, p in zip(index, places, strict=True)]
    )


def both_passes(rows: Rows, index: Index) -> NDArray[np.float32]:
    """Return the mean of both passes of coding (n, 16), NaN where either could not tell."""
    return (rows["units"][index] + rows["units_second"][index]) / 2


def correlations(truth: NDArray[np.float32], found: NDArray[np.float32]) -> list[float]:
    """Pearson's correlation of each column over the rows where the truth is known."""
    out = []
    for a, b in zip(truth.T, found.T, strict=True):
        known = np.isfinite(a)
        out.append(float(np.corrcoef(a[known], b[known])[0, 1]))
    return out


def medians(odds: Tensor) -> NDArray[np.float32]:
    """Return the median age of distributions (N, 101)."""
    return (odds.cumsum(-1) < 0.5).sum(-1).float().numpy()


def _run(model: nn.Module, ask: Callable[[Any], Any], inputs: Sequence[Any]) -> list[Tensor]:
    """Outputs for inputs that share their first axis, in evaluation mode."""
    training = model.training
    model.eval()
    device = next(model.parameters()).device
    parts = []
    with torch.no_grad():
        for start in range(0, len(inputs[0]), BATCH):
            at = slice(start, start + BATCH)
            found = ask(*(torch.from_numpy(x[at]).to(device) for x in inputs))
            parts.append([t.float().cpu() for t in found])
    model.train(training)
    return [torch.cat(p) for p in zip(*parts, strict=True)]


def reading_figures(model: ReadingNet, rows: Rows) -> dict[str, float]:
    """Mean correlation with both coders but for AU14, emotion accuracy on FER2013, age error,
    landmark error as a share of the outer eye distance."""
    valid = rows.validation
    coded = np.flatnonzero(valid & rows.flag("coded"))
    units = read_views(model, clean_crops(rows, coded))["units"].sum(-1)
    r = correlations(both_passes(rows, coded), units)
    felt = np.flatnonzero(valid & rows.of("fer2013") & (rows["emotion"].astype(int) >= 0))
    aged = np.flatnonzero(valid & (rows["age"].astype(int) >= 0))
    emotion = read_views(model, clean_crops(rows, felt))["emotion"].argmax(-1)
    age = medians(torch.from_numpy(read_views(model, clean_crops(rows, aged))["age"]))
    return {
        "r": float(np.mean([v for code, v in zip(UNITS, r, strict=True) if code != "AU14"])),
        "fer": float((emotion == rows["emotion"][felt]).mean()),
        "age": float(np.abs(age - rows["age"][aged]).mean()),
        "nme": _landmark_error(model, rows),
    }


def _landmark_error(model: ReadingNet, rows: Rows) -> float:
    index = np.flatnonzero(rows.validation & rows.flag("has_mesh"))[::4]
    points = read_views(model, clean_crops(rows, index))["landmarks"]
    mesh = np.stack([rows.mesh_in_crop(int(i)) for i in index])
    off = np.linalg.norm(points - mesh[:, list(MESH)], axis=-1).mean(1)
    return float((off / np.linalg.norm(mesh[:, 33] - mesh[:, 263], axis=-1)).mean())


def part_figures(model: PartNet, rows: Rows) -> dict[str, float]:
    """Return emotion accuracy on FER2013 and age error on UTKFace from a few parts alone."""
    valid = rows.validation & rows.flag("has_mesh")
    felt = np.flatnonzero(valid & rows.of("fer2013") & (rows["emotion"].astype(int) >= 0))[::2]
    aged = np.flatnonzero(valid & (rows["age"].astype(int) >= 0))
    shapes, out = outlines(), {}
    for name in WATCHED_PARTS:
        for key, index in (("fer", felt), ("age", aged)):
            made = [
                cut(rows.picture(int(i)), aug.Place(*rows.place(int(i))),
                    shapes[name].on(rows.mesh_in_crop(int(i))))
                for i in index
            ]  # fmt: skip
            emotion, age = _run(model, model, [np.stack(c) for c in zip(*made, strict=True)])
            if key == "fer":
                right = emotion.argmax(-1).numpy() == rows["emotion"][index]
                out[f"fer_{name}"] = float(right.mean())
            else:
                out[f"age_{name}"] = float(
                    np.abs(medians(age.softmax(-1)) - rows["age"][index]).mean()
                )
    return out
