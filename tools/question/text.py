"""Questions as the rules read them: cleaned, lower case, typos mended, words in their base form."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from focalface.tools.face import region_rows
from focalface.tools.question.lexicon import BASES, CHAT, IRREGULAR, NO_TYPOS
from focalface.tools.question.typos import Mender
from focalface.tools.question.vocabulary import inflections, listed, long_words

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
def _standing() -> frozenset[str]:
    """Words that are no typos."""
    return frozenset([*_lemmas(), *CHAT, *listed(), *NO_TYPOS])


@cache
def _mender() -> Mender:
    return Mender(_lemmas())


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


_BOTH_HALVES = re.compile(r"\b(upper|top) and (?:the )?(lower|bottom) (lip|lid|face|half|part)\b")
"""Two parts of one name: "the upper and the lower lip"."""


@lru_cache(maxsize=64)  # several readers of one turn
def clean(text: str) -> str:
    """Without control characters and doubled blanks, quotes made straight."""
    shown = text
    if not text.isprintable() or not text.isascii():
        shown = "".join(" " if unicodedata.category(c)[0] == "C" else c for c in text)
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", shown).translate(_QUOTES)).strip()


@lru_cache(maxsize=64)  # several readers of one turn
def read_text(question: str) -> Text:
    """The three forms of a question; never fails, an empty one gives empty forms."""
    cut = len(question) > LONGEST
    raw = clean(question[:LONGEST])
    words = [_meant(token) for token in _TOKEN.findall(raw.lower())]
    base = _BOTH_HALVES.sub(r"\1 \3 and \2 \3", " ".join(_base(word) for word in words))
    return Text(raw=raw, plain=" ".join(words), base=f" {base} ", cut=cut)


def _meant(token: str) -> str:
    fixed = CHAT.get(token) or mend(token)
    return CHAT.get(fixed, fixed)


@lru_cache(maxsize=1 << 14)
def mend(word: str) -> str:
    """``word``, or the known word that it is a typo of."""
    stem, quote, rest = word.partition("'")
    if stands(stem) or not stem.isascii() or not stem.isalpha():
        return word
    fixed = _dropped(stem) or _mender().meant(stem)
    return f"{fixed}{quote}{rest}" if fixed else word


def stands(word: str) -> bool:
    """Whether a word is no typo of another one."""
    return word in _standing()


_DROPPED_G = re.compile(r"\w{3,}[^aeiou]in$")
"""What only "-ing" is made of mostly: "talkin"; a "captain" or "cousin" more harms nobody."""


def _dropped(word: str) -> str | None:
    """Return the word that is meant where letters were drawn out, or one of "-ing" was dropped."""
    short = [re.sub(r"(.)\1{2,}", letters, word) for letters in (r"\1\1", r"\1")]
    meant = [f"{form}g" for form in (word, *short) if re.search(r"\win$", form)]
    meant += [f"{word[:-2]}ing"] if re.search(r"[^aeiou]ng$", word) else []
    if known := next((form for form in (*short, *meant) if stands(form)), None):
        return known
    if short[-1] != word:
        return short[-1]
    return f"{word}g" if _DROPPED_G.search(word) else None


def _base(word: str) -> str:
    stem, quote, rest = word.partition("'")
    if quote and rest == "s":
        return f"{_lemmas().get(stem, stem)} 's"
    return CHAT.get(word) or _lemmas().get(word, word)
