"""Whom a turn means by the dialogue: "the second one", "the other two", "everyone but him", "him".

A reference is read against one explicit state: whom the last answer was about (``subject``), the two
who were spoken of last (``pair``), and the order in which faces were put (``order``). Whoever is
called by place or looks is left to ``persons``. Pure.
"""

import re

from focalface.agent.understanding import persons, places
from focalface.agent.understanding.intent import Context, LastTurn
from focalface.agent.understanding.persons import Named
from focalface.tools.question import attributes, faces
from focalface.tools.question.text import read_text

_LEAD = (
    r"\W*(?:(?:ok|okay|so|and|but|now|then|well|what about|how about|what of|same for|also),? )*"
)
_AGE_WORDS = r"kid|child|baby|adult|mother|father|mum|mom|dad"
_BARE = re.compile(
    rf"{_LEAD}(?:the )?(?P<who>second|2nd|other|{places.WHO}|{_AGE_WORDS}|him|her|his|hers|he|she)"
    rf"(?: {places.WHO})?(?:,? (?:too|as well|then))?\W*",
    re.I,
)
"""A turn that is nothing but a word for one person."""
_OTHERS = re.compile(
    rf"\bthe other (?:two|three|four|five|six|ones?|people|persons|men|women|guys|girls|boys|ladies|kids|faces|{places.WHO})\b(?! (?:picture|photo|image|side|eye|brow)s?\b)",
    re.I,
)
_EVERYBODY = r"(?:every(?:one|body)(?: else)?|all(?: of them)?|any(?:one|body)(?: else)?|the (?:rest|others|group|people)|them all)"
_SPARED = re.compile(
    rf"\b{_EVERYBODY},? (?:but|except(?: for)?|apart from|besides|aside from|other than|without|not counting) "
    r"(?P<who>(?:him|her|them|he|she|that one|this one|those two|the last one)\b|the [^,;:?.!]+?(?=\W*(?:$|[,;:]| (?:is|are|look|looks|do|does|smil\w+)\b)))",
    re.I,
)
_EVERYBODY_ELSE = re.compile(r"\b(?:every|any|some)(?:one|body) else\b", re.I)
_HELD_AGAINST = re.compile(r"\b(?:or|than|and|with|vs\.?|versus|to|from)\b", re.I)


def find(raw: str, context: Context) -> Named:
    """Return whom a question means, and the question with "the person" in their place."""
    last = context.last
    if last is not None and (ranked := persons.in_order(raw, last.order)).selectors:
        return ranked
    by_last = last and (stepped(raw, last) or _above_or_below(raw, last))
    named = by_last or _by_somebody(raw) or _spared(raw, last)
    if named is None and last is not None:
        named = _by_the_dialogue(raw, last, context.count)
    return named or _two(raw) or persons.find_persons(raw)


_STEP = re.compile(
    rf"\b(?:the )?(?:{places.WHO}|who(?: is| comes|'s)?) (?:(?:right|directly|just) )?(?P<step>before|after|ahead of|following) (?:him|her|them|that(?: one)?|this one)\b",
    re.I,
)


def stepped(raw: str, last: LastTurn) -> Named | None:
    """ "The one before her", once faces were put in order."""
    match = _STEP.search(raw) if len(last.order) > 1 and last.subject else None
    if match is None or last.subject[0] not in last.order:
        return None
    step = -1 if match["step"].lower() in ("before", "ahead of") else 1
    at = last.order.index(last.subject[0]) + step
    found = last.order[at : at + 1] if at >= 0 else ()
    return Named(found, False, _with(raw, match, "the person")) if found else None


_ABOVE_OR_BELOW = re.compile(
    rf"\bthe {places.WHO} (?:right |just |directly )?(?:(?P<up>above|overhead)|(?P<down>underneath|below|beneath))(?=\W*$| (?:is|are|do|does|doing|has|look\w*|smil\w*|feel\w*)\b)",
    re.I,
)


def _above_or_below(raw: str, last: LastTurn) -> Named | None:
    """ "What does the one underneath do?", once somebody was spoken of."""
    match = _ABOVE_OR_BELOW.search(raw) if len(last.subject) == 1 else None
    if match is None:
        return None
    return Named(("behind" if match["up"] else "before",), False, _with(raw, match, "the person"))


_RELATIVE = re.compile(
    rf"\b(?P<who>(?:the )?(?:{places.WHO}|people|ones)|who(?:ever|'?s|se)?)(?:,? (?:who|that))?(?: (?:is|are|stands?|sits?|standing|sitting))?"
    r" (?P<where>next to|beside|behind|in front of|above|below|(?:to the )?left of|(?:to the )?right of) "
    r"(?P<anchor>(?:the|face|number|person) [^,;:?.!]+?)(?=\W*(?:$|[,;:])| (?:is|are|does|do|has|have|look|looks|smil\w+|feel\w*)\b)",
    re.I,
)
_WHERE = {"next to": "beside", "beside": "beside", "behind": "behind", "in front of": "before",
          "above": "behind", "below": "before"}  # fmt: skip


def _by_somebody(raw: str) -> Named | None:
    """ "Who is next to the man with the hat?": a neighbour of somebody who is named."""
    match = _RELATIVE.search(raw)
    if match is None:
        return None
    anchor, found = match["anchor"], named(match["anchor"])
    if len(found) != 1 or found[0] in ("all", "others"):
        return None
    shorter, _, word = anchor.rpartition(" ")
    asked = attributes.find_attributes(read_text(word).base)[0] and named(shorter) == found
    asks = f" {word}" if asked else ""  # "the one on the far left happy?"
    where = match["where"].lower()
    step = _WHERE.get(where) or f"beside:{'left' if 'left' in where else 'right'}"
    return Named((f"{step}@{found[0]}",), False, _with(raw, match, f"the person{asks}"))


def named(text: str) -> tuple[str, ...]:
    """Return selectors of whom a few words name."""
    return persons.find_persons(text).selectors or faces.find_faces(read_text(text).base, None)[0]


def _spared(raw: str, last: LastTurn | None) -> Named | None:
    """ "Everyone but him", "all except the man with the hat": everybody, those left out."""
    if last is not None and last.subject and (match := _EVERYBODY_ELSE.search(raw)):
        return Named(("others",), False, _with(raw, match, "the person"))
    match = _SPARED.search(raw)
    if match is None:
        return None
    who = persons.find_persons(match["who"])
    if who.selectors:
        left_out = tuple(f"not:{selector}" for selector in who.selectors)
        return Named(("all", *left_out), False, _with(raw, match, "everyone"))
    if last is None or not (last.subject or last.faces) or match["who"].lower().startswith("the "):
        return None
    return Named(("others",), False, _with(raw, match, "the person"))


def _by_the_dialogue(raw: str, last: LastTurn, count: int | None) -> Named | None:
    """Return whom the state tells: the other one of two, the one before, the others."""
    one = len(last.subject or last.faces) == 1
    match = _BARE.fullmatch(raw)
    if match and one and count == 2:
        return Named(("others",), False, "and the person?")
    if match and one and match["who"].lower() in ("him", "her", "his", "hers", "he", "she"):
        before = [face for face in last.pair if face not in last.subject]
        return Named(tuple(before[:1]), False, "and the person?") if before else None
    if (last.subject or last.faces) and (match := _OTHERS.search(raw)):
        return Named(("others",), False, _with(raw, match, "the person"))
    return None


def _two(raw: str) -> Named | None:
    """Return two people who are held against each other, each by a place or by looks: "the man in
    the top left and the woman top right"."""
    for word in _HELD_AGAINST.finditer(raw):
        each = [persons.find_persons(half) for half in (raw[: word.start()], raw[word.end() :])]
        if all(len(one.selectors) == 1 and _is_one(one.selectors[0]) for one in each):
            first, second = each
            rest = f"{first.rest.rstrip()} {word.group()} {second.rest.lstrip()}"
            found = (first.selectors[0], second.selectors[0])
            return Named(found, first.unseen or second.unseen, rest)
    return None


def _is_one(selector: str) -> bool:
    """Tell whether a selector is a single person, by a place of the picture or by looks."""
    if selector.startswith(("beside", "behind", "before")):
        return False
    return not places.told(selector.partition("&")[0]) or selector.startswith("with:")


def _with(raw: str, match: re.Match[str], instead: str) -> str:
    return f"{raw[: match.start()]}{instead}{raw[match.end() :]}"
