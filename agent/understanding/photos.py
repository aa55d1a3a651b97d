"""Questions over two pictures: "which photo looks older?", "and the brows in both?"."""

import re

from focalface.agent.understanding.intent import Context, Intent, Photo
from focalface.tools.proposing import region_selection
from focalface.tools.question.text import clean

_PHOTO = r"(?:pictures?|photos?|images?|pics?|shots?|photographs?|snapshots?)"
_TWO = re.compile(
    rf"\b(?:in |on |of |from )?which(?: one)?(?: of (?:the|these|those)(?: two)?)? {_PHOTO}\b"
    rf"|\b{_PHOTO} (?:1|one)\b.*\b{_PHOTO} (?:2|two)\b|\b(?:both|the two|either|the other|these two|those two|the (?:first|previous|earlier|last|second)) {_PHOTO}\b"
    rf"|\bthan (?:in|on) (?:the |that )?(?:first|other|previous|earlier|last|one before|{_PHOTO} before)\b"
    rf"|\b(?:than|from|compared (?:to|with)) (?:before|last time|the one before)\b",
    re.I,
)
_THE_TWO = re.compile(
    r"\b(?:the|these|those|both|their) (?:two )?(?:men|women|people|faces|persons|guys|girls|boys|ladies|kids|ones)\b"
    r"|\b(?:compare|contrast) (?:them|those|these|both|the two|their \w+)\b|\bthe two of them\b|\bboth of them\b|\bthey both\b|\b(?:do|are|have|can) both\b",
    re.I,
)
"""Two people, where each picture shows one."""
_ONE_OF_THEM = re.compile(
    rf"\b(?:in|on|of|from|to|at)? ?the (?:(?P<before>first|1st|previous|earlier|former|other|old)"
    rf"|(?P<now>second|2nd|last|latter|latest|current|new)) (?:one(?!s)|man|woman|guy|girl|boy|lady|person|face|{_PHOTO})\b"
    rf"|\b(?:(?:in|on|of|from|to) )?(?:the )?{_PHOTO} (?:no\.? |number |# ?)?(?:(?P<before3>1|one)|(?P<now3>2|two))\b"
    r"|\bthe (?:(?P<before4>first|1st)|(?P<now4>second|2nd))(?=\s*[,;:?])"
    r"|\b(?:in|on|of) the (?:(?P<before2>first|previous|other)|(?P<now2>second|last))(?=\W*$)"
    rf"|\b(?:in|on) (?P<this>this|the current) (?:one|{_PHOTO})\b",
    re.I,
)
_COMPARES = re.compile(
    r"\b(?:which|compare|than|both|differ\w*|same|change\w*|or|more|less|versus|vs)\b", re.I
)
_STAYS = re.compile(r"\b(?:he|she|him|this (?:one|face|person))\b", re.I)
"""Words for one person, with which a question leaves a comparison of two pictures."""
_SHORT = 7
"""Words up to which a question goes on with the pictures that were compared."""
_IN_BOTH = re.compile(r"\b(?:in|on|for|of) (?:both|the two|each)(?: of them| \w+)?\W*$", re.I)
_WEIGHS = re.compile(
    r"(?:^|[.!?;:,]\s)\W*(?:and |so )?(?:(?:in |on )?which(?: one)?|who(?:'?s| is|se)?)\b.*\b(?:more|most|less|least|\w{3,}(?:er|est))\b"
    r"|\b(?:what|how|where)(?:'?s)?\b.*\b(?:differ\w*|changed?)\b|\b(?:is|are|do|does) .*\b(?:the same|alike|similar)\b",
    re.I,
)
"""With two pictures of one face each, a comparison that names neither is of them."""
_ALIKE = re.compile(
    r"^\W*(?:and |so )?(?:is|are|do|does)\b.*\b(?:same|alike|similar|match\w*)\b", re.I
)
_UNLIKE = re.compile(
    r"^\W*(?:and |so )?(?:is|are|do|does|has|have)\b.*\b(?:differ\w*|changed?)\b", re.I
)
_BARE = re.compile(r"\W*(?:(?:ok|okay|so|well|and|now|then|what about|how about)\b\W*)*", re.I)
"""What is left of a turn that names a picture and asks nothing else."""
_AND_HER = re.compile(
    r"\W*(?:(?:and|so|what about|how about|same for),? )+(?:his|hers?|him|she|he|theirs)\W*", re.I
)
_RANKS = re.compile(r"\b(?:which|more|less|most|least|than|\w+(?:er|est|ier))\b", re.I)
_LEAST = re.compile(r"\b(?:less|least|younger|youngest|weaker|smaller)\b", re.I)
_GOES = re.compile(r"^\W*(?:ok |and |now |then )*(?:go|switch|back|open|return|show)\b", re.I)


def named(raw: str, context: Context) -> tuple[Photo, str]:
    """Return which of two pictures a question names, "" for none, and the question without it."""
    photo = _one_of_them(clean(raw), context) if context.pictures > 1 else ""
    rest = _ONE_OF_THEM.sub("", raw, count=1) if photo and not _GOES.match(raw) else raw
    return photo, "and?" if photo and _BARE.fullmatch(rest) else rest


def asks_of_one(raw: str, context: Context) -> bool:
    """Tell whether a turn asks of one of two pictures, rather than to go back to it."""
    return bool(named(raw, context)[0]) and not _GOES.match(raw)


def asked(intent: Intent, raw: str, context: Context, photo: Photo) -> Intent:
    """Return the question as one on both pictures, or on one of them, where it is one.

    ``photo``: the one that it names.
    """
    text = clean(raw)
    if intent.kind in ("refuse", "help", "empty", "faces") or intent.recall:
        return intent
    if (intent.beyond and not intent.attributes) or (_GOES.match(text) and not intent.attributes):
        return intent
    if photo:
        return _of_one(intent, photo, context)
    if context.pictures > 1 and context.count == 1 and _AND_HER.fullmatch(text):
        return _of_the_other(intent, context)
    two = context.pictures > 1 and context.count == 1
    both = context.pictures > 1 and bool(_IN_BOTH.search(text))
    goes_on = two and _goes_on(intent, text, context)
    weighed = two and bool(_WEIGHS.search(text) or _THE_TWO.search(text))
    weighed = weighed or (two and bool(_ONE_OF_THEM.search(text) and _COMPARES.search(text)))
    if goes_on and not weighed and (photo := _last_photo(context)):
        return _of_one(intent, photo, context)
    if not (both or weighed or goes_on or _TWO.search(text)):
        return intent
    return _of_both(intent, text, context, both=both)


def _one_of_them(text: str, context: Context) -> Photo:
    """Return which of two pictures a question names, if it asks of that one alone."""
    compares = _COMPARES.search(text) and not _GOES.match(text)
    match = None if compares else _ONE_OF_THEM.search(text)
    if match is None or (context.count != 1 and not re.search(_PHOTO, match.group(), re.I)):
        return ""
    if re.search(r"\bother\b", match.group(), re.I) and _last_photo(context) == "before":
        return "now"
    before = any(said for name, said in match.groupdict().items() if name.startswith("before"))
    return "before" if before else "now"


def _of_the_other(intent: Intent, context: Context) -> Intent:
    """ "And her?" after one of two pictures asks the same of the other one; after both, of both,
    since no picture tells who "she" is."""
    last = context.last.intent if context.last else None
    if last is None:
        return intent
    asked_of = last.photo or ("now" if last.comparison != "pictures" else "")
    if not asked_of:
        return last.model_copy(update={"follow_up": True, "ranked": False, "polar": True})
    return _of_one(intent, "before" if asked_of == "now" else "now", context)


def _last_photo(context: Context) -> Photo:
    asked = context.last.intent if context.last else None
    return asked.photo if asked else ""


def _goes_on(intent: Intent, text: str, context: Context) -> bool:
    """Tell whether a short question goes on with the pictures that were asked about before."""
    last = context.last.intent if context.last else None
    if last is None or last.comparison != "pictures" or intent.kind in ("outside", "why", "check"):
        return False
    return len(text.split()) <= _SHORT and not _STAYS.search(text)


def _of_one(intent: Intent, photo: Photo, context: Context) -> Intent:
    """Return a question on the face of one of two pictures."""
    asked = _as_last(intent, context)
    kind = "recognise" if asked.attributes else "describe" if asked.named else "summary"
    regions = asked.regions or region_selection.WHOLE
    update = {
        "kind": kind,
        "photo": photo,
        "comparison": "pictures",
        "faces": (),
        "regions": regions,
    }
    return asked.model_copy(update=update)


def _as_last(intent: Intent, context: Context) -> Intent:
    """ "And in the first one?" asks once more what was asked before."""
    last = context.last.intent if context.last else None
    if last is None or last.recall or intent.attributes or intent.named:
        return intent
    return last.model_copy(update={"follow_up": True, "comparison": None})


def _of_both(intent: Intent, text: str, context: Context, *, both: bool) -> Intent:
    """Return a question on the faces of two pictures."""
    last = context.last.intent if context.last else None
    bare = not (intent.attributes or intent.named)
    if bare and both and last is not None:
        intent = last
    elif intent.named and last is not None and intent.attributes == last.attributes:
        intent = intent.model_copy(update={"attributes": (), "emotions": ()})  # carried, not asked
    elif intent.attributes == ("asymmetry",) and intent.named:
        intent = intent.model_copy(update={"attributes": ()})  # the same in both, not on both sides
    regions = intent.named or region_selection.plan_regions(intent.attributes, ())
    update = {
        "kind": "compare",
        "comparison": "pictures",
        "photo": "",
        "ranked": bool(_RANKS.search(text)),
        "least": bool(_LEAST.search(text)),
        "weighing": "even" if _ALIKE.match(text) else "uneven" if _UNLIKE.match(text) else "",
        "faces": (),
        "among": "",
        "parts": (),
        "beyond": (),
        "polar": intent.polar and not _RANKS.search(text),
        "regions": regions or region_selection.WHOLE,
    }
    return intent.model_copy(update=update)
