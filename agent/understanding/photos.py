"""Questions over two pictures: "which photo looks older?", "and the brows in both?"."""

import re

from focalface.agent.understanding import pictures
from focalface.agent.understanding.intent import Context, Intent
from focalface.agent.understanding.pictures import PHOTO as _PHOTO
from focalface.tools.proposing import region_selection
from focalface.tools.question.text import clean

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
_HE_MORE = re.compile(
    r"^\W*(?:and |so |but )*(?:is|does|isn't) (?:he|she|this one|that one)\b.*\b(?:more|less|\w{2,}ier|(?:old|young|sadd|madd|calm)er)\b",
    re.I,
)
"""Somebody held against nobody who is named: against the one in the other picture."""
_SIDED = re.compile(r"\b(?:left|right|side|than (?:usual|normal)|or)\b", re.I)
_STAYS = re.compile(r"\b(?:he|she|him|this (?:one|face|person))\b", re.I)
"""Words for one person, with which a question leaves a comparison of two pictures."""
_SHORT = 7
"""Words up to which a question goes on with the pictures that were compared."""
_IN_BOTH = re.compile(
    r"\b(?:in|on|for|of) (?:both|the two|each)(?: of them| \w+)?\W*$"
    rf"|\b(?:both|the two|all|two)(?: of)?(?: the| my| these)? {_PHOTO}\b|\b(?:do |have )both\b.*\b(?:together|altogether|in total)\b",
    re.I,
)
_WHICH_PHOTO = re.compile(
    rf"\bwhich(?: one)?(?: of (?:the|these|those|my)(?: two)?)? {_PHOTO}\b|\b{_PHOTO}\b.*\b(?:or|than|vs|versus)\b"
    rf"|\bthan (?:in|on|those|the (?:people|ones|others)|that|them|before)\b|\b(?:differ\w*|changed?|compare)\b",
    re.I,
)
"""A comparison of pictures as such, whoever they show."""
_WHO_IS_IN = re.compile(
    rf"\bis the \w{{3,}}est (?:person|one|face|kid|man|woman) in\b|\bwhich(?: one)?(?: of the(?: two)?)? {_PHOTO} (?:has|shows|contains|is)\b.*\bthe (?:\w+est|most|least)\b",
    re.I,
)
"""Somebody who is looked for in both: "which picture has the oldest person?"."""
_PEOPLE = re.compile(
    r"\b(?:who(?:'?s|se)?|which of them|every\w+|any(?:one|body)|nobody|people|faces|how many|rank|all|\w{2,}est|most|least)\b",
    re.I,
)
_WEIGHS = re.compile(
    r"(?:^|[.!?;:,]\s)\W*(?:and |so )?(?:(?:in |on )?which(?: one)?|who(?:'?s| is|se)?)\b.*\b(?:more|most|less|least|\w{3,}(?:er|est))\b"
    r"|\bthan (?:him|her|she|he)\b|\b(?:what|how|where)(?:'?s)?\b.*\b(?:differ\w*|changed?)\b|\b(?:is|are|do|does) .*\b(?:the same|alike|similar)\b",
    re.I,
)
"""With two pictures of one face each, a comparison that names neither is of them."""
_ALIKE = re.compile(
    r"^\W*(?:and |so )?(?:(?:is|are|do|does)\b.*\b(?:same|alike|similar|match\w*)\b|(?:the )?same\b)",
    re.I,
)
_UNLIKE = re.compile(
    r"^\W*(?:and |so )?(?:is|are|do|does|has|have)\b.*\b(?:differ\w*|changed?)\b", re.I
)
_AND_HER = re.compile(
    r"\W*(?:(?:and|so|what about|how about|same for),? )+(?:his|hers?|him|she|he|theirs)\W*", re.I
)
_RANKS = re.compile(
    r"\b(?:which|more|less|most|least|than|\w+(?:est|ier)|(?:old|young|sadd|madd|wid|larg|bigg|broad|strong|weak|calm|great|small)er)\b",
    re.I,
)
_COUNTED = re.compile(
    r"\b(?:more|fewer|less|most|fewest) (?:\w+ )?(?:people|faces|persons|smiles|men|women|kids)\b",
    re.I,
)
_LEAST = re.compile(r"\b(?:less|least|fewer|fewest|younger|youngest|weaker|smaller)\b", re.I)


def asked(intent: Intent, raw: str, context: Context, photo: int) -> Intent:
    """Return the question as one on both pictures, or on one of them, where it is one.

    ``photo``: the place of the one that it names, which ``context`` knows as the one shown.
    """
    text = clean(raw)
    if intent.kind in ("refuse", "help", "empty"):
        return intent
    if photo:
        return _of_one(intent, photo, context)
    if intent.recall or (context.pictures < 2 and not _TWO.search(text)):
        return intent
    if intent.kind == "faces":
        return intent.model_copy(update={"in_both": bool(_IN_BOTH.search(text))})
    if (intent.beyond and not intent.attributes) or (
        pictures.GOES.match(text) and not intent.attributes
    ):
        return intent
    if context.count == 1 and _AND_HER.fullmatch(text):
        return _of_the_other(intent, context)
    two = context.pictures > 1 and context.count == 1
    both = bool(_IN_BOTH.search(text))
    goes_on = _goes_on(intent, text, context)
    weighed = two and bool(_WEIGHS.search(text) or _THE_TWO.search(text))
    claimed = pictures.claimed(text, context) if pictures.COMPARES.search(text) else 0
    if two and intent.polar and _HE_MORE.search(text) and not _SIDED.search(text):
        claimed = claimed or context.place("shown")
    weighed = weighed or bool(claimed)
    if not (both or weighed or goes_on or _TWO.search(text)):
        return intent
    somebody = _WHO_IS_IN.search(text) or (not claimed and _of_people(text))
    if _shows_several(context) and somebody:
        return _of_all_of_them(intent, context)
    made = _of_both(intent, text, context, both=both)
    ranked = claimed and made.ranked
    return made.model_copy(update={"photo": claimed, "polar": intent.polar}) if ranked else made


def _of_people(text: str) -> bool:
    """Tell whether people of both pictures are asked for, rather than the pictures compared."""
    return bool(_PEOPLE.search(text)) and not _WHICH_PHOTO.search(text)


def _shows_several(context: Context) -> bool:
    """Tell whether one of the pictures shows more than one face."""
    return context.count != 1 or any(count > 1 for count in context.counts)


def _of_all_of_them(intent: Intent, context: Context) -> Intent:
    """Return a question on everybody in both pictures: "who is happiest in both photos?"."""
    last = context.last.intent if context.last else None
    if by_age := {"oldest", "youngest"} & {*intent.faces}:
        ages = {"attributes": ("age",), "regions": region_selection.plan_regions(("age",), ())}
        least = "youngest" in by_age
        intent = intent.model_copy(update={"ranked": True, "least": least, **ages})
    elif not (intent.attributes or intent.named) and last is not None and last.attributes:
        intent = last
    update: dict[str, object] = {"faces": ("all",), "in_both": True, "parts": ()}
    if intent.ranked or intent.comparison == "pictures":
        update |= {"kind": "compare", "comparison": "faces", "ranked": True, "polar": False}
    return intent.model_copy(update=update)


def _of_the_other(intent: Intent, context: Context) -> Intent:
    """ "And her?" after one of two pictures asks the same of the other one; after both, of both,
    since no picture tells who "she" is."""
    last = context.last.intent if context.last else None
    if last is None:
        return intent
    if last.comparison == "pictures":
        return last.model_copy(update={"follow_up": True, "ranked": False, "polar": True})
    return _of_one(intent, context.place("other"), context)


def _goes_on(intent: Intent, text: str, context: Context) -> bool:
    """Tell whether a short question goes on with the pictures that were asked about before."""
    last = context.last.intent if context.last else None
    of_both = last is not None and (last.comparison == "pictures" or last.in_both)
    if not of_both or intent.kind in ("outside", "why", "check"):
        return False
    if context.count != 1 and not _PEOPLE.search(text):
        return False
    return len(text.split()) <= _SHORT and not _STAYS.search(text)


def _of_one(intent: Intent, photo: int, context: Context) -> Intent:
    """Return a question on one of the pictures, with what it leaves out."""
    if intent.recall or intent.kind == "faces" or (intent.beyond and not intent.attributes):
        return intent.model_copy(update={"photo": photo})
    asked = _as_last(intent, context)
    kind = "recognise" if asked.attributes else "describe" if asked.named else "summary"
    kind = asked.kind if asked.kind in ("compare", "why", "check", "locate") else kind
    update: dict[str, object] = {
        "kind": kind,
        "photo": photo,
        "in_both": False,
        "regions": asked.regions or region_selection.WHOLE,
    }
    if asked.comparison == "pictures" or (context.count == 1 and asked.comparison == "faces"):
        plain = "recognise" if asked.attributes else "summary"
        update |= {"kind": plain, "comparison": None, "ranked": False, "faces": ()}
    return asked.model_copy(update=update)


def once_more(context: Context) -> Intent | None:
    """Return the last question, to be asked of the picture that is named: "and the first?"."""
    last = context.last
    if last is None or last.intent is None or last.intent.recall:
        return None
    return last.intent.model_copy(update={"follow_up": True})


def _as_last(intent: Intent, context: Context) -> Intent:
    """ "And in the first one?" asks once more what was asked before."""
    last = once_more(context)
    if last is None or intent.attributes or intent.named:
        return intent
    named: dict[str, object] = {"faces": intent.faces} if intent.faces else {}
    return last.model_copy(update=named)


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
        "photo": 0,
        "ranked": bool(_RANKS.search(text)),
        "least": bool(_LEAST.search(text)),
        "weighing": "even" if _ALIKE.match(text) else "uneven" if _UNLIKE.match(text) else "",
        "faces": ("all",) if _shows_several(context) else (),
        "counted": bool(_COUNTED.search(text)),
        "among": "",
        "parts": (),
        "beyond": (),
        "polar": intent.polar and not _RANKS.search(text),
        "listed": False,
        "regions": regions or region_selection.WHOLE,
    }
    return intent.model_copy(update=update)
