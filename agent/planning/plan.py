"""Which faces and regions a question needs, and what to do next in a turn. Pure.

One call a face describes all its regions. When the evidence is weak or contradictory one more
region is looked at, once, and the answer says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from focalface.agent.basics.answer import Plan, Step
from focalface.agent.basics.evidence import Evidence
from focalface.agent.basics.phrasing import close_call, listed_places, noun, place_of, seen_at
from focalface.agent.planning import face_selection as choosing
from focalface.agent.planning.turn_context import Picture, Turn, TurnContext
from focalface.agent.understanding import Intent
from focalface.tools.face import facs
from focalface.tools.face.regions import UNIONS
from focalface.tools.proposing import region_selection
from focalface.tools.question import exclusions
from focalface.tools.types import Face

PAIRS = ("left_brow", "right_brow", "left_eye", "right_eye", "mouth")
"""What is looked at besides the halves of a face that is compared side by side."""
WHOLE = ("face",)
"""Where a unit is looked for that is not assessed where it was sought."""
VAGUE_AGE = 25.0
"""Width in years of an 80 % interval from which one more region is asked for its age."""
WEAK = 0.5
"""Probability below which the first emotion is not settled."""


@dataclass(frozen=True, slots=True)
class RegionRequest:
    """Regions of one face to describe, by name; ``region_ids`` and ``custom`` shapes besides.

    ``note``: why a second look is taken, ``part``: for which of several questions in one.
    """

    image_id: str
    face_id: str
    regions: tuple[str, ...] = ()
    region_ids: tuple[str, ...] = ()
    custom: bool = False
    note: str = ""
    part: int = 0


def plan(turn: Turn) -> Plan:
    """Return the plan of a turn: what is looked for, where, and why."""
    intent, context = turn.intent, turn.context
    chosen = choosing.chosen_faces(intent, context, None)
    names = [f.id for f in chosen] or list(intent.faces)
    steps = [
        Step(target=r, reason=region_selection.reason(r, intent.attributes)) for r in intent.regions
    ]
    if choosing.by_looks(intent):
        what = choosing.by_looks(intent).replace("with:", "one with ")
        why = f"to find the {what}, all faces are looked at"
        steps.insert(0, Step(target="face", reason=why))
    return Plan(
        intent=intent.kind,
        attributes=intent.attributes,
        action_units=region_selection.units_for(intent.attributes),
        regions=intent.regions,
        faces=tuple(names),
        comparison=intent.comparison,
        steps=tuple(steps),
    )


def requests_needed(intent: Intent, context: TurnContext, known: Evidence) -> list[RegionRequest]:
    """Return what has to be described before the question can be answered; nothing is asked for
    twice."""
    picture = context.picture
    if intent.parts:
        return _merged([requests_needed(part, context, known) for part in intent.parts])
    if picture is None or not picture.faces or intent.kind == "faces":
        return []
    faces = choosing.chosen_faces(intent, context, known)
    if not faces and choosing.by_looks(intent):
        unread = [
            f
            for f in picture.faces[: choosing.searched(intent)]
            if "face" not in known.of(f.id).names()
        ]
        return [RegionRequest(picture.image_id, f.id, ("face",)) for f in unread]
    needed = [_request(intent, context, picture, f, known) for f in faces]
    return [
        request for request in needed if request.regions or request.region_ids or request.custom
    ]


def _merged(each: Sequence[Sequence[RegionRequest]]) -> list[RegionRequest]:
    """Merge the requests of several questions, one for each face."""
    merged: dict[str, RegionRequest] = {}
    for request in (one for part in each for one in part):
        before = merged.get(request.face_id, RegionRequest(request.image_id, request.face_id))
        merged[request.face_id] = replace(
            before,
            regions=tuple(dict.fromkeys((*before.regions, *request.regions))),
            region_ids=tuple(dict.fromkeys((*before.region_ids, *request.region_ids))),
            custom=before.custom or request.custom,
        )
    return list(merged.values())


def _request(
    intent: Intent, context: TurnContext, picture: Picture, face: Face, known: Evidence
) -> RegionRequest:
    have = set(known.of(face.id).names())
    marked = [r for r in context.selection if r.name == "custom" and r.face_id == face.id]
    ids = [r.id for r in marked if "custom" in intent.named and r.id not in known.ids()]
    wanted = [r for r in intent.regions if r != "custom"]
    many = len(picture.faces) > choosing.MOST_FACES
    if many and choosing.of_many(intent) and not intent.named:
        wanted = wanted[:1]  # of each of many, what tells most
    names = tuple(r for r in wanted if r not in have)
    shapes = bool(intent.boxes or intent.points) and "custom" not in have
    return RegionRequest(picture.image_id, face.id, names, tuple(ids), shapes)


def before_needed(intent: Intent, context: TurnContext, known: Evidence) -> list[RegionRequest]:
    """Return the same regions on the largest face of the picture before, or on all of them, for a
    comparison with it."""
    before = context.before
    if intent.parts:
        return _merged([before_needed(part, context, known) for part in intent.parts])
    if before is None or not (intent.comparison == "pictures" or intent.in_both):
        return []
    faces = before.faces[: choosing.CROWD if "all" in intent.faces else 1]
    each = [_request(intent, context, before, face, known) for face in faces]
    return [request for request in each if request.regions]


def second_look(
    intent: Intent, ev: Evidence, known: Evidence | None = None
) -> tuple[tuple[str, ...], str] | None:
    """Return one more region (or pair) where the evidence leaves doubt, and why; None when it does
    not.

    ``known``: everything that was found on the face, which need not be looked at again.
    """
    known = known or ev
    hidden = exclusions.hidden(intent.excluded)
    asked = [a for a in intent.attributes if a in facs.UNITS]
    if ev.found and (unread := ev.unassessed(asked)) and not {"face"} & {*ev.names(), *hidden}:
        places = listed_places(ev.found)
        why = (
            f"{noun(unread[0])} is not assessed at {places}, so I looked at the whole face as well"
        )
        return WHOLE, why
    for code in region_selection.units_for(intent.attributes) if _about_units(intent) else ():
        reading = ev.reading(code)
        sure = intent.kind != "check"
        if reading is None or (sure and not close_call(reading.level)):
            continue
        if more := _unseen(facs.UNITS[code].regions, known, hidden):
            doubt = "is a close call" if close_call(reading.level) else "was asked about again"
            where, there = seen_at(reading), place_of(more[0])
            return more, f"{noun(code)} {doubt} at {where}, so I looked at {there} as well"
    halves = {"left_half", "right_half"} <= set(intent.regions)
    pairs = tuple(n for n in PAIRS if n not in known.names())
    if "asymmetry" in intent.attributes and halves and pairs:
        return pairs, "half a face is read coarsely, so I compared brows, eyes and mouth as well"
    alone = bool({*intent.named} - {"face"})  # "only going by the mouth?"
    if "emotion" in intent.attributes and not alone and (feel := ev.emotion()):
        share = feel[1].probabilities[feel[1].label]
        if (share < WEAK or intent.kind == "check") and (
            more := _unseen(("eye", "glabella"), known, hidden)
        ):
            why = "the expression is not clear" if share < WEAK else "you asked again"
            return more, f"{why}, so I looked at {place_of(more[0])} as well"
    if "age" in intent.attributes and (age := ev.age()):
        wide = age[1].high - age[1].low >= VAGUE_AGE
        if (wide or intent.kind == "check") and (more := _unseen(("eye", "mouth"), known, hidden)):
            why = "the age is uncertain" if wide else "you asked again"
            return more, f"{why}, so I looked at {place_of(more[0])} as well"
    return None


def _about_units(intent: Intent) -> bool:
    """Only what was asked for is worth a second look, not every unit of a wide topic."""
    narrow = {"genuineness", "eye_openness", "mouth_openness"}
    return any(a in facs.UNITS or a in narrow for a in intent.attributes)


def _unseen(parts: Sequence[str], ev: Evidence, hidden: set[str]) -> tuple[str, ...]:
    """Return the first of the parts that was not described yet, other than within a third of a
    face."""
    near = Evidence(ev.scene, tuple(d for d in ev if d.region.name not in UNIONS))
    for part in parts:
        names = region_selection.both_or(part, "")
        if not hidden & {*names} and not any(near.covers(name) for name in names):
            return names
    return ()
