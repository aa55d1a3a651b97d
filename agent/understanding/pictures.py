"""Which of the opened pictures a question names: "the second one", "photo 1", "the other picture".

The state is explicit: the pictures in the order in which they were opened, which of them is shown,
and which was shown before. A question that names a picture goes there. Pure.
"""

import re

from focalface.agent.understanding.intent import Context, Intent, LastTurn
from focalface.tools.question.text import clean

PHOTO = r"(?:pictures?|photos?|images?|pics?|shots?|photographs?|snapshots?)"
_FIRST, _SECOND, _THIRD = r"first|1st", r"second|2nd", r"third|3rd"
_OTHER, _LAST = r"previous|earlier|former|other|old", r"last|latter|latest|new"
_BY = (
    rf"(?:(?P<first{{0}}>{_FIRST})|(?P<second{{0}}>{_SECOND})|(?P<third{{0}}>{_THIRD})"
    rf"|(?P<other{{0}}>{_OTHER})|(?P<last{{0}}>{_LAST}))"
)
_WHO = r"one(?!s)|man|woman|guy|girl|boy|lady|person|face|kid|child"
_NAMED = re.compile(
    rf"\b(?:in|on|of|from|to|at)? ?the {_BY.format(1)} (?:(?P<photo>{PHOTO})|{_WHO})\b"
    rf"|\b(?:(?:in|on|of|from|to) )?(?:the )?{PHOTO} (?:no\.? |number |# ?)?(?:(?P<first2>1|one)|(?P<second2>2|two)|(?P<third2>3|three))\b"
    rf"|\bthe (?:(?P<first3>{_FIRST})|(?P<second3>{_SECOND})|(?P<third3>{_THIRD}))(?=\s*[,;:?])"
    rf"|\b(?:(?:in|on|of)|(?<=describe)) the {_BY.format(4)}(?=\W*$)"
    rf"|\b(?:in|on) the {_BY.format(5)}(?= (?:is|are|smil\w+|look\w*|happy|sad|angry)\b)"
    rf"|\b(?:in|on) (?P<shown>this|that|the current) (?:one|{PHOTO})\b",
    re.I,
)
_OF_PICTURES = re.compile(rf"\b{PHOTO}\b|^\W*in the \w+(?: one)?\W*$", re.I)
"""Words by which "the second" is a picture also where a picture shows several people."""
_OF_MANY = re.compile(
    r"\b(?:every\w+|anyone|anybody|nobody|they|people|who|how many|all|group)\b", re.I
)
COMPARES = re.compile(
    r"\b(?:which|compare|than|both|differ\w*|same|change\w*|or|more|less|versus|vs|together|altogether"
    r"|\w{2,}ier|(?:old|young|sadd|madd|wid|larg|bigg|broad|strong|weak|calm|great|small)er)\b",
    re.I,
)
GOES = re.compile(
    r"^\W*(?:ok |and |now |then |please )*(?:go|switch|back|open|return|show)\b", re.I
)
BARE = "and?"
"""What a turn asks that names a picture and nothing else."""
_BARE = re.compile(r"\W*(?:(?:ok|okay|so|well|and|now|then|what about|how about)\b\W*)*", re.I)
"""What is left of a turn that names a picture and asks nothing else."""
_BACK = re.compile(
    rf"\W*(?:(?:ok|okay|and|now|then|please|can you|could you|let(?:'?s| us)),? )*(?:go|come|switch|back|return|show|open)\b"
    rf"(?: me)?(?: back)?(?: again)?(?: (?:in|on|of|from|to))? the {_BY.format(1)} (?:{PHOTO}|one)(?: again)?(?: please)?\W*",
    re.I,
)
"""A wish for another picture that asks nothing of it."""
_DANGLES = re.compile(r"\b(?:are|is|there|many)\W*$", re.I)
_PLACES = {"first": 1, "second": 2, "third": 3}


def named(raw: str, context: Context) -> tuple[int, str]:
    """Return the place of the picture that a question names, 0 for none, and the question without
    it."""
    text = clean(raw)
    match = _NAMED.search(text) if context.pictures > 1 else None
    if match is None or (COMPARES.search(text) and not GOES.match(text)):
        return 0, raw
    if context.count != 1 and not _is_picture(match, text):
        return 0, raw
    place = _place(match, context)
    if not 0 < place <= context.pictures:
        return 0, raw
    instead = "the" if text[match.end() : match.end() + 2] == "'s" else ""
    rest = raw if GOES.match(text) else _NAMED.sub(instead, raw, count=1).replace("the's", "the")
    if _BARE.fullmatch(rest):
        return place, BARE
    return place, f"{rest.rstrip(' ?.!')} in the picture?" if _DANGLES.search(rest) else rest


def mentions(text: str) -> bool:
    """Tell whether a question speaks of one of several pictures, whatever it asks."""
    return _NAMED.search(text) is not None


def goes_back(raw: str) -> bool:
    """Tell whether a turn wants another picture to be shown, and nothing else."""
    return _BACK.fullmatch(clean(raw)) is not None


def claimed(text: str, context: Context) -> int:
    """Return the place of the picture of which a comparison takes something for granted, 0 for
    none: the second in "is she calmer in the second one?"."""
    match = _NAMED.search(text)
    place = (
        _place(match, context) if match and (context.count == 1 or _is_picture(match, text)) else 0
    )
    return place if 0 < place <= context.pictures else 0


def asks_of_one(raw: str, context: Context) -> bool:
    """Tell whether a turn asks of one of several pictures, rather than to go back to it."""
    return bool(named(raw, context)[0]) and not GOES.match(raw)


def at(context: Context, place: int) -> Context:
    """Return what the conversation knows once the picture at a place is the one that is shown."""
    if place == context.place("shown"):
        return context
    count = context.counts[place - 1] if context.counts else context.count
    last = context.last and of_another_picture(context.last, several=count != 1)
    shown = context.place("shown")
    return context.model_copy(
        update={"count": count, "shown": place, "other": shown, "last": last, "selection": (), "numbered": ()}
    )  # fmt: skip


def of_another_picture(last: LastTurn, *, several: bool = True) -> LastTurn:
    """Return the state of the dialogue without its faces: another picture, or a face chosen by
    hand; ``several``: that picture shows more than one."""
    asked = last.intent
    of_all = several and asked is not None and asked.faces == ("all",)
    kept = (
        {}
        if of_all and asked and asked.comparison == "faces"
        else {"comparison": None, "ranked": False}
    )
    intent = asked and asked.model_copy(
        update={
            "faces": asked.faces if of_all else (),
            "boxes": (),
            "points": (),
            "photo": 0,
            "weighing": "",
            "listed": False,
            **kept,
        }
    )
    return last.model_copy(
        update={"faces": (), "subject": (), "pair": (), "order": (), "intent": intent}
    )


def _is_picture(match: re.Match[str], text: str) -> bool:
    """Tell whether "the second", where several people are shown, is one of the pictures."""
    if match["photo"] or match["shown"] or _OF_PICTURES.search(match.group()):
        return True
    if GOES.match(text) and re.search(r"\bback\b", text, re.I):
        return True
    bare = not re.search(_WHO.removeprefix("one(?!s)|"), match.group(), re.I)
    return bool(bare and _OF_MANY.search(text[match.end() :]))


def _place(match: re.Match[str], context: Context) -> int:
    said = {re.sub(r"\d", "", name) for name, words in match.groupdict().items() if words}
    if found := next((place for name, place in _PLACES.items() if name in said), 0):
        return found
    if "last" in said:
        return context.pictures
    return context.place("shown" if "shown" in said else "other")


_WHICH_IS = re.compile(
    r"^\W*(?:and |so |ok )?(?:which|who)(?: one| of (?:them|these|the two))?(?:'s| is| looks| seems)\b",
    re.I,
)


def which_of_two(heard: Intent, raw: str, context: Context) -> Intent:
    """ "Which one is sad?" of two pictures of one face each: on which of them that is more so."""
    alone = context.count == 1 and context.pictures == 2
    asks = heard.kind == "recognise" and heard.emotions and not (heard.comparison or heard.photo)
    if not (alone and asks and _WHICH_IS.match(raw)):
        return heard
    return heard.model_copy(
        update={"kind": "compare", "comparison": "pictures", "ranked": True, "polar": False}
    )
