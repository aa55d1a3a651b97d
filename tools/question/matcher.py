"""Finds phrases of a table in the base form of a question; has no words of its own but articles.

A phrase matches in any number, and with an article, a pronoun or a side in between: "corner of the
eye" is found in "at the corners of her left eyes". At each place the longest phrase wins.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from focalface.tools.question.lexicon import words
from focalface.tools.question.text import read_text

SIDES = frozenset({"left", "right"})
_DETERMINERS = frozenset(words("the a an his her their its my your our this that both two"))
_JOINING = frozenset({"of", "to"})
"""Prepositions that may be left out of a phrase, or be taken for each other."""
_LINKS = _JOINING | frozenset(
    words("above under below beneath underneath over beside next between around at near by and")
)
"""What an article may follow within a phrase."""
ANY_SIDE = "%"
"""Stands in a phrase where a side may stand although what it means has none."""

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Found(Generic[Value]):
    """A phrase in a text: what it means, and its place there in characters."""

    value: Value
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Phrase(Generic[Value]):
    words: tuple[str, ...]
    value: Value
    sided: bool


class Matcher(Generic[Value]):
    """Phrases with their meaning, ready to be found.

    Args:
        phrases: phrase, what it means, and whether a side may stand within it.
    """

    def __init__(self, phrases: Iterable[tuple[str, Value, bool]]) -> None:
        self._starting: dict[str, list[_Phrase[Value]]] = {}
        for text, value, sided in phrases:
            own = _Phrase(_words(text), value, sided or ANY_SIDE in text)
            self._starting.setdefault(own.words[0], []).append(own)
        for known in self._starting.values():
            known.sort(key=lambda phrase: -len(phrase.words))

    def find(self, base: str) -> list[Found[Value]]:
        """Return the phrases of a text in its base form, in order; none overlaps another."""
        tokens = [(match.group(), *match.span()) for match in re.finditer(r"\S+", base)]
        typed = [word for word, _, _ in tokens]
        found: list[Found[Value]] = []
        at = 0
        while at < len(typed):
            for phrase in self._starting.get(typed[at], ()):
                if after := _end(phrase, typed, at):
                    found.append(Found(phrase.value, tokens[at][1], tokens[after - 1][2]))
                    at = after
                    break
            else:
                at += 1
        return found


def _words(text: str) -> tuple[str, ...]:
    """Return the words of a phrase in their base form, without articles."""
    plain = read_text(text.replace(ANY_SIDE, " ")).base.split()
    return tuple(word for word in plain if word not in _DETERMINERS and word != "'s")


def _end(phrase: _Phrase[Value], typed: list[str], at: int) -> int:
    """Tell where a phrase ends that begins at a word; 0 where it does not begin there."""
    bare = {"'s", *SIDES} if phrase.sided else {"'s"}
    skipped: Collection[str] = ()
    for wanted in phrase.words:
        while at < len(typed) and typed[at] != wanted and typed[at] in skipped:
            at += 1
        skipped = bare | _DETERMINERS if wanted in _LINKS else bare
        here = typed[at] if at < len(typed) else ""
        if here == wanted or (wanted in _JOINING and here in _JOINING):
            at += 1
        elif wanted not in _JOINING:
            return 0
    return at
