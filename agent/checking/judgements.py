"""Whether a sentence of an answer judges somebody, which no tool result supports. Pure."""

import re
from functools import cache

from focalface.agent.checking.judgement_words import NATION, PERSON, SAID_OF, STEMS, WHOLE
from focalface.agent.understanding.intent import Refusal
from focalface.tools.question.vocabulary import any_word

_SUBJECT = rf"(?:he|she|they|i|you|(?:the|this|that|these|those) (?:\w+ ){{0,2}}?{PERSON})"
_LINK = (
    r"(?:is|are|be|was|were|looks?|looking|seems?|appears?|may|might|could|must|not|very|so|quite"
    r"|rather|too|a|an|bit|to|like|as|clearly|probably|\w+ly)"
)
_HARMLESS = re.compile(r"\b(?:to be honest|honestly|pretty much|kinds? of|beautifully)\b")


def judgement(plain: str) -> Refusal | None:
    """Return what a sentence in its plain form judges; None when it tells of a face alone."""
    said = _HARMLESS.sub(" ", plain)
    return next((reason for reason, rule in _rules() if rule.search(said)), None)


@cache
def _rules() -> tuple[tuple[Refusal, re.Pattern[str]], ...]:
    """Reason -> pattern; made on the first sentence, for a start without delay."""
    return tuple(
        (reason, re.compile(f"{_stems(stems)}|{_said_of(SAID_OF.get(reason, reason))}"))
        for reason, stems in STEMS.items()
    )


def _stems(text: str) -> str:
    parts = (rf"{s}\b" if s in WHOLE else rf"{s}(?!ly\b)\w*" for s in text.split())
    return rf"\b(?:{'|'.join(parts)})"


def _said_of(text: str) -> str:
    listed = any_word(text)
    if "religious" in text:
        listed = rf"(?:{listed}|{NATION})"
    return rf"\b{_SUBJECT}(?: {_LINK}){{0,5}} {listed}\b(?! (?:smile|look|expression|frown|brow))"
