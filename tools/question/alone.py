"""Parts taken by themselves: what the mouth alone suggests. Pure."""

import re
from collections.abc import Collection

from focalface.tools.question.text import clean

_ALONE = re.compile(
    r"\b(?:alone|(?:by|on|in) (?:itself|themselves|its own|their own|isolation)"
    r"|(?:only|just|solely|merely) (?:saw|see|had|have|looked|look(?:ing)?|go(?:ing)?|judg\w+|based?|by|from|at)"
    r"|(?:(?:going|judging|guess\w*) (?:only |just |solely |purely )?(?:by|from|at)|based (?:only )?on)"
    r"|nothing (?:else )?but|without (?:seeing )?the rest)\b",
    re.I,
)
"""A part as if nothing else were to be seen."""
_SUGGESTS = re.compile(
    r"\b(?:suggests?|conveys?|hints? at|implies|imply|gives? away|what would (?:you|one) (?:say|guess|think))\b"
    r"|\btells? (?:you|us|me)? ?(?:of|about) (?:his|her|their|the) (?:mood|feelings?|state)\b"
    r"|\bwhat(?:'s|s)?\b.*\b(?:says?|tells?|means?|express(?:es)?)(?: (?:us|me|you))?\W*$",
    re.I,
)
"""A part asked for what it suggests."""
_MOVES = re.compile(
    r"\b(?:doing|mov\w+|muscles?|contract\w*|active|activity|up to|describe)\b", re.I
)
_WHOLE = frozenset({"face", "custom"})


def of_feeling(raw: str, named: Collection[str], wanted: Collection[str]) -> bool:
    """Tell whether a question asks what the parts that it names suggest without the rest.

    ``wanted``: what else it asks for.
    """
    if wanted or not {*named} - _WHOLE:
        return False
    text = clean(raw)
    return bool((_ALONE.search(text) or _SUGGESTS.search(text)) and not _MOVES.search(text))
