"""Typing errors: the known word that an unknown one is meant to be.

Mended is what hands do: two letters that changed places, one that was left out or typed twice, one
of a neighbouring key, and spelling by ear. A vowel in place of another makes another word more
often than a slip ("pills" is no "pulls"), so it is left alone.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

_ENDINGS = ("ly", "lly", "ness", "ist", "est", "ful", "less", "able", "ish", "y", "er", "ers")
"""Endings that make another word of a known one, not a typo of it."""
_SHORTEST, _STEM_FROM, _BY_EAR, _KEY = 4, 5, 6, 8
"""Letters of a word that is mended at all; of a stem that may lack a letter, or that is spelt by
ear; of one with a neighbouring key. Shorter ones are other words ("writing" is no "writhing")."""
_STEM = re.compile(r"(?:ing|ed|ers?|es|[sd])$")
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_VOWELS = frozenset("aeiou")
_SAME_WORD = 6
"""Letters in which the bases of two forms agree that are forms of one word."""


class Mender:
    """Mends towards known words.

    Args:
        known: every known form, lower case -> its base.
    """

    def __init__(self, known: Mapping[str, str]) -> None:
        self._known = known
        self._like: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in known:
            self._like[word[0], len(word)].append(word)

    def meant(self, word: str) -> str | None:
        """The known word that an unknown one is a typo of; None where none or several may be."""
        if len(word) < _SHORTEST or self._derived(word):
            return None
        lengths = range(len(word) - 1, len(word) + 2)
        like = (other for long in lengths for other in self._like.get((word[0], long), ()))
        close = {other for other in like if _is_slip(word, other)}
        if len({self._known[other][:_SAME_WORD] for other in close}) != 1:
            return None
        return min(close, key=lambda other: (len(other) != len(word), other))

    def _derived(self, word: str) -> bool:
        return any(word.endswith(end) and word[: -len(end)] in self._known for end in _ENDINGS)


def _is_slip(typed: str, meant: str) -> bool:
    """Whether one slip makes ``typed`` of ``meant``; both begin with the same letter, and are as
    long but for one."""
    if len(meant) <= _SHORTEST:
        return False
    from rapidfuzz.distance import OSA, Indel  # only when something unknown was typed

    once = OSA.distance(typed, meant, score_cutoff=1) == 1
    if once and sorted(typed) == sorted(meant):
        return True
    said, heard = _sound(typed), _sound(meant)
    if said == heard:
        return True
    stem = min(len(_STEM.sub("", word)) for word in (typed, meant))
    if typed[-1] != meant[-1] or stem < _STEM_FROM:
        return False
    if once and len(typed) != len(meant):
        return True
    by_ear = Indel.distance(said, heard, score_cutoff=1) == 1
    return (stem >= _BY_EAR and by_ear) or (stem >= _KEY and once and _wrong_key(typed, meant))


def _wrong_key(typed: str, meant: str) -> bool:
    one, other = next(pair for pair in zip(typed, meant, strict=False) if len({*pair}) > 1)
    if {one, other} <= _VOWELS:
        return False
    rows = [row for row in _KEYS if one in row and other in row]
    return any(abs(row.index(one) - row.index(other)) == 1 for row in rows)


@lru_cache(maxsize=8192)  # every unknown word is held against the same known ones
def _sound(word: str) -> str:
    """A word as it is spoken, roughly: letters that are taken for each other are made one."""
    for written, spoken in (("x", "ks"), ("z", "s"), ("ph", "f"), ("ck", "k"), ("c", "k")):
        word = word.replace(written, spoken)
    return re.sub(r"([^aeiou])\1", r"\1", word)
