"""Questions of light words: "why?", "shorter please", "is that on both sides?".

They name nothing of their own. A row says by which words a kind of them is known; a question is of
that kind when all its other words are light ones: articles, pronouns, politeness. "Is the mouth
shorter on one side?" has heavy words left, so it is a question of its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from focalface.tools.question.lexicon import words
from focalface.tools.question.text import clean, is_known, read_text, stands

_LIGHT = frozenset(
    words(
        """
        a about actually again all alright also am an and answer answers any are area areas as at be been
        bit bits but by can cool could did do does don't else even exactly for from get give go got great had has
        have he her his hm hmm how i i'd i'm if image in info information into is it it's its just keep
        kindly let like little made make maybe me more much my need nice no now of off ok okay on one only
        or our out part parts photo picture please pls plz point put really region regions right said say
        see she so some sorry spot spots still thank thanks that that's the them then there these they
        thing things this those though to too us very want was we well were what what's whats which who
        will with would yeah yes you you'd your
        """
    )
)
"""Words that ask for nothing by themselves."""


@dataclass(frozen=True, slots=True)
class Row:
    """``keys``: patterns that all have to be found; ``light``: what may stand beside them."""

    keys: tuple[str, ...]
    light: frozenset[str] = frozenset()

    def fits(self, typed: str, spare: int = 0) -> bool:
        """Tell whether a question in lower-case words has the keys and nothing else of weight.

        ``spare``: heavy words that are let pass, none of them of a face.
        """
        rest = typed
        for key in map(_compiled, self.keys):
            if not key.search(typed):
                return False
            rest = key.sub(" ", rest)
        heavy = [word for word in rest.split() if word not in _LIGHT and word not in self.light]
        return len(heavy) <= spare and not any(map(is_known, heavy))


@cache
def _compiled(key: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{key})(?!\w)")


def row(*keys: str, light: str = "") -> Row:
    """Return a row: its keys, and the words that may stand beside them in this row alone."""
    return Row(keys, frozenset(light.split()))


_WORD = r"[\w'%]+"
_SHORT = 4
"""Words up to which a question is mended towards what is asked of an answer."""
_BARE = words(
    "why where how shorter longer codes repeat undo table explain evidence confidence percent show"
)


def typings(raw: str) -> Iterator[str]:
    """Yield a question in lower-case words: as typed, with typos mended, with slips of short words."""
    typed = re.findall(_WORD, clean(raw).lower())
    mended = re.findall(_WORD, read_text(raw).plain)
    slips = [_slip(word) for word in mended] if len(mended) <= _SHORT else []
    yield from dict.fromkeys(" ".join(each) for each in (typed, mended, slips) if each)


def _slip(word: str) -> str:
    """Return the word by which a row is known that a short unknown one is a slip of: "wy", "wher"."""
    if word in _LIGHT or stands(word):
        return word
    from rapidfuzz.distance import OSA  # only when something unknown was typed

    near = [key for key in _BARE if OSA.distance(word, key, score_cutoff=1) <= 1]
    return near[0] if len(near) == 1 else word
