"""What a text states, clause by clause: parts, action units, emotions, ages, and how surely.

Words for regions, units and emotions are those of the tools (one vocabulary for product and
evaluation); ages have their own small patterns here. Texts from any describer are read, so
everything is by meaning of words, never by the layout of our own sentences.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from focalface.tools.describers.language import phrases
from focalface.tools.face import regions
from focalface.tools.face.emotion_rows import emotion_words
from focalface.tools.types import Emotion

_EMOTION_WORDS = emotion_words()
_AGE = re.compile(
    r"\b(\d{1,3})\s*(?:-|–|to)\s*(\d{1,3})\b(?=[^.;]*\b(?:years?|old|age)|\s*$)"
    r"|\bage[ds]?\s+(?:of |about |around |roughly )*(\d{1,3})\b"
    r"|\b(\d{1,3})\s*(?:-\s*)?years?(?:\s*-?\s*old)?\b"
    r"|\b(\d)0s\b|\b(\d{2})\+"
)


_DENIED = re.compile(r"\b(?:hardly|barely|scarcely|missing|at most a trace)\b")


@dataclass(frozen=True, slots=True)
class Statement:
    """One clause: atlas names of parts, AU codes, emotions and age spans that it speaks of.

    ``unsure`` clauses say that something cannot be told; ``negated`` ones that it is absent.
    """

    text: str
    parts: tuple[str, ...]
    units: tuple[str, ...]
    emotions: tuple[Emotion, ...]
    ages: tuple[tuple[float, float], ...]
    negated: bool
    unsure: bool

    @property
    def is_claim(self) -> bool:
        """Whether it says something about a face at all, and says it plainly."""
        return not self.unsure and bool(self.parts or self.units or self.emotions or self.ages)


def statements(text: str) -> list[Statement]:
    """Return the statements of a text in reading order."""
    return [_statement(clause) for clause in phrases.clauses(text)]


@lru_cache(maxsize=1 << 16)
def _statement(clause: str) -> Statement:
    # Describers repeat themselves over regions and faces, and three metrics read each text.
    stances = {m.stance for m in phrases.mentions(f"{clause} au99 au1")}
    emotions = [_EMOTION_WORDS[w] for w in re.findall(r"[a-z]+", clause) if w in _EMOTION_WORDS]
    return Statement(
        text=clause,
        parts=regions.mentions(_without_unit_names(clause)),
        units=tuple(phrases.codes_in(clause)),
        emotions=tuple(dict.fromkeys(emotions)),
        ages=tuple(_ages(clause)),
        negated="absent" in stances or bool(_DENIED.search(clause)),
        unsure="unknown" in stances,
    )


def _without_unit_names(clause: str) -> str:
    """Return the clause without phrases for units: "cheek raiser" is a unit, not a remark on the
    cheek."""
    for pattern in _UNIT_NAMES:
        clause = pattern.sub(" ; ", clause)
    return clause


_UNIT_NAMES = [
    re.compile(r"\b(?:" + "|".join(variants) + r")\b") for variants in phrases.PHRASES.values()
]


def _ages(clause: str) -> list[tuple[float, float]]:
    """Spans of years: a number is itself, "the 30s" are 30-39, "70+" is open upwards."""
    found = []
    for low, high, about, years, decade, plus in _AGE.findall(clause):
        if low:
            found.append((float(low), float(high)))
        elif decade:
            found.append((float(decade) * 10, float(decade) * 10 + 9))
        elif plus:
            found.append((float(plus), 120.0))
        else:
            found.append((float(about or years), float(about or years)))
    return found
