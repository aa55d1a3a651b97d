"""Other causes that somebody offers for an expression: the sun, talking, a yawn, a pose."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from focalface.agent.understanding.intent import Context, Intent
from focalface.tools.proposing import region_selection
from focalface.tools.question.text import clean


@dataclass(frozen=True, slots=True)
class Cause:
    """Something besides a feeling that moves a face.

    ``words``: pattern of what names it; ``needs``: units one of which it moves at least; ``fits``:
    others that go with it; ``against``: units that do not; ``same``: units by which a feeling does
    the same; ``plainly``: whether the words alone ask for it, and not only as a guess ("maybe he is
    ..."). Our own table, from what the movements do.
    """

    noun: str
    words: str
    needs: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    fits: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    plainly: bool = False

    @property
    def units(self) -> tuple[str, ...]:
        """All units that tell for or against it."""
        return (*self.needs, *self.fits, *self.against, *self.same)


_NARROW = ("AU7", "AU6", "AU43")
_LOOKING_HARD = "looking hard at something"
_ROWS = (
    Cause("speaking", r"talking|speaking|mid[- ]?(?:sentence|word|speech)|saying something|chatting|whispering",
          ("AU25", "AU26"), plainly=True),
    Cause("singing", r"singing", ("AU25", "AU26"), plainly=True),
    Cause("shouting", r"shouting|yelling|screaming", ("AU26",), plainly=True),
    Cause("laughing", r"laughing", ("AU25", "AU26"), ("AU24",), ("AU12", "AU6"), plainly=True),
    Cause("chewing", r"chewing|eating|munching|biting (?:on|into)\b", ("AU25", "AU24", "AU17", "AU26"), plainly=True),
    Cause("yawning", r"yawn(?:ing|s)?", ("AU26",), ("AU5", "AU12"), plainly=True),
    Cause("bright light", r"sun(?:ny|light|shine)?|(?:bright |strong |the |flash ?)light\w*|glare|flash|too bright", _NARROW, ("AU5",),
          ("AU4",), ("AU12",)),
    Cause(_LOOKING_HARD, r"squinting|short-?sighted|far away|see(?:ing)? (?:better|badly|well|clearly)",
          ("AU7", "AU6"), ("AU5",), ("AU4",), ("AU12",)),
    Cause("wind or smoke in the eyes", r"windy?|smok[ey]|dusty?|sand|onions?", _NARROW, ("AU5",), ("AU4",)),
    Cause("a bad smell or taste", r"smell\w*|stink\w*|tast\w+|sour|lemons?", ("AU9", "AU10"), ("AU12",)),
    Cause("concentration", r"concentrat\w+|focus\w+|think(?:ing)?|reading|listening|ponder\w+", ("AU4", "AU7"),
          ("AU12",)),
    Cause("a sneeze", r"sneez\w+", _NARROW, ("AU5",), ("AU4", "AU9", "AU10"), plainly=True),
    Cause("whistling", r"whistling|blowing", ("AU18",), plainly=True),
    Cause("a blink", r"blink\w*", ("AU43",), ("AU5",)),
    Cause("physical effort", r"effort|strain\w*|lifting|exert\w+|exercis\w+", ("AU4", "AU7", "AU6")),
    Cause("a pose", r"pos(?:e|es|ed|ing)|acting|put(?:ting)? (?:it|that|this) on|pretending|joking|kidding"
          r"|for (?:the camera|fun|show|a laugh)|play(?:ing)? (?:it )?(?:up|around)|mugging"),
    Cause("a usual face", r"(?:rest(?:ing)?|usual|normal|natural) (?:\w+ )?face|always looks?|just (?:how|the way)|looks? like that"
          r"|wrinkl\w*|botox|born (?:with|like)|camera angle|lens"),
)  # fmt: skip
CAUSES: Mapping[str, Cause] = MappingProxyType({row.noun: row for row in _ROWS})
"""What it is called -> the cause."""
ANY = tuple(row for row in _ROWS if row.needs)
"""Causes that are weighed where none is named: "what else could do that?"."""
_GUESS = re.compile(
    r"^\W*(?:(?:but|and|so|hm+|ok|well),? )*(?:could|can|may|might|couldn't|can't|mightn't|isn't|maybe|perhaps|possibly|or)\b"
    r"|\bmaybe\b|\bperhaps\b|\b(?:be|is|it's|he's|she's|due to|because of|from) (?:just|only|simply|merely)\b"
    r"|\b(?:because of|due to|caused by|from) (?:the|bright|strong)\b|\b(?:caus|explain|do)\w* (?:that|this|it)\b",
    re.I,
)
"""How a cause is offered that one is not sure of."""
_ASKS = re.compile(
    r"^\W*(?:(?:and|so|but),? )*(?:is|are|was|were|isn't)\b (?:he|she|it|they|this|that|the|face|there)\b",
    re.I,
)
_IN_THE_EYES = re.compile(r"\b(?:sun|light|glare)\b.*\b(?:eyes?|face)\b", re.I)
_TRUTH = re.compile(r"\b(?:lie|lies|lying|liar|truth\w*|honest\w*|deceiv\w*)\b", re.I)
_OF_WHAT = re.compile(r"\b(?:how|what|who|which|where|when)\b", re.I)
_OR = re.compile(r"\bor\b", re.I)
_OF_YOU = re.compile(r"\b(?:can|could|would|do|will) you\b|\bi (?:think|guess|know)\b", re.I)
_LONGEST = 14
"""Words of a question that offers a cause; of more it tells a story."""
_BESIDES = frozenset({"time", "photo", "thoughts", "scene"})
"""What the words of a cause are taken for otherwise."""


def asked(intent: Intent, question: str, context: Context) -> Intent:
    """Return a question that offers a cause as one on the movements that go with it."""
    text = clean(question)
    causes = _named(text)
    if not causes or intent.parts or "all" in intent.faces or _TRUTH.search(text):
        return intent
    return weighed(causes, intent, context)


def weighed(causes: Sequence[Cause], intent: Intent, context: Context) -> Intent:
    """Return a question as one on the movements that go with some causes."""
    codes = dict.fromkeys(code for cause in causes for code in cause.units)
    wanted = tuple(codes) or ("emotion",)
    return Intent(
        kind="recognise",
        attributes=wanted,
        regions=region_selection.plan_regions(wanted, ()),
        faces=intent.faces or (context.last.subject if context.last else ()),
        beyond=tuple(b for b in intent.beyond if b not in _BESIDES),
        by_looks=intent.by_looks,
        follow_up=intent.follow_up,
        causes=tuple(cause.noun for cause in causes),
        cut=intent.cut,
    )


def mentioned(text: str) -> list[Cause]:
    """Return the causes that the words of a text name, however they are put."""
    return _without_the_act([row for row in _ROWS if _names(row, text)])


def _named(text: str) -> list[Cause]:
    """Return the causes that a text offers; none where it asks for something else."""
    if _OF_WHAT.search(text) or len(text.split()) > _LONGEST:
        return []
    two = mentioned(text) if _OR.search(text) and _ASKS.search(text) else []
    if len(two) > 1:
        return two
    clauses = [clause for clause in re.split(r"[.;?!]", text) if clause.strip()]
    offered = [row for clause in clauses for row in _ROWS if _is_offered(row, clause)]
    return _without_the_act(offered)


def _without_the_act(found: list[Cause]) -> list[Cause]:
    """ "Squinting because of the sun" tells what it does, and the cause."""
    return [row for row in found if row is not CAUSES[_LOOKING_HARD]] or found


def _names(row: Cause, text: str) -> bool:
    return re.search(rf"\b(?:{row.words})\b", text, re.I) is not None


def _is_offered(row: Cause, clause: str) -> bool:
    """Tell whether a clause names a cause and asks for it."""
    if not _names(row, clause) or _OF_YOU.search(clause):
        return False
    # "Why does he frown? The sun?"
    bare = re.fullmatch(rf"\W*(?:(?:the|a|from|or) )*(?:{row.words})\W*", clause, re.I)
    guessed = bare or _GUESS.search(clause) or _IN_THE_EYES.search(clause)
    return bool(guessed or (row.plainly and _ASKS.search(clause)))
