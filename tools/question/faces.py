"""Which faces a question is about. Position and number only; nothing here recognises anybody."""

import re
from functools import cache

from focalface.tools.question.vocabulary import WithWord

PERSON = (
    r"(?:man|woman|person|guy|girl|boy|kid|child|lady|gentleman|dude|lad|fellow|individual|human"
    r"|baby|face|subject|one)"
)
PEOPLE = (
    r"(?:men|women|person|people|guys|girls|boys|kids|children|ladies|faces|face|persons"
    r"|subjects)"
)
_WORDS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4,
    "fifth": 5, "5th": 5, "sixth": 6, "6th": 6, "seventh": 7, "7th": 7, "eighth": 8, "8th": 8,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
}  # fmt: skip
_IS = r"(?: (?:who|that|which) is)?"
_NTH = (
    "(?:"
    + "|".join(w for w in _WORDS if w not in ("one", "two", "three", "four", "five", "six"))
    + ")"
)
_NUM = r"(?:\d{1,2}|one|two|three|four|five|six)"
_THE = r"(?:the |that |this )?"

_ANYBODY = (
    r"(?<=the )(?!(?:brow|eye|lid|cheek|corner|mouth|lip|nose|jaw|chin|forehead|side|half|nostril|fold"
    r"|line|wrinkle|area|region|spot|part|place|bit|skin|muscle|smile|dimple|temple|foot|bag|tooth"
    r"|picture|photo|image|upper|lower|left|right) )\w+"
)
"""Whoever stands somewhere, by any name: "the priest in the middle"; no part of a face."""
_MIDDLE = "middle centre center"
_ON_THE = r"(?:on|to|at) the (?:far |furthest |farthest |very )?"


def _of_a_side(side: str) -> tuple[tuple[str, str, str], ...]:
    """Return the rows of ``_PLACES`` for somebody on a side of the picture."""
    at, most = f"{side} {side}most", f"{side}most"
    return (
        (at, rf"{_THE}(?:{most}|{side} ?-? ?most|far {side}|{side} ?-? ?hand) {PERSON}", most),
        (at, rf"the (?:{most}|{side} ?-? ?most)(?= [?.!;])", most),
        (side, rf"{_THE}{side} {PERSON}", most),
        (
            side,
            rf"{PERSON}(?: (?:who|that|which) (?:is|be))? (?:on|at|to|in|standing on|sitting on)"
            rf" (?:the |my )?(?:far |furthest |farthest |very )?{side}"
            r"(?: (?:hand )?side)?(?: (?:of|in) the (?:picture|photo|image))?",
            most,
        ),
        (side, rf"(?:whoever|somebody|someone)(?: is| be)? {_ON_THE}{side}", most),
        (side, rf"{_THE}{PERSON} (?:furthest|farthest)(?: to the)? {side}", most),
        (side, rf"{_ANYBODY}{_IS} {_ON_THE}{side}", most),
    )


_PLACES: tuple[tuple[str, str, str], ...] = (
    ("oldest eldest", rf"{_THE}{{}}(?: ?-? ?looking)? {PERSON}(?! look)", "oldest"),
    ("youngest", rf"{_THE}{{}}(?: ?-? ?looking)? {PERSON}(?! look)", "youngest"),
    ("biggest largest closest nearest main", rf"{_THE}{{}} {PERSON}", "largest"),
    ("smallest farthest furthest", rf"{_THE}{{}} {PERSON}", "smallest"),
    ("last", rf"{_THE}{{}} {PERSON}", "last"),
    (_MIDDLE, rf"{_THE}{{}} {PERSON}", "middle"),
    (
        _MIDDLE,
        rf"(?:{PERSON}|whoever|who|somebody|someone|anyone){_IS}(?: is| be)? (?:in|at) (?:the )?{{}}",
        "middle",
    ),
    *_of_a_side("left"),
    *_of_a_side("right"),
    (_MIDDLE, rf"{_ANYBODY}{_IS} in (?:the )?{{}}", "middle"),
    ("front foreground", rf"{PERSON}s?{_IS} (?:at|in) (?:the )?{{}}", "largest"),
    ("back background rear", rf"{PERSON}s?{_IS} (?:at|in) (?:the )?{{}}", "smallest"),
)
"""Words one of which has to occur, a pattern on the base form (``{}``: one of these words), selector;
what matched is hidden from everything later."""
_FROM = re.compile(
    rf" (?:the )?({_NTH}) (?:{PERSON} )?(?:from|to) (?:the )?(left|right)(?: (?:side|hand side))?(?= )"
)
_NUMBERED = re.compile(
    rf" (?:face|person|subject|face number|number|people)s? ?#? ?({_NUM})((?: ?(?:,|and|or|vs"
    rf"|with|to|&) ?(?:face |person )?{_NUM})*)(?= )"
)
_ORDINAL = re.compile(rf" (?:the )?({_NTH})(?: and (?:the )?({_NTH}))? {PERSON}(?= )")
_THAN_NTH = re.compile(rf" (?:than|with|to|or|and) the ({_NTH})(?: one)?(?= [?.!;]| $)")
_ROW = re.compile(
    rf" (?:the )?(two|three|four)(?: {PEOPLE})? (?:on|at|to|from) the (?:far )?(left|right)(?= )"
)
"""Several faces from one end of the row: "the two on the left"."""
HOW_MANY = re.compile(
    rf" (?:(?:how many(?! (?:years?|summers|winters|birthdays|candles) )|count|number of)(?: of)?(?: the| these| those| them)*(?: (?:{PEOPLE}|{PERSON}))?"
    rf"|what (?:number|share|part|fraction) of (?:the )?(?:{PEOPLE}|them)"
    rf"|what (?:percentage|percent|proportion)(?: of (?:the )?(?:{PEOPLE}|them))?)(?= )"
)
"""Counting those who show something."""
_SPARED = re.compile(
    r" (?:except(?: for)?|other than|apart from|besides|aside from|but(?: not)?|excluding|minus|without"
    r"|not counting|ignoring|ignore) (?:the )?$"
)
"""What stands before faces that are left out."""
_SPARED_END = re.compile(
    r" (?:everyone|everybody|anyone|anybody|all|all of them|faces?|people)?(?: the)?"
    r"(?: (?:except(?: for)?|other than|apart from|besides|aside from|but))(?= )"
)
_ALL = re.compile(
    r" (?:everyone|everybody|every one|anyone|anybody|someone|somebody|nobody|all of them"
    r"|no one|(?<=rank |sort )the face|(?<=order )the face|(?<=arrange )the face|they all|all (?:the )?"
    rf"{PEOPLE}|each(?: of (?:them|the {PEOPLE}))?|every {PERSON}|each {PERSON}|(?:all|both|these"
    rf"|those)(?: the)? (?:two |three |four |five |six )?{PEOPLE}"
    rf"|the (?:two|three|four|five|six) (?:of them|{PEOPLE})|all (?:two|three|four|five|six)"
    r"|the (?:people|twins|couple|siblings|friends|men|women|kids|children|girls|boys|guys|persons|ladies|group)"
    r"|all(?: the)?(?= (?:eye|mouth|smile|brow) )"
    r"|(?:either|neither|none|both) of (?:them|the two)"
    r"|both of them|all(?= [?.!;]| $)|(?<=^ )all(?= \w+ (?:[?.!;]|$))|group)(?= )"
)
_THEY = re.compile(r" (?:they|them|their|these people) ")
_AND_THE_REST = re.compile(
    r" (?:with|to|and|than|vs|versus|against|from) (?:all |every )?(?:the )?(?:others?|rest|everyone else"
    rf"|everybody else|anyone else|anybody else|{PEOPLE} else|other {PEOPLE})(?= (?:[?.!;,]|$))"
)
_BESIDE = re.compile(
    rf" (?:the )?(?:{PERSON}|people|{PEOPLE}) (?:next to|beside|right by|alongside) (?:him|her|them|it|that one)(?= )"
)
_OTHERS = re.compile(
    rf" (?:(?:the )?others|the rest|everyone else|(?:the )?other (?:{PEOPLE}|{PERSON})s?"
    rf"|next {PERSON}|(?<=and )(?:his|her|my|their) (?:husband|wife|partner|friend|brother|sister|mother|father"
    r"|mum|mom|dad|son|daughter|colleague|boyfriend|girlfriend|boss)) "
)
_WHO = re.compile(
    r" (?:who|who's|whose|who 's|which (?:person|face|one|of (?:them|these|those|the)|man|woman"
    r"|guy|girl|boy|kid|people)"
    rf"|which {PERSON}) "
)


_SUPERLATIVE = re.compile(
    rf" (?:who|which)(?: is|'s| 's| of them is| {PERSON} is)? (?:the )?"
    rf"((?:old|young|eld|happi|sadd|angri|cheeri|calm|grumpi)est)(?: ?-? ?looking)?(?: {PERSON})?(?= )"
)
_PAIRED = re.compile(r" (?:one|left|right|which) (?:side|half|eye|brow|lid|cheek|corner|lip) ")
"""Two sides of one face are compared, not two faces."""
_RIVAL = re.compile(
    rf" than (?:his|hers?|theirs|him|them|the other(?: {PERSON})?(?: 's)?"
    rf"|(?:the|that|this) (?:{PERSON})(?: (?:next to|beside|behind|in front of) (?:him|her|it|them))?)"
    r"(?: (?=[?.!;])| $)"
)


@cache
def _places() -> tuple[tuple[WithWord, str], ...]:
    return tuple(
        (WithWord.made_of(words, rf" (?:{pattern})(?= )"), selector)
        for words, pattern, selector in _PLACES
    )


def find_faces(base: str, count: int | None) -> tuple[tuple[str, ...], bool, str]:
    """Selectors, whether one of them is to be found by comparing ("who..."), and the rest.

    The rest is the base form without the words that chose faces, so that the "left" of "the woman
    on the left" is not read as a side of a face. With one face in the picture, words for all faces
    mean that one: no selector.
    """
    several = count is None or count > 1
    rival = _RIVAL.search(base) and not _PAIRED.search(base)
    if several and (_SUPERLATIVE.search(base) or rival):
        rest = _RIVAL.sub(" than ;", _SUPERLATIVE.sub(lambda m: f" {m[1]} ", base))
        return ("all",), True, rest
    found: list[tuple[int, str]] = []
    rest = base
    for match in list(_ROW.finditer(rest)) if several else ():
        ends = range(1, _WORDS[match[1]] + 1)
        found += [(match.start() + n, f"{match[2]}:{n}") for n in ends]
        rest = _hide(rest, match)
    for match in list(_FROM.finditer(rest)):
        found.append((match.start(), f"{match[2]}:{_WORDS[match[1]]}"))
        rest = _hide(rest, match)
    typed = {*base.split()}
    for place, selector in _places():
        for match in place.all(rest, typed):
            if not _is_side(match.group(), several):
                found.append((match.start(), selector))
                rest = _hide(rest, match)
    for match in list(_ORDINAL.finditer(rest)):
        found += [(match.start(i), str(_WORDS[match[i]])) for i in (1, 2) if match[i]]
        rest = _hide(rest, match)
    for match in list(_THAN_NTH.finditer(rest)) if found else ():
        found.append((match.start(), str(_WORDS[match[1]])))
        rest = _hide(rest, match)
    for match in list(_NUMBERED.finditer(rest)):
        if " number" in match.group() and "face" not in match.group():
            continue
        numbers = re.findall(rf"\b{_NUM}\b", match[1] + match[2])
        found += [
            (match.start() + at, str(_WORDS.get(n) or int(n))) for at, n in enumerate(numbers)
        ]
        rest = _hide(rest, match)
    if found and several and (others := _AND_THE_REST.search(rest)):
        found.append((others.start(), "all"))
        rest = _hide(rest, others)
    if found:
        spared = [f"not:{s}" for at, s in found if _SPARED.search(base[: at + 1])]
        if spared and several:
            return ("all", *dict.fromkeys(spared)), False, _SPARED_END.sub(" ", rest)
        return tuple(dict.fromkeys(s for _, s in sorted(found))), False, rest
    return _groups(rest, several)


def _groups(rest: str, several: bool) -> tuple[tuple[str, ...], bool, str]:
    if several and (match := _BESIDE.search(rest)):
        return ("beside",), False, _hide(rest, match)
    if _OTHERS.search(rest) and several:
        return ("others",), False, _OTHERS.sub(" ; ", rest)
    if several and (match := HOW_MANY.search(rest)):
        return ("all",), False, _hide(rest, match)
    if several and _WHO.search(rest):
        return ("all",), True, _WHO.sub(" ; ", rest)
    if several and (match := _ALL.search(rest)):
        return ("all",), False, _hide(rest, match)
    if several and _THEY.search(rest):
        return ("all",), False, rest
    return (), False, rest


def _is_side(matched: str, several: bool) -> bool:
    """ "The left one" and "the left face" speak of a side when there is only one face."""
    return not several and bool({"one", "face"} & set(matched.split()))


def _hide(text: str, match: re.Match[str]) -> str:
    """Keep the length, so that positions stay those of the whole question."""
    return text[: match.start()] + " " + "~" * (len(match.group()) - 1) + text[match.end() :]
