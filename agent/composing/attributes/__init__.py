"""What the evidence says about each attribute, as sentences that cite their regions. Pure.

Every function takes the evidence of one face. Intensities are judged against
``facs.PRESENT``; hedges follow from numbers, never from taste.
"""

from collections.abc import Callable, Sequence

from focalface.agent.basics.evidence import Evidence
from focalface.agent.basics.sentence import Sentence
from focalface.agent.composing.attributes import appearance
from focalface.agent.composing.attributes.ages import age, decade, mean_age, within, within_one_of
from focalface.agent.composing.attributes.feelings import (
    emotion,
    suggests,
    unlikely,
)
from focalface.agent.composing.attributes.fits import at_odds, behind
from focalface.agent.composing.attributes.gaps import gaps, unread
from focalface.agent.composing.attributes.heads import head
from focalface.agent.composing.attributes.movement import absent, foremost, movements, unjudged
from focalface.agent.composing.attributes.openness import eye_openness, mouth_openness
from focalface.agent.composing.attributes.pains import in_pain, pain
from focalface.agent.composing.attributes.sides import PLACED, asymmetry, heights, sides
from focalface.agent.composing.attributes.signs import SIGNS, fatigue, tension
from focalface.agent.composing.attributes.smiles import genuineness, in_the_eyes
from focalface.agent.composing.attributes.units import cites, unit, units
from focalface.agent.understanding.intent import Degree
from focalface.tools.types import Emotion

__all__ = [
    "PLACED",
    "SIGNS",
    "about",
    "absent",
    "age",
    "appearance",
    "asymmetry",
    "at_odds",
    "behind",
    "cites",
    "decade",
    "emotion",
    "foremost",
    "gaps",
    "head",
    "heights",
    "in_pain",
    "in_the_eyes",
    "mean_age",
    "movements",
    "sides",
    "suggests",
    "units",
    "unjudged",
    "unlikely",
    "unread",
    "within_one_of",
]

_TOPICS: dict[str, Callable[[Evidence, bool], list[Sentence]]] = {
    "age": age,
    "genuineness": genuineness,
    "tension": tension,
    "fatigue": fatigue,
    "asymmetry": asymmetry,
    "head_pose": head,
}


_OPENNESS: dict[str, Callable[[Evidence, Degree], list[Sentence]]] = {
    "eye_openness": eye_openness,
    "mouth_openness": mouth_openness,
}


def about(
    attribute: str,
    ev: Evidence,
    *,
    expert: bool,
    numbers: bool,
    asked: Sequence[Emotion] = (),
    years: tuple[float, float] | None = None,
    full: bool = True,
    degree: Degree = "",
) -> list[Sentence]:
    """Return sentences on one attribute; empty when the evidence is silent (see :func:`gaps`).

    ``asked``: emotions, and ``years``: a span of ages (from, below), that the question names.
    ``full``: also what is missing of the pattern of an emotion. ``degree``: how much is asked for.
    """
    if attribute == "age" and years:
        return within(ev, years)
    if attribute == "emotion":
        return emotion(ev, expert=expert, numbers=numbers, asked=asked, full=full)
    if attribute == "pain":
        return pain(ev, expert, numbers=numbers)
    if attribute in appearance.TOPICS:
        return appearance.appearance(attribute, ev)
    if attribute in _OPENNESS:
        return _OPENNESS[attribute](ev, degree)
    if attribute in _TOPICS:
        return _TOPICS[attribute](ev, expert)
    return unit(attribute, ev, expert=expert, numbers=numbers, degree=degree)
