"""How much of something a question asks for: a degree, how sure, a scale, all in percent, codes."""

import re

from focalface.agent.understanding import qualities
from focalface.agent.understanding.intent import Degree, Intent

_MUCH = re.compile(
    r"\b(?:wide|widely|broad|broadly|big|huge|strong|strongly|a lot|very (?!much)|fully|completely|all the way|totally"
    r"|extremely|intense|intensely|from ear to ear|heavily)\b",
    re.I,
)
_LITTLE = re.compile(
    r"\b(?:slight|slightly|a (?:little|bit|tad|touch)|somewhat|faint|faintly|subtle|subtly|tiny|mild|mildly)\b",
    re.I,
)
_SURE = re.compile(
    r"\b(?:how (?:sure|certain|confident)|how likely)\b.*\b(?:you|it|that|this)\b|\bhow (?:sure|certain|confident)\W*$",
    re.I,
)
_CRIES = re.compile(r"\b(?:cry|cries|crying|weep|weeping|in tears|sob|sobbing)\b", re.I)
"""What no reading tells: tears, and what comes next."""
_OR = re.compile(r"\bor\b", re.I)
CODED = re.compile(
    r"\b(?:facs|aus?|action[- ]units?)[- ](?:codes?|coding|coded)\b|\bcode (?:this|that|the|his|her|their|face|it|him)\b"
    r"|\bcodes? (?:for|of|in) (?:this|that|the|his|her|face)\b|\b(?:just|only) (?:the |give me )?(?:codes?|aus|units)\b"
    r"|^\W*facs(?: codes?)?\W*$|\b(?:codes?|aus|units) only\b|\bnothing but (?:the )?(?:codes?|aus)\b",
    re.I,
)
"""A wish for the units in one line, as coders write them."""
_ONE_WORD = re.compile(r"\b(?:one|a single|just a|only a|1)[- ]word\b", re.I)
_ONE_SENTENCE = re.compile(r"\b(?:one|a single|1)[- ](?:short )?sentence\b", re.I)
FELT = re.compile(
    r"\b(?:fak\w+|faked|posed|posing|staged|acted|acting|pretend\w*|put on|real|genuine\w*|sincere\w*|feigned|for real)\b",
    re.I,
)
_NUMBER = r"(5|7|10|100|five|seven|ten)"
_SCALE = re.compile(
    rf"\b(?:0|1|zero|one) ?(?:-|\u2013|to) ?{_NUMBER}\b|\bout of {_NUMBER}\b|\bscale of {_NUMBER}\b",
    re.I,
)
"""A wish for a figure on a scale."""
_OF_EACH = re.compile(
    r"\b(?:all|each|every|emotions|feelings|breakdown|distribution|list|spread|split)\b", re.I
)
"""Words by which the figures of all emotions are wanted."""
_ENDS = {"five": "5", "seven": "7", "ten": "10"}
_DIRECTIONS = {
    "left": "", "right": "", "up": "up", "upwards": "up", "down": "down", "downwards": "down", "away": "away",
    "sideways": "away", "camera": "camera", "lens": "camera", "me": "camera", "us": "camera", "viewer": "camera",
    "each other": "each other", "one another": "each other",
}  # fmt: skip
"""Where somebody looks -> the reading of the gaze that affirms it; left and right are told in full."""
_DIRECTION = re.compile(rf"\b({'|'.join(_DIRECTIONS)})\b", re.I)


def measured(intent: Intent, text: str) -> dict[str, object]:
    """Tell how much, how sure, on which scale, in which direction, or in codes."""
    changes: dict[str, object] = {}
    if intent.attributes and (degree := _degree(text)):
        changes["degree"] = degree
    if (intent.attributes or intent.named) and not intent.recall and _SURE.search(text):
        changes |= {"sure": True, "numbers": False}
    if (match := _SCALE.search(text)) and intent.attributes:
        end = next(int(_ENDS.get(g.lower(), g)) for g in match.groups() if g)
        changes |= {"form": "of ten", "numbers": False, "scale": end}
    if intent.attributes == ("emotion",) and intent.numbers and _OF_EACH.search(text):
        changes |= {"form": "percents", "emotions": (), "polar": False}
    if intent.attributes == ("emotion",) and intent.polar and _CRIES.search(text):
        changes |= {"quality": "crying", "emotions": ()}
    elif intent.attributes == ("emotion",) and not intent.emotions:
        changes |= _quality(intent, text)
    if intent.attributes == ("gaze",) and (match := _DIRECTION.search(text)):
        changes["direction"] = _DIRECTIONS[match[1].lower()]
        changes["polar"] = intent.polar and not _OR.search(text)
    if _ONE_WORD.search(text) and intent.attributes:
        changes["form"] = "word"
    if _ONE_SENTENCE.search(text):
        changes["form"] = "short"
    if CODED.search(text):
        changes |= {"form": "codes", "weighing": ""}
    if intent.emotions and FELT.search(text) and "genuineness" not in intent.attributes:
        changes["felt"] = True
    return changes


_BARE = 2
"""Words of a question that is only a word: "sulking?"."""


def _quality(intent: Intent, text: str) -> dict[str, object]:
    """Tell which quality is asked about; who of several has more of it, by the emotion behind it."""
    quality = qualities.named(text)
    behind = qualities.GOES_WITH.get(quality, ())
    if intent.ranked and len(behind) == 1:
        return {"emotions": behind}
    bare = len(text.split()) <= _BARE
    return {"quality": quality, "polar": True} if quality and (intent.polar or bare) else {}


def _degree(text: str) -> Degree:
    """Tell how much of what it names a question asks for."""
    if _LITTLE.search(text):
        return "little"
    return "much" if _MUCH.search(text) else ""
