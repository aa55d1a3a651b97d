"""The history of a conversation: its turns, and what a question may refer back to."""

import re
from collections.abc import Sequence

from focalface.agent.basics.answer import Answer
from focalface.agent.basics.events import Exchange
from focalface.agent.basics.evidence import merge
from focalface.agent.planning.face_selection import chosen_faces
from focalface.agent.planning.turn_context import Turn, TurnContext, of_units, remembered
from focalface.agent.understanding import Intent, LastTurn
from focalface.agent.understanding.pictures import of_another_picture
from focalface.tools.types import Face, Region, RegionDescription

NOTHING_TO_REFER_TO = frozenset({"refuse", "help", "outside", "empty", "faces"})
"""Kinds of questions after which a follow-up still means the turn before them."""


_FEW = 2
"""Faces up to which an answer that names nobody speaks of those that it rests on."""


class History:
    """The turns so far, each with what could be referred to before it."""

    def __init__(self) -> None:
        self.turns: list[Exchange] = []
        """Questions and their answers, oldest first."""
        self.last: LastTurn | None = None
        """What a follow-up refers to."""
        self._before: list[LastTurn | None] = []

    def add(self, exchange: Exchange, last: LastTurn | None) -> None:
        """Add a turn, after which follow-ups refer to ``last``."""
        self.turns.append(exchange)
        self._before.append(self.last)
        self.last = last

    def take_back(self) -> Exchange | None:
        """Drop the last turn, with every time that it was repeated; return the one before it."""
        answer = self.turns[-1].answer
        while self.turns and self.turns[-1].answer is answer:
            self.turns.pop()
            self.last = self._before.pop()
        return self.turns[-1] if self.turns else None

    def leave_faces(self, *, several: bool = True) -> None:
        """Let follow-ups refer to no face: another picture, of ``several``, or a face chosen by
        hand."""
        if self.last is not None:
            self.last = of_another_picture(self.last, several=several)


def referred_to(
    turn: Turn, answer: Answer, found: Sequence[RegionDescription], last: LastTurn | None
) -> LastTurn | None:
    """Return what a follow-up refers to after this turn; ``last``: before it.

    ``found``: what is known of regions, this turn's included.
    """
    intent = of_units(turn.intent) if turn.intent.about == "units" else turn.intent
    if intent.kind in NOTHING_TO_REFER_TO:
        return last
    picture = turn.context.picture
    known = merge(picture.scene, [found]) if picture else None
    meant = tuple(face.id for face in chosen_faces(turn.intent, turn.context, known))
    if not meant and picture and picture.faces:
        nobody = remembered(intent.model_copy(update={"faces": ()}), (), (), None)
        return last or nobody  # nobody was found, so nobody was spoken of
    told_of = _told_of(turn, answer, found)
    order = _ordered(turn, told_of, meant)
    told_of = told_of[:1] if _looks_for_one(intent) else told_of
    if intent.comparison == "faces" and intent.ranked and intent.polar:  # of him, whoever it is
        one = intent.claimed or next((f for f in intent.faces if f not in ("all", "others")), "")
        alone = intent.model_copy(update={"faces": (one,) * bool(one), "comparison": None})
        held = chosen_faces(alone, turn.context, known) if one else []
        told_of = (held[0].id,) if len(held) == 1 else told_of
    return remembered(intent, meant, told_of, last, order)


def _ordered(turn: Turn, told_of: tuple[str, ...], meant: tuple[str, ...]) -> tuple[str, ...]:
    """Return faces in the order in which "the second one" counts them: that of a ranking, of a row
    from the left; () where the answer made none."""
    intent, picture = turn.intent, turn.context.picture
    if intent.nth:
        return (*told_of[1:], *told_of[:1])
    if intent.ranked and intent.comparison == "faces" and not intent.listed:
        return told_of[:1]
    if picture and any(f.startswith(("at:", "row")) for f in intent.faces) and len(meant) > 1:
        return tuple(face.id for face in picture.scene.by_position() if face.id in meant)
    return ()


def cited(
    answer: Answer, found: Sequence[RegionDescription], faces: Sequence[Face]
) -> tuple[Region, ...]:
    """Return the regions that an answer rests on, those of the first face first."""
    used = {region_id for claim in answer.claims for region_id in claim.evidence}
    order = {face.id: number for number, face in enumerate(faces)}
    regions = {d.region.id: d.region for d in found if d.region.id in used}
    return tuple(sorted(regions.values(), key=lambda r: order.get(r.face_id, len(order))))


def _told_of(turn: Turn, answer: Answer, found: Sequence[RegionDescription]) -> tuple[str, ...]:
    """Return ids of the faces that the first claim names, else of those that it rests on, where
    these are few."""
    if not answer.claims:
        return ()
    first = answer.claims[0]
    ids = _called(first.text, turn.context)
    if turn.intent.comparison == "pictures":
        return _of_the_first(first.text, turn) if turn.intent.ranked else ()
    face_of = {d.region.id: d.region.face_id for d in found}
    if ids:
        return tuple(dict.fromkeys(ids))
    rests_on = tuple(dict.fromkeys(face_of[i] for i in first.evidence if i in face_of))
    return rests_on if len(rests_on) <= _FEW else ()


def _of_the_first(text: str, turn: Turn) -> tuple[str, ...]:
    """Return the one face of the picture that a comparison of two names first; () for a draw."""
    pictures = [p for p in turn.context.two if len(p.faces) == 1 and p.scene.name in text]
    if len(pictures) != 2 or text.startswith(("Neither", "No, neither")):
        return ()
    first = min(pictures, key=lambda picture: text.find(picture.scene.name))
    return (first.faces[0].id,)


_CALLED = re.compile(
    r"\bface (?P<n>\d+)(?: \([^)]*\) in (?P<picture>\S+?)(?=[,;:.]? |[,;:.]?$))?", re.I
)
"""A face by its number; of two pictures, with the picture's name."""


def _called(text: str, context: TurnContext) -> list[str]:
    """Return ids of the faces that a sentence calls by number, in the order in which it does."""
    ids = []
    for match in _CALLED.finditer(text):
        picture = next(
            (p for p in context.two if p.scene.name == match["picture"]), context.picture
        )
        faces, n = picture.faces if picture else (), int(match["n"])
        ids += [faces[n - 1].id] if 1 <= n <= len(faces) else []
    return ids


def _looks_for_one(intent: Intent) -> bool:
    """Tell whether the face that was looked for is meant, not those it was held against."""
    looked_for = intent.comparison == "faces" and intent.attributes
    return bool((intent.ranked or looked_for) and not intent.listed)
