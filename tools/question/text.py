"""Questions as the rules read them: cleaned, lower case, typos mended, words in their base form."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from focalface.tools.face import region_rows
from focalface.tools.question import ordinary
from focalface.tools.question.lexicon import BASES, CHAT, GUARDED, IRREGULAR
from focalface.tools.question.vocabulary import inflections, listed, long_words

_ENDINGS = ("ly", "lly", "ness", "ist", "est", "ful", "less", "able", "ish", "y")
"""Endings that make another word of a known one, not a typo of it."""
LONGEST = 2000
"""Characters of a question that are read; more is cut off and the user is told."""


@cache
def _lemmas() -> dict[str, str]:
    """Every known form -> its base."""
    bases = {base: base for base in (*BASES, *region_rows.nouns())}
    made = {form: base for base in bases for form in inflections(base)}
    return {word: word for word in long_words()} | made | bases | IRREGULAR


def is_known(word: str) -> bool:
    """Whether a lower-case word is one that the rules know, in any form."""
    return word in _lemmas()


@cache
def _never_typos() -> frozenset[str]:
    guarded = (form for word in GUARDED for form in inflections(word))
    return frozenset([*listed(), *guarded, *ordinary.known()])


@cache
def _near(word: str) -> str | None:
    """The known form that ``word`` is a typo of, if there is exactly one at one edit."""
    if len(word) < 4:
        return None
    if any(word.endswith(end) and word[: -len(end)] in _lemmas() for end in _ENDINGS):
        return None
    known = [w for w in _lemmas() if abs(len(w) - len(word)) <= 2 and w[0] == word[0]]
    swapped = [w for w in known if len(w) == len(word) and _swap(word, w)]
    if swapped:
        return swapped[0]
    if len(word) < 5 and not any(len(w) == 5 and _one_edit(word, w) for w in known):
        return None
    close = {w for w in known if len(w) >= 5 and _one_edit(word, w)}
    if not close and len(word) >= 6:
        spoken = _sound(word)
        close = {w for w in known if len(w) >= 6 and _one_edit(spoken, _sound(w))}
    bases = {_lemmas()[w][:6] for w in close}
    return min(close, key=lambda w: (len(w) != len(word), w)) if len(bases) == 1 else None


def _swap(a: str, b: str) -> bool:
    """Whether two neighbouring letters of ``a`` changed places to give ``b``."""
    at = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    return len(at) == 2 and at[1] == at[0] + 1 and a[at[0]] == b[at[1]] and a[at[1]] == b[at[0]]


def _one_edit(a: str, b: str) -> bool:
    """Whether one letter was dropped, added or replaced between ``a`` and ``b``."""
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    if len(long) - len(short) > 1:
        return False
    i = 0
    while i < len(short) and short[i] == long[i]:
        i += 1
    if len(a) != len(b):
        return short[i:] == long[i + 1 :]
    return short[i + 1 :] == long[i + 1 :] and _slip(short[i : i + 1], long[i : i + 1])


def _sound(word: str) -> str:
    """A word as it is spoken, roughly: letters that are taken for each other are made one."""
    for written, spoken in (("x", "ks"), ("z", "s"), ("ph", "f"), ("ck", "k"), ("c", "k")):
        word = word.replace(written, spoken)
    return re.sub(r"(.)\1", r"\1", word)


def _slip(a: str, b: str) -> bool:
    """Whether two letters are taken for each other: neighbours on a keyboard, or both vowels."""
    rows = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
    beside = any(a in row and b in row and abs(row.index(a) - row.index(b)) == 1 for row in rows)
    return beside or {a, b} <= set("aeiou")


@dataclass(frozen=True, slots=True)
class Text:
    """A question in three forms.

    ``raw``: cleaned, case kept; ``plain``: lower case, typos mended; ``base``: words in their base
    form (``eyebrows`` -> ``brow``), separated by one space, punctuation as words of its own.
    """

    raw: str
    plain: str
    base: str
    cut: bool = False

    def masked(self, pattern: str) -> "Text":
        """A copy whose base form lost every match of ``pattern``."""
        return Text(self.raw, self.plain, re.sub(pattern, " ; ", self.base), self.cut)


_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "`": "'", "´": "'", "_": " "})
_TOKEN = re.compile(r"\d+(?:\.\d+)?|\w+(?:'\w+)?|[^\w\s]")


def clean(text: str) -> str:
    """Without control characters and doubled blanks, quotes made straight."""
    shown = "".join(" " if unicodedata.category(c)[0] == "C" else c for c in text)
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", shown).translate(_QUOTES)).strip()


def read_text(question: str) -> Text:
    """The three forms of a question; never fails, an empty one gives empty forms."""
    cut = len(question) > LONGEST
    raw = clean(question[:LONGEST])
    words = [_meant(token) for token in _TOKEN.findall(raw.lower())]
    base = " ".join(_base(word) for word in words)
    return Text(raw=raw, plain=" ".join(words), base=f" {base} ", cut=cut)


def _meant(token: str) -> str:
    fixed = CHAT.get(token) or mend(token)
    return CHAT.get(fixed, fixed)


def mend(word: str) -> str:
    """``word``, or the known word that it is a typo of."""
    stem, quote, rest = word.partition("'")
    if _stands(stem) or not stem.isascii() or not stem.isalpha():
        return word
    fixed = _dropped(stem) or _near(stem)
    return f"{fixed}{quote}{rest}" if fixed else word


def _stands(word: str) -> bool:
    """Whether a word is no typo of another one."""
    return word in _lemmas() or word in CHAT or word in _never_typos()


def _dropped(word: str) -> str | None:
    """The word that is meant where letters were drawn out or a g was dropped: "sooo", "smilin"."""
    short = [re.sub(r"(.)\1{2,}", letters, word) for letters in (r"\1\1", r"\1")]
    meant = [f"{form}g" for form in (word, *short) if re.search(r"\win$", form)]
    return next((form for form in (*short, *meant) if _stands(form)), None)


def _base(word: str) -> str:
    stem, quote, rest = word.partition("'")
    if quote and rest == "s":
        return f"{_lemmas().get(stem, stem)} 's"
    return CHAT.get(word) or _lemmas().get(word, word)
