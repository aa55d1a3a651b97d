"""What the embedded networks say of themselves: classes, calibration, and what is assessed.

The metadata are JSON inside each ONNX file, under the key ``focalface``. Training writes them from
validation figures; nothing here is chosen by hand.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from focalface.tools.errors import ModelDamagedError
from focalface.tools.types import Emotion

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Line = tuple[float, float]
"""Slope and offset on the logit of a probability: p -> sigmoid(slope * logit(p) + offset)."""


class Metadata(BaseModel):
    """Base of the three: immutable; fields that only training needs are left aside."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Heat(Metadata):
    """Temperatures of emotion at rising levels of sharpness; between them it follows the log."""

    sharpness: tuple[float, ...]
    heat: tuple[float, ...]


class OpinionShare(Metadata):
    """Weights of the second opinions beside the reading network's own."""

    emotion: float
    age: float


class ReadingMetadata(Metadata):
    """Of the reading network.

    ``units``: codes in order of the outputs ``units`` and ``sides``, ``assessed``: those whose
    validation figures suffice. ``presence``, ``clear`` and ``closed``: calibration of P(code >= 1)
    and P(code >= 2) of each unit, and of P(closed) of an eye by the output ``lids``.
    ``categories``: output -> its classes.

    ``hidden``: category -> class -> probability from which it holds. ``attributes``: category ->
    probability from which its likeliest class is told, None where it never is. An 80 % interval
    of age lies between the quantiles 0.5 - ``age_half`` and 0.5 + ``age_half``.
    """

    units: tuple[str, ...]
    assessed: frozenset[str]
    presence: tuple[Line, ...]
    clear: tuple[Line, ...]
    closed: Line
    emotions: tuple[Emotion, ...]
    emotion_heat: Heat
    opinion_share: OpinionShare
    age_half: float
    categories: Mapping[str, tuple[str, ...]]
    hidden: Mapping[str, Mapping[str, float]]
    attributes: Mapping[str, float | None]


class OpinionMetadata(Metadata):
    """Of the second opinion on emotion: its classes in order."""

    emotions: tuple[Emotion, ...]


class PartMetadata(Metadata):
    """Of the part network: emotion classes, and ``age_half`` as for the whole face."""

    emotions: tuple[Emotion, ...]
    age_half: float


M = TypeVar("M", bound=Metadata)


def read_metadata(kind: type[M], session: "InferenceSession", path: Path) -> M:
    """Return the metadata of an open network; raises ``ModelDamagedError`` when they are not its
    own."""
    try:
        found = session.get_modelmeta().custom_metadata_map["focalface"]
        return kind.model_validate(json.loads(found))
    except (KeyError, ValueError, ValidationError):
        raise ModelDamagedError(
            f"'{path}' is not the embedded describer; install the package focalface again."
        ) from None
