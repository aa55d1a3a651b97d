"""Words for what a face does and shows, by meaning; rules name the classes, not the words.

A class is written in base forms and stands for every inflection of each: ``any_of(UP)`` matches
"lift", "lifts", "lifted", "lifting". A blank inside a phrase is written ``_``.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from focalface.tools.face.emotion_rows import EMOTION_ROWS
from focalface.tools.face.topics import TOPICS
from focalface.tools.face.unit_rows import UNITS
from focalface.tools.types import Emotion


def inflections(base: str) -> set[str]:
    """Regular forms of a base word; wrong ones do no harm, nobody types them."""
    stem = base[:-1] if base.endswith("e") else base
    forms = {base, f"{base}s", f"{stem}ed", f"{stem}ing", f"{stem}es", f"{base}r", f"{stem}er"}
    if base.endswith("y"):
        forms |= {f"{base[:-1]}ies", f"{base[:-1]}ied"}
    if len(base) > 2 and base[-1] in "bdgmnprt" and base[-2] in "aeiou" and base[-3] not in "aeiou":
        forms |= {f"{base}{base[-1]}ed", f"{base}{base[-1]}ing", f"{base}{base[-1]}er"}
    return forms


def forms(*classes: str) -> set[str]:
    """Return every form of every word of the classes; phrases as they are."""
    found: set[str] = set()
    for word in " ".join(classes).split():
        found |= {word.replace("_", " ")} if "_" in word else inflections(word)
    return found


def any_of(*classes: str) -> str:
    """Return a pattern for any form of any word of the classes."""
    return _either(forms(*classes))


def graded(word: str) -> set[str]:
    """Return an adjective with its regular comparative and superlative: sad, sadder, saddest."""
    if word.endswith("y"):
        stem = f"{word[:-1]}i"
    elif word.endswith("e"):
        stem = word[:-1]
    elif (
        word[-1] in "bdgmnpt"
        and word[-2:-1] in tuple("aeiou")
        and word[-3:-2] not in tuple("aeiou")
    ):
        stem = word + word[-1]
    else:
        stem = word
    return {word, f"{stem}er", f"{stem}est"}


def degrees(*classes: str) -> set[str]:
    """Return these words and phrases with their comparatives."""
    listed = " ".join(classes).split()
    return {form.replace("_", " ") for word in listed for form in graded(word)}


def any_word(*classes: str) -> str:
    """Return a pattern for these words exactly as they are written."""
    return _either(word.replace("_", " ") for word in " ".join(classes).split())


def _either(listed: Iterable[str]) -> str:
    """Return a pattern for any of them, the longest first."""
    return f"(?:{'|'.join(sorted(listed, key=lambda w: (-len(w), w)))})"


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Words any of which may stand in a text: single ones are looked up, the rest is searched."""

    single: frozenset[str]
    rest: re.Pattern[str] | None

    @classmethod
    def made_of(cls, listed: Collection[str]) -> "AnyOf":
        """Return words, phrases and patterns ready to be found."""
        rest = [one for one in listed if not one.isalpha()]
        pattern = re.compile(rf" {_either(rest)} ") if rest else None
        return cls(frozenset(one for one in listed if one.isalpha()), pattern)

    def found(self, text: str, typed: set[str]) -> bool:
        """Tell whether one of them stands in a text; ``typed``: its words."""
        if not self.single.isdisjoint(typed):
            return True
        return self.rest is not None and self.rest.search(text) is not None


def words_of(text: str) -> set[str]:
    """Return the words of a text, lower case."""
    return {*re.findall(r"\w+", text.lower())}


@dataclass(frozen=True, slots=True)
class WithWord:
    """A pattern in which one of a few words has to stand: it is searched only where one does."""

    words: frozenset[str]
    pattern: re.Pattern[str]

    @classmethod
    def made_of(cls, words: str, pattern: str, flags: int = 0) -> "WithWord":
        """Return ``pattern``, in which ``{}`` stands for any of ``words``."""
        written = pattern.replace("{}", any_word(words))
        return cls(frozenset(words.split()), re.compile(written, flags))

    def search(self, text: str, typed: set[str]) -> re.Match[str] | None:
        """Return the first match; ``typed``: the words of the text, lower case."""
        return None if self.words.isdisjoint(typed) else self.pattern.search(text)

    def all(self, text: str, typed: set[str]) -> list[re.Match[str]]:
        """Return every match."""
        return [] if self.words.isdisjoint(typed) else list(self.pattern.finditer(text))


UP = "up upward upwards raise lift pull_up hoist elevate heighten rise risen upturn high higher"
DOWN = "down downward downwards droop droopy drop depress depressed sag slump downturn dip hang"
TIGHT = "tight tighten tightened"
WIDE = "wide widen wider bulge pop goggle"
NARROW = "narrow slit squeeze pinch squint screw_up"
WRINKLE = "wrinkle scrunch scrunchy crinkle crinkly crease crumple screw_up wrinkly pucker_up"
OPEN = "open openness opening ajar unclosed gape agape"
SHUT = "close shut half_closed unopened"
SHOW = "show visible bare see seen display expose reveal flash"
TOGETHER = "press compress together squeeze clamp clench seal purse_together squash push_together"
OUT = "push_out pushed_out protrude stick_out jut_out push_forward thrust_forward jut"
INWARD = "suck roll bite biting bitten nibble chew swallow tuck fold_in pull_in"

SMILE = "smile grin beam smirk smiley"
HAPPY_SIGN = f"{SMILE} laugh laughter happiness happy happily joy giggle chuckle cheerful cheer"
HONEST = (
    "genuine genuinely genuineness fake faked fakeness real really sincere sincerely authentic "
    "authenticity force forced forcing pose posed true truth honest natural naturally unnatural "
    "put_on polite social stage staged insincere phony phoney spontaneous spontaneously heartfelt "
    "artificial deliberate deliberately pretend pretended pretending pretends convincing felt "
    "true_to_life plastic hollow canned for_the_camera forcedly politely fakely faking pretence "
    "contrived strained perfunctory half_hearted pasted masked_smile mechanical stiff rehearsed "
    "customer_service dishonest insincerely deceptive unforced involuntary voluntary courtesy bogus sham acted earnest"
)

PAIN = TOPICS["pain"].words
FATIGUE = TOPICS["fatigue"].words
TENSION = TOPICS["tension"].words
ASYMMETRY = TOPICS["asymmetry"].words
AGE = TOPICS["age"].words

EMOTIONS: dict[Emotion, str] = {
    row.label: f"{row.words} {row.asked}" for row in EMOTION_ROWS.values()
}
"""Label -> what names it in a question."""

FEELING = TOPICS["emotion"].words

MUSCLES: dict[str, str] = {
    **{code: unit.anatomy for code, unit in UNITS.items() if unit.anatomy},
    "tension": "masseter masseters",
}
"""What shows when a muscle contracts -> muscles by their anatomical names."""


def _single_words() -> set[str]:
    classes = (PAIN, FATIGUE, TENSION, ASYMMETRY, AGE, FEELING, HONEST, *EMOTIONS.values())
    return {word for text in classes for word in text.split() if word.isalpha()}


def listed() -> set[str]:
    """Return every single word of the tables, with its degrees; none of them is a typo."""
    return {form for word in _single_words() for form in graded(word)} | inflections("sleep")


def long_words() -> set[str]:
    """Return words of seven letters and more, which a typo can be mended towards without risk."""
    return {word for word in _single_words() if len(word) >= 7}
