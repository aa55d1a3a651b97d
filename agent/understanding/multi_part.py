"""A question that has several parts: each is understood by itself, and none is lost in silence.

A part may be out of bounds or beyond the tools while the others are answered: "is she smiling, and
who is she?" gets an answer to the first half and a friendly no to the second.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from focalface.agent.understanding.intent import Context, Intent
from focalface.tools.question import clauses
from focalface.tools.question.faces import PEOPLE, PERSON

_ANSWERED = frozenset({"describe", "recognise", "compare", "locate", "summary", "faces"})
_MOST = 6
"""Parts beyond which a text is read as a whole."""
_LONGEST_UNREAD = 60
"""Characters of a part that was not understood, beyond which it is not repeated to the user."""
_HE_OR_SHE = re.compile(r"\b(?:he|she|him|her|person|man|woman|guy|girl|boy|lady)\b", re.I)
"""Without one of these, "they" or "it" may be a part of the face named before."""
_SOMEBODY = re.compile(rf"\b(?:i|we|they|you|this|that|my|our|his|their|{PERSON}|{PEOPLE})\b", re.I)
_THEM = re.compile(r"\b(?:them|they|these|the two)\b", re.I)
_IS_IT = re.compile(r"\b(?:is|was|does) it\b", re.I)
_LOOK_AT = re.compile(
    r"^\W*(?:please |just |now )*(?:look|looking|going|judging|based) (?:\w+ )?(?:at|by|on)\b"
    r"|^\W*(?:and )?(?:can|could|do) (?:you|one|we) (?:see|tell|read|spot) (?:it|that|this) (?:in|from|by|on)\b",
    re.I,
)
"""Where to look for what is asked next or before: no question of its own."""
_TOO = re.compile(r"\b(?:too|as well|also|either|same)\b", re.I)
Value = TypeVar("Value")
Parse = Callable[[str, Context], Intent]


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    intent: Intent
    doubts: bool = False
    """Whether it asks again about the turn before: "are you sure, and how old is she?"."""

    @property
    def stands_alone(self) -> bool:
        """Whether it asks for something by itself, or for something that cannot be told."""
        heard = self.intent
        if self.doubts:
            return True
        named = set(heard.named) - {"face"}
        specific = bool(heard.attributes or named) and heard.kind in _ANSWERED
        guess = heard.refusal == "person" and not _HE_OR_SHE.search(self.text)
        beyond = heard.kind in ("refuse", "faces") and not guess
        again = _is_again(heard) and bool(_TOO.search(self.text))
        unseen = bool(heard.beyond) and not _IS_IT.search(self.text)
        alone = specific or beyond or again or unseen or self.is_foreign_to_faces
        return alone and not (_LOOK_AT.match(self.text) and not heard.attributes)

    @property
    def is_foreign_to_faces(self) -> bool:
        """Whether it is a question of its own that nothing was understood of."""
        typed = re.findall(r"\w+", self.text.lower())
        leans = {"it", "they", "them", "one", "that", "you", "your", "so", "too", "else"} & {*typed}
        asked = self.intent.kind == "outside" and clauses.asks(self.text)
        return asked and len(typed) >= 4 and not leans


def understand(raw: str, context: Context, parse: Parse) -> Intent:
    """``raw`` as one question, or as several where it has parts that stand by themselves.

    ``parse`` understands a single one.
    """
    whole = parse(raw, context)
    texts = clauses.questions(raw)
    if len(texts) > _MOST or (len(texts) == 1 and whole.kind != "refuse"):
        return whole
    first = Context(count=context.count, selection=context.selection, numbered=context.numbered)
    heard = [_Piece(text, parse(text, first)) for text in texts]
    if context.last is not None and heard[0].intent.kind == "check":
        heard[0] = replace(heard[0], doubts=True)
    pieces = [p for p in heard if not _only_addresses(p, whole)]
    if not any(p.stands_alone for p in pieces):
        pieces = heard
    groups = _glued(pieces, first, parse)
    if len(groups) < 2 and len(pieces) == len(heard):
        groups = _in_one_breath(raw, whole, first, parse)
        if len(groups) < 2:
            return whole
    if not groups:
        return whole
    if context.last is not None:
        groups[0] = _Piece(groups[0].text, parse(groups[0].text, context))
    return _merged(groups, whole) if len(groups) > 1 else groups[0].intent


def _only_addresses(piece: _Piece, whole: Intent) -> bool:
    """Tell whether words that would be refused ask for nothing ("my gay best friend:", "he sold me
    a car."): a statement does so only where the whole question is out of bounds."""
    heard = piece.intent
    if heard.kind != "refuse" or clauses.asks(piece.text):
        return False
    about = clauses.states(piece.text) and (
        _HE_OR_SHE.search(piece.text) or _SOMEBODY.search(piece.text)
    )
    return whole.kind != "refuse" or heard.refusal == "person" or not about


def _glued(pieces: Sequence[_Piece], context: Context, parse: Parse) -> list[_Piece]:
    """Pieces that do not stand alone joined to a neighbour: the one before, the first to the next."""
    groups: list[_Piece] = []
    lead = ""
    for piece in pieces:
        own = piece.stands_alone and (clauses.asks(piece.text) or piece.intent.kind == "refuse")
        if own or not groups:
            text = f"{lead} {piece.text}".strip()
            if own or piece is pieces[-1]:
                made = piece if not lead else _Piece(text, parse(text, context))
                groups.append(made)
                lead = ""
            else:
                lead = f"{text},"
        else:
            text = f"{groups[-1].text}, {piece.text}"
            if groups[-1].intent.kind == "refuse" and _W_WORD.match(piece.text):
                groups.append(piece)  # "is he sick? why the mask": only the first is declined
            else:
                groups[-1] = _Piece(text, parse(text, context))
    return groups


_W_WORD = re.compile(r"\W*(?:and |but |so )?(?:why|what|where|how|when)\b", re.I)


def _in_one_breath(raw: str, whole: Intent, context: Context, parse: Parse) -> list[_Piece]:
    """ "Age and ethnicity": what can be told, and what cannot, of a single clause."""
    texts = clauses.joints(raw)
    if whole.kind != "refuse" or len(texts) > _MOST:
        return [_Piece(raw, whole)]
    pieces = [_Piece(text, parse(text, context)) for text in texts]
    refused = [p for p in pieces if p.intent.kind == "refuse"]
    told = [p for p in pieces if p.intent.attributes and p.intent.kind in _ANSWERED]
    told = [p for p in told if clauses.asks(p.text) or clauses.names(p.text)]
    if not refused or not told or len(refused) + len(told) < len(pieces):
        return [_Piece(raw, whole)]
    return [*told, *refused]


def _merged(groups: Sequence[_Piece], whole: Intent) -> Intent:
    """Return one intent for all parts: what each needs together, and what none of the tools can tell."""
    told = [p for p in groups if p.intent.kind in _ANSWERED | {"why", "check"}]
    declined = _unique(p.intent.refusal for p in groups if p.intent.refusal)
    beyond = _unique(b for p in groups if p.intent.kind == "outside" for b in p.intent.beyond)
    if not told:
        update: dict[str, object] = {"beyond": beyond}
        if declined:
            update |= {"kind": "refuse", "refusal": declined[0], "declined": declined[1:]}
        return whole.model_copy(update=update)
    parts: list[Intent] = []
    spoken_of: tuple[str, ...] = ()
    for piece in groups:
        part = piece.intent
        if piece not in told:
            spoken_of = part.faces or spoken_of
            continue
        if not parts and not part.faces:
            part = part.model_copy(update={"faces": spoken_of})
        if parts and _is_again(part):
            part = parts[-1].model_copy(update={"faces": _of(part, parts[-1])})
        if parts and (not part.faces or _means_them(piece, parts[-1])):
            part = part.model_copy(update={"faces": parts[-1].faces})
        if part not in parts:
            parts.append(part)
    lost = [p.text for p in groups if p.intent.kind in ("outside", "help") and not p.intent.beyond]
    return parts[0].model_copy(
        update={
            "attributes": _unique(a for p in parts for a in p.attributes),
            "emotions": _unique(e for p in parts for e in p.emotions),
            "regions": _unique(r for p in parts for r in p.regions),
            "named": _unique(n for p in parts for n in p.named),
            "boxes": _unique(b for p in parts for b in p.boxes),
            "points": _unique(d for p in parts for d in p.points),
            "faces": _unique(f for p in parts for f in p.faces),
            "beyond": beyond,
            "declined": declined,
            "unread": tuple(text[:_LONGEST_UNREAD] for text in lost),
            "expert": any(p.expert for p in parts),
            "numbers": any(p.numbers for p in parts),
            "parts": tuple(parts) if len(parts) > 1 else (),
        }
    )


def _is_again(heard: Intent) -> bool:
    """Tell whether it names faces and nothing else: "and is the other one too?"."""
    return bool(heard.faces) and heard.kind == "summary" and not heard.attributes


def _means_them(piece: _Piece, before: Intent) -> bool:
    """ "Which of them is older" after two faces were compared speaks of these two."""
    two = len(before.faces) > 1 and "all" not in before.faces
    return two and piece.intent.faces == ("all",) and bool(_THEM.search(piece.text))


def _of(part: Intent, before: Intent) -> tuple[str, ...]:
    """Return the faces of a part; "the others" are those that the part before did not mean."""
    if part.faces != ("others",):
        return part.faces
    return ("all", *(f"not:{face}" for face in before.faces)) if before.faces else part.faces


def _unique(values: Iterable[Value]) -> tuple[Value, ...]:
    return tuple(dict.fromkeys(values))
