"""Somebody by the one who was spoken of: "the man to her right", "who is below him?", "and above?".

Selectors: ``beside:left``, ``beside:right``, ``beside``; ``behind`` is whoever is farther up in the
picture, ``before`` whoever is farther down; ``row below`` and ``row above`` are whole rows.
"""

import re

from focalface.agent.understanding import places
from focalface.tools.question.vocabulary import words_of

_ANCHOR = r"(?:him|her|them|it|that one|this one|the last one|(?:that|this) (?:man|woman|person|guy|girl|boy|lady|face))"
_WHO = (
    rf"(?:(?:(?:the|that|his|her|their|my) )?(?:next |other )?(?:{places.WHO}|neighbou?r|friend|people|persons|men|women|faces|two|three|ones|others)|those"
    r"|who(?:ever|'s|s)?"
    r"|the (?!(?:brow|eyebrow|eye|lid|cheek|corner|lip|side|half|skin|wrinkle|line|fold|mouth|nose|part|area)s?\b)\w+(?=,? (?:(?:on|to|at) (?:his|her) |next to |beside )))"
)
_STANDS = (
    r"(?:,? (?:who|that)(?:'s| is)?)?(?: (?:is|are|stands?|standing|sits?|sitting|comes?|seen))?"
)
_EXACTLY = r"(?:right|directly|just|immediately|then|exactly)"
_SIDED = (
    rf"(?:(?:to|on|at) (?:his|her|their) (?P<own>left|right)(?: (?:hand )?side)?(?! (?:brow|eye|cheek))"
    rf"|(?:(?:to|on|at) )?(?:the )?(?P<of>left|right) (?:hand )?(?:side )?(?:of|from) {_ANCHOR})"
)
_BESIDE = rf"(?:next to|beside|alongside|by|near) {_ANCHOR}(?:,? (?:on|to|at) (?:the |his |her |their )?(?P<side>left|right))?"
_ABOVE = rf"(?P<up>above|behind|over) {_ANCHOR}"
_BELOW = rf"(?P<down>below|under|underneath|beneath|in front of|before) {_ANCHOR}"
_PLACED = rf"(?:{_SIDED}|{_BESIDE}|{_ABOVE}|{_BELOW})"
_BY_HIM = _PLACED.replace("|them|it|", "|")  # "and above them?" may be a part of the face
_SOMEBODY = re.compile(rf"\b{_WHO}{_STANDS}(?: {_EXACTLY})? {_PLACED}(?![\w'])", re.I)
_NEIGHBOUR = re.compile(
    r"\b(?:his|her|their|the) (?:(?P<before>left|right)(?:[- ]hand)? )?neighbou?r(?!s)(?:'s)?"
    r"(?: (?:on|to|at) (?:the |his |her |their )?(?P<after>left|right))?(?![\w'])",
    re.I,
)
_LEAD = r"\W*(?:(?:ok|okay|so|and|now|but|then|well|also|what about|how about),? )*"
_FARTHER = re.compile(
    rf"{_LEAD}(?:(?:the |go |move |one )*(?:next|further|farther|another)(?: {places.WHO})?(?: (?:on|over|along))?,? (?:(?:to|on|at) )?(?:the )?(?P<on>left|right)"
    rf"|(?:the )?(?:one|{places.WHO}) (?:further|farther|more) (?:to the )?(?P<more>left|right)"
    rf"|(?:{_EXACTLY} )?{_BY_HIM}|(?:(?:the )?{places.WHO} )?(?:(?P<upward>above)|(?P<downward>below|underneath)))\W*",
    re.I,
)
"""A turn that is nothing but the step."""


_WORDS = words_of(
    "left right next beside alongside by near above behind over below under underneath beneath front before"
    " neighbour neighbor neighbours neighbors after"
)
"""Words one of which stands wherever a neighbour is named."""
_ROW = re.compile(
    rf"{_LEAD}(?:(?:in|on) )?(?:(?:the )?(?:row|line|ones|people|those) (?P<below>below|underneath|beneath|under (?:it|that)|after (?:it|that))|(?:the )?(?P<after>next) (?:row|line)"
    r"|(?:the )?(?:row|line|ones|people|those) (?P<above>above(?: (?:it|that))?|before (?:it|that)))\W*",
    re.I,
)
"""A turn that goes on with the next row."""


def find(raw: str) -> tuple[str, str]:
    """Return the selector of a neighbour and the question without it; "" where there is none."""
    if _WORDS.isdisjoint(words_of(raw)):
        return "", raw
    if match := _ROW.fullmatch(raw):
        return ("row above" if match["above"] else "row below"), "and the person?"
    if match := _FARTHER.fullmatch(raw):
        return _selector(match), "and the person?"
    for pattern in (_NEIGHBOUR, _SOMEBODY):
        if match := pattern.search(raw):
            return _selector(match), f"{raw[: match.start()]}the person{raw[match.end() :]}"
    return "", raw


_SIDE = re.compile(
    r"\b(left|right)(?! (?:next|beside|behind|above|below|under|in|by|there|at|after)\b)", re.I
)
_UP = re.compile(r"\b(?:above|behind|over|up|upwards?|higher|atop)\b", re.I)
_DOWN = re.compile(
    r"\b(?:below|beneath|under(?:neath)?|down|downwards?|lower|front|before)\b", re.I
)


def direction(raw: str) -> str:
    """Return the selector of whom a turn steps to that is nothing but a step."""
    if side := _SIDE.search(raw):
        return f"beside:{side[1].lower()}"
    return "behind" if _UP.search(raw) else "before" if _DOWN.search(raw) else "beside"


def _selector(match: re.Match[str]) -> str:
    said = {name for name, words in match.groupdict().items() if words}
    if said & {"up", "upward"}:
        return "behind"
    if said & {"down", "downward"}:
        return "before"
    side = next(iter(said), "")
    return f"beside:{match[side].lower()}" if side else "beside"
