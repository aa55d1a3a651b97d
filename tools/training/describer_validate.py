"""A few figures on the validation share while training runs; see describer_evaluate for all."""

from collections.abc import Iterator

import numpy as np
import torch
from numpy.typing import NDArray

from focalface.tools.describers.alignment import Complex, similarity
from focalface.tools.training import describer_augment as aug
from focalface.tools.training.describer_batches import Rows
from focalface.tools.training.describer_cache import SOURCES
from focalface.tools.training.describer_model import Describer, scale

WHOLE_FRAME = np.array([[56, 62], [104, 62], [80, 92], [60, 118], [100, 118]], np.float32)
"""Where the five points are taken to be when no detector found a face (160 px crop)."""


def clean_crops(
    rows: Rows, index: NDArray[np.int64], size: int
) -> tuple[NDArray[np.uint8], Complex, Complex]:
    """Crops as the runtime makes them, without distortion, and their similarities."""
    five = rows["five"][index].astype(np.float32)
    five[~rows["aligned"][index].astype(bool)] = WHOLE_FRAME
    a, b = similarity(five)
    crops = [
        aug.warp(rows.picture(int(i)), complex(a[j]), complex(b[j]), size)
        for j, i in enumerate(index)
    ]
    return np.stack(crops), a, b


def _forward(
    model: Describer, crops: NDArray[np.uint8], size: int = 128
) -> Iterator[tuple[torch.Tensor, ...]]:
    device = next(model.parameters()).device
    for start in range(0, len(crops), size):
        x = scale(torch.from_numpy(crops[start : start + size])[:, None].to(device))
        with torch.no_grad(), torch.autocast(device.type, torch.bfloat16):
            points, pose, face = model.face(model.trunk(x))
        yield tuple(t.float().cpu() for t in (points, pose, *face))


def quick_figures(model: Describer, rows: Rows, size: int) -> dict[str, float]:
    """Emotion accuracy, age and landmark error, unit correlation on the validation share."""
    index = np.flatnonzero(rows["val"].astype(bool))
    crops, a, b = clean_crops(rows, index, size)
    training = model.training
    model.eval()
    parts = [torch.cat(p).numpy() for p in zip(*_forward(model, crops), strict=True)]
    model.train(training)
    points, _, emotion, age, units = parts
    source, label = rows["source"][index], rows["emotion"][index].astype(int)
    right = emotion.argmax(1) == label
    fer = (source == SOURCES.index("fer2013")) & (label >= 0)
    mux = (source == SOURCES.index("muxspace")) & (label >= 0)
    years = rows["age"][index].astype(int)
    old = years >= 0
    likely = np.exp(age - age.max(1, keepdims=True)).cumsum(1)
    median = (likely < likely[:, -1:] / 2).sum(1)
    mesh = rows["has_mesh"][index].astype(bool)
    z = rows["mesh"][index].astype(np.float32)
    z = (z[..., 0] + 1j * z[..., 1]) * a[:, None] + b[:, None]
    off = np.abs(points[..., 0] + 1j * points[..., 1] - z)[mesh].mean(1)
    eyes = np.abs(z[mesh, 33] - z[mesh, 263])
    truth = rows["units"][index][mesh]
    corr = [np.corrcoef(truth[:, j], units[mesh, j])[0, 1] for j in range(truth.shape[1])]
    return {
        "fer": float(right[fer].mean()),
        "mux": float(right[mux].mean()),
        "age_mae": float(np.abs(median - years)[old].mean()),
        "nme": float((off / eyes).mean()),
        "unit_corr": float(np.mean(corr)),
    }
