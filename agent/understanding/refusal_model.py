"""A learnt second opinion on what is out of bounds.

Rules know the words that they were given. This is a linear model over what a question is made of:
its words, neighbouring words, their letters in threes to fives, and the *kinds* of words in ones
to threes ("is PERSON ODD"). Kinds come from the tables of the rules, so that a word nobody ever
listed is judged by its company. All of it is hashed into one table of 8-bit weights (131 kB).

Learnt from 13,500 questions by 24 authors who knew neither the rules nor each other, most of them
asked for what is hard to tell apart, and from the sets that the rules were made with. Every author
judged by what the others taught: 92.9 % of the requests recognised and 5.4 % of the ordinary
questions refused, 75.1 % and 5.5 % by the rules alone. Two more authors, never learnt from and not
asked for anything hard: 255 of 260 and 5 of 340, 229 and 11 by the rules alone. Measured, and made
anew, by ``python -m focalface.evals.benchmarks.bounds``.
"""

import math
import re
import struct
import zlib
from array import array
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from focalface.agent.understanding import refusal_words
from focalface.tools.question import ordinary, vocabulary
from focalface.tools.question.lexicon import words

FILE = Path(__file__).with_suffix(".bin")
HEADER = struct.Struct("<3f")
"""Scale of the weights, bias, and what a refusal by the rules adds."""
BUCKETS = 1 << 17

_TOKEN = re.compile(r"[a-z0-9']+|[^\sa-z0-9']")
_LETTERS = range(3, 6)
_KINDS = range(1, 4)
_ITSELF = frozenset(
    words(
        "is are was were be been am do does did has have had can could would will should might may must "
        "the a an this that these those his her their my our your its he she they him them it i me we us "
        "you who what which how why where when whose if whether or and but not no so as than like look "
        "looks looking seem seems appear of in on at to for from with by about any some more most all "
        "both each just really there here one ones kind sort type face tell say think know see guess"
    )
)
"""Words whose kind is the word itself."""
_STANDS_FOR = {
    **dict.fromkeys(words("he she they him them"), "WHO"),
    **dict.fromkeys(words("his her their my"), "WHOSE"),
    **dict.fromkeys(words("the this that a an"), "THE"),
}
"""Of a second row of kinds, which tells less of the words itself."""
_PARTS = frozenset(
    words(
        "brow brows eyebrow eyebrows eye eyes lid lids eyelid eyelids mouth lip lips nose nostril "
        "nostrils cheek cheeks chin jaw forehead temple temples corner corners fold folds wrinkle "
        "wrinkles dimple dimples teeth muscle muscles smile smiles smiling grin grinning frown frowning "
        "expression side sides half region regions au"
    )
)


def refuses(question: str, *, ruled: bool) -> bool:
    """Whether a question is out of bounds; ``ruled``: the rules say so."""
    scale, bias, by_rules, weights = _learnt()
    found = buckets(question)
    total = sum(weights[bucket] for bucket in found)
    spread = math.sqrt(max(1, len(found)))
    return scale * total / spread + bias + by_rules * ruled > 0


def buckets(question: str) -> frozenset[int]:
    """Places in the table of weights of everything that a question is made of."""
    typed = _TOKEN.findall(question.lower().replace("’", "'"))
    kinds = ["^", *map(_kind, typed), "$"]
    wider = [_STANDS_FOR.get(kind, kind) for kind in kinds]
    made = {bucket for word in typed for bucket in _of_word(word)}
    made |= {_bucket("pair", *pair) for pair in pairwise(["^", *typed, "$"])}
    for (word, after), (kind, next_kind) in zip(
        pairwise(typed), pairwise(kinds[1:-1]), strict=True
    ):
        made |= {_bucket("before", word, next_kind), _bucket("after", kind, after)}
    for row, name in ((kinds, "kinds"), (wider, "wider")):
        for count in _KINDS:
            made |= {_bucket(name, *row[i : i + count]) for i in range(len(row) - count + 1)}
    return frozenset(made)


def _bucket(*parts: str) -> int:
    return zlib.crc32(" ".join(parts).encode()) % BUCKETS


@lru_cache(maxsize=4096)
def _of_word(word: str) -> frozenset[int]:
    """A word and its letters, with where it begins and ends."""
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
def _kind(word: str) -> str:
    if word in _ITSELF:
        return word
    tables = (
        ("JUDGING", word in refusal_words.judging()),
        ("STEM", bool(_stems().match(word))),
        ("PART", word in _PARTS),
        ("FEELING", word in _feelings()),
        ("PEOPLE", word in ordinary.people()),
        ("SHOWN", word in ordinary.shown()),
        ("ORDINARY", word in ordinary.known()),
        ("NUMBER", any(letter.isdigit() for letter in word)),
        ("FORM", word.endswith(("ing", "ly"))),
    )
    return next((kind for kind, holds in tables if holds), "ODD")


@cache
def _stems() -> re.Pattern[str]:
    return re.compile("|".join(s for text in refusal_words.STEMS.values() for s in text.split()))


@cache
def _feelings() -> frozenset[str]:
    tables = (
        *(vocabulary.FEELING, vocabulary.HAPPY_SIGN, vocabulary.PAIN, vocabulary.FATIGUE),
        *(vocabulary.TENSION, *vocabulary.EMOTIONS.values()),
    )
    listed = [word for text in tables for word in text.split() if "_" not in word]
    return frozenset(form for word in listed for form in (word, *vocabulary.inflections(word)))


@cache
def _learnt() -> "tuple[float, float, float, array[int]]":
    """Scale, bias, what the rules add, and the table of weights."""
    read = FILE.read_bytes()
    return (*HEADER.unpack_from(read), array("b", read[HEADER.size :]))
