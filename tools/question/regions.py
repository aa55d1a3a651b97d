"""Which parts of a face a question names, with their sides; boxes and points typed as numbers."""

import re
from dataclasses import dataclass
from functools import cache

from focalface.tools.face.facs import SIDED_REGIONS
from focalface.tools.face.region_rows import ROWS, SEVERAL, WIDER, phrases
from focalface.tools.question.matcher import Matcher

Side = str  # "left", "right" or "" for both
BoxXyxy = tuple[float, float, float, float]
Disc = tuple[float, float, float | None]

SIDE = r"(?:left|right)"
"""A side of the subject, as a pattern."""
_FACE = r"(?:of )?(?:the |his |her |their |'s )*face"
_HALF = re.compile(
    rf"(?<= )(?:{SIDE} (?:side|half|part) {_FACE}|{SIDE} half"
    rf"|(?<!on the )(?<!to the )(?<!at the ){SIDE} side(?= [?.!;]))(?= )"
)
"""Half of a face: no region has that name without a side."""
_NOT_BETWEEN = "difference between; differ between; different between; compare between"
"""What stands between two parts that are compared is no part."""


@cache
def _phrases() -> Matcher[tuple[str, ...]]:
    """Return what the regions are called in a question -> their names without side."""
    rows = (*ROWS.values(), *WIDER.values())
    known: list[tuple[str, tuple[str, ...], bool]] = [
        (words, (row.name,), row.sided) for row in rows for words in phrases(row.words, row.asked)
    ]
    for names, several in SEVERAL:
        sided = any(ROWS[name].sided for name in names)
        known += [(words, names, sided) for words in phrases(several)]
    return Matcher([*known, *((words, (), False) for words in phrases(_NOT_BETWEEN))])


_PAIRED = frozenset(SIDED_REGIONS) | {"half"}
_WIDE = 3
"""Parts from which a mention is an area: a middle and what lies around it."""
_MIRRORED = {"left": "right", "right": "left"}
_VIEW = r"(?:picture|image|photo|frame|screen|shot)"
_AFTER = re.compile(
    rf"^ (?:(?:region|area|which|that) )?(?:is )?(?:on|at|to|in) (?:the |his |her |their )?"
    rf"(?:(?:subject|person|man|woman) 's )?(?P<far>far )?(?:(?P<mine>viewer 's|my"
    rf"|our) )?(?P<side>{SIDE})"
    rf"(?: (?:hand )?side)?(?P<view> (?:of|in) (?:the |this )?{_VIEW})?\b(?! (?:brow|eye|cheek"
    rf"|lip|lid|jaw|corner|mouth))"
)
_BARE_AFTER = re.compile(rf"^ (?P<side>{SIDE})(?: side)? (?:[?;.,!]|is |are |be )")
_BEFORE = re.compile(
    rf"(?P<mine>viewer 's |image |picture )?(?P<side>{SIDE})"
    rf"(?P<pair> (?:and|or|vs|with|versus|to|&|/) (?:the |his |her )?{SIDE})?"
    r"(?: (?:hand|most|side|half|part|area|region|corner|end|upper|lower|outer|inner|one))*"
    r"(?: (?:of|for|to))?(?: (?:the|his|her|their|its|this|that))? $"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """One part that a question names: regions without side, the side, and where in the text."""

    parts: tuple[str, ...]
    side: Side
    start: int
    end: int

    @property
    def names(self) -> tuple[str, ...]:
        """Atlas names: one side, or both where none was said."""
        return tuple(name for part in self.parts for name in sided(part, self.side))

    def middle(self, name: str) -> bool:
        """Tell whether a name is not one of those that lie around the middle of a wide area."""
        return len(self.parts) < _WIDE or name in sided(self.parts[0], self.side)


def sided(part: str, side: Side) -> tuple[str, ...]:
    """Atlas names of a part on a side ("": both); the mouth's side is its lip corner."""
    if part == "mouth" and side:
        return (f"{side}_lip_corner",)
    if part not in _PAIRED:
        return (part,)
    return tuple(f"{s}_{part}" for s in ("left", "right") if side in ("", s))


def find_mentions(base: str) -> list[Mention]:
    """Parts in the order of the text; ``base`` is the base form of a question."""
    halves = [(m.start(), m.end(), ("half",)) for m in _HALF.finditer(base)]
    hidden = _HALF.sub(lambda m: "#" * len(m.group()), base)
    found = [(f.start, f.end, f.value) for f in _phrases().find(hidden) if f.value]
    spans: list[tuple[int, int, tuple[str, ...]]] = sorted([*halves, *found])
    mentions: list[Mention] = []
    for start, end, parts in spans:
        before = mentions[-1] if mentions else None
        side = _side(base, start, end) or _shared(base, before, start)
        mentions.append(Mention(parts, side, start, end))
    return mentions


def _side(base: str, start: int, end: int) -> Side:
    inside: list[str] = re.findall(rf" ({SIDE}) ", f" {base[start:end]} ")
    if inside:
        return inside[0]
    if before := _BEFORE.search(base[:start]):
        if before["pair"]:
            return ""
        return _MIRRORED[before["side"]] if before["mine"] else str(before["side"])
    after = _AFTER.search(base[end:]) or _BARE_AFTER.search(base[end:])
    if after is None:
        return ""
    groups = after.groupdict()
    mirrored = groups.get("view") or groups.get("mine")
    return _MIRRORED[groups["side"]] if mirrored else str(groups["side"])


def _shared(base: str, before: Mention | None, start: int) -> Side:
    """ "left eye and brow": the second part takes the side of the first."""
    if before is None or base[before.end : start] != " and ":
        return ""
    return before.side


def lone_side(base: str) -> Side:
    """Return a side that stands without a part: "how strong on the left?"; "" for none or both."""
    found = set(re.findall(rf" ({SIDE})(?= )", base))
    return found.pop() if len(found) == 1 else ""


_NUMBER = r"(?:[xy][12]?\s*[=:]\s*)?(\d{1,5}(?:\.\d+)?)"
_SEP = r"\s*[,;\s]\s*"
_TO = r"(?:\s*[,;\s]\s*|\s*(?:to|-|–|->)\s*)"
_BOX = re.compile(
    rf"(?<![\d.])[\[(]?\s*{_NUMBER}{_SEP}{_NUMBER}\s*[\])]?{_TO}"
    rf"[\[(]?\s*{_NUMBER}{_SEP}{_NUMBER}\s*[\])]?",
    re.I,
)
_RADIUS = (
    r"(?:\s*[,;]?\s*(?:(?:with\s+)?(?:a\s+)?(?:radius|r)(?:\s+of)?\s*[=:]?\s*|,\s*)"
    r"(\d{1,5}(?:\.\d+)?))?"
)
_POINT = re.compile(
    rf"(?:(?:point|around|at|near|pixel|spot|position"
    rf"|coordinates?)\s*[\[(]?\s*{_NUMBER}{_SEP}{_NUMBER}"
    rf"|[\[(]\s*{_NUMBER}{_SEP}{_NUMBER}|^\s*{_NUMBER}\s*,\s*{_NUMBER})\s*[\])]?{_RADIUS}",
    re.I,
)  # fmt: skip


def numbers(raw: str) -> tuple[tuple[BoxXyxy, ...], tuple[Disc, ...], str]:
    """Return boxes and points typed as pixel numbers, and the text without them."""
    boxes = []
    for match in _BOX.finditer(raw):
        x1, y1, x2, y2 = (float(v) for v in match.groups())
        boxes.append((x1, y1, x2, y2))
    rest = _BOX.sub(" ; ", raw)
    points: list[Disc] = []
    for match in _POINT.finditer(rest):
        *xy, radius = match.groups()
        x, y = (float(v) for v in xy if v is not None)
        points.append((x, y, float(radius) if radius else None))
    return tuple(boxes), tuple(points), _POINT.sub(" ; ", rest)
