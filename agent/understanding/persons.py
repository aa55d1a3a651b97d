"""Who is meant by what can be seen (glasses, a hat, a beard, a row), and by what cannot.

A selector ``with:hat`` is a face that wears one, ``row:2`` all of the second row from the top,
``row:-1:2`` the second from the left of the last row.
"""

import re

_WHO = (
    r"(?:person|man|woman|guy|girl|boy|lady|one|kid|dude|fellow|gentleman|somebody|someone|face|chap"
    r"|child|individual|lad)"
)
_HAS = r"(?:,? (?:who|that)(?: is|'s)?)? (?:with|in|wearing|has|having|wears)(?: on)?(?: the| a| an| his| her| some| those)?"
_THE = r"(?:the |that |this )?"
_SEEN: tuple[tuple[str, str], ...] = (
    (
        "with:dark glasses",
        rf"{_THE}{_WHO}{_HAS} (?:dark |black |big )?(?:sunglasses|shades|dark glasses)",
    ),
    (
        "with:glasses",
        rf"{_THE}{_WHO}{_HAS} (?:\w+ )?(?:glasses|spectacles|specs)|{_THE}bespectacled {_WHO}",
    ),
    (
        "with:hat",
        rf"{_THE}{_WHO}{_HAS} (?:\w+ )?(?:hat|cap|beanie|helmet|bonnet|headscarf|turban|hijab)",
    ),
    (
        "with:beard",
        rf"{_THE}{_WHO}{_HAS} (?:\w+ )?(?:beard|moustache|mustache|goatee|stubble)"
        rf"|{_THE}(?:bearded|moustached|mustached|unshaven) {_WHO}",
    ),
    ("leftmost", rf"the left(?:most)? {_WHO}(?:'s|s)(?= \w)"),
    ("rightmost", rf"the right(?:most)? {_WHO}(?:'s|s)(?= \w)"),
    ("middle", rf"the (?:middle|cent(?:er|re)) {_WHO}(?:'s|s)(?= \w)"),
    ("youngest", r"the (?:baby|toddler|infant|newborn|little (?:one|girl|boy))"),
)
_CLOTHES = (
    r"(?:dress|shirt|t-?shirt|skirt|suit|tie|jacket|coat|top|blouse|jumper|sweater|hoodie|uniform|jeans"
    r"|vest|necklace|earrings?|hair|ponytail|braids?|curls|fringe|bun|lipstick|make-?up)"
)
_COLOUR = (
    r"(?:red|blue|green|yellow|orange|purple|violet|pink|black|white|grey|gray|brown|beige|golden|blonde?"
    r"|ginger|dark|light|colou?rful|striped)"
)
_UNSEEN = re.compile(
    rf"{_THE}{_WHO}{_HAS} (?:{_COLOUR}(?:[- ]\w+)? )?(?:\w+ )?{_CLOTHES}\b"
    rf"|{_THE}{_WHO}{_HAS} {_COLOUR}\b"
    rf"|{_THE}(?:{_COLOUR}[- ]?haired|blonde?|ginger|bald|curly[- ]?haired|long[- ]?haired|short[- ]?haired|tall|short) {_WHO}"
    r"|\bthe (?:blonde?|redhead|brunette)\b",
    re.I,
)
_NTH = {
    "top": 1, "upper": 1, "first": 1, "back": 1, "second": 2, "middle": 2, "third": 3, "fourth": 4,
    "fifth": 5, "bottom": -1, "lower": -1, "last": -1, "front": -1,
}  # fmt: skip
_PLACE = {
    "first": 1, "leftmost": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6,
    "last": -1, "rightmost": -1,
}  # fmt: skip
_ROW = rf"(?P<row>{'|'.join(_NTH)})[- ]row"
_END = r"(?:(?:on|at|to) )?(?:the )?(?:far |very |extreme )(?P<end>left|right)(?: end| side)?"
_CORNER = re.compile(
    rf"{_THE}{_WHO},?(?: (?:who is |that is )?(?:(?:at|in|on) )?(?:the )?|, )(?P<row>top|upper|bottom|lower|front|back)[ -](?P<end>left|right)(?: corner)?\b"
    rf"|{_THE}(?P<row2>top|upper|bottom|lower|front|back)[ -](?P<end2>left|right) {_WHO}\b"
    r"|^(?:\W|and |what about |how about )*(?:(?:at|in|on) )?(?:the )?(?P<row3>top|upper|bottom|lower|front|back)[ -](?P<end3>left|right)(?: corner)?(?=\W*$|,)",
    re.I,
)
"""Somebody by the corner of the picture: "the guy top left"."""
_IN_ROW = rf"(?P<at>{'|'.join(_PLACE)})(?: {_WHO})?(?: from (?:the )?(?P<side>left|right))?"
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


def find_persons(raw: str) -> tuple[tuple[str, ...], bool, str]:
    """Selectors, whether somebody is named by what no tool sees, and the text without that."""
    for pattern in _ROWS:
        if match := pattern.search(raw):
            return (_row(match),), False, _without(raw, match)
    if match := _CORNER.search(raw):
        return (_corner(match),), False, _without(raw, match)
    for selector, seen in _SEEN:
        if match := re.search(rf"\b(?:{seen})\b", raw, re.I):
            return (selector,), False, _without(raw, match)
    if match := _UNSEEN.search(raw):
        return (), True, _without(raw, match)
    return (), False, raw


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
    """Of the first or last row the first or last, as seen in the picture."""
    row = next(v for k, v in match.groupdict().items() if k.startswith("row") and v).lower()
    end = next(v for k, v in match.groupdict().items() if k.startswith("end") and v).lower()
    return f"row:{1 if row in ('top', 'upper', 'back') else -1}:{1 if end == 'left' else -1}"


def _without(raw: str, match: re.Match[str]) -> str:
    """Return the question with "the person" in place of whom it means."""
    return f"{raw[: match.start()]}the person{raw[match.end() :]}"
