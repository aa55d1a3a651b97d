"""Which sentences of a model's text are kept: those that its region and its structure bear out.

A small model's sentences say more than it settled on: of a unit that cannot show here, of the other
side, of a movement that its own structure calls absent, of another age. Such a sentence is left
out, so that whoever reads only the text is told nothing that the rest of the answer denies.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from focalface.tools.describers.language import phrases
from focalface.tools.describers.language.statements import (
    Statement,
    statements,
    stays_within,
    verdicts,
)
from focalface.tools.types import ActionUnit, AgeEstimate, EmotionEstimate

_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_CODE = re.compile(r"\s*\(AU\d+\)")


@dataclass(frozen=True, slots=True)
class Structure:
    """What the rest of the answer says: code -> intensity 0..1 of judged units, emotion, age."""

    units: Mapping[str, float]
    emotion: EmotionEstimate | None
    age: AgeEstimate | None

    @classmethod
    def of(
        cls,
        units: Sequence[ActionUnit],
        emotion: EmotionEstimate | None,
        age: AgeEstimate | None,
    ) -> "Structure":
        """Return the structure with the stronger side of each unit."""
        strongest: dict[str, float] = {}
        for unit in units:
            strongest[unit.code] = max(strongest.get(unit.code, 0.0), unit.intensity)
        return cls(strongest, emotion, age)


@dataclass(frozen=True, slots=True)
class Kept:
    """The text that is left, and why sentences are not in it.

    ``strayed``: units outside the region that they spoke of. ``elsewhere``: they spoke of other
    parts. ``contradicted``: they did not agree with the structure.
    """

    text: str
    strayed: frozenset[str]
    elsewhere: bool
    contradicted: bool


def kept(text: str, places: Collection[str], units: Collection[str], structure: Structure) -> Kept:
    """Return the sentences of ``text`` that stay in the region and agree with the structure.

    ``places``: the basic regions that it is about; ``units``: codes that can show there. What is
    said twice, with the code of the unit or without, is kept once, and what was broken off is not.
    """
    left: dict[str, str] = {}
    strayed: set[str] = set()
    elsewhere = contradicted = False
    for sentence in _whole(text):
        outside = set(phrases.codes_in(sentence.lower())) - set(units)
        claims = statements(sentence)
        away = not all(stays_within(claim, places, units) for claim in claims if claim.is_claim)
        against = not all(_agrees(claim, structure) for claim in claims)
        strayed |= outside
        elsewhere |= away and not outside
        contradicted |= against and not (away or outside)
        if not (outside or away or against):
            left.setdefault(_CODE.sub("", sentence).lower(), sentence)
    return Kept(" ".join(left.values()), frozenset(strayed), elsewhere, contradicted)


def _agrees(claim: Statement, structure: Structure) -> bool:
    return claim.unsure or all(verdicts(claim, structure.units, structure.emotion, structure.age))


def _whole(text: str) -> list[str]:
    """Return sentences; the last one without an end is left out where others are whole."""
    found = _SENTENCE.split(text.strip())
    ended = found[-1].endswith((".", "!", "?")) or len(found) == 1
    return found if ended else found[:-1]
