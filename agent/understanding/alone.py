"""A part taken by itself, and the place of a face, as intents."""

import re

from focalface.agent.understanding.intent import Context, Intent
from focalface.tools.proposing import region_selection
from focalface.tools.question.alone import of_feeling
from focalface.tools.question.text import clean

_PLACE = re.compile(
    r"\bwhere(?:'s| is| are|s)?\b(?: exactly)?(?: (?:in|on) (?:the|this) (?:picture|photo|image|pic))?(?: (?:is|are))?"
    r" (?:the|his|her|their|that|this|a) (?:face|head|person|man|woman|guy|girl|boy)\b(?! (?:look|star|fac|gaz|go|point))",
    re.I,
)


_WHICH_PART = re.compile(
    r"\b(?:which|what) (?:parts?|regions?|features?|areas?|bits?)\b.*\b(?:makes?|causes?|gives?|creates?|does|is responsible|speaks?|says?)\b",
    re.I,
)


_SURE_OF = re.compile(r"^\W*(?:and |so |but |ok |then )*how (?:sure|certain|confident)\b", re.I)
"""How sure what is said of a part is: "how sure are you about the brows?"."""


def asked(intent: Intent, raw: str, context: Context) -> Intent:
    """Return the question as one on a part alone, or on where a face is, where it is one."""
    if intent.recall or intent.parts or intent.boxes or intent.points:
        return intent
    if intent.kind in ("summary", "faces", "outside", "describe") and _PLACE.search(clean(raw)):
        return _placed(intent)
    bare = intent.kind in ("summary", "outside") and not (intent.attributes or intent.beyond)
    if bare and _WHICH_PART.search(clean(raw)):
        where = region_selection.plan_regions(("emotion",), ())
        telling = {
            "kind": "why",
            "recall": "evidence",
            "attributes": ("emotion",),
            "regions": where,
        }
        return intent.model_copy(update=telling)
    if intent.kind == "describe" and intent.named and _SURE_OF.search(clean(raw)):
        return intent.model_copy(update={"kind": "check", "recall": "sureness"})
    alone = intent.kind == "describe" and not intent.excluded
    if not alone or not of_feeling(raw, intent.named, intent.attributes):
        return intent
    update = {"kind": "recognise", "attributes": ("emotion",), "regions": intent.named,
              "polar": False, "ranked": False, "follow_up": True}  # fmt: skip
    return intent.model_copy(update=update)


def _placed(intent: Intent) -> Intent:
    if {*intent.named} - {"face", "custom"} or intent.attributes:
        return intent
    update = {"kind": "locate", "recall": "show", "regions": ("face",), "named": ("face",)}
    return intent.model_copy(update=update)
