"""Questions on what a face shows beside its movements: glasses, beard, hat, mask, gaze, teeth."""

import re
from collections.abc import Collection
from functools import cache

from focalface.tools.question.out_of_scope import Beyond
from focalface.tools.question.text import read_text

TOPICS: dict[str, str] = {
    "glasses": r"(?:sun)?glasses|spectacles|specs|shades|eyewear|bespectacled|goggles|monocle"
    r"|(?:has?|have|wear\w*|is|are|what's|whats)\b.*\bon (?:his|her|their|the) (?:eyes?|nose)",
    "facial_hair": r"beard\w*|moustach\w+|mustach\w+|goatee|stubble|facial hair"
    r"|(?:clean[- ]?|un)?shaven|shaved|sideburns",
    "head_wear": r"on (?:top of )?(?:his|her|their|(?:the )?(?:\w+ ){0,2}\w+(?:'s|s'|s)) head|headgear"
    r"|hats?|caps?|beanies?|helmets?|headscar(?:f|ves)|turbans?|hijabs?|head ?wear|bonnets?",
    "mask": r"(?:face |surgical |medical )?masks?",
    "gaze": r"(?:look|looking|stare|staring|gaze|gazing|glanc\w+|peer\w*|facing)\b.*\b(?:at|into|to"
    r"|towards?|away|up|down|left|right|camera|lens|me|sideways|off|aside|where)"
    r"|(?:which|what) (?:way|direction|side)\b.*\b(?:look|looking|stare|staring|gaze|gazing|facing)"
    r"|where\b.*\b(?:look|looking|stare|staring|gaze|gazing)|eye contact"
    r"|(?:his|her|their|the) gaze|into the (?:camera|lens)",
    "teeth": r"teeth|tooth",
    "tongue": r"tongues?",
}
"""Attribute -> the words that ask for it."""
HOMES: dict[str, tuple[str, ...]] = {
    "glasses": ("left_eye", "right_eye"),
    "facial_hair": ("mouth", "chin"),
    "head_wear": ("forehead",),
    "mask": ("mouth",),
    "gaze": ("left_eye", "right_eye"),
    "teeth": ("mouth",),
    "tongue": ("mouth",),
}
"""Attribute -> the parts that show it, which are looked at besides the whole face."""
_MENTIONED = re.compile(
    r"\b(?:who|that|which)?\s*(?:with|in) (?:the |a |his |her )?(?:\w+ )?"
    r"(?:glasses|sunglasses|beard|hat|cap|mask|moustache)\b",
    re.I,
)
"""Words that say who is meant rather than ask."""
_LOOKS_LIKE = re.compile(
    r"\blook(?:s|ing)? (?:\w+ )?(?:like|as|happy|sad|angry|old|young|tired|surprised|scared|worried"
    r"|good|at ease)\b|\bwhat (?:should|do) (?:i|we|you) look at\b|\b(?:did|do) you look\b"
    r"|\blook (?:closer|again|at (?:the(?! (?:camera|lens|viewer|photographer))|his|her|this|that|those|these|it))\b",
    re.I,
)
SEEN_NOW: frozenset[Beyond] = frozenset({"wear", "hair", "gaze", "teeth", "tongue"})
"""What these topics tell of what else is beyond the tools."""
_TOO_FINE = re.compile(
    r"\b(?:colou?r|what kind|brand|made of|white|crooked|clean|style|long|curly)\b", re.I
)
_STAND_INS = frozenset({"AU5", "AU7", "AU25"})
"""Units that are taken for the teeth or the gaze where nothing better is known."""


LOOKED_AT = re.compile(
    r"\blooking at (?:only |just )?(?:the|his|her|their) (?:\w+ )?(?:mouth|lips?|eyes?|brows?|eyebrows?|nose|chin|cheeks?"
    r"|forehead|face|jaw|lids?|eyelids?)\b",
    re.I,
)
"""Where to look for an answer: "just looking at her mouth"."""


@cache
def _asking() -> dict[str, re.Pattern[str]]:
    return {t: re.compile(rf"\b(?:{words})\b", re.I) for t, words in TOPICS.items()}


def find_topics(raw: str) -> tuple[str, ...]:
    """Topics that a text speaks of."""
    plain = read_text(raw).plain
    found = [topic for topic, asks in _asking().items() if asks.search(plain)]
    return tuple(
        t
        for t in found
        if t != "gaze" or not (_LOOKS_LIKE.search(plain) or LOOKED_AT.search(plain))
    )


def topics_asked(
    raw: str, wanted: Collection[str], beyond: Collection[Beyond], *, of_somebody: bool
) -> tuple[str, ...]:
    """Topics that a question asks for; none where it asks for something else.

    ``wanted``, ``beyond``: the attributes and the unseen things that it asks for besides;
    ``of_somebody``: it says whom it means, maybe by what he wears.
    """
    if not {*beyond} & SEEN_NOW and not {*wanted} <= {"AU25"}:
        return ()
    raw = raw.replace("\u2019", "'")
    kept = _MENTIONED.sub(" ", raw) if of_somebody else raw
    return () if _TOO_FINE.search(kept) else find_topics(kept)


def attributes_with(topics: tuple[str, ...], wanted: Collection[str]) -> tuple[str, ...]:
    """Return the topics, and the attributes that do not merely stand in for them."""
    return (*topics, *(a for a in wanted if a not in _STAND_INS))


def places_with(topics: tuple[str, ...], places: Collection[str]) -> tuple[str, ...]:
    """Tell where to look: the places of a question, and where its topics show."""
    homes = (place for topic in topics for place in HOMES[topic])
    return tuple(dict.fromkeys((*places, *homes, "face")))
