"""A wish for all faces in order: "rank them by how much they smile", "from saddest to happiest"."""

import re

from focalface.agent.understanding.intent import Context, Intent
from focalface.tools.question import attributes
from focalface.tools.question.text import read_text

_ORDERED = re.compile(
    r"\b(?:rank|order|sort|arrange|line (?:\w+ )?up)\b.*\b(?:by|from|according|smiles?|ages?|faces|them|every\w+|people|all)\b"
    r"|\b(?:list|put|show|name)\b.*\b(?:in order|in (?:descending|ascending) order|by (?:age|how \w+|their \w+))\b"
    r"|\bin order of\b|\bfrom (?:the )?(?:most|least|\w+est) (?:\w+ )?to (?:the )?(?:most|least|\w+est)\b",
    re.I,
)
_ONE_BY_ONE = re.compile(
    r"\bone by one\b|\b(?:each|every) (?:one|face|person|of them)\b.*\b(?:left to right|in order|separately)\b|\b(?:one (?:line|row|sentence) )?(?:each|apiece)(?: (?:one|face|person|of them))?(?: separately)?\W*$|\bindividually\b"
    r"|\b(?:face|person) (?:by|after) (?:face|person)\b|\bevery (?:one )?separately\b",
    re.I,
)
"""A wish for all faces apart, not by what they share."""
_FROM = re.compile(r"\bfrom (?:the )?(?P<first>most \w+|least \w+|\w+est) (?:one )?to\b", re.I)

_UPWARD = re.compile(
    r"\b(?:from (?:the )?(?:least|youngest|smallest|weakest|lowest)|ascending|youngest first|least first)\b",
    re.I,
)


def asked(intent: Intent, raw: str, context: Context) -> Intent:
    """Return the question as one for all faces in order, where it is one."""
    several = context.count is None or context.count > 1
    apart = several and "all" in intent.faces and _ONE_BY_ONE.search(raw)
    if apart and intent.kind in ("summary", "recognise", "describe") and not intent.form:
        return intent.model_copy(update={"form": "table", "polar": False, "among": ""})
    ordered = several and intent.attributes and not intent.recall and _ORDERED.search(raw)
    if not ordered or intent.kind in ("refuse", "help", "empty", "faces"):
        return intent
    update = {
        "kind": "compare",
        "comparison": "faces",
        "listed": True,
        "ranked": True,
        "faces": intent.faces or ("all",),
        "weighing": "",
        "emotions": _first(raw, intent)[:1],
        "least": bool(_UPWARD.search(raw)),
    }
    return intent.model_copy(update=update)


def _first(raw: str, intent: Intent) -> tuple[str, ...]:
    """Return the emotion from which an order goes down: of "saddest to happiest", sadness."""
    match = _FROM.search(raw)
    named = attributes.find_attributes(read_text(match["first"]).base)[1] if match else ()
    return named or intent.emotions
