"""One person held against the others: "is she the happiest one?", "is the one on the left older?",
"who comes second?".

A place in a ranking is a number (``nth``); whom a question takes to come first is ``claimed``. Pure.
"""

import re

from focalface.agent.understanding.intent import Context, Intent
from focalface.tools.proposing import region_selection

_PLACES = {
    "second": 2, "2nd": 2, "runner-up": 2, "runner up": 2, "next": 2, "third": 3, "3rd": 3, "fourth": 4,
    "4th": 4, "fifth": 5, "5th": 5, "sixth": 6, "6th": 6,
}  # fmt: skip
_NTH = re.compile(
    r"\b(?P<nth>second|2nd|third|3rd|fourth|4th|fifth|5th|sixth|6th)[- ]+(?=(?:most|least|\w{3,}est|highest|lowest)\b)",
    re.I,
)
_THE_MOST = re.compile(
    r"^\W*(?:(?:and|so|but|ok|then),? )*(?:is|are|does|do|isn't|doesn't|was) (?!the \w+est\b)(?P<who>.+?) (?:really |also |then )?"
    r"(?:(?:look|looks|looking|seem|seems|smile|smiles|smiling|have|has) )?(?:(?:the )?(?P<most>\w{3,}est|most|least)\b|the (?P<more>\w{2,}er) (?:one|person|of)\b)",
    re.I,
)
_ONE_OF = re.compile(r"\b(?:they|all|everyone|both|any\w*|these|those|who|which)\b", re.I)
_ONLY = re.compile(
    r"^\W*(?:(?:and|so|but|ok|then),? )*(?:is|does|isn't) (?P<who>.+?) the only (?:one|person|face)\b",
    re.I,
)
_MORE = re.compile(
    r"\b(?:more|less|\w{2,}ier|(?:old|young|sadd|madd|wid|broad|bigg|strong|weak|calm)er)\b", re.I
)
_THAN = re.compile(r"\b(?:than|compared|or|which|who|how|what)\b", re.I)
_AGES = {"oldest": False, "youngest": True, "eldest": False, "older": False, "younger": True}


def nth_of(raw: str) -> tuple[int, str]:
    """Return the place in a ranking that a question names, 0 for none, and the question without
    it: "the second oldest"."""
    match = _NTH.search(raw)
    return (_PLACES[match["nth"].lower()], _NTH.sub("", raw, count=1)) if match else (0, raw)


def ranked(intent: Intent, nth: int, context: Context) -> Intent | None:
    """Return a ranking asked for its ``nth`` place; None where the question is none."""
    if not (intent.attributes and intent.ranked) or context.count == 1:
        return None
    update = {"kind": "compare", "comparison": "faces", "faces": ("all",), "nth": nth,
              "listed": False, "among": "", "polar": bool(intent.claimed)}  # fmt: skip
    return intent.model_copy(update=update)


_BARE_AGE = re.compile(
    r"\W*(?:(?:and|ok|so|then|now),? )*(?:the )?(?P<who>oldest|youngest|eldest)(?: (?:one|person|face|kid|child|man|woman|guy|girl|boy))?"
    r"(?: (?:of (?:them|all)|here|there|then))*\W*",
    re.I,
)


def in_full(raw: str, context: Context) -> str:
    """Return "oldest person?" as the question who that is, unless another one goes on."""
    match = _BARE_AGE.fullmatch(raw) if context.count != 1 else None
    goes_on = context.last is not None and context.last.attributes != ("age",)
    return f"who is the {match['who']}?" if match and not goes_on else raw


def place_of(word: str) -> int:
    """Return the number of a place in a ranking, 2 for a word that names none."""
    return next((n for name, n in _PLACES.items() if name in word.lower()), 2)


def asked(intent: Intent, raw: str, context: Context) -> Intent:
    """Return a question that holds one person against the others as a ranking of all."""
    if context.count == 1 or intent.kind in ("refuse", "help", "empty", "faces") or intent.recall:
        return intent
    if intent.parts or intent.comparison == "pictures" or intent.in_both:
        return intent
    if match := _THE_MOST.match(raw):
        most = (match["most"] or match["more"]).lower()
        return _the_most(intent, most, context) if _names(match) else intent
    if (match := _ONLY.match(raw)) and _names(match) and intent.attributes:
        return intent.model_copy(update={"faces": ("all",), "polar": False, "among": ""})
    return _more(intent, raw, context)


def _names(match: re.Match[str]) -> bool:
    """Tell whether one person is spoken of."""
    return _ONE_OF.search(match["who"]) is None


def _the_most(intent: Intent, most: str, context: Context) -> Intent:
    """ "Is the man on the left the oldest?": everybody by age, him being the one who is meant."""
    age = next((name for name in _AGES if name in (*intent.faces, most)), "")
    if age:
        update = {"attributes": ("age",), "regions": region_selection.plan_regions(("age",), ()),
                  "least": _AGES[age]}  # fmt: skip
        intent = intent.model_copy(update=update)
    named = [f for f in intent.faces if f not in ("all", "others", age)]
    who = named if len(named) == 1 else list(context.last.subject[:1] if context.last else ())
    if not intent.attributes or len(who) > 1:
        return intent
    return _ranked(intent, who[0] if who else "", ("all",))


def _more(intent: Intent, raw: str, context: Context) -> Intent:
    """ "Does the one on the left look older?": held against the one spoken of, else the others."""
    alone = [f for f in intent.faces if f not in ("all", "others")]
    one = len(intent.faces) == 1 and (alone or (intent.faces == ("others",) and context.count == 2))
    plain = intent.polar and intent.attributes and intent.comparison is None
    if not (one and plain and _MORE.search(raw)) or _THAN.search(raw):
        return intent
    subject = context.last.subject[:1] if context.last else ()
    held = subject if subject and subject[0] != intent.faces[0] else ("all",)
    faces = ("all",) if held == ("all",) and context.count != 2 else (intent.faces[0], *held)
    return _ranked(intent, intent.faces[0], faces)


def _ranked(intent: Intent, who: str, faces: tuple[str, ...]) -> Intent:
    update = {"kind": "compare", "comparison": "faces", "faces": faces, "claimed": who, "ranked": True,
              "polar": True, "among": "", "follow_up": False}  # fmt: skip
    return intent.model_copy(update=update)
