"""What a question asks beyond the moment of a picture: what comes next, what a feeling is about."""

import re

from focalface.agent.understanding.intent import Context, Intent
from focalface.tools.proposing import region_selection
from focalface.tools.question.text import clean

_NEXT = re.compile(
    r"\b(?:about to|going to|gonna|(?:will|would) (?:he|she|they|it|this \w+|the \w+)|ready to"
    r"|any (?:second|moment|minute)|(?:on|at) the (?:verge|brink|edge|point) of)\b",
    re.I,
)
_ABOUT = re.compile(
    r"\b(?:at|with|about|of|by) (?:me|us|you|him|her|them|something|someone|somebody|that|this|it)\b"
    r"|\b(?:what|who|whom)\b.*\b(?:about|at|of|with|by)\W*$|^\W*(?:what|who) (?:has |had )?(?:made|makes(?! (?:that|it|this|you|the)\b)|pissed"
    r"|upset|scared|annoyed|surprised|angered)\b",
    re.I,
)
"""A feeling and at whom or what it is."""
_WHOSE = r"(?:his|her|their|this \w+'s|the \w+'s)"
_MATTER = re.compile(
    r"^\W*(?:(?:so|and|hey|ok),? )*(?:what(?:'s|s| is| has|'s been| has been)? ?(?:up with|wrong with|the matter with|eating"
    rf"|bugging|bothering|troubling|got into|upset)\b.+|what(?:'s|s| is) {_WHOSE} (?:problem|deal|issue|matter)\b"
    r"|why the long face)\W*$",
    re.I,
)
"""An open question for what troubles somebody, in an idiom."""


def asked(intent: Intent, question: str, context: Context) -> Intent:
    """Return a question with what it asks beyond the picture."""
    text = clean(question)
    parts = {*intent.named} - {"face"}
    if _MATTER.search(text) and not (parts or intent.parts):
        regions = region_selection.plan_regions(("emotion",), ())
        faces = intent.faces or (context.last.subject if context.last else ())
        return Intent(kind="recognise", attributes=("emotion",), regions=regions, faces=faces,
                      cut=intent.cut, unseen="about")  # fmt: skip
    if intent.kind != "recognise" or intent.parts or intent.recall or "all" in intent.faces:
        return intent
    felt = intent.attributes == ("emotion",)
    if intent.polar and _NEXT.search(text) and (felt or intent.attributes == ("AU12",)):
        update = {"unseen": "next", "polar": False, "emotions": (), "quality": ""}
        return intent.model_copy(update=update)
    if felt and intent.emotions and not intent.ranked and _ABOUT.search(text):
        return intent.model_copy(update={"unseen": "about"})
    return intent
