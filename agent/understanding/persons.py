"""Who is meant by what can be seen (glasses, a hat, a beard, a place), and by what cannot.

A selector ``with:hat`` is a face that wears one; those of a place are in ``places``. ``with:hat&at:back::``
is whom both of them mean.
"""

import re
from dataclasses import dataclass

from focalface.agent.understanding import neighbours, places
from focalface.agent.understanding.places import WHO as _WHO
from focalface.tools.question.matcher import SIDES as _SIDES
from focalface.tools.question.vocabulary import WithWord, any_word, words_of

_HAS = r"(?:,? (?:who|that)(?: is|'s)?)? (?:with|in|wearing|has|having|wears)(?: on)?(?: the| a| an| his| her| some| those)?"
_THE = r"(?:the |that |this )?"
_HATS = (
    "hat cap beanie beret helmet bonnet hood headscarf bandana headband fedora bowler sombrero turban hijab"
    " veil crown headwear head-wear"
)
_MOODS = {
    "a happy look": "happy cheerful",
    "a sad look": "sad unhappy",
    "an angry look": "angry mad furious",
    "a surprised look": "surprised shocked astonished",
    "a scared look": "scared afraid frightened fearful",
    "a disgusted look": "disgusted",
    "a serious look": "serious neutral stern",
}
"""What somebody is called by that an expression suggests -> the words for it."""
_SEEN = tuple(
    (selector, WithWord.made_of(words, rf"\b(?:{pattern})\b", re.I))
    for selector, words, pattern in (
        (
            "with:dark glasses",
            "sunglasses shades glasses",
            rf"{_THE}{_WHO}{_HAS} (?:dark |black |big )?(?:sunglasses|shades|dark glasses)",
        ),
        (
            "with:glasses",
            "glasses spectacles specs bespectacled",
            rf"{_THE}{_WHO}{_HAS} (?:\w+ )?(?:glasses|spectacles|specs)|{_THE}bespectacled {_WHO}",
        ),
        ("with:hat", f"{_HATS} head", rf"{_THE}{_WHO}{_HAS} (?:\w+ )?{any_word(_HATS)}"),
        (
            "with:beard",
            "beard moustache mustache goatee stubble bearded moustached mustached unshaven",
            rf"{_THE}{_WHO}{_HAS} (?:\w+ )?(?:beard|moustache|mustache|goatee|stubble)"
            rf"|{_THE}(?:bearded|moustached|mustached|unshaven) {_WHO}",
        ),
        ("leftmost", "left leftmost", rf"the {{}} {_WHO}(?:'s|s)(?= \w)"),
        ("rightmost", "right rightmost", rf"the {{}} {_WHO}(?:'s|s)(?= \w)"),
        ("middle", "middle center centre", rf"the {{}} {_WHO}(?:'s|s)(?= \w)"),
        *(
            (
                f"with:no {what}",
                words,
                rf"{_THE}{_WHO},? (?:without|(?:who|that) (?:has no|wears no|doesn't (?:have|wear)|does not (?:have|wear))|with no) (?:a |an |any )?(?:{'|'.join(words.split())})",
            )
            for what, words in (
                ("glasses", "glasses sunglasses spectacles"),
                ("hat", "hat cap headwear"),
                ("beard", "beard moustache mustache"),
            )
        ),
        (
            "with:no smile",
            "smiling smile grinning laughing unsmiling",
            rf"{_THE}{_WHO},? (?:who|that)(?: is|'s)? ?(?:not|isn't|isnt|doesn't|doesnt|does not|ain't) (?:really )?(?:smil\w*|grinning|laughing)"
            rf"|{_THE}{_WHO},? (?:not smiling|without (?:a |any )?smile)|{_THE}unsmiling {_WHO}",
        ),
        (
            "with:a smile",
            "smiling smile grinning laughing grin",
            rf"{_THE}(?:smiling|grinning|laughing) {_WHO}|{_THE}{_WHO},? (?:who|that)(?: is|'s) (?:smiling|grinning|laughing)"
            rf"|{_THE}{_WHO} with (?:the|a) (?:big |broad |wide |huge )?(?:smile|grin)",
        ),
        (
            "with:an open mouth",
            "mouth",
            rf"{_THE}{_WHO},? (?:(?:who|that) has|with) (?:the|an|his|her|their) (?:wide[- ])?(?:open mouth|mouth (?:wide )?open)",
        ),
        (
            "with:closed eyes",
            "eyes",
            rf"{_THE}{_WHO},? (?:(?:who|that) has|with) (?:(?:the|his|her|their) )?(?:(?:closed|shut) eyes|eyes (?:closed|shut))",
        ),
        *(
            (f"with:{look}", words, rf"the {{}}(?:[- ]looking)? (?!face\b){_WHO}(?! (?:is|are)\b(?=\W*$))")
            for look, words in _MOODS.items()
        ),
        (
            "youngest",
            "baby toddler infant newborn little kid child young younger",
            r"(?<!he )the (?:baby|toddler|infant|newborn|kid|child|little (?:one|girl|boy|kid)|young(?:er)? (?:one|person|man|woman|guy|girl|boy|lady|kid))",
        ),
        (
            "oldest",
            "adult grown-up mother mum mom father dad parent grandmother grandfather old older elderly",
            r"(?<!he )the (?:adult|grown-up|mother|mum|mom|father|dad|parent|grand(?:mother|father)|(?:old|older|elderly) (?:one|person|man|woman|guy|lady|gentleman))",
        ),
    )
)  # fmt: skip
_CLOTHES = (
    r"(?:dress|shirt|t-?shirt|skirt|suit|tie|jacket|coat|top|blouse|jumper|sweater|hoodie|uniform|jeans"
    r"|vest|necklace|earrings?|hair|ponytail|braids?|curls|fringe|bun|lipstick|make-?up)"
)
_TAKES_IT = re.compile(
    rf"(?:{_THE}{_WHO}|who(?:ever)?),? (?:(?:who|that) )?(?:is |'s )?(?:taking|takes|took|shooting|snapping|holding(?: up)?) (?:the|this|a|that) (?:group )?(?:selfie|picture|photo|pic|shot|camera|phone|selfie stick)\b",
    re.I,
)
"""Whoever holds the camera, who is nearest to it."""
_COLOUR = (
    r"(?:red|blue|green|yellow|orange|purple|violet|pink|black|white|grey|gray|brown|beige|golden|blonde?"
    r"|ginger|dark|light|colou?rful|striped)"
)
_LOOK = r"(?:(?:tall|short|young|old|big|small|little|other|pretty|handsome|thin|slim|\w+ing) )?"
_UNSEEN = WithWord.made_of(
    "with in wearing has having wears holding carrying haired blond blonde ginger bald redhead brunette tall short taller shorter tallest shortest",
    rf"{_THE}{_LOOK}{_WHO}{_HAS} (?:{_COLOUR}(?:[- ]\w+)? )?(?:\w+ )?{_CLOTHES}\b"
    rf"|{_THE}{_LOOK}{_WHO}{_HAS} {_COLOUR}\b"
    rf"|{_THE}(?:{_COLOUR}[- ]?haired|blonde?|ginger|bald|curly[- ]?haired|long[- ]?haired|short[- ]?haired|tall(?:er|est)?|short(?:er|est)?) {_WHO}"
    r"|\bthe (?:blonde?|redhead|brunette)\b"
    rf"|{_THE}{_WHO} (?:who is |that is )?(?:wearing|holding|carrying|in) (?:the|a|an|his|her|their)(?: {_COLOUR})? (?!\w*(?:middle|front|back|row|background|left|right|photo|picture|image|centre|center|corner|first|second|top|bottom|foreground|mask|way|pain|mood)\b)\w+",
    re.I,
)
_NTH = {"second": 2, "middle": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
_PLACE = {
    "first": 1, "leftmost": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6,
    "last": -1, "rightmost": -1,
}  # fmt: skip
_ROW_WORDS = frozenset({"row", "rows"})
_ROW = rf"(?P<row>{'|'.join(_NTH)})[- ]row"
_END = r"(?:(?:on|at|to) )?(?:the )?(?:far |very |extreme )(?P<end>left|right)(?: end| side)?"
_CORNER = re.compile(
    rf"{_THE}{_WHO},?(?: (?:who is |that is )?(?:(?:at|in|on) )?(?:the )?|, )(?P<row>top|upper|bottom|lower|front|back)[ -](?P<end>left|right)(?: corner)?\b"
    rf"|{_THE}(?P<row2>top|upper|bottom|lower|front|back)[ -](?P<end2>left|right) {_WHO}\b"
    r"|^(?:\W|and |what about |how about )*(?:(?:at|in|on) )?(?:the )?(?P<row3>top|upper|bottom|lower|front|back)[ -](?P<end3>left|right)(?: corner)?(?=\W*$|,)"
    rf"|(?<=\bthan )(?:the )?(?P<row4>top|upper|bottom|lower|front|back)[ -](?P<end4>left|right)(?: corner| {_WHO})?\b",
    re.I,
)
"""Somebody by the corner of the picture: "the guy top left"."""
_IN_ROW = rf"(?P<at>{'|'.join(_PLACE)})(?: {_WHO})?(?: from (?:the )?(?P<side>left|right))?"
_NUMBERED_ROW = re.compile(
    rf"(?:{_THE}{_WHO},? )?(?:in )?(?:the )?row (?:no\.? ?|number |# ?)?(?P<row>\d|one|two|three|four|five|six)\b"
    rf"(?:[,;:/]? (?:the )?(?:number |face |no\.? ?|column |col\.? |place |position )?(?P<at>\d{{1,2}}|{'|'.join(_PLACE)})(?!\w)(?: {_WHO})?"
    r"(?: from (?:the )?(?P<side>left|right))?)?"
    rf"|(?:the )?(?P<at2>{'|'.join(_PLACE)}|\d{{1,2}}(?:st|nd|rd|th))(?: {_WHO})?(?: from (?:the )?(?P<side2>left|right))?"
    r" (?:in|of|on) (?:the )?row (?P<row2>\d|one|two|three|four|five|six)\b",
    re.I,
)
"""A row by its number from the top: "the man in row 2, third", "third in row two"."""
_DIGITS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_ROWS = (
    re.compile(rf"(?:in )?(?:the )?{_ROW}[,;:]? (?:the )?{_IN_ROW}", re.I),
    re.compile(rf"(?:{_THE}{_WHO},? )?{_END},? (?:in|of|on) (?:the )?{_ROW}", re.I),
    re.compile(rf"(?:in )?(?:the )?{_ROW}[,;:]? (?:{_THE}{_WHO} )?{_END}", re.I),
    re.compile(rf"(?:the )?{_IN_ROW} (?:in|of|on) (?:the )?{_ROW}", re.I),
    re.compile(
        rf"{_THE}(?:{_WHO}|people|men|women|faces|ones) (?:in|of|on|from) (?:the )?{_ROW}", re.I
    ),
    re.compile(rf"(?:in )?(?:the )?{_ROW}", re.I),
)


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a question names: selectors; whether also by what no tool sees; its other words."""

    selectors: tuple[str, ...]
    unseen: bool
    rest: str


def find_persons(raw: str) -> Named:
    """Return whom a question names by place and looks, and the question with that left out."""
    typed = words_of(raw)
    if not _ROW_WORDS.isdisjoint(typed):
        if match := _NUMBERED_ROW.search(raw):
            return _looks(_without(raw, match), _numbered_row(match))
        for pattern in _ROWS:
            if match := pattern.search(raw):
                return _looks(_without(raw, match), _row(match))
    place, rest = neighbours.find(raw)
    if not place:
        place, rest = places.find_place(raw)
    corner = None if place or _SIDES.isdisjoint(typed) else _CORNER.search(raw)
    return _looks(_without(raw, corner), _corner(corner)) if corner else _looks(rest, place)


_HELD_AGAINST = re.compile(r"\b(?:or|than|and|with|vs\.?|versus)\b", re.I)
"""Words between two people who are compared: "the one with the hat or the one with glasses?"."""


_IN_ORDER = re.compile(
    rf"\bthe (?P<at>{'|'.join(_PLACE)}|2nd|3rd|4th)(?: (?:one|{_WHO}|place))?(?=\W|$)(?! (?:picture|photo|image|row|time|part|question)\b)",
    re.I,
)


def in_order(raw: str, order: tuple[str, ...]) -> Named:
    """Return whom "the last one" means after faces were put in order, and the rest of the question."""
    match = _IN_ORDER.search(raw) if order else None
    at = match["at"].lower() if match else ""
    place = _PLACE.get(at) or int(at[:1] or 0)
    if match is None or not 0 < abs(place) <= len(order):
        return Named((), False, raw)
    return Named((order[place - 1 if place > 0 else place],), False, _without(raw, match))


def _looks(raw: str, place: str) -> Named:
    """Return whom a place and the looks in the rest of the question name together."""
    typed = words_of(raw)
    each = [(m, selector) for selector, seen in _SEEN if (m := seen.search(raw, typed))]
    if len(each) > 1 and not place and _HELD_AGAINST.search(raw):
        for match, _ in each:
            raw = raw.replace(match.group(), "the person")
        in_order = sorted(each, key=lambda found: found[0].start())
        return Named(tuple(selector for _, selector in in_order), False, raw)
    each = [one for one in each if not (place and one[1] in ("youngest", "oldest"))]
    if not each and (takes := _TAKES_IT.search(raw)) and not place:
        return Named(("photographer",), True, _without(raw, takes))
    if each:
        match, selector = each[0]
        among = place.removesuffix("1") if place.endswith("::1") else place
        both = "&".join(filter(None, (selector, among)))
        return Named((both,), False, _without(raw, match))
    whom = (place,) if place else ()
    if unseen := _UNSEEN.search(raw, typed):
        return Named(whom, True, _without(raw, unseen))
    return Named(whom, False, raw)


def _numbered_row(match: re.Match[str]) -> str:
    said = (match["row"] or match["row2"]).lower()
    row = _DIGITS.get(said) or int(said)
    at = (match["at"] or match["at2"] or "").lower()
    if not at:
        return f"row:{row}"
    nth = _PLACE.get(at) or int(re.sub(r"\D", "", at))
    from_right = (match["side"] or match["side2"] or "").lower() == "right"
    return f"row:{row}:{-nth if from_right else nth}"


def _row(match: re.Match[str]) -> str:
    row = _NTH[match["row"].lower()]
    at, end = match.groupdict().get("at"), match.groupdict().get("end")
    if end:
        return f"row:{row}:{1 if end.lower() == 'left' else -1}"
    if not at:
        return f"row:{row}"
    place = _PLACE[at.lower()]
    return f"row:{row}:{-place if match['side'] and match['side'].lower() == 'right' else place}"


def _corner(match: re.Match[str]) -> str:
    """Return whoever is nearest to a corner, as seen in the picture."""
    row = next(v for k, v in match.groupdict().items() if k.startswith("row") and v).lower()
    end = next(v for k, v in match.groupdict().items() if k.startswith("end") and v).lower()
    depth = {"upper": "top", "lower": "bottom"}.get(row, row)
    return f"at:{depth}:{end}:1"


def _without(raw: str, match: re.Match[str]) -> str:
    """Return the question with "the person" in place of whom it means."""
    return f"{raw[: match.start()]}the person{raw[match.end() :]}"
