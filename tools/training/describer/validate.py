"""A few figures on the validation share while training runs; see evaluate for all."""

from collections.abc import Iterator

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from focalface.tools.describers.embedded.alignment import CROP, Complex, draw, frames_of, similarity
from focalface.tools.face.landmarks import MESH
from focalface.tools.face.regions import BASIC
from focalface.tools.training.describer import augment as aug
from focalface.tools.training.describer.batches import Rows
from focalface.tools.training.describer.cache import SOURCES
from focalface.tools.training.describer.emotion_model import EmotionReader
from focalface.tools.training.describer.labels import outlines, shown
from focalface.tools.training.describer.model import FaceReader, scale
from focalface.tools.training.describer.region_model import RegionReader

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


def _batched(model: nn.Module, *inputs: torch.Tensor, size: int = 128) -> list[NDArray[np.float32]]:
    """Outputs of ``model`` in evaluation mode for inputs that share their first axis."""
    device = next(model.parameters()).device
    training = model.training
    model.eval()
    parts = []
    for start in range(0, len(inputs[0]), size):
        with torch.no_grad(), torch.autocast(device.type, torch.bfloat16):
            out = model(*(x[start : start + size].to(device) for x in inputs))
        parts.append([t.float().cpu().numpy() for t in _flat(out)])
    model.train(training)
    return [np.concatenate(p) for p in zip(*parts, strict=True)]


def _flat(out: torch.Tensor | tuple[object, ...]) -> Iterator[torch.Tensor]:
    if isinstance(out, torch.Tensor):
        yield out
    else:
        for part in out:
            yield from _flat(part)  # type: ignore[arg-type]


def _crops(rows: Rows, index: NDArray[np.int64]) -> tuple[torch.Tensor, Complex, Complex]:
    crops, a, b = clean_crops(rows, index, CROP)
    return scale(torch.from_numpy(crops)[:, None]), a, b


def _right(rows: Rows, index: NDArray[np.int64], emotion: NDArray[np.float32]) -> dict[str, float]:
    source, label = rows["source"][index], rows["emotion"][index].astype(int)
    right = emotion.argmax(1) == label
    return {
        short: float(right[(source == SOURCES.index(name)) & (label >= 0)].mean())
        for short, name in (("fer", "fer2013"), ("mux", "muxspace"))
    }


def _correlation(truth: NDArray[np.float32], found: NDArray[np.float32]) -> float:
    return float(np.corrcoef(truth, found)[0, 1])


def emotion_figures(model: EmotionReader, rows: Rows) -> dict[str, float]:
    """Accuracy on the validation share, and with the mirrored crop averaged in."""
    index = np.flatnonzero(rows["val"].astype(bool) & (rows["emotion"].astype(int) >= 0))
    crops, _, _ = _crops(rows, index)
    plain, mirrored = (_batched(model, x)[0] for x in (crops, crops.flip(-1)))
    twice = _right(rows, index, plain + mirrored)
    return _right(rows, index, plain) | {f"{k}_twice": v for k, v in twice.items()}


def region_figures(model: RegionReader, rows: Rows) -> dict[str, float]:
    """Mean unit correlation over what basic regions show, and emotion and age from a few."""
    index = np.flatnonzero(rows["val"].astype(bool) & rows["has_mesh"].astype(bool))[::3]
    crops, a, b = _crops(rows, index)
    z = rows["mesh"][index].astype(np.float32)
    z = (z[..., 0] + 1j * z[..., 1]) * a[:, None] + b[:, None]
    mesh = np.stack([z.real, z.imag], -1).astype(np.float32)
    shapes = outlines()
    drawn = np.array([[draw(shapes[n].on(face)) for n in BASIC] for face in mesh])
    masks, frames = torch.from_numpy(drawn), torch.from_numpy(frames_of(drawn))
    emotion, age, units = _batched(model, crops, masks, frames)
    truth, visible = rows["units"][index], shown(BASIC)
    live = (truth > 0.5).mean(0) >= 0.005
    corr = [
        _correlation(truth[:, j], units[:, i, j])
        for i, j in zip(*np.nonzero(visible & live), strict=True)
    ]
    out = {"unit_corr": float(np.mean(corr))}
    years = rows["age"][index].astype(int)
    likely = np.exp(age - age.max(-1, keepdims=True)).cumsum(-1)
    median = (likely < likely[..., -1:] / 2).sum(-1)
    for name in ("mouth", "left_eye", "left_cheek"):
        at = BASIC.index(name)
        out[f"fer_{name}"] = _right(rows, index, emotion[:, at])["fer"]
        out[f"age_{name}"] = float(np.abs(median[:, at] - years)[years >= 0].mean())
    return out


def face_figures(model: FaceReader, rows: Rows) -> dict[str, float]:
    """Emotion accuracy, age and landmark error, unit correlation on the validation share."""
    index = np.flatnonzero(rows["val"].astype(bool))
    crops, a, b = _crops(rows, index)
    points, _, emotion, age, units = _batched(model, crops)
    years = rows["age"][index].astype(int)
    old = years >= 0
    likely = np.exp(age - age.max(1, keepdims=True)).cumsum(1)
    median = (likely < likely[:, -1:] / 2).sum(1)
    mesh = rows["has_mesh"][index].astype(bool)
    z = rows["mesh"][index].astype(np.float32)
    z = (z[..., 0] + 1j * z[..., 1]) * a[:, None] + b[:, None]
    off = np.abs(points[..., 0] + 1j * points[..., 1] - z[:, list(MESH)])[mesh].mean(1)
    eyes = np.abs(z[mesh, 33] - z[mesh, 263])
    truth = rows["units"][index][mesh]
    live = (truth > 0.5).mean(0) >= 0.005
    corr = np.array([_correlation(truth[:, j], units[mesh, j]) for j in range(truth.shape[1])])
    return _right(rows, index, emotion) | {
        "age_mae": float(np.abs(median - years)[old].mean()),
        "nme": float((off / eyes).mean()),
        "unit_corr": float(corr.mean()),
        "unit_corr_live": float(corr[live].mean()),
    }
