"""Follow-ups: which change of the dialogue's state an act of the user is."""

import re
from collections.abc import Callable
from typing import Literal

from focalface.agent.understanding import changes, neighbours, whom
from focalface.agent.understanding.acts.names import Act
from focalface.agent.understanding.intent import Context, Form, Intent, LastTurn, Recall
from focalface.agent.understanding.weighing import more_side
from focalface.tools.face import facs

Change = Callable[[LastTurn, Context, str], Intent | None]
"""The state, what the conversation knows, and the turn as it was typed."""

_RECALLS: dict[Act, Recall] = {
    "why": "evidence",
    "against": "against", "doubt": "doubt", "convince": "convince", "sure": "sureness", "else": "sureness",
    "repeat": "repeat", "undo": "undo", "muscle": "muscle", "first_photo": "first picture",
    "photo_before": "picture before",
}  # fmt: skip
_FORMS: dict[Act, Form] = {
    "longer": "long", "of_ten": "of ten",
    "table": "table", "numbers": "numbers",
}  # fmt: skip
_PLAINLY: dict[Act, Callable[[LastTurn], Intent | None]] = {
    "bet": changes.best_guess,
    "plain": changes.in_plain_words,
    "disagree": changes.checked,
    "meaning": changes.suggested,
    "overall": changes.whole,
    "real": changes.felt,
    "percents": changes.in_percent,
    "why_not": changes.not_the_other,
}
"""Acts that change the last question whatever was typed."""
_OF_THE_ANSWER = re.compile(
    r"\b(?:it|that|this|these|those|them|in|as|with|codes?|(?<!action )units?)\b", re.I
)
"""Words by which codes are those of the answer before, not of the face."""
_SUMS_UP = re.compile(r"\b(?:sum\w*|overall|all in all|altogether|whole|face|person)\b", re.I)
_ALL_OF_IT = re.compile(r"\ball (?:of )?(?:that|this|it)\b|\b(?:whole|everything)\b", re.I)
_LAST = re.compile(r"\b(?:last|bottom|least)\b", re.I)
_WHO_IS = re.compile(r"^\W*(?:and |so )?(?:who|which)\b", re.I)
_SUMMARY = re.compile(r"\bsum\w*\b.*\bup\b|\bsummar\w+|\boverall\b", re.I)
_YEARS = re.compile(r"\b(?:years?|ages?)\b", re.I)
_AGAINST = re.compile(r"\b(?:compare\w*|with|than|same|differ\w*|match\w*)\b", re.I)
_LITTLE = re.compile(r"\b(?:weak\w*|slight\w*|little|bit|faint\w*|barely|hint)\b", re.I)
_ASKS_HOW = re.compile(r"\b(?:how|what|which|or)\b", re.I)
_NOT = re.compile(r"\bnot\b|n't\b", re.I)
_EVEN = re.compile(r"\b(?:even|same|equal\w*|level|symmetric\w*|match\w*)\b", re.I)
_PHOTO = re.compile(r"\b(?:picture|photo|image|pic|shot)\b", re.I)
_PLURAL = re.compile(r"\b(?:them|it|these|those)\b", re.I)
_SIDE = re.compile(r"\b(?:side|sides|left|right|half|halves)\b", re.I)
BY_HOW = re.compile(
    r"\bby (?:how|a lot|much|far)\b|\bhow (?:much|many) (?:\w+ )?(?:more|less|older|younger|apart|(?:\w+ ){0,2}between)\b|\bdifference\b|\bgap\b",
    re.I,
)


def resolve(act: Act, raw: str, context: Context) -> Intent | None:
    """Return the change of the last question that an act is; None where it is none here."""
    if act in ("compare", "agree") and (two := whom.two_of(context)):
        return two
    last = context.last
    if last is None:
        return _opening(act, context)
    if last.intent is None:
        return None
    last_of_all = last.intent.ranked and whom.several(context) and _LAST.search(raw)
    if last_of_all and act in ("who", "next", "rank", "which_less"):
        ranked = whom.ranked(last, least=not last.intent.least)
        return ranked and ranked.model_copy(
            update={"listed": act == "rank" and not _WHO_IS.match(raw)}
        )
    if act in _FORMS:
        return changes.told_as(_FORMS[act], last)
    if act in ("first_photo", "photo_before") and context.pictures < 2 and not _PHOTO.search(raw):
        return None  # the first of those who were put in order
    if act in _RECALLS:
        return changes.about(_RECALLS[act], last)
    if act in _PLAINLY:
        return _PLAINLY[act](last)
    change = _CHANGES.get(act)
    return change(last, context, raw) if change else None


def _opening(act: Act, context: Context) -> Intent | None:
    """Return what a follow-up asks with nothing before it."""
    if act == "codes":
        return changes.in_codes()
    if act not in ("changed", "shared"):
        return None
    two = whom.pictures_apart(context) or whom.two_of(context)
    return two and two.model_copy(update={"weighing": "shared" if act == "shared" else "differ"})


def _of_all(last: LastTurn, context: Context) -> bool:
    """Tell whether the last question was about everybody."""
    assert last.intent is not None
    return whom.several(context) and "all" in last.intent.faces


def _show(last: LastTurn, context: Context, raw: str) -> Intent | None:
    if _of_all(last, context) and not last.subject:
        return _who(last, context, raw)
    return changes.about("show", last)


def _codes(last: LastTurn, context: Context, raw: str) -> Intent:
    if _OF_THE_ANSWER.search(raw) and not _ALL_OF_IT.search(raw):
        return changes.told_as("codes", last)
    return changes.in_codes(last)


def _shorter(last: LastTurn, context: Context, raw: str) -> Intent | None:
    """ "Shorter": the answer before; "sum it up in a sentence": the whole face."""
    if not _SUMMARY.search(raw) or {*last.regions} & {"face"}:
        return changes.told_as("short", last)
    return changes.whole(last).model_copy(update={"form": "short", "expert": False})


def _word(last: LastTurn, context: Context, raw: str) -> Intent | None:
    """ "One word": on what was asked; "sum it up in one word": on the whole face."""
    summed_up = _SUMS_UP.search(raw) is not None
    return changes.in_a_word(changes.of_the_face(last) if summed_up else last)


def _strongest(last: LastTurn, context: Context, raw: str) -> Intent | None:
    if _of_all(last, context):
        return whom.ranked(last, least=False)
    return changes.likeliest(last) or changes.strongest(last)


def _more(last: LastTurn, context: Context, raw: str) -> Intent | None:
    """ "Which one more?": of the last two faces, of all, or of the two sides."""
    return _weighed(last, context, raw, least=False)


def _less(last: LastTurn, context: Context, raw: str) -> Intent | None:
    return _weighed(last, context, raw, least=True)


def _weighed(last: LastTurn, context: Context, raw: str, *, least: bool) -> Intent | None:
    if whom.two_pictures(context) and last.attributes and not _SIDE.search(raw):
        return whom.pictures_ranked(last, least=least)
    if whom.several(context) and not _SIDE.search(raw):
        if len(last.pair) == 2 and not _of_all(last, context):
            return whom.pair_compared(last, ranked=True, least=least)
        if len(last.subject or last.faces) != 1 or not changes.is_paired(last):
            return whom.ranked(last, least=least)
    if not last.regions or not (changes.is_paired(last) or _SIDE.search(raw)):
        return None
    units = tuple(a for a in last.attributes if a in facs.UNITS)
    asks = not _ASKS_HOW.search(raw)
    claim = ("even" if _EVEN.search(raw) else "uneven") if asks else ""
    side = more_side(raw.lower()) if asks else ""
    return changes.sides_compared(last, attributes=units, emotions=(), weighing=claim, side=side)


def _both(last: LastTurn, context: Context, raw: str) -> Intent | None:
    if len(last.pair) == 2 and whom.several(context) and not _SIDE.search(raw):
        return whom.of_faces(last, *last.pair).model_copy(update={"among": "all", "polar": True})
    if _EVEN.search(raw) and (changes.is_paired(last) or (last.regions and _SIDE.search(raw))):
        return changes.sides_compared(last, weighing="even")
    return changes.on_both_sides(last) or _everyone(last, context, raw)


def _other_one(last: LastTurn, context: Context, raw: str) -> Intent | None:
    """ "And the other one?": the other picture, the other face, or the other side."""
    if whom.two_pictures(context) and "face" in last.regions:
        return whom.other_picture(last, context)
    sided = {n.partition("_")[0] for n in last.regions} in ({"left"}, {"right"})
    if whom.several(context) and not _SIDE.search(raw) and len(last.faces) < 2 and not sided:
        return whom.of_faces(last, "others")
    if _AGAINST.search(raw) and last.regions:
        return changes.sides_compared(last)
    return changes.other_side(last)


def _agree(last: LastTurn, context: Context, raw: str) -> Intent | None:
    """ "Do they match?": of two pictures, two faces, two parts, or the two sides."""
    if whom.two_pictures(context) and not last.regions_before:
        return whom.pictures_apart(context)
    if len(last.pair) == 2 and whom.several(context):
        return whom.pair_compared(last)
    if last.regions and _SIDE.search(raw):
        return changes.sides_compared(last, attributes=())
    sides = changes.sides_compared(last) if changes.is_paired(last) else None
    return changes.regions_compared(last) or sides


def _how_much(last: LastTurn, context: Context, raw: str) -> Intent | None:
    if _YEARS.search(raw):
        return changes.years_apart(last)
    if BY_HOW.search(raw) and (apart := changes.by_how_much(last)):
        return apart
    polar = not _ASKS_HOW.search(raw)
    return changes.how_much(last, little=bool(_LITTLE.search(raw)), polar=polar)


def _everyone(last: LastTurn, context: Context, raw: str) -> Intent | None:
    return (
        whom.of_everybody(last, among="all", polar=True)
        if whom.several(context) and last.attributes
        else None
    )


def _exceptions(last: LastTurn, context: Context, raw: str) -> Intent | None:
    return (
        whom.of_everybody(last, absent=True) if whom.several(context) and last.attributes else None
    )


def _who(last: LastTurn, context: Context, raw: str) -> Intent | None:
    """ "Which ones?": who they are, by place; of those who do not, if that was asked for."""
    assert last.intent is not None
    if not whom.several(context) or not last.attributes:
        return None
    if last.intent.ranked:
        return changes.changed(last, polar=False, counted=False, among="")
    return whom.of_everybody(last, absent=last.intent.absent)


def _how_many(last: LastTurn, context: Context, raw: str) -> Intent | None:
    assert last.intent is not None
    if not whom.several(context) or not last.attributes:
        return None
    absent = last.intent.absent or bool(_NOT.search(raw))
    return whom.of_everybody(last, counted=True, absent=absent)


def _compare(last: LastTurn, context: Context, raw: str) -> Intent | None:
    if last.regions and _SIDE.search(raw):
        return changes.sides_compared(last)
    return whom.pair_compared(last) or changes.regions_compared(last)


def _shared(last: LastTurn, context: Context, raw: str) -> Intent | None:
    return _held_together(last, context, raw, "shared")


def _differ(last: LastTurn, context: Context, raw: str) -> Intent | None:
    """ "What makes the difference?": between two pictures, two faces, two parts, or the sides."""
    return _held_together(last, context, raw, "differ")


def _held_together(
    last: LastTurn, context: Context, raw: str, weighing: Literal["shared", "differ"]
) -> Intent | None:
    if BY_HOW.search(raw) and last.attributes == ("age",) and weighing == "differ":
        return changes.about("difference", last)
    if weighing == "differ" and last.intent and len(last.intent.emotions) == 2:
        return changes.signs_apart(last)
    if whom.two_pictures(context) and (two := whom.pictures_apart(context)):
        return two.model_copy(update={"weighing": weighing})
    faces = whom.pair_compared(last, attributes=(), emotions=(), weighing=weighing)
    return faces if faces and whom.several(context) else _compare(last, context, raw)


def _rank(last: LastTurn, context: Context, raw: str) -> Intent | None:
    """All faces in the order of what was asked for."""
    assert last.intent is not None
    if not whom.several(context):
        return None
    ranked = whom.ranked(last, least=last.intent.least)
    return ranked and ranked.model_copy(update={"listed": True, "weighing": ""})


def _neighbour(last: LastTurn, context: Context, raw: str) -> Intent | None:
    of_a_part = _PLURAL.search(raw) and "face" not in last.regions  # "and above them?"
    if not whom.several(context) or of_a_part:
        return None
    return whom.of_faces(last, neighbours.direction(raw))


def _step(selector: str) -> Change:
    def to(last: LastTurn, context: Context, raw: str) -> Intent | None:
        if not whom.several(context):
            return None
        side = re.search(r"\b(left|right)\b", raw, re.I)
        return whom.of_faces(last, f"beside:{side[1].lower()}" if side else selector)

    return to


_CHANGES: dict[Act, Change] = {
    "show": _show,
    "word": _word,
    "shorter": _shorter,
    "codes": _codes,
    "strongest": _strongest,
    "which_more": _more,
    "which_less": _less,
    "both": _both,
    "other_one": _other_one,
    "agree": _agree,
    "how_much": _how_much,
    "everyone": _everyone,
    "exceptions": _exceptions,
    "who": _who,
    "how_many": _how_many,
    "compare": _compare,
    "next": _step("next"),
    "previous": _step("previous"),
    "rest": _step("others"),
    "neighbour": _neighbour,
    "rank": _rank,
    "shared": _shared,
    "changed": _differ,
}
