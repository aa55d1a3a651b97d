"""Where somebody is in the picture: "in front", "the back row", "below on the left", "far left".

A selector ``at:DEPTH:SIDE:N`` means, of those at a depth (``first``: the top row of a sheet, else the
front; ``front``, ``back``, ``top``, ``bottom`` or anywhere), the N-th from a side (``left``, ``right``, ``middle``); without N all of them.
``row:2``: all of the second row from the top; ``row:-1:2``: the second of the last one.
"""

import re

from focalface.tools.question.vocabulary import WithWord, words_of

WHO = (
    r"(?:person|man|woman|guy|girl|boy|lady|one|kid|dude|fellow|gentleman|somebody|someone|face|chap"
    r"|child|individual|lad|teenager|teen|baby|bloke)"
)
"""One person, in one word."""
_MANY = (
    r"(?:people|persons|men|women|guys|girls|boys|ladies|ones|kids|dudes|faces|children|folks?|everybody"
    r"|everyone|anybody|anyone|nobody|all|they|those|them|who are)"
)
_ONE = rf"(?:{WHO}|who(?: is|'s|s|ever)?(?=\W*$)|he|she|him|her)"
_IS = r"(?:,? (?:who|that)(?: is|'s| are)?)?(?: (?:standing|sitting|is|stands|sits|located|seen|visible))?"
_OF = r"(?: of (?:the |this )?(?:picture|photo|image|shot|scene|group|crowd|row|line|room|frame|stage))?"
_EXACT = r"(?:right |just |directly |all the way |way |up )?"

_DEPTHS: dict[str, str] = {
    "top": r"(?:(?:in|of|from|on) )?(?:the )?(?:top|upper|uppermost)[- ]row",
    "bottom": r"(?:(?:in|of|from|on) )?(?:the )?(?:bottom|lower|lowest)[- ]row",
    "first": r"(?:(?:in|of|from|on) )?(?:the )?first[- ]row",
    "front": rf"{_EXACT}(?:at|in|on|to|from) (?:the )?(?:very )?(?:front|foreground)(?:[- ]row)?(?! of (?:him|her|them|it|the \w+|a))"
    r"|(?:the )?front[- ]row|(?:closest|nearest)(?: to (?:the )?(?:camera|us|me|lens))",
    "back": rf"{_EXACT}(?:at|in|on|to|from) (?:the )?(?:very |far )?(?:back(?!ground)|background|rear)(?:[- ]row)?(?! of (?:his|her|their|the (?:head|neck|mouth)))"
    r"|(?:the )?(?:back|rear)[- ]row|(?:in |at )?behind (?:them|everyone|everybody|the others|all of them|the rest)"
    r"|behind(?=\W*(?:$|on the|at the|to the|in the|with|smil|look))|(?:furthest|farthest|further|farther) (?:away|back)",
}
_HEIGHTS: dict[str, str] = {
    "top": r"(?:(?:at|on|in) (?:the )?(?:very )?(?:top|upper)(?:[- ]row)?|above(?! (?:the|his|her|their|both))"
    r"|(?:the )?(?:top|upper|uppermost)(?:[- ]row)?)",
    "bottom": r"(?:(?:at|on|in) (?:the )?(?:very )?(?:bottom|lower)(?:[- ]row)?|below(?! (?:the|his|her|their|both))"
    r"|underneath|(?:the )?(?:bottom|lower|lowest)(?:[- ]row)?)",
}
"""Places that are also parts of a face, so that somebody has to stand right before them."""
_PLACE = {
    "first": 1, "leftmost": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4,
    "fifth": 5, "sixth": 6, "last": -1, "rightmost": -1,
}  # fmt: skip
_SIDE = (
    rf"(?:{_EXACT}(?:(?:on|at|to|in|from|of) )?(?:the |my |our )?(?:far|furthest|farthest|very|extreme|outer)?(?: to the)?[- ]?(?P<side{{0}}>left|right)"
    rf"(?:most)?(?:[- ]hand)?(?: (?:side|end|edge|corner))?{_OF}"
    rf"|{_EXACT}(?:in|at) the (?:very )?(?P<mid{{0}}>middle|centre|center)(?! row){_OF})"
)
_NTH = rf"(?:the )?(?P<at{{0}}>{'|'.join(_PLACE)})(?: {WHO})?(?: from (?:the )?(?P<from{{0}}>left|right))?"
_BETWEEN = r"(?:,? (?:and )?| )"


def _both(depth: str, n: int) -> str:
    """A depth with a side before or after it, or none."""
    side, after = _SIDE.format(n), _SIDE.format(n + 1)
    nth = _NTH.format(n)
    return (
        rf"(?:(?:{side}|{nth}){_BETWEEN}(?:of |in )?(?:{depth})(?!\w){_OF}"
        rf"|(?:{depth})(?!\w){_OF}(?:[,;:]? (?:the )?(?:{after})(?!\w)"
        rf"|[,;:]? (?:{_NTH.format(n + 1)})(?!\w))?)"
    )


_WORDS_OF = {
    "first": "first",
    "top": "top upper uppermost above",
    "bottom": "bottom lower lowest below underneath",
    "front": "front foreground first closest nearest",
    "back": "back background rear behind furthest farthest further farther",
}
"""Words one of which stands wherever a depth is named."""
_AT = (
    *(
        (name, WithWord.made_of(_WORDS_OF[name], rf"(?<![\w'])(?:{_both(depth, 1)})", re.I))
        for name, depth in _DEPTHS.items()
    ),
    *(
        (
            name,
            WithWord.made_of(
                _WORDS_OF[name],
                rf"(?:(?<=\b)(?P<who>{WHO}|{_MANY}),?{_IS},? (?:{_both(height, 1)}))"
                r"(?! (?:lip|lid|eyelid|row|or|average|and)\b)",
                re.I,
            ),
        )
        for name, height in _HEIGHTS.items()
    ),
)
_WHO_IS_AT = WithWord.made_of(
    "left right middle centre center",
    rf"\b(?P<who>who(?:'s| is|s|ever is|ever's|ever)?(?: that)?(?: the (?:one|person))?(?: standing| sitting)?) {_SIDE.format(1)}(?!\w)"
    rf"|^\W*(?:and |so |ok |what about |how about )*(?:(?:on|at) )?(?:the )?(?:one )?(?:far|furthest|farthest) (?P<side2>left|right)\W*$",
    re.I,
)
"""Whoever is at a side, without a word for a person."""
_PEOPLE = re.compile(
    rf"\b(?:(?P<many>{_MANY})|(?P<one>{_ONE}|the (?!{_MANY}\b|\w*(?:est|most)\b)\w+(?=\W*$)))(?!\w)",
    re.I,
)
_NAMED = re.compile(rf"\b(?:{WHO}|{_MANY}|he|she|who)\W*$|\bthe (?!\w*(?:est|most)\b)\w+\W*$", re.I)
"""Whom a place belongs to, right before it."""
_THEN_ONE = re.compile(rf"\W*(?:the )?(?:{WHO}|he|she|is (?:he|she))\b", re.I)


_WORDS = {
    "first": "in the first row",
    "front": "in front",
    "back": "at the back",
    "top": "in the top row",
    "bottom": "in the bottom row",
    "left": "on the left",
    "right": "on the right",
    "middle": "in the middle",
}


def find_place(raw: str) -> tuple[str, str]:
    """Return the selector of a place and the question without it; "" where there is none."""
    typed = words_of(raw)
    for depth, pattern in _AT:
        if not (match := pattern.search(raw, typed)):
            continue
        start = match.end("who") if "who" in match.groupdict() else match.start()
        named = _NAMED.search(raw[:start])
        alone = not named and _selector(depth, match, many=True).rpartition(":")[2]
        many = _speaks_of_many(raw[:start], raw[match.end() :])
        instead = "the person" if alone else ""
        return _selector(depth, match, many=many), _cut(raw, match, start, instead)
    if match := _WHO_IS_AT.search(raw, typed):
        side = _side_of(match)
        return f"at::{side}:1", _cut(raw, match, match.start(), "the person")
    return "", raw


def _speaks_of_many(before: str, after: str) -> bool:
    """Tell whether the last word for people before a place means several, or nobody is named."""
    if found := list(_PEOPLE.finditer(before)):
        return bool(found[-1]["many"])
    return not _THEN_ONE.match(after)


def _selector(depth: str, match: re.Match[str], *, many: bool) -> str:
    side, groups = _side_of(match), match.groupdict()
    nth = next((v.lower() for k, v in groups.items() if k.startswith("at") and v), "")
    end = next((v.lower() for k, v in groups.items() if k.startswith("from") and v), "")
    if nth:
        place = _PLACE[nth]
        from_right = end == "right" or place < 0
        return f"at:{depth}:{'right' if from_right else 'left'}:{abs(place)}"
    return f"at:{depth}:{side}:{'' if many else 1}"


def _side_of(match: re.Match[str]) -> str:
    groups = match.groupdict()
    if any(v for k, v in groups.items() if k.startswith("mid")):
        return "middle"
    return next((v.lower() for k, v in groups.items() if k.startswith("side") and v), "")


def _cut(raw: str, match: re.Match[str], start: int, instead: str) -> str:
    """Return the question with what names the place left out."""
    before, after = raw[:start].rstrip(" ,"), raw[match.end() :]
    return re.sub(r"\s+", " ", f"{before} {instead}{after}").strip()


def told(selector: str) -> str:
    """Return what several faces share, in words: ``at the back``, ``with glasses``; else ""."""
    if selector.startswith("with:") and "&" not in selector:
        looks = selector.removeprefix("with:")
        return f"with a {looks}" if looks in ("hat", "beard") else f"with {looks}"
    if selector.startswith("row "):
        return "in that row"
    if not selector.startswith("at:"):
        return ""
    _, depth, side, nth = selector.split(":")
    return "" if nth else " ".join(_WORDS[word] for word in (depth, side) if word)
