"""What a sentence claims about action units: said to be there, said to be absent, or unsure.

The phrases are our own list of everyday words for FACS units; negated and unsure clauses are told
apart from claims, as FABA's evaluation does (arXiv 2404.05052) by dropping negated sentences.
"""

import re
from dataclasses import dataclass
from typing import Literal

from focalface.tools.types import Side

Stance = Literal["present", "absent", "unknown"]

_LIPS = r"(?:lips?|mouth)"
_BROW = r"(?:eye ?)?brows?"
_CORNER = r"(?:lip |mouth )?corners?(?: of the (?:mouth|lips?))?"
_UP = r"(?:rais\w+|lift\w+|arch\w+|elevat\w+|pulled up|drawn up)"
_DOWN = r"(?:lower\w*|drawn down|pulled down|furrow\w+|knit\w*|frown\w*)"
_ARE = r"(?: \w+){0,3}? "

PHRASES: dict[str, tuple[str, ...]] = {
    "AU1": (
        r"inner brow rais\w+",
        rf"inner (?:part|end|corner)s? of the {_BROW}{_ARE}{_UP}",
        rf"{_UP} inner {_BROW}",
        rf"inner {_BROW}{_ARE}{_UP}",
    ),
    "AU2": (
        r"outer brow rais\w+",
        rf"outer (?:part|end|corner)s? of the {_BROW}{_ARE}{_UP}",
        rf"{_UP} outer {_BROW}",
        rf"outer {_BROW}{_ARE}{_UP}",
    ),
    "AU4": (
        r"brow lower\w+",
        rf"{_BROW}{_ARE}{_DOWN}",
        rf"{_DOWN} {_BROW}",
        r"frown lines?",
        rf"{_BROW}{_ARE}(?:drawn|pulled) together",
    ),
    "AU5": (
        r"upper lid rais\w+",
        r"(?:eyes?|upper (?:eye)?lids?)(?: \w+){0,2} (?:wide(?:ned)?"
        r"(?: open)?|rais\w+)",
        r"widened eyes?",
        r"wide(?:-| )open eyes?",
    ),
    "AU6": (r"cheek rais\w+", rf"cheeks?{_ARE}{_UP}", rf"{_UP} cheeks?"),
    "AU7": (
        r"lid tighten\w+",
        r"(?:eye)?lids?(?: \w+){0,2} (?:tight\w*|tense\w*)",
        r"tight\w* (?:eye)?lids?",
        r"squint\w*",
        r"narrowed eyes?",
        r"eyes?(?: \w+){0,2} narrow\w*",
    ),
    "AU9": (r"nose wrinkl\w+", rf"nose{_ARE}wrinkl\w+", r"wrinkled nose"),
    "AU10": (r"upper lip rais\w+", rf"upper lip{_ARE}{_UP}", rf"{_UP} upper lip"),
    "AU12": (
        r"lip corner pull\w*",
        rf"{_CORNER}{_ARE}(?:{_UP}|turned up|upturned)",
        r"smil\w+",
        r"grin\w*",
        rf"upturned {_CORNER}",
    ),
    "AU14": (r"dimpl\w+", rf"{_CORNER}{_ARE}tuck\w+(?: in)?"),
    "AU15": (
        r"lip corner depress\w*",
        rf"{_CORNER}{_ARE}(?:turned down|downturned|droop\w*|"
        rf"lowered|depressed|pulled down|drawn down)",
        rf"downturned {_CORNER}",
        r"downturned mouth",
        r"mouth turned down",
    ),
    "AU17": (
        r"chin rais\w+",
        rf"chin{_ARE}(?:{_UP}|pushed up|bunched|dimpled)",
        r"(?:raised|bunched) chin",
    ),
    "AU18": (r"lip pucker\w*", rf"{_LIPS}{_ARE}pucker\w*", rf"pucker\w* {_LIPS}"),
    "AU20": (r"lip stretch\w*", rf"{_LIPS}{_ARE}stretched(?: sideways)?"),
    "AU22": (r"lip funnel\w*", rf"{_LIPS}{_ARE}funnel\w*", rf"funnel\w* {_LIPS}"),
    "AU23": (r"lip tighten\w+", rf"{_LIPS}{_ARE}tighten\w*", rf"tight(?:ened)? {_LIPS}"),
    "AU24": (r"lip press\w+", rf"{_LIPS}{_ARE}press\w*(?: together)?", rf"pressed {_LIPS}"),
    "AU25": (
        r"lips? part\w*",
        rf"{_LIPS}{_ARE}(?:part\w*|open\w*)",
        rf"(?:parted|open) {_LIPS}",
        r"teeth (?:are )?(?:visible|showing)",
    ),
    "AU26": (
        r"jaw drop\w*",
        rf"jaw{_ARE}(?:drop\w*|lowered|open)",
        r"dropped jaw",
        r"mouth(?: \w+){0,2} wide open",
    ),
    "AU28": (r"lip suck\w*", rf"{_LIPS}{_ARE}(?:sucked|rolled) in", rf"sucked(?:-in)? {_LIPS}"),
    "AU43": (r"eye clos\w+", r"eyes?(?: \w+){0,2} (?:closed|shut)", r"closed eyes?"),
}
"""Code to regular expressions (lower case) that speak of that unit."""

_BARE_BROW = re.compile(
    rf"(?<!inner )(?<!outer )\b(?:{_BROW}{_ARE}{_UP}|{_UP} {_BROW})(?<!lowered)\b"
)
_COMPILED = {code: re.compile(r"\b(?:" + "|".join(p) + r")\b") for code, p in PHRASES.items()}
_CODE = re.compile(r"\bau\s*(\d{1,2})\b")
_NEGATION = re.compile(
    r"\b(?:no|not|none|nor|neither|never|without|absent|absence|lacks?|lacking|"
    r"(?:is|are|does|do|was|were)n['’]t)\b"
)
_UNSURE = re.compile(
    r"\b(?:cannot|can['’]t|could not|couldn['’]t|unclear|uncertain|hard to|difficult to|"
    r"impossible to|not (?:visible|assessed|judged)|hidden|occluded|covered|outside)\b"
)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")
_CLAUSE = re.compile(
    r"\s*(?:,\s*(?=(?:but|yet|while|whereas|although|though|however|with|without|no|not|nor|and)\b)"
    r"|,\s*(?=(?:the|there|his|her|their|its)\b[^,]*\b(?:is|are|shows?|appears?|looks?)\b)"
    r"|\b(?:but|yet|while|whereas|although|though|however)\b|\s(?=without\b))\s*"
)
_LEFT = re.compile(r"\bleft\b")
_RIGHT = re.compile(r"\bright\b")


@dataclass(frozen=True, slots=True)
class Mention:
    """One unit in one clause."""

    code: str
    stance: Stance
    side: Side
    clause: str


def mentions(text: str) -> tuple[Mention, ...]:
    """Return every mention of an action unit in ``text``, clause by clause, in reading order."""
    return tuple(
        Mention(code, _stance(clause), _side(clause), clause)
        for clause in clauses(text)
        for code in codes_in(clause)
    )


def clauses(text: str) -> list[str]:
    """Return the clauses of a text in lower case; negation reaches to the end of its clause."""
    parts = (c for s in _SENTENCE.split(text.lower()) for c in _CLAUSE.split(s))
    return [part.strip(" .!?;,") for part in parts if part and part.strip(" .!?;,")]


def codes_in(clause: str) -> list[str]:
    """Return codes that a lower-case clause speaks of, by number, name or everyday words."""
    found = {f"AU{number}" for number in _CODE.findall(clause)}
    found |= {code for code, pattern in _COMPILED.items() if pattern.search(clause)}
    if _BARE_BROW.search(clause):
        found |= {"AU1", "AU2"}
    if {"AU9", "AU10"} <= found and not re.search(r"\bnose|au\s*9", clause):
        found.discard("AU9")
    return sorted(found & PHRASES.keys(), key=lambda code: int(code[2:]))


def settled(text: str) -> dict[str, Stance]:
    """Return one stance a unit; a text that both claims and denies a unit leaves it unknown."""
    seen: dict[str, set[Stance]] = {}
    for mention in mentions(text):
        seen.setdefault(mention.code, set()).add(mention.stance)
    return {
        code: next(iter(stances)) if len(stances) == 1 else _merged(stances)
        for code, stances in seen.items()
    }


def _merged(stances: set[Stance]) -> Stance:
    """Present on one side and unsure on the other is present; a plain contradiction is unknown."""
    if stances == {"present", "unknown"}:
        return "present"
    return "unknown"


def _stance(clause: str) -> Stance:
    if _UNSURE.search(clause):
        return "unknown"
    return "absent" if _NEGATION.search(clause) else "present"


def _side(clause: str) -> Side:
    left, right = bool(_LEFT.search(clause)), bool(_RIGHT.search(clause))
    if left == right:
        return "both"
    return "left" if left else "right"
