"""What a sentence claims about action units: said to be there, said to be absent, or unsure.

The phrases stand with the units (``face.unit_rows``), our own words for them; negated and unsure
clauses are told apart from claims, as FABA's evaluation does (arXiv 2404.05052) by dropping negated
sentences.
"""

import re
from dataclasses import dataclass
from typing import Literal

from focalface.tools.face.unit_rows import UNITS
from focalface.tools.face.unit_rows.row import ARE, BROW, UP
from focalface.tools.types import Side

Stance = Literal["present", "absent", "unknown"]

PHRASES: dict[str, tuple[str, ...]] = {code: unit.told for code, unit in UNITS.items()}
"""Code to regular expressions (lower case) that speak of that unit."""

_BARE_BROW = re.compile(rf"(?<!inner )(?<!outer )\b(?:{BROW}{ARE}{UP}|{UP} {BROW})(?<!lowered)\b")
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
    r"|,\s*(?=(?:the|both|there|his|her|their|its)\b[^,]*\b(?:is|are|shows?|appears?|looks?)\b)"
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
        Mention(code, _stance(clause), side_in(clause), clause)
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


def side_in(clause: str) -> Side:
    """Return the side that a lower-case clause names; ``both`` for none or each."""
    left, right = bool(_LEFT.search(clause)), bool(_RIGHT.search(clause))
    if left == right:
        return "both"
    return "left" if left else "right"
