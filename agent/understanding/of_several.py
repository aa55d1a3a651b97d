"""Short follow-ups on an answer about several faces: "where?", "which ones?", "by how much?"."""

import re

from focalface.agent.understanding.intent import Context, Intent, LastTurn

_LEAD = r"^\W*(?:(?:ok|okay|so|and|but|then|hm+),? )*"
_WHERE = re.compile(
    rf"{_LEAD}(?:where(?: exactly)?(?: (?:are|is|do) (?:they|those|these|he|she|it|that|the others?|you see them))?"
    r"(?: (?:in the (?:picture|photo|image)|exactly|standing|sitting|then))*"
    r"|which(?: ones?| of them| faces?| people)?(?: (?:are|is) (?:they|those|it|that))?"
    r"|who (?:are|is) (?:they|those|these|that|it))\W*$",
    re.I,
)
_WHO_NOT = re.compile(
    rf"{_LEAD}(?:who|which(?: ones?| faces?| people)?)(?: of (?:them|these|those|the two))?"
    r" ?(?:do|does|is|are)(?:n't|nt| not)(?: (?:it|that|so))?\W*$",
    re.I,
)
_WHERE_IS = re.compile(
    rf"{_LEAD}where(?: exactly)?(?: is|'s|s) (?:(?:face|person|number|no\.?|nr\.?|#) ?#?(?P<n>\d{{1,3}})|he|she|(?:that|this) (?:one|person|face))"
    r"(?: (?:in the (?:picture|photo|image)|exactly|standing|sitting|then))*\W*$",
    re.I,
)
_HOW_MUCH = re.compile(
    rf"{_LEAD}(?:by how much|how much(?: more| less)?|how big is the (?:difference|gap)"
    r"|what(?:'s| is) the (?:difference|gap))\W*$",
    re.I,
)


def resolve(raw: str, context: Context) -> Intent | None:
    """Return the question as a change of the last one; None for a question of another kind."""
    if context.count != 1 and (match := _WHERE_IS.match(raw)):
        return _placed(match, context)
    last = context.last
    if last is None or last.intent is None or last.intent.parts:
        return None
    several = context.count is not None and context.count > 1
    of_all = several and "all" in last.intent.faces and bool(last.attributes)
    if of_all and _WHERE.match(raw):
        return _who(last)
    if of_all and _WHO_NOT.match(raw):
        return _who(last).model_copy(update={"absent": True, "ranked": False, "comparison": None})
    compared = last.intent.comparison == "pictures" or len(last.pair) == 2
    asked = [a for a in last.attributes if a.startswith("AU") or a == "age" or last.intent.emotions]
    if compared and asked and _HOW_MUCH.match(raw):
        return _by_how_much(last)
    return None


def _placed(match: re.Match[str], context: Context) -> Intent | None:
    """Return a question for the place of one face."""
    subject = context.last.subject[:1] if context.last else ()
    faces = (match["n"],) if match["n"] else subject
    return Intent(kind="faces", faces=faces, follow_up=True) if faces else None


def _who(last: LastTurn) -> Intent:
    """Return the last question as one for who they are, by place."""
    assert last.intent is not None
    plain = not last.intent.ranked
    update = {"follow_up": True, "counted": False, "polar": False, "among": "", "recall": None}
    return last.intent.model_copy(update=update | ({"comparison": None} if plain else {}))


def _by_how_much(last: LastTurn) -> Intent:
    """Return a question for the figures of what was compared."""
    assert last.intent is not None
    update: dict[str, object] = {"kind": "check", "recall": "difference", "follow_up": True}
    if last.intent.comparison != "pictures":
        update |= {"faces": last.pair, "comparison": "faces"}
    return last.intent.model_copy(update=update)
