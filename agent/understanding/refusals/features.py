"""What a question is made of, as places in a table of weights.

Its words, neighbouring words, their letters in threes to fives, and the *kinds* of words in ones to
threes ("is PEOPLE ODD"), so that a word that nobody ever listed is judged by its company.
"""

import re
import zlib
from functools import lru_cache
from itertools import pairwise

from focalface.agent.understanding.refusals.kinds import kind_of
from focalface.tools.question.lexicon import words

BUCKETS = 1 << 17
"""Rows of the table that tells whether a question is refused."""
REASON_BUCKETS = 1 << 13
"""Rows of the table that tells why: words and pairs of words only."""

_TOKEN = re.compile(r"[a-z0-9']+|[^\sa-z0-9']")
_LETTERS = range(3, 6)
_KINDS = 3
"""Kinds of words in a row that are seen together, at most."""
_STANDS_FOR = {
    **dict.fromkeys(words("he she they him them"), "WHO"),
    **dict.fromkeys(words("his her their my"), "WHOSE"),
    **dict.fromkeys(words("the this that a an"), "THE"),
}
"""Of a second row of kinds, which tells less of the words itself."""


@lru_cache(maxsize=64)  # the judges of requests and of acts ask for the same turn
def buckets(question: str) -> frozenset[int]:
    """Return rows of everything that a question is made of."""
    typed = tokens(question)
    kinds = ["^", *map(kind_of, typed), "$"]
    first, last = (typed[0], typed[-1]) if typed else ("$", "^")
    return frozenset((_bucket("pair", "^", first), _bucket("pair", last, "$"))).union(
        *map(_of_word, typed),
        *map(_of_pair, typed, typed[1:]),
        *(_of_kinds(*kinds[i : i + _KINDS]) for i in range(len(kinds))),
    )


def reason_buckets(question: str) -> frozenset[int]:
    """Return rows of the words of a question, their beginnings, and pairs of words."""
    typed = tokens(question)
    single = {zlib.crc32(f"word {word}".encode()) for word in typed}
    begun = {zlib.crc32(f"begin {word[:5]}".encode()) for word in typed if len(word) > 5}
    pairs = {zlib.crc32(f"pair {one} {two}".encode()) for one, two in pairwise(typed)}
    return frozenset(row % REASON_BUCKETS for row in single | begun | pairs)


def tokens(question: str) -> list[str]:
    """Return words and signs in lower case."""
    return _TOKEN.findall(question.lower().replace("\u2019", "'"))


def _bucket(*parts: str) -> int:
    return zlib.crc32(" ".join(parts).encode("utf-8", "replace")) % BUCKETS


@lru_cache(maxsize=4096)
def _of_word(word: str) -> frozenset[int]:
    """Return a word and its letters, with where it begins and ends."""
    made = {_bucket("word", word)}
    if word[0].isalnum():
        spelt = f"_{word}_"
        made |= {
            _bucket("letters", spelt[i : i + count])
            for count in _LETTERS
            for i in range(len(spelt) - count + 1)
        }
    return frozenset(made)


@lru_cache(maxsize=4096)
def _of_pair(word: str, after: str) -> frozenset[int]:
    """Return two words in a row, and either with the kind of the other."""
    return frozenset(
        (
            _bucket("pair", word, after),
            _bucket("before", word, kind_of(after)),
            _bucket("after", kind_of(word), after),
        )
    )


@lru_cache(maxsize=4096)
def _of_kinds(*kinds: str) -> frozenset[int]:
    """Return the kinds of words that stand here, in ones to threes, as they are and wider."""
    wider = [_STANDS_FOR.get(kind, kind) for kind in kinds]
    return frozenset(
        _bucket(name, *row[:count])
        for name, row in (("kinds", kinds), ("wider", wider))
        for count in range(1, len(kinds) + 1)
    )
