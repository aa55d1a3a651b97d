"""Requests for another kind of text: a haiku, a caption, how to look friendlier.

They are met in a sentence as far as readings carry it; the form of the intent says which.
"""

import re

from focalface.agent.understanding.intent import Context, Form, Intent
from focalface.tools.proposing import region_selection
from focalface.tools.question.text import clean
from focalface.tools.types import Emotion

_VERSE = re.compile(r"\b(?:haikus?|poems?|limericks?|verses?|rhymes?|sonnets?|poetry|song)\b", re.I)
_CAPTION = re.compile(
    r"\b(?:caption|headline|title (?:for|of|to)|what (?:would|could|should) (?:i|we|you) (?:call|title) (?:this|the) (?:picture|photo|image|shot)"
    r"|alt[- ]?text)\b",
    re.I,
)
_ADVICE = re.compile(
    r"\b(?:how|what)\b.*\b(?:would|could|can|do|should|might|must|to|has|have|need)\b.*\b(?:look|looks|seem|appear|come across|be|make (?:it|him|her|them|this|that))\b"
    r"(?: a (?:bit|little|lot)| much| any)?(?P<how> (?:more|less))? (?P<what>\w+)",
    re.I,
)
_CHANGES = re.compile(
    r"\b(?:make|makes|made|change|changes|do differently|get|help|turn|fix|adjust|edit|needs?|take)\b",
    re.I,
)
_TARGETS: tuple[tuple[str, Emotion], ...] = (
    (r"friendl\w+|happ\w+|warm\w*|kind(?:er|ly)?|cheer\w+|approachable|welcoming|nic(?:e|er)|jolly|pleasant"
     r"|joyful|merr\w+|open|inviting", "happiness"),
    (r"angr\w+|mad(?:der)?|furious|annoyed|stern\w*|grump\w+|cross|intimidating|aggressive|hostile|severe"
     r"|strict\w*|menacing", "anger"),
    (r"sad\w*|unhapp\w+|gloom\w+|miserable|depressed|sorrowful|down", "sadness"),
    (r"scared|afraid|fearful|worried|anxious|nervous|frightened|tense", "fear"),
    (r"surpris\w+|astonished|amazed|shocked|startled", "surprise"),
    (r"disgust\w+|repelled", "disgust"),
    (r"calm\w*|neutral|relaxed|serious|composed|at ease", "neutral"),
)  # fmt: skip
_ASKS = re.compile(
    r"^\W*(?:(?:hm+|ok|okay|and|so|then|well|right)\b\W*)*(?:how|what|which)\b", re.I
)


def asked(intent: Intent, raw: str, context: Context) -> Intent:
    """Return the question as a wish for such a text, where it is one."""
    text = clean(raw)
    if _ADVICE.search(text) and (wish := _advice(text)):
        return _of(intent, context, *wish)
    if intent.kind in ("refuse", "empty"):
        return intent
    form: Form = "haiku" if _VERSE.search(text) else "caption" if _CAPTION.search(text) else ""
    return _of(intent, context, form, ()) if form else intent


def wished(raw: str) -> bool:
    """Tell whether a turn asks how a face would come to look otherwise."""
    return _advice(clean(raw)) is not None


def _advice(text: str) -> tuple[Form, tuple[Emotion, ...]] | None:
    """Tell which expression is wished for, or is to become less."""
    match = _ADVICE.search(text)
    if match is None or not _CHANGES.search(text) or not _ASKS.match(text):
        return None
    for words, emotion in _TARGETS:
        if re.fullmatch(words, match["what"], re.I):
            return ("less" if (match["how"] or "").strip().lower() == "less" else "more"), (
                emotion,
            )
    return None


def _of(intent: Intent, context: Context, form: Form, emotions: tuple[Emotion, ...]) -> Intent:
    faces = intent.faces or (context.last.subject if context.last else ())
    regions = region_selection.plan_regions(("emotion",), ())
    return Intent(
        kind="recognise", attributes=("emotion",), emotions=emotions, regions=regions, faces=faces,
        form=form, cut=intent.cut,
    )  # fmt: skip
