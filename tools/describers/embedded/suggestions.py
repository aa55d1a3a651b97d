"""Which emotion and age the pixels suggest: of the whole face, and of each region alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from focalface.tools.describers.embedded.alignment import Alignment
from focalface.tools.describers.embedded.calibration import (
    LEAST,
    interval,
    mixed,
    quantiles,
    tempered,
)
from focalface.tools.describers.embedded.metadata import ReadingMetadata
from focalface.tools.describers.embedded.networks import Bytes, Floats, Networks, Odds
from focalface.tools.describers.embedded.patches import cut_patches
from focalface.tools.describers.embedded.sharpness import sharpness
from focalface.tools.types import Emotion

MEMBERS = 0.4
"""Weight of what a part's members tell beside the part by itself. Chosen on validation faces: with
the eyes the upper face suggests the right emotion of 40 % of them and not of 36 %, with the mouth
the lower face of 50 % and not of 47 %."""

SURE = 0.6
"""Probability of the likeliest emotion from which on the reading network is heard alone ..."""
NARROW = 9.0
"""... and width in years of the middle half of its ages below which it is. Both chosen on one half
of the validation faces: hardly anything is lost on the other, and two faces of three, or one of
three, cost less (``tools/training/LOG.md``)."""
CODERS = 0.35
"""Weight of what a coder would say beside what the labels of photos say, where a face shows in
detail. Of web portraits it agrees with coders in 91 % and not 87 %; more would make faces of
48 pixels that somebody enlarged too sure."""
DETAIL = (64.0, 96.0)
"""Sides of the crop in pixels of the picture between which that weight rises from none: faces as
small as FER2013's are told by their own labels, with which coders often disagree."""
MIXED = "mixed"
"""The coders' class of what is none of the seven, or several: talking, chewing, effort."""
_QUARTERS = np.array([0.25, 0.75], np.float32)


@dataclass(frozen=True, slots=True)
class Part:
    """An outline (n, 2) in crop fractions, and those of the telling features that it holds.

    ``strict``: no member reaches beyond the outline; where one may, what is outside is left out.
    """

    outline: Floats
    members: Sequence[Floats] = ()
    strict: bool = True


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Emotion -> odds, and the low end, median and high end of the age in years.

    ``tiny``: hardly a pixel said so. ``mixed``: probability that it is no one emotion, of whole
    faces alone.
    """

    emotion: dict[Emotion, float]
    age: tuple[float, float, float]
    tiny: bool = False
    mixed: float | None = None


def suggested_by_face(networks: Networks, crop: Bytes, odds: Odds, side: float) -> Suggestion:
    """Return emotion and age of the whole face, from its crop (96, 96), the odds read in it, and
    second opinions where these are not sure; ``side``: of the crop in pixels of the picture."""
    about, share = networks.reading, networks.reading.opinion_share
    emotion, age = odds["emotion"], odds["age"]
    if unsure_of_emotion(emotion):
        other = dict(zip(networks.opinion.emotions, networks.judge_emotion(crop), strict=True))
        ordered = np.array([other[name] for name in about.emotions], np.float32)
        emotion = mixed(emotion, ordered, share.emotion)
    if unsure_of_age(age):
        age = (1 - share.age) * age + share.age * networks.judge_age(crop)
    coders, classes = odds["suggests"], about.categories["suggests"]
    emotion = with_coders(emotion, coders, side, [classes.index(name) for name in about.emotions])
    emotion = tempered(emotion, _heat(about, sharpness(crop)))
    made = _suggestion(about.emotions, emotion, interval(age, about.age_half))
    return replace(made, mixed=float(coders[classes.index(MIXED)]))


def with_coders(
    emotion: Floats, suggests: Floats, side: float | Floats, places: Sequence[int]
) -> Floats:
    """Return emotions (..., 7) with what coders would say of the same faces (..., 9).

    ``side`` (...): of the crop in pixels of the picture; ``places``: where the coders' classes have
    the seven. What else they know, contempt and mixed, leaves the emotions as they are.
    """
    named = suggests[..., list(places)]
    coded = named + (1 - named.sum(-1, keepdims=True)) * emotion
    weight = np.asarray(CODERS * np.interp(side, DETAIL, (0.0, 1.0)), np.float32)
    share = np.expand_dims(weight, -1)
    both: Floats = (1 - share) * emotion + share * coded
    return both


def unsure_of_emotion(odds: Floats) -> NDArray[np.bool_]:
    """Tell of which distributions of emotion (..., 7) a second opinion is worth its time."""
    return np.asarray(odds.max(-1) < SURE)


def unsure_of_age(odds: Floats) -> NDArray[np.bool_]:
    """Tell the same of ages (..., 101)."""
    middle = quantiles(odds, _QUARTERS)
    return np.asarray(middle[..., 1] - middle[..., 0] >= NARROW)


def suggested_by_parts(
    networks: Networks,
    rgb: NDArray[np.uint8],
    place: Alignment,
    parts: Sequence[Part],
    hidden: Sequence[Floats] = (),
) -> list[Suggestion]:
    """Return what each part suggests by its visible pixels alone, all in one batch.

    ``hidden``: outlines of what cannot be seen.
    """
    if not parts:
        return []
    about = networks.part
    outlines: list[Floats] = []
    bounds: dict[int, Floats] = {}
    rows: dict[tuple[bytes, bytes], int] = {}

    def row(outline: Floats, bound: Floats | None = None) -> int:
        key = outline.tobytes(), b"" if bound is None else bound.tobytes()
        if key not in rows:
            rows[key] = len(outlines)
            if bound is not None:
                bounds[len(outlines)] = bound
            outlines.append(outline)
        return rows[key]

    looks = [
        [row(p.outline), *(row(m, None if p.strict else p.outline) for m in p.members)]
        for p in parts
    ]
    patches = cut_patches(rgb, place, outlines, hidden, bounds)
    shares = shares_of(looks, len(outlines))
    emotion, age = (united(odds, shares) for odds in networks.parts(patches))
    tiny = patches.tiny[[look[0] for look in looks]].tolist()
    spread = interval(age, about.age_half)
    return [_suggestion(about.emotions, *one) for one in zip(emotion, spread, tiny, strict=True)]


def shares_of(looks: Sequence[Sequence[int]], count: int) -> Floats:
    """Return how much each of ``count`` outlines tells of P parts, (P, count); a look is the place
    of a part's own outline and those of its members."""
    shares = np.zeros((len(looks), count), np.float32)
    for row, (own, *members) in zip(shares, looks, strict=True):
        row[members] = MEMBERS / max(len(members), 1)
        row[own] += 1 - row.sum()
    return shares


def united(odds: Floats, shares: Floats) -> Floats:
    """Return the odds of parts (..., P, c) from those of outlines (..., K, c), mixed by ``shares``
    (P, K) of their logarithms."""
    raised: Floats = np.exp(shares @ np.log(odds + LEAST))
    return raised / raised.sum(-1, keepdims=True)  # type: ignore[no-any-return]


def _heat(about: ReadingMetadata, sharp: float) -> float:
    """The temperature of emotion at a sharpness."""
    known = about.emotion_heat
    return float(np.exp(np.interp(sharp, known.sharpness, np.log(known.heat))))


def _suggestion(
    emotions: Sequence[Emotion], odds: Floats, age: Floats, tiny: bool = False
) -> Suggestion:
    low, years, high = age.tolist()
    return Suggestion(dict(zip(emotions, odds.tolist(), strict=True)), (low, years, high), tiny)
