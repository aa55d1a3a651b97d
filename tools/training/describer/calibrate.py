"""Temperatures, spreads, and which units may be assessed where: fitted on the validation share.

Temperatures for emotion, and the quantiles of age whose interval covers 80 % of true ages, apart
for the whole face and for regions. Emotion on whole faces has two: on wide faces (muxspace) the
same network is right more often than on narrow ones (FER2013). A network that is unsure of a unit
stays near its mean; its spread is set to the teacher's, so that a unit is called present as often
as the teacher calls it. A unit counts as assessable on the face, or in an atlas region, when its
worst side correlates with the teacher by ``LEAST_CORRELATION`` or better.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from focalface.tools.describers.embedded.networks import quantile
from focalface.tools.face import facs
from focalface.tools.face.regions import BASIC
from focalface.tools.geometry.scope import AGEING, EXPRESSIVE
from focalface.tools.training.describer.batches import Rows
from focalface.tools.training.describer.cache import SOURCES
from focalface.tools.training.describer.labels import CHANNELS, shown
from focalface.tools.training.describer.networks import Networks, predict
from focalface.tools.training.describer.statistics import calibration_error

LEAST_CORRELATION = 0.5
"""A weaker unit is reported as not assessed (our choice)."""

Floats = NDArray[np.float32]


class Calibration(NamedTuple):
    """Values for (face, regions); codes assessable on the face and in each basic region.

    ``emotion_heat``: for narrow faces, wide faces, regions.
    """

    emotion_heat: tuple[float, float, float]
    unit_spread: tuple[list[float], list[float]]
    age_half: tuple[float, float]
    assessed_on_face: list[str]
    assessed_in_regions: dict[str, list[str]]


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


def covers(age: Floats, truth: NDArray[np.int64], half: float) -> float:
    """Share of true ages between the quantiles 0.5 - half and 0.5 + half, to half a year."""
    low, high = quantile(age, 0.5 - half), quantile(age, 0.5 + half)
    return float(((truth >= low - 0.5) & (truth <= high + 0.5)).mean())


def age_half(logits: Floats, truth: NDArray[np.int64]) -> float:
    """Half the share of the distribution whose interval covers nearest to 80 % of true ages."""
    odds = softmax(logits, 1.0)
    halves = np.linspace(0.1, 0.49, 79)
    return float(min(halves, key=lambda half: abs(covers(odds, truth, half) - 0.8)))


def crossed_error(odds: Floats, label: NDArray[np.int64]) -> float:
    """Calibration error with the temperature that the other half of the rows would give."""
    logits = np.log(odds + 1e-12)
    errors = []
    for fit, test in ((0, 1), (1, 0)):
        heat = emotion_heat(logits[fit::2], label[fit::2])
        errors.append(calibration_error(softmax(logits[test::2], heat), label[test::2]))
    return float(np.mean(errors))


def crossed_coverage(odds: Floats, truth: NDArray[np.int64]) -> float:
    """Share of true ages inside the interval that the other half of the rows would give."""
    logits = np.log(odds + 1e-12)
    shares = [
        covers(odds[test::2], truth[test::2], age_half(logits[fit::2], truth[fit::2]))
        for fit, test in ((0, 1), (1, 0))
    ]
    return float(np.mean(shares))


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


def unit_spread(truth: Floats, found: Floats, most: float = 2.0) -> list[float]:
    """How much to stretch each channel about its mean: (N, channels) both, at most ``most``."""
    ratio = truth.std(0) / np.maximum(found.std(0), 1e-6)
    return [round(float(r), 3) for r in ratio.clip(1.0, most)]


def calibrate(networks: Networks, rows: Rows, least: float = LEAST_CORRELATION) -> Calibration:
    """Fit everything on the validation share."""
    index = np.flatnonzero(rows["val"].astype(bool))
    out = predict(networks, rows, index)
    label = rows["emotion"][index].astype(np.int64)
    age = np.minimum(rows["age"][index], 100).astype(np.int64)
    mesh = rows["has_mesh"][index].astype(bool)
    scaled = ((rows["units"] - rows.unit_mean) / rows.unit_std).astype(np.float32)
    truth = scaled[index][mesh]
    felt, aged = label >= 0, age >= 0
    telling = [i for i, name in enumerate(BASIC) if facs.unsided(name) in EXPRESSIVE]
    narrow, wide = (
        felt & (rows["source"][index] == SOURCES.index(name)) for name in ("fer2013", "muxspace")
    )
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
            emotion_heat(out.face[0][narrow], label[narrow]),
            emotion_heat(out.face[0][wide], label[wide]),
            emotion_heat(region_emotion, np.repeat(label[felt], len(telling))),
        ),
        unit_spread=(
            unit_spread(truth, out.face[2][mesh]),
            _region_spread(truth, out.regions[2][mesh], visible),
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


def _region_spread(truth: Floats, found: Floats, visible: NDArray[np.bool_]) -> list[float]:
    """One spread a channel for all basic regions that show it, (N, regions, channels) ``found``."""
    out = []
    for j in range(len(CHANNELS)):
        seen = found[:, visible[:, j], j]
        many = np.repeat(truth[:, j : j + 1], seen.shape[1], 1)
        out += unit_spread(many.reshape(-1, 1), seen.reshape(-1, 1)) if seen.size else [1.0]
    return out
