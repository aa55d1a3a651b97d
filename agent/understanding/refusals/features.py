"""What a question is made of, as places in a table of weights.

Its words and their letters in threes to fives, words in twos and with one between, and the *shape*
of two to four words: a short word as it is, a longer one by its ending ("is the ~er"), so that a
word that nobody ever listed is judged by its company.
"""

import re
import zlib
from functools import lru_cache
from itertools import pairwise

BUCKETS = 1 << 17
"""Rows of the table that tells whether a question is refused."""
REASON_BUCKETS = 1 << 13
"""Rows of the table that tells why: words and pairs of words only."""

_TOKEN = re.compile(r"[a-z0-9']+|[^\sa-z0-9']")
_LETTERS = range(3, 6)
_SHORT = 4
"""Letters of the longest word that stands for itself in a shape: most of these are grammar."""
_SHAPES = range(2, 5)
"""Words in a row whose shape is seen together."""


def buckets(question: str) -> frozenset[int]:
    """Return rows of everything that a question is made of."""
    ended = ["^", *tokens(question), "$"]
    shapes = [word if len(word) <= _SHORT else f"~{word[-2:]}" for word in ended]
    made = [f"skip {one} {two}" for one, two in zip(ended, ended[2:], strict=False)]
    made += [
        f"shape {' '.join(shapes[at : at + count])}"
        for count in _SHAPES
        for at in range(len(shapes) - count + 1)
    ]
    return words_and_pairs(question).union(map(_bucket, made))


@lru_cache(maxsize=64)  # the judges of requests and of acts ask for the same turn
def words_and_pairs(question: str) -> frozenset[int]:
    """Return rows of words, of their letters, and of words in twos."""
    typed = tokens(question)
    made = [f"pair {one} {two}" for one, two in pairwise(["^", *typed, "$"])]
    return frozenset(map(_bucket, made)).union(*map(_of_word, typed))


def reason_buckets(question: str) -> frozenset[int]:
    """Return rows of the words of a question, their beginnings, and pairs of words."""
    typed = tokens(question)
    made = [f"word {word}" for word in typed]
    made += [f"begin {word[:5]}" for word in typed if len(word) > 5]
    made += [f"pair {one} {two}" for one, two in pairwise(typed)]
    return frozenset(row_of(one, REASON_BUCKETS) for one in made)


def tokens(question: str) -> list[str]:
    """Return words and signs in lower case."""
    return _TOKEN.findall(question.lower().replace("\u2019", "'"))


def row_of(piece: str, rows: int) -> int:
    """Return where a piece of a question stands in a table of so many rows."""
    return zlib.crc32(piece.encode("utf-8", "replace")) % rows


def _bucket(piece: str) -> int:
    return row_of(piece, BUCKETS)


@lru_cache(maxsize=4096)
def _of_word(word: str) -> frozenset[int]:
    """Return a word and its letters, with where it begins and ends."""
    made = [f"word {word}"]
    if word[0].isalnum():
        spelt = f"_{word}_"
        made += [
            f"letters {spelt[at : at + count]}"
            for count in _LETTERS
            for at in range(len(spelt) - count + 1)
        ]
    return frozenset(map(_bucket, made))
