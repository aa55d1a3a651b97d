"""Soft targets of emotion and age: the label, and what a teacher says of the whole face."""

import numpy as np
import torch
from numpy.typing import NDArray

from focalface.tools.training.describer.codes import AGE_BINS, EMOTIONS
from focalface.tools.training.describer.losses import bell
from focalface.tools.training.describer.rows import Rows
from focalface.tools.training.describer.soft import Soft

Floats = NDArray[np.float32]

LOOKS_WEIGHT = 0.6
"""Weight of an age that a face looks, against one that is known."""
AGE_LABEL = 0.6
"""Share of the label in a target of age; the rest is the teacher's."""
NO_EMOTION = np.zeros(len(EMOTIONS), np.float32)
NO_AGE = np.zeros(AGE_BINS, np.float32)
"""Targets of nothing known."""


def emotion_target(rows: Rows, i: int, soft: Soft | None, label: float, spread: float) -> Floats:
    """Return a distribution (7), or zeros without a label.

    Args:
        label: share of the label; the teacher's is what it and ``spread`` leave.
        spread: share of all classes alike.
    """
    of = int(rows["emotion"][i])
    if of < 0:
        return NO_EMOTION
    target = np.full(len(EMOTIONS), spread / len(EMOTIONS), np.float32)
    if soft is None:
        target[of] += 1 - spread
        return target
    target[of] += label
    return target + np.float32(1 - label - spread) * soft["emotion"][i]


def age_target(
    rows: Rows, i: int, soft: Soft | None, growth: float, base: float
) -> tuple[Floats, float, float]:
    """Return a distribution (101), its weight and the years; zeros where no age is known.

    ``growth`` and ``base`` are those of :func:`~.losses.bell`.
    """
    known, looks = float(rows["age"][i]), float(rows["looks"][i])
    if known < 0 and np.isnan(looks):
        return NO_AGE, 0.0, 0.0
    years = min(known, 100.0) if known >= 0 else looks
    target = bell(torch.tensor([years]), growth, base)[0].numpy()
    if soft is not None:
        target = AGE_LABEL * target + (1 - AGE_LABEL) * soft["age"][i]
    return target.astype(np.float32), 1.0 if known >= 0 else LOOKS_WEIGHT, years
