"""What the evidence says about each attribute, as sentences that cite their regions. Pure.

Every function takes the evidence of one face. Intensities are judged against
``facs.PRESENT``; hedges follow from numbers, never from taste.
"""

from collections.abc import Callable, Sequence

from focalface.agent.evidence import Evidence, reach
from focalface.agent.findings.ages import age
from focalface.agent.findings.feelings import emotion
from focalface.agent.findings.movement import movements
from focalface.agent.findings.openness import eye_openness, mouth_openness
from focalface.agent.findings.sides import asymmetry, brow_heights
from focalface.agent.findings.signs import fatigue, pain, tension
from focalface.agent.findings.smiles import genuineness
from focalface.agent.findings.units import cites, unit, units
from focalface.agent.intents import looks
from focalface.agent.words import Say, at, joined, noun
from focalface.tools import facs
from focalface.tools.types import Emotion

__all__ = [
    "about",
    "age",
    "asymmetry",
    "brow_heights",
    "cites",
    "emotion",
    "movements",
    "units",
    "unknown",
]

_TOPICS: dict[str, Callable[[Evidence, bool], list[Say]]] = {
    "age": age,
    "genuineness": genuineness,
    "eye_openness": eye_openness,
    "mouth_openness": mouth_openness,
    "tension": tension,
    "fatigue": fatigue,
    "asymmetry": asymmetry,
}


def about(
    attribute: str, ev: Evidence, *, expert: bool, numbers: bool, asked: Sequence[Emotion] = ()
) -> list[Say]:
    """Sentences on one attribute; empty when the evidence is silent (see :func:`unknown`)."""
    if attribute == "emotion":
        return emotion(ev, expert=expert, numbers=numbers, asked=asked)
    if attribute == "pain":
        return pain(ev, expert, numbers=numbers)
    if attribute in _TOPICS:
        return _TOPICS[attribute](ev, expert)
    return unit(attribute, ev, expert=expert, numbers=numbers)


def unknown(attributes: Sequence[str], ev: Evidence) -> list[str]:
    """What bears on the attributes but was not assessed, as sentences for ``limits``."""
    outside = [a for a in attributes if a.startswith("AU") and a not in facs.UNITS]
    says = [f"{code} is not among the action units that I know." for code in outside]
    here = {part for name in ev.names() for part in reach(name)}
    codes = [
        code
        for code in ev.unassessed(looks.units_for(tuple(attributes)))
        if here & {"custom", *facs.regions_of(code)}
    ]
    if codes:
        listed = joined(f"{c} ({noun(c)})" for c in codes)
        was = "was" if len(codes) == 1 else "were"
        says.append(f"{listed} {was} not assessed by this describer: unknown, not absent.")
    for topic, value in (("emotion", ev.emotion()), ("age", ev.age())):
        if topic in attributes and value is None and ev.found:
            says.append(f"The {topic} could not be judged from {joined(at(d) for d in ev)}.")
    return says
