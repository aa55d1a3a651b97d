"""How a question wants several things weighed: either or, both, which is stronger; and denials."""

import re
from typing import Literal

from focalface.agent.understanding import measures
from focalface.agent.understanding.intent import Context, Intent
from focalface.tools.face import facs
from focalface.tools.proposing import region_selection
from focalface.tools.question.attributes import find_attributes
from focalface.tools.question.text import clean, read_text

_OR = re.compile(r"\bor\b", re.I)
_BOTH = re.compile(r"\b(?:both|together|at once|at the same time|as well as)\b", re.I)
_ADDED = re.compile(r"\d ?(?:\+|/|&) ?(?:au ?)?\d", re.I)
"""Units as coders add them up, which asks for all of them."""
_STRONGER = re.compile(
    r"\b(?P<more>stronger|more (?:active|intense|pronounced|visible|present|marked))\b"
    r"|\b(?P<less>weaker|less (?:active|intense|pronounced|visible|present|marked))\b",
    re.I,
)
_ALIKE = re.compile(
    r"\b(?:which|what|who|find|name)\b.*\b(?:two|pair|faces|people|ones)\b.*\b(?:alike|similar|same|match)\b"
    r"|\bwho looks? (?:most )?(?:alike|like (?:each|one an)other|similar)\b",
    re.I,
)
_DENIED = re.compile(
    r"^\W*(?:(?:so|and|but|ok|no|nah|well|hm+|surely|certainly|definitely),? )*(?:he|she|they|it|this|that|there|the \w+|his|her|face \d+)(?: \w+)?(?: \w+)? ?"
    r"(?:'s not|isn't|is not|aren't|are not|'re not|doesn't|does not|don't|do not|has no|hasn't|not)\b",
    re.I,
)
_RULED_OUT = re.compile(
    r"^\W*(?:(?:ok|so|and|then),? )*(?:can|could|may|should) (?:i|we|you) (?:then )?(?:rule|exclude)\b",
    re.I,
)
_OR_NOT = re.compile(r"\bor (?:not|neither|none|nothing|no)\b", re.I)
_NOT_DOING = re.compile(
    r"\bwhat(?:'s| is| are|s)?\b.*\b(?:not|isn't|aren't|doesn't|don't) (?:\w+ )?(?:do|doing|show|showing|moving|move|active|happening|there|present|going on)\b"
    r"|\b(?:which|what) (?:movements?|units?|aus|action units|muscles?|parts?)\b.*\b(?:absent|missing|inactive|not|at rest|still)\b",
    re.I,
)
"""A question for what a face does not do."""
_NOT_SHOWN = re.compile(
    r"\b(?:which|what)\b.*\b(?:emotions?|feelings?|moods?|expressions?)\b.*\b(?:not|isn't|aren't|doesn't|don't|never|absent|missing|rule(?:d)? out|unlikely|least likely)\b"
    r"|\bwhat(?:'s| is| does|s)?\b.*\b(?:not|n't) (?:\w+ )?(?:feel|feeling)\b|\bwhat (?:can|could) (?:you|we) rule out\b",
    re.I,
)
"""A question for the emotions that an expression does not suggest."""
_SERIOUS = re.compile(
    r"\b(?:serious|solemn|stern|grave|earnest|unsmiling|glum|gloom\w*|bored|least (?:amused|thrilled|excited))\b",
    re.I,
)
"""Words that rank faces by how little they look happy."""
_YOUNG = re.compile(r"\b(?:youngest|younger)\b", re.I)
_WHO_NOT = re.compile(
    r"\b(?:who|which|anyone|anybody|somebody|someone|how many|any(?: one)?)\b.*?(?:n't| not|without|(?:is|are|do|does)nt|fails? to|forg[eo]t\w* to)\b",
    re.I,
)
_NEGATED = re.compile(
    r"^\W*(?:and |but |so |ok,? )*(?:isn't|aren't|doesn't|don't|hasn't|wasn't|is not|are not|does not|do not"
    r"|(?:is|are|does|do) (?:he|she|it|they|this|that|the \w+) not)\b",
    re.I,
)
"""The beginning of a question that expects a yes: "isn't she smiling?"."""
_MORE_IN = re.compile(
    r"\b(?:more|most|mostly|mainly|rather|stronger|clearer|best|better)\b(?: \w+)? (?:in|at|on|from|around|by)\b",
    re.I,
)
"""Which of two parts it is: "more in the eyes or the mouth?"."""
_WHICH_PART = re.compile(
    r"\b(?:which|what)\b.*\b(?:more|most|louder|loudest|stronger|strongest|clearer|clearest|better|best)\b.*,",
    re.I,
)
"""The same with the parts at the end: "which speaks louder, the brows or the mouth?"."""
_OF_SIGNS = frozenset({"emotion", "pain", "tension", "fatigue"})
"""What is told by signs that several units share, so that either may be meant."""
_AT_EASE = re.compile(
    r"\b(?:relax\w*|at ease|calm\w*|loose\w*|unwound|awake|alert|rested|refreshed|energetic|lively|fresh)\b",
    re.I,
)
"""Words for somebody who shows no tension or tiredness."""
_IS = re.compile(
    r"\W*(?:(?:and|so|but|ok|okay|then|now),? )*(?:is|are|do|does|has|have|it's|they're|both)\b",
    re.I,
)
_EVEN = re.compile(
    r"\b(?:even|same|equal\w*|symmetric\w*|level|alike|match\w*|balanced|straight|identical|similar)\b",
    re.I,
)
"""A question that both sides are alike, to which a difference is a no."""
_DIFFERENT = re.compile(r"\bdiffer\w*\b|\byears (?:between|apart)\b", re.I)


_STAGED = re.compile(
    r"\b(?:look|looks|seem|seems|is|expression|this|that|it|reaction)\b.*\b(?:stag\w+|pos(?:ed|ing)|fak\w+|act(?:ed|ing)"
    r"|put on|genuine|feigned)\b",
    re.I,
)
_PHOTO = re.compile(r"\b(?:photo|picture|image|pic|shot|shopped|edited|deepfake|ai)\b", re.I)
_OF_A_FEELING = {
    "kind": "recognise",
    "attributes": ("emotion",),
    "regions": region_selection.plan_regions(("emotion",), ()),
    "felt": True,
}


def weighed(intent: Intent, raw: str, context: Context) -> Intent:
    """Return the question with how its parts are to be weighed, and whether it denies what it names."""
    text = clean(raw)
    if made := _read_anew(intent, text, context):
        return made
    if intent.kind not in ("recognise", "describe", "compare", "summary") or intent.parts:
        return intent
    either = _OR.search(text) is not None
    if (
        either
        and (_MORE_IN.search(text) or _WHICH_PART.search(text))
        and len({facs.unsided(n) for n in intent.named}) > 1
    ):
        return _of_places(intent, context)
    if _ALIKE.search(text) and context.count not in (0, 1, 2):
        return intent.model_copy(update=_of_pairs(intent))
    changes = _choice(intent, text) | _denial(intent, text) | measures.measured(intent, text)
    return intent.model_copy(update=changes) if changes else intent


def apart(intent: Intent, question: str, context: Context) -> Intent:
    """Return a question for the difference of faces as one on what sets them apart, or on their
    years."""
    several = context.count is not None and context.count > 1
    if not several or intent.recall or intent.polar or not _DIFFERENT.search(question):
        return intent
    if intent.attributes == ("age",):
        spoken_of = context.last.faces if context.last else ()
        faces = next((f for f in (intent.faces, spoken_of) if len(f) > 1), ("all",))
        update = {"kind": "compare", "comparison": "faces", "faces": faces, "recall": "difference"}
        return intent.model_copy(update=update)
    held = intent.comparison == "faces" and not (intent.attributes or intent.weighing)
    return intent.model_copy(update={"weighing": "differ"}) if held else intent


def _read_anew(intent: Intent, text: str, context: Context) -> Intent | None:
    """Return a question that only these words tell of: a feeling put on, codes, what is not there."""
    if intent.kind == "outside":
        of_it = intent.beyond == ("photo",) and context.last is not None
        if of_it and not _PHOTO.search(text) and measures.FELT.search(text):
            return intent.model_copy(update={**_OF_A_FEELING, "beyond": (), "follow_up": True})
        if not intent.beyond and _STAGED.search(text):
            return intent.model_copy(update=_OF_A_FEELING)
        if not intent.beyond and measures.CODED.search(text):
            whole = region_selection.WHOLE
            return Intent(
                kind="summary", form="codes", regions=whole, faces=intent.faces, expert=True
            )
    if _NOT_SHOWN.search(text) and "emotion" in find_attributes(read_text(text).base)[0]:
        return _not_shown(intent)
    if _NOT_DOING.search(text) and intent.kind in ("outside", "summary", "describe", "recognise"):
        return _of_rest(intent)
    return None


def _choice(intent: Intent, text: str) -> dict[str, object]:
    """Tell which of several things is asked for, or whether something and its contrary is."""
    changes: dict[str, object] = {}
    either, one_thing = _OR.search(text), intent.comparison is None
    units = [a for a in intent.attributes if a.startswith("AU")]
    signs = _OF_SIGNS & {*intent.attributes}
    compared = intent.comparison in (None, "regions", "sides")
    if compared and len(units) > 1 and "asymmetry" not in intent.attributes:
        changes |= _of_units(intent, text)
    elif one_thing and either and max(len(intent.emotions), len(signs)) > 1:
        changes["weighing"] = "either"
    elif one_thing and _OR_NOT.search(text):
        changes["polar"] = True
    elif one_thing and either and intent.emotions:
        changes["polar"] = False  # "angry or just concentrating?": no yes tells which
    if {"tension", "fatigue"} & {*intent.attributes} and _AT_EASE.search(text):
        changes |= {"weighing": "opposites"} if either else {"shut": True}
    if intent.comparison == "faces" and intent.polar and _DIFFERENT.search(text):
        changes["weighing"] = "uneven"
    if intent.comparison == "sides" and _IS.match(text):
        changes |= {"weighing": "even" if _EVEN.search(text) else "uneven", "side": more_side(text)}
    return changes


def _denial(intent: Intent, text: str) -> dict[str, object]:
    """Tell what a question denies, and of whom it looks for the lack or the least."""
    changes: dict[str, object] = {}
    denied = _DENIED.search(text) or _RULED_OUT.search(text)
    if denied and intent.attributes and intent.comparison is None:
        changes |= {"denied": True, "polar": True}
    if "age" in intent.attributes and intent.comparison == "faces" and _YOUNG.search(text):
        changes["least"] = True
    of_moods = intent.attributes == ("emotion",) and not intent.emotions
    if intent.comparison == "faces" and intent.ranked and of_moods and _SERIOUS.search(text):
        changes |= {"emotions": ("happiness",), "least": not intent.least}
    if _WHO_NOT.search(text) and "all" in intent.faces:
        changes |= {"absent": True, "ranked": False, "least": False}
    if _NEGATED.match(text) and intent.attributes:
        changes["polar"] = True
    return changes


_LESS = re.compile(r"\b(?:less|lower|weaker|smaller|narrower)\b", re.I)


def more_side(text: str) -> Literal["", "left", "right"]:
    """Tell which side a question takes to show more, where it takes one."""
    named = re.findall(r"\b(left|right)\b", text.lower())
    if not named or (len({*named}) > 1 and not _THAN.search(text)):
        return ""
    return "left" if (named[0] == "left") != bool(_LESS.search(text)) else "right"


_THAN = re.compile(r"\b(?:left|right)\b.*\bthan\b.*\b(?:left|right)\b", re.I)
"""One side against the other; the first one is taken to be more."""


def _not_shown(intent: Intent) -> Intent:
    """Return which emotions the expression does not suggest."""
    update = {"kind": "recognise", "attributes": ("emotion",), "emotions": (), "absent": True, "polar": False,
              "regions": intent.named or region_selection.plan_regions(("emotion",), ()), "beyond": ()}  # fmt: skip
    return intent.model_copy(update=update)


def _of_rest(intent: Intent) -> Intent:
    """Return what is absent from the face, or from the parts that are named."""
    regions = intent.named or region_selection.WHOLE
    update = {"kind": "summary", "absent": True, "attributes": (), "regions": regions, "polar": False,
              "beyond": (), "emotions": ()}  # fmt: skip
    return intent.model_copy(update=update)


def _of_units(intent: Intent, text: str) -> dict[str, object]:
    if match := _STRONGER.search(text):
        named = [f"AU{n}" for n in re.findall(r"\bau ?(\d+)", text, re.I)]
        order = dict.fromkeys(c for c in (*named, *intent.attributes) if c in intent.attributes)
        return {
            "weighing": "weaker" if match["less"] else "stronger",
            "attributes": tuple(order),
            "kind": "recognise",
            "comparison": None,
        }
    added = _ADDED.search(text) and intent.polar
    if (_BOTH.search(text) or added) and not _OR.search(text):
        return {"weighing": "both", "comparison": None, "kind": "recognise"}
    return {"weighing": "either"} if _OR.search(text) and intent.comparison is None else {}


def _of_places(intent: Intent, context: Context) -> Intent:
    """Return which of the named parts shows more of it: of what is asked, else of what was before."""
    last = context.last
    wanted = intent.attributes or (last.attributes if last else ())
    update = {"kind": "recognise", "weighing": "where", "attributes": wanted, "comparison": None,
              "regions": intent.named, "polar": False, "ranked": False,
              "emotions": intent.emotions or (last.intent.emotions if last and last.intent else ()),
              "follow_up": last is not None}  # fmt: skip
    return intent.model_copy(update=update)


def _of_pairs(intent: Intent) -> dict[str, object]:
    """Tell which two of several faces are most alike: in what is asked for, else in expression."""
    attributes = intent.attributes or ("emotion",)
    return {
        "kind": "compare",
        "comparison": "faces",
        "faces": ("all",),
        "attributes": attributes,
        "regions": intent.regions
        if intent.attributes
        else region_selection.plan_regions(attributes, ()),
        "weighing": "alike",
    }
