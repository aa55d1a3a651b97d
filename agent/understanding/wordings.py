"""Other wordings of whom a question is about, brought into those that are read: one place for each.

"Which cheerleader looks happiest?" asks who does, "the bearded one is one of them?" whether he too.
"""

import re

from focalface.agent.understanding import superlatives
from focalface.agent.understanding.intent import Context

_NO_PERSON = (
    "side eye brow eyebrow lip cheek lid corner half part region area feature emotion feeling mood expression"
    " movement unit au action muscle picture photo image pic shot row face one ones of way number code reading"
    " smile mouth person man woman guy girl boy kid lady is does looks seems has"
)
_WHICH_ONE = re.compile(
    rf"^\W*(?:and |so )?which (?!(?:{'|'.join(_NO_PERSON.split())})\b)\w+ "
    r"(?=(?:looks?|seems?|is|smiles?|has|appears?)\b.*\b(?:\w{3,}est|most|least)\b)",
    re.I,
)
_LOOKS_AT = re.compile(
    r"\b(?P<who>who|which of them|which one|every(?:one|body)|any(?:one|body)) looks? (?:straight |directly |right )?"
    r"(?:at|into) (?:me|us|you|the (?:camera|lens))\b",
    re.I,
)
_ONE_OF_THEM = re.compile(
    r"^\W*(?:and |so )?is (?P<who>the .+?) (?:one of|among) (?:them|those|these)\W*$", re.I
)
_WHO_HAS = re.compile(
    r"^\W*(?:and |so )?wh?ich (?:one|of them|person|face|guy|man|woman|lady)s? (?=(?:has|have|got|wears?|is wearing)\b)",
    re.I,
)
_UP_WITH = re.compile(
    r"\b(?:what|wot|wat|wut)(?:'s| is|s)? up with (?=[^.?!]*\b(?:eye\w*|brows?|forehead|nose|mouth|lips?|chin|cheeks?|jaw)\b)",
    re.I,
)
"""Nothing goes up there."""


def plain(raw: str, context: Context) -> str:
    """Return a question in the wording that is read; who of several is of no use for one face."""
    raw = _UP_WITH.sub("what is going on with ", raw)
    if context.count == 1:
        return raw
    raw = _WHO_HAS.sub("who ", raw)
    raw = superlatives.in_full(raw, context)
    raw = _WHICH_ONE.sub("who ", raw)
    raw = _LOOKS_AT.sub(lambda match: f"{match['who']} is looking at the camera", raw)
    return _ONE_OF_THEM.sub(lambda match: f"{match['who']} too?", raw)
