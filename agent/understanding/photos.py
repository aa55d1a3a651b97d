"""Questions over two pictures: "which photo looks older?", "and the brows in both?"."""

import re

from focalface.agent.understanding.intent import Context, Intent
from focalface.tools.proposing import region_selection
from focalface.tools.question.text import clean

_PHOTO = r"(?:pictures?|photos?|images?|pics?|shots?|photographs?|snapshots?)"
_TWO = re.compile(
    rf"\b(?:in |on |of |from )?which(?: one)?(?: of (?:the|these|those)(?: two)?)? {_PHOTO}\b"
    rf"|\b(?:both|the two|either|the other|these two|those two|the (?:first|previous|earlier|last|second)) {_PHOTO}\b"
    rf"|\bthan (?:in|on) (?:the |that )?(?:first|other|previous|earlier|last|one before|{_PHOTO} before)\b"
    rf"|\b(?:than|from|compared (?:to|with)) (?:before|last time|the one before)\b",
    re.I,
)
_IN_BOTH = re.compile(r"\b(?:in|on|for|of) (?:both|the two|each)(?: of them)?\W*$", re.I)
_WEIGHS = re.compile(
    r"^\W*(?:and |so )?(?:which(?: one)?|who(?:'s| is|se)?)\b.*\b(?:more|most|less|least|\w{3,}(?:er|est))\b"
    r"|\b(?:what|how|where)\b.*\b(?:differ\w*|changed?)\b|\b(?:is|are) .*\bthe same\b",
    re.I,
)
"""With two pictures of one face each, a comparison that names neither is of them."""
_ORDINAL = re.compile(r"\b(?:second|2nd|other|last|latest) one\b", re.I)
_RANKS = re.compile(r"\b(?:which|more|less|most|least|than|\w+(?:er|est|ier))\b", re.I)
_LEAST = re.compile(r"\b(?:less|least|younger|youngest|weaker|smaller)\b", re.I)
_GOES = re.compile(r"^\W*(?:go|switch|back|open|return|show)\b", re.I)


def asked(intent: Intent, raw: str, context: Context) -> Intent:
    """Return the question as a comparison of pictures, where it is one."""
    text = clean(raw)
    if intent.kind in ("refuse", "help", "empty", "faces") or intent.recall or _GOES.match(text):
        return intent
    two = context.pictures > 1 and context.count == 1
    if two and intent.faces and _ORDINAL.search(text):
        intent = intent.model_copy(update={"faces": ()})  # "the second one" is a picture
    both = context.pictures > 1 and _IN_BOTH.search(text)
    if not both and not (two and _WEIGHS.search(text)) and not _TWO.search(text):
        return intent
    last = context.last.intent if context.last else None
    bare = not (intent.attributes or intent.named)
    if bare and both and last is not None:
        intent = last
    elif intent.named and last is not None and intent.attributes == last.attributes:
        intent = intent.model_copy(update={"attributes": (), "emotions": ()})  # carried, not asked
    regions = intent.named or region_selection.plan_regions(intent.attributes, ())
    update = {
        "kind": "compare",
        "comparison": "pictures",
        "ranked": bool(_RANKS.search(text)),
        "least": bool(_LEAST.search(text)),
        "weighing": "",
        "faces": (),
        "among": "",
        "parts": (),
        "beyond": (),
        "polar": False,
        "regions": regions or region_selection.WHOLE,
    }
    return intent.model_copy(update=update)
