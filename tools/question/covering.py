"""Questions on what can be seen at all: "what covers the mouth?", "can you see both eyes?".

Two attributes stand for them: ``hidden`` asks what is covered, ``seen`` whether a part can be seen.
"""

import re
from collections.abc import Collection
from typing import Literal

from focalface.tools.question import regions
from focalface.tools.question.text import read_text

_EVERYWHERE = (
    "forehead", "left_brow", "right_brow", "left_eye", "right_eye", "nose_tip", "left_cheek",
    "right_cheek", "mouth", "chin",
)  # fmt: skip
"""What is looked at where no part is named."""
_COVER = (
    r"(?:cover(?:s|ing|ed)?|hid(?:es?|ing|den)|block(?:s|ing|ed)?|obscur(?:es?|ing|ed)|obstruct(?:s|ing|ed)?"
    r"|conceal(?:s|ing|ed)?|occlud(?:es?|ing|ed)|mask(?:s|ing|ed) (?:by|off)|in the way of|in front of)"
)
_SEEN = r"(?:see|seen|visible|make out|in view|in (?:the )?(?:picture|frame|shot))"
_HIDDEN = re.compile(
    rf"\bwhat(?:'s| is|s| thing| object)?\b.*\b(?:{_COVER}|on (?:his|her|their|the) face)\b"
    rf"|\b(?:any ?thing|something|some object|nothing)\b.*\b(?:{_COVER}|on (?:his|her|their|the) face)\b"
    rf"|\b(?:is|are|isn't|aren't)\b.*\b{_COVER}\b(?! (?:me|you)\b)"
    rf"|\b(?:which|what) (?:part|area|region|bit|side)s?\b.*\b(?:{_COVER}|(?:can't|cannot|can not|cant|not|unable to) (?:\w+ ){{0,3}}(?:{_SEEN}|judged?|read|tell|assess(?:ed)?))\b"
    rf"|\b(?:what|anything)(?:'s| is)? (?:can't|cannot|can not|cant|that you can't|you (?:can't|cannot|can not|cant)|can (?:you|i) not) (?:you |i |we )?(?:be )?{_SEEN}\b"
    rf"|\bwhat (?:of|about) (?:the face|it) (?:is|can) .*\b(?:{_COVER}|{_SEEN})\b",
    re.I,
)
_IS_SEEN = re.compile(
    rf"\b(?:can|could) (?:you|u|i|we|one|anybody|somebody)\b(?: \w+){{0,2}} {_SEEN}\b"
    rf"|\b(?:is|are)\b.*\b(?:visible|in view|in (?:the )?(?:picture|frame|shot)|to be seen|uncovered|unobstructed|free)\b"
    rf"|\b(?:which|what) (?:part|area|region|bit|side)s?\b.*\b{_SEEN}\b"
    rf"|\bhow much of\b.*\b{_SEEN}\b",
    re.I,
)
_ASKS_ELSE = re.compile(
    r"\b(?:teeth|tooth|tongue|wrinkles?|lines?|dimples?|smil\w+|emotion|movement|mov\w+|age|how old|tears?|why|because"
    r"|difference|sign|evidence|expression|feeling|pupils?|beard|moustache|glasses|hat|freckles|tension|raised|open|closed)\b",
    re.I,
)
_HIDES = re.compile(
    r"\b(?:they|those|these|(?:sun ?)?glasses|shades|spectacles|lenses|hat|cap|fringe|bangs|hair|hands?|fingers?|mask|scarf|beard"
    rf"|moustache|mustache)\b(?: \w+)* {_COVER}\b"
    r"|\b(?:hair|fringe|bangs|strands?|locks?)\b(?: \w+){0,2} (?:over|across|in|into) (?:his|her|their|the) (?:\w+ )?(?:eyes?|eyebrows?|brows?|forehead|face)\b",
    re.I,
)
"""Something that is asked whether it hides a part: "do his glasses hide the eyes?"."""
_A_PART = re.compile(r"\b(?:face|parts?|areas?)\b", re.I)


def find_covering(
    raw: str, emotions: Collection[str] = ()
) -> tuple[Literal["hidden", "seen"], tuple[str, ...], tuple[str, ...]] | None:
    """Return the attribute that a question asks for, the regions that it names, and where to look.

    None for a question of another kind; ``emotions``: those that it names.
    """
    text = read_text(raw).plain
    hides = _HIDES.search(text)
    if emotions or (_ASKS_ELSE.search(text) and not hides):
        return None
    mentions = regions.find_mentions(read_text(text).base)
    named = tuple(n for m in mentions for n in m.names if n not in ("face", "custom"))
    if hides or _HIDDEN.search(text):
        return "hidden", named, named or _EVERYWHERE
    if _IS_SEEN.search(text) and (named or _A_PART.search(text)):
        return "seen", named, named or _EVERYWHERE
    return None
