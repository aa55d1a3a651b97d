"""Temperatures, and which units may be assessed where: measured on the validation share.

A temperature for emotion, and the quantiles of age whose interval covers 80 % of true ages, apart
for the whole face and for regions. A unit counts as assessable on the face, or in an atlas region,
when its worst side correlates with the teacher by ``LEAST_CORRELATION`` or better.
"""

from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from focalface.tools import facs
from focalface.tools.describers.alignment import CROP, coverage, draw
from focalface.tools.describers.embedded_net import quantile
from focalface.tools.describers.scope import AGEING, EXPRESSIVE
from focalface.tools.landmarks import MESH
from focalface.tools.region_names import BASIC
from focalface.tools.training.describer_batches import Rows
from focalface.tools.training.describer_cache import SOURCES
from focalface.tools.training.describer_figures import calibration_error
from focalface.tools.training.describer_labels import CHANNELS, Outline, outlines, shown
from focalface.tools.training.describer_model import Describer, scale
from focalface.tools.training.describer_validate import clean_crops

LEAST_CORRELATION = 0.5
"""A weaker unit is reported as not assessed (our choice)."""

Floats = NDArray[np.float32]


class Calibration(NamedTuple):
    """Values for (face, regions); codes assessable on the face and in each basic region."""

    emotion_heat: tuple[float, float]
    age_half: tuple[float, float]
    assessed_on_face: list[str]
    assessed_in_regions: dict[str, list[str]]


class Predictions(NamedTuple):
    """Raw outputs for N faces; regions are the basic atlas ones, in the order of ``BASIC``."""

    face: tuple[Floats, Floats, Floats]  # emotion N 7, age N 101, units N C
    regions: tuple[Floats, Floats, Floats]  # the same with a second axis for the region


def raster_masks(points: Floats, shapes: list[Outline]) -> NDArray[np.uint8]:
    """Atlas regions (N, K, 48, 48) drawn on faces with named landmarks (N, P, 2)."""
    mesh = np.zeros((len(points), 478, 2), np.float32)
    mesh[:, list(MESH)] = points
    return np.array([[draw(shape.on(face)) for shape in shapes] for face in mesh])


def predict(model: Describer, rows: Rows, index: NDArray[np.int64]) -> Predictions:
    """Outputs of ``model`` (with the named landmarks) for clean crops of the rows ``index``."""
    shapes = [outlines()[name] for name in BASIC]
    faces: list[list[Floats]] = []
    regions: list[list[Floats]] = []
    for start in range(0, len(index), 128):
        crops, _, _ = clean_crops(rows, index[start : start + 128], CROP)
        with torch.no_grad():
            features = model.trunk(scale(torch.from_numpy(crops)[:, None]))
            points, _, face = model.face(features)
            masks = torch.from_numpy(coverage(raster_masks(points.numpy(), shapes)))
            region = model.region.read(model.region.tokens(features), masks)
        faces.append([t.numpy() for t in face])
        regions.append([t.numpy() for t in region])
    return Predictions(
        tuple(np.concatenate(p) for p in zip(*faces, strict=True)),  # type: ignore[arg-type]
        tuple(np.concatenate(p) for p in zip(*regions, strict=True)),  # type: ignore[arg-type]
    )


def softmax(logits: Floats, heat: float) -> Floats:
    """Probabilities at a temperature."""
    shifted = (logits - logits.max(-1, keepdims=True)) / heat
    odds = np.exp(shifted)
    return odds / odds.sum(-1, keepdims=True)  # type: ignore[no-any-return]


def emotion_heat(logits: Floats, label: NDArray[np.int64]) -> float:
    """The temperature with the least negative log-likelihood."""
    heats = np.exp(np.linspace(np.log(0.4), np.log(3), 60))
    rows = np.arange(len(label))
    loss = [-np.log(softmax(logits, h)[rows, label] + 1e-9).mean() for h in heats]
    return float(heats[int(np.argmin(loss))])


def fair_heat(logits: Floats, label: NDArray[np.int64], error: float = 0.045) -> float:
    """The lowest temperature with a calibration error of at most ``error``.

    Fitted on FER2013, the harder source: the web portraits of muxspace are easier, and with one
    temperature for both the network stays too modest about them, the less so the lower it is.
    """
    heats = np.exp(np.linspace(np.log(0.4), np.log(3), 60))
    errors = [calibration_error(softmax(logits, h), label) for h in heats]
    good = [h for h, e in zip(heats, errors, strict=True) if e <= error]
    return float(good[0] if good else heats[int(np.argmin(errors))])


def covers(age: Floats, truth: NDArray[np.int64], half: float) -> float:
    """Share of true ages between the quantiles 0.5 - half and 0.5 + half, to half a year."""
    low, high = quantile(age, 0.5 - half), quantile(age, 0.5 + half)
    return float(((truth >= low - 0.5) & (truth <= high + 0.5)).mean())


def age_half(logits: Floats, truth: NDArray[np.int64]) -> float:
    """Half the share of the distribution whose interval covers nearest to 80 % of true ages."""
    odds = softmax(logits, 1.0)
    halves = np.linspace(0.1, 0.49, 79)
    return float(min(halves, key=lambda half: abs(covers(odds, truth, half) - 0.8)))


def correlations(truth: Floats, found: Floats) -> Floats:
    """Pearson's correlation of each channel."""
    a, b = truth - truth.mean(0), found - found.mean(0)
    return (a * b).sum(0) / np.sqrt((a**2).sum(0) * (b**2).sum(0) + 1e-12)  # type: ignore[no-any-return]


def _assessed(corr: Floats, visible: NDArray[np.bool_], least: float) -> list[str]:
    worst: dict[str, float] = {}
    for channel, r, see in zip(CHANNELS, corr, visible, strict=True):
        if see and channel.code in facs.UNITS:
            worst[channel.code] = min(float(r), worst.get(channel.code, 1.0))
    return list(facs.in_order(c for c, r in worst.items() if r >= least))


def calibrate(model: Describer, rows: Rows, least: float = LEAST_CORRELATION) -> Calibration:
    """Measure everything on the validation share."""
    index = np.flatnonzero(rows["val"].astype(bool))
    out = predict(model, rows, index)
    label = rows["emotion"][index].astype(np.int64)
    age = np.minimum(rows["age"][index], 100).astype(np.int64)
    mesh = rows["has_mesh"][index].astype(bool)
    truth = rows["units"][index][mesh].astype(np.float32)
    felt, aged = label >= 0, age >= 0
    telling = [i for i, name in enumerate(BASIC) if facs.unsided(name) in EXPRESSIVE]
    fer = felt & (rows["source"][index] == SOURCES.index("fer2013"))
    ageing = [i for i, name in enumerate(BASIC) if facs.unsided(name) in AGEING]
    region_emotion = out.regions[0][felt][:, telling].reshape(-1, out.face[0].shape[1])
    region_age = out.regions[1][aged][:, ageing].reshape(-1, out.face[1].shape[1])
    visible = shown(BASIC)
    in_regions: dict[str, list[str]] = {}
    for i, name in enumerate(BASIC):
        codes = _assessed(correlations(truth, out.regions[2][mesh][:, i]), visible[i], least)
        base = facs.unsided(name)
        both = in_regions.get(base, codes)
        in_regions[base] = [c for c in codes if c in both]
    return Calibration(
        emotion_heat=(
            fair_heat(out.face[0][fer], label[fer]),
            emotion_heat(region_emotion, np.repeat(label[felt], len(telling))),
        ),
        age_half=(
            age_half(out.face[1][aged], age[aged]),
            age_half(region_age, np.repeat(age[aged], len(ageing))),
        ),
        assessed_on_face=_assessed(
            correlations(truth, out.face[2][mesh]), np.ones(len(CHANNELS), bool), least
        ),
        assessed_in_regions=in_regions,
    )
