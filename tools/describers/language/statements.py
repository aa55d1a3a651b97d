"""What a text states, clause by clause: parts, action units, emotions, ages, and how surely.

Words for regions, units and emotions are those of the tools (one vocabulary for product and
evaluation); ages have their own small patterns here. Texts from any describer are read, so
everything is by meaning of words, never by the layout of our own sentences. By what is read here a
describer's stray sentences are left out, and evaluation counts those of any subject.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from focalface.tools.describers.language import phrases
from focalface.tools.face import facs, regions
from focalface.tools.face.emotion_rows import emotion_words
from focalface.tools.face.regions import BASIC, UNIONS, side_of
from focalface.tools.types import AgeEstimate, Emotion, EmotionEstimate, Side

FACE = "face"
_NAMED = 2
"""An emotion in a text agrees with the structure when it is among so many of the likeliest."""
_OTHER = {"left": "right", "right": "left"}
_EMOTION_WORDS = emotion_words()
_AGE = re.compile(
    r"\b(\d{1,3})\s*(?:-|–|to)\s*(\d{1,3})\b(?=[^.;]*\b(?:years?|old|age)|\s*$)"
    r"|\bage[ds]?\s+(?:of |about |around |roughly )*(\d{1,3})\b"
    r"|\b(\d{1,3})\s*(?:-\s*)?years?(?:\s*-?\s*old)?\b"
    r"|\b(\d)0s\b|\b(\d{2})\+"
)


_LEADING = re.compile(r"^and\s+")
_LOOK = re.compile(
    r"\bto(?:wards?)? (?:the (?:subject|person|viewer)['’]s|their|his|her|its) (?:left|right)\b"
)
"""Where somebody looks, which is no side of the face."""
_DENIED = re.compile(r"\b(?:hardly|barely|scarcely|missing|at most a trace)\b")


@dataclass(frozen=True, slots=True)
class Statement:
    """One clause: atlas names of parts, AU codes, emotions and age spans that it speaks of.

    ``parts``: groups of which each is one thing spoken of; any name of a group will do where no
    side is said (``the eye``), all where they are (``both eyes``), each then a group of its own.
    ``side``: of the clause, ``both`` where it names none or each. ``unsure`` clauses say that
    something cannot be told; ``negated`` ones that it is absent.
    """

    text: str
    parts: tuple[tuple[str, ...], ...]
    side: Side
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
    body = _LOOK.sub(" ", clause)
    emotions = [_EMOTION_WORDS[w] for w in re.findall(r"[a-z]+", clause) if w in _EMOTION_WORDS]
    return Statement(
        text=clause,
        parts=tuple(_parts(body)),
        side=phrases.side_in(body),
        units=tuple(phrases.codes_in(clause)),
        emotions=tuple(dict.fromkeys(emotions)),
        ages=tuple(_ages(clause)),
        negated="absent" in stances or bool(_DENIED.search(clause)),
        unsure="unknown" in stances,
    )


def _parts(clause: str) -> Iterator[tuple[str, ...]]:
    """Yield what the clause speaks of, names of units aside."""
    bare = _without_unit_names(_LEADING.sub("", clause))
    for group in regions.mention_groups(bare):
        pair = {side_of(name) for name in group} == {"left", "right"}
        if pair and not _plural(group, bare):
            yield group
        else:
            yield from ((name,) for name in group)


def _plural(group: tuple[str, ...], clause: str) -> bool:
    """Tell ``both eyes`` and ``the eyes`` from ``the eye``."""
    nouns = "|".join(name.rpartition("_")[2] + "s" for name in group)
    return bool(re.search(rf"\b(?:both|each|{nouns})\b", clause))


def stays_within(statement: Statement, places: Collection[str], units: Collection[str]) -> bool:
    """Tell whether a statement speaks of nothing outside some basic regions.

    Each part has to touch them, each unit to be one of ``units``, and a unit of one side to be
    theirs. Words for the face as a whole ("a relaxed face") are no claim about another part.
    """
    parts = [group for group in statement.parts if group != (FACE,)]
    if not all(any(basics_of(name) & set(places) for name in group) for group in parts):
        return False
    if not set(statement.units) <= set(units):
        return False
    sides = {side_of(name) for name in places}
    sided = any(facs.UNITS[code].sided for code in statement.units)
    return not (sided and sides == {_OTHER.get(statement.side)})


def basics_of(name: str) -> frozenset[str]:
    """Return the basic atlas regions that a name covers."""
    return frozenset(UNIONS.get(name, (name,))) & frozenset(BASIC)


def verdicts(
    statement: Statement,
    units: Mapping[str, float],
    emotion: EmotionEstimate | None,
    age: AgeEstimate | None,
) -> Iterator[bool]:
    """Tell for each checkable claim of a statement whether a structure bears it out.

    ``units``: code -> intensity 0..1 of the units that were judged.
    """
    for code in statement.units:
        # A unit that is not in the structure can neither be claimed nor denied by the text.
        yield code in units and (units[code] >= facs.PRESENT) != statement.negated
    if not statement.negated:
        for label in statement.emotions:
            chances = emotion.probabilities if emotion else {}
            yield label in sorted(chances, key=chances.__getitem__, reverse=True)[:_NAMED]
        for low, high in statement.ages:
            yield age is not None and low <= age.high + 0.5 and high >= age.low - 0.5


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
