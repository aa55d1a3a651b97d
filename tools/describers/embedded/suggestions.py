"""Which emotion and age the pixels suggest: of the whole face, and of each region alone."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from focalface.tools.describers.embedded.alignment import Alignment
from focalface.tools.describers.embedded.calibration import interval, mixed, tempered
from focalface.tools.describers.embedded.metadata import ReadingMetadata
from focalface.tools.describers.embedded.networks import Floats, Look, Networks, Odds
from focalface.tools.describers.embedded.patches import cut_patches
from focalface.tools.describers.embedded.sharpness import sharpness
from focalface.tools.types import Emotion


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Emotion -> odds, and the low end, median and high end of the age in years.

    ``tiny``: hardly a pixel said so.
    """

    emotion: dict[Emotion, float]
    age: tuple[float, float, float]
    tiny: bool = False


def suggested_by_face(networks: Networks, look: Look, odds: Odds) -> Suggestion:
    """Emotion and age of the whole face, by each network that saw it and has an opinion."""
    about = networks.reading
    emotion, age = odds["emotion"], odds["age"]
    if look.emotion is not None and look.age is not None:
        share = about.face_net_share
        named = dict(zip(networks.face.emotions, look.emotion, strict=True))
        other = np.array([named[emotion] for emotion in about.emotions], np.float32)
        emotion = mixed(emotion, other, share.emotion)
        age = (1 - share.age) * age + share.age * look.age
    heat = _heat(about, sharpness(look.crop))
    return _suggestion(about.emotions, tempered(emotion, heat), interval(age, about.age_half))


def suggested_by_parts(
    networks: Networks,
    rgb: NDArray[np.uint8],
    place: Alignment,
    outlines: Sequence[Floats],
    hidden: Sequence[Floats] = (),
) -> list[Suggestion]:
    """What each of some outlines (n, 2), crop fractions, suggests by its visible pixels alone."""
    if not outlines:
        return []
    about = networks.part
    patches = cut_patches(rgb, place, outlines, hidden)
    emotion, age = networks.parts(patches)
    parts = zip(emotion, interval(age, about.age_half), patches.tiny.tolist(), strict=True)
    return [_suggestion(about.emotions, *part) for part in parts]


def _heat(about: ReadingMetadata, sharp: float) -> float:
    """The temperature of emotion at a sharpness."""
    known = about.emotion_heat
    return float(np.exp(np.interp(sharp, known.sharpness, np.log(known.heat))))


def _suggestion(
    emotions: Sequence[Emotion], odds: Floats, age: Floats, tiny: bool = False
) -> Suggestion:
    low, years, high = age.tolist()
    return Suggestion(dict(zip(emotions, odds.tolist(), strict=True)), (low, years, high), tiny)
