"""What kind of word a word is, for the learnt judges: a person, a part, a feeling, something ordinary.

``words.json`` lists what ordinary questions speak of: people, what a face does and how it looks,
things in pictures, photos, talk. Both judges learnt with it, so that a change of it is a change of
their features: learn them anew.
"""

import json
from functools import cache, lru_cache
from pathlib import Path

from focalface.tools.question import vocabulary
from focalface.tools.question.lexicon import BASES, CHAT, IRREGULAR, words
from focalface.tools.question.vocabulary import graded, inflections, listed

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
_PARTS = frozenset(
    words(
        "brow brows eyebrow eyebrows eye eyes lid lids eyelid eyelids mouth lip lips nose nostril "
        "nostrils cheek cheeks chin jaw forehead temple temples corner corners fold folds wrinkle "
        "wrinkles dimple dimples teeth muscle muscles smile smiles smiling grin grinning frown frowning "
        "expression side sides half region regions au"
    )
)


@lru_cache(maxsize=4096)
def kind_of(word: str) -> str:
    """Return the kind of a lower-case word; of the commonest ones, the word itself."""
    if word in _ITSELF:
        return word
    tables = (
        ("PART", word in _PARTS),
        ("FEELING", word in _feelings()),
        ("PEOPLE", word in people()),
        ("SHOWN", word in _shown()),
        ("ORDINARY", word in _ordinary()),
        ("NUMBER", any(letter.isdigit() for letter in word)),
        ("FORM", word.endswith(("ing", "ly"))),
    )
    return next((kind for kind, holds in tables if holds), "ODD")


@cache
def people() -> frozenset[str]:
    """Return words for somebody, one or several."""
    return frozenset(form for word in _listed()["people"] for form in (word, f"{word}s"))


@cache
def _listed() -> dict[str, list[str]]:
    lines = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))
    return {name: " ".join(each).split() for name, each in lines.items()}


@cache
def _ordinary() -> frozenset[str]:
    """Return every word that is ordinary in a question, in all its forms."""
    common = {form for base in BASES for form in inflections(base)}
    return frozenset(common | listed() | {*_listed()["talk"], *IRREGULAR, *CHAT})


@cache
def _shown() -> frozenset[str]:
    """Return words for what can be seen in a picture or done with it."""
    tables = _listed()
    named = [*tables["does"], *tables["things"], *tables["photo"]]
    made = {form for word in named for form in inflections(word) - _doers(word)}
    made |= {form for word in tables["looks"] for form in graded(word)}
    return frozenset(made | {*named, *tables["forms"]})


def _doers(word: str) -> set[str]:
    """Tell who does it: "keeper", "drinker"; that somebody is one is a judgement."""
    return {form for form in inflections(word) if form.endswith("er")} - {word}


@cache
def _feelings() -> frozenset[str]:
    tables = (
        *(vocabulary.FEELING, vocabulary.HAPPY_SIGN, vocabulary.PAIN, vocabulary.FATIGUE),
        *(vocabulary.TENSION, *vocabulary.EMOTIONS.values()),
    )
    listed = [word for text in tables for word in text.split() if "_" not in word]
    return frozenset(form for word in listed for form in (word, *vocabulary.inflections(word)))
