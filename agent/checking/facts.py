"""Checks what a sentence says of regions, movements and emotions against tool results. Pure.

Each test takes the read sentence and the descriptions it rests on, and gives the fault in words,
or "" when there is none.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from focalface.agent.basics.evidence import LEAST_SHARE, Evidence, reach
from focalface.tools.face import facs
from focalface.tools.face.movements import NOUNS
from focalface.tools.face.regions import ATLAS
from focalface.tools.proposing import region_selection
from focalface.tools.question import attributes, au_codes, regions
from focalface.tools.question.text import Text, read_text
from focalface.tools.types import Emotion, RegionDescription

ABSENT, PRESENT = 0.2, 0.5
"""Below 0.2 a unit may not be said to be present, from 0.5 on not to be absent; between, either."""

_NEGATION = re.compile(
    r"\b(?:no|not|n't|without|absent|absence|never|none|neither|nor|hardly|barely|lacks?|lacking"
    r"|missing|cannot|can't|isn't|aren't|doesn't|don't|rather than|instead of|against|unlikely"
    r"|unclear|at rest|relaxed|neutral|low|little|whether|if|trace|hint|possible|could|may|might"
    r"|close to the limit|close call|assess\w*|judged?|weaker|not quite)\b"
)
_MOVEMENTS = re.compile(
    " (?:"
    + "|".join(read_text(noun).base.strip() for noun in NOUNS.values() if " " in noun)
    + ")(?= )"
)
"""Nouns such as "brow lowering" name a movement and no region."""
_STRONGER = re.compile(r"\b(?:stronger|more|higher|strongest|larger|bigger)\b[^.]*\b(left|right)\b")


@lru_cache(maxsize=1024)
def _attributes(
    base: str, known: tuple[str, ...] = ()
) -> tuple[tuple[str, ...], tuple[Emotion, ...]]:
    """Read a sentence once for all the tests that ask what it speaks of."""
    return attributes.find_attributes(base, known)


def regions_fault(
    text: Text, ground: Sequence[RegionDescription], found: Sequence[Evidence]
) -> str:
    """Tell of a region that is named but was not described, nor lies in one that was."""
    described = {d.region.name for d in ground}
    if not described:
        return "no region was described" if regions.find_mentions(text.base) else ""
    if "custom" in described:
        return ""
    base = _MOVEMENTS.sub(" ", au_codes.find_codes(text)[1].base)
    within = {inner for name in described for inner in reach(name)}
    spoken = _attributes(base, tuple(au_codes.find_codes(text)[0]))[0]
    shown = {*region_selection.units_for(spoken), *spoken}  # "the mouth is open: the jaw ..."
    units = [u for d in ground for u in d.action_units if u.code in shown]
    within |= {place for u in units for place in facs.regions_of(u.code, u.side)}
    for mention in regions.find_mentions(base):
        names = [n for n in mention.names if n in ATLAS]
        covered = [n for n in names if n in within or described & set(reach(n)[1:])]
        if names and not (covered if mention.side == "" else len(covered) == len(names)):
            return f"{names[0].replace('_', ' ')} was not described"
    return ""


def units_fault(text: Text, ground: Sequence[RegionDescription], found: Sequence[Evidence]) -> str:
    """Tell of units and movements said to be more present, or absent, than their intensities."""
    if " pspi " in text.base:  # its addends are told with those that are nothing
        return ""
    codes, rest = au_codes.find_codes(text)
    spoken, _ = _attributes(rest.base)
    told = any(d.attributes.teeth is not None for d in ground) and " tooth " in rest.base
    moves = [a for a in spoken if a in facs.UNITS and not (told and a == "AU25")]
    denied = bool(_NEGATION.search(text.plain))
    for code in codes:
        if why := _unit(code, text, ground, denied):
            return why
    if moves and not denied and not any(not _unit(c, text, ground, denied) for c in moves):
        return _unit(moves[0], text, ground, denied)
    return ""


def _unit(code: str, text: Text, ground: Sequence[RegionDescription], denied: bool) -> str:
    units = [u for d in ground for u in d.action_units if u.code == code]
    if not units:
        unknown = "assess" in text.plain or any(code in d.not_assessed for d in ground)
        return "" if denied and unknown else f"{code} is in no tool result that it rests on"
    side = regions.lone_side(text.base)
    sided = [u for u in units if side and u.side == side] or units
    level = max(u.intensity for u in sided)
    where = f" on the {side}" if side and sided is not units else ""
    if not denied and level < ABSENT:
        return f"{code}{where} is absent in the tool results (intensity {level:.2f})"
    if re.search(r"\b(?:no|absent|not present|without)\b", text.plain) and level >= PRESENT:
        return f"{code}{where} is present in the tool results (intensity {level:.2f})"
    return ""


_APPEARANCE: tuple[tuple[str, str, Callable[[RegionDescription], bool | None]], ...] = (
    ("teeth", r"\bteeth\b", lambda d: d.attributes.teeth),
    ("a tongue", r"\btongue\b", lambda d: d.attributes.tongue),
    ("glasses", r"\b(?:sun)?glasses\b|\bspectacles\b", lambda d: _has(d.attributes.glasses)),
    ("a beard", r"\b(?:beard|moustache|stubble)\b", lambda d: _has(d.attributes.facial_hair)),
    ("a hat", r"\b(?:hat|cap|scarf)\b", lambda d: _has(d.attributes.head_wear)),
    ("a mask", r"\bmask\b", lambda d: "mask" in (d.region.hidden_by or "")),
)
"""What a face may show beside its movements: its name, its words, whether a region shows it."""


def _has(worn: str | None) -> bool | None:
    return None if worn is None else worn != "none"


def appearance_fault(
    text: Text, ground: Sequence[RegionDescription], found: Sequence[Evidence]
) -> str:
    """Tell of glasses, a beard and the like said to be there, or not, where that was not seen."""
    denied = bool(_NEGATION.search(text.plain))
    for what, words, shows in _APPEARANCE:
        if re.search(words, text.raw, re.I):
            seen = [known for d in ground if (known := shows(d)) is not None]
            if not denied and not any(seen):
                return f"{what} is in no tool result that it rests on"
            if re.search(r"\b(?:no|without)\b", text.plain) and any(seen):
                return f"{what} is in the tool results"
    return ""


_FACS = re.compile(r"(?<![\w.])([LR]?)(\d{1,2})([A-E])(?!\w)")
"""One unit as coders write it: ``12C``, ``L4B``."""


def codes_fault(text: Text, ground: Sequence[RegionDescription], found: Sequence[Evidence]) -> str:
    """Tell of units in coders' notation with another letter than their intensity gives."""
    for side, number, letter in _FACS.findall(text.raw):
        code = f"AU{number}"
        units = [u for d in ground for u in d.action_units if u.code == code]
        if side:
            whose = {"L": "left", "R": "right"}[side]
            units = [u for u in units if u.side in (whose, "both")]
        if letter not in {facs.letter(u.intensity) for u in units}:
            return f"{side}{number}{letter} is in no tool result"
    return ""


def emotions_fault(
    text: Text, ground: Sequence[RegionDescription], found: Sequence[Evidence]
) -> str:
    """Tell of an emotion that is neither likely nor named beside its own probability."""
    shares = [d.emotion.probabilities for d in ground if d.emotion]
    stated = "|".join(f"{k} {100 * p:.0f} %" for share in shares for k, p in share.items())
    _, named = _attributes(text.masked(rf"\b(?:{stated})").base if stated else text.base)
    if not named or _NEGATION.search(text.plain):
        return ""
    for label in named:
        if not any(share.get(label, 0.0) >= LEAST_SHARE for share in shares):
            return f"{label} is not what any tool result suggests"
    return ""


def stronger_fault(
    text: Text, ground: Sequence[RegionDescription], found: Sequence[Evidence]
) -> str:
    """Tell of a "stronger on the left" that holds for no unit which is spoken of."""
    match = _STRONGER.search(text.plain)
    if match is None:
        return ""
    side = match[1]
    other = "left" if side == "right" else "right"
    codes, rest = au_codes.find_codes(text)
    moves = [a for a in _attributes(rest.base)[0] if a in facs.UNITS]
    wanted = {*codes, *moves}
    levels: dict[tuple[str, str], float] = {}
    for d in ground:
        for u in d.action_units:
            if not wanted or u.code in wanted:
                levels[u.code, u.side] = max(u.intensity, levels.get((u.code, u.side), 0.0))
    sided = {c for c, s in levels if s in ("left", "right")}
    if any(levels.get((c, side), 0.0) > levels.get((c, other), 0.0) for c in sided):
        return ""
    return f"nothing in the tool results is stronger on the {side}"
