"""Which faces and regions a question needs, and what to do next in a turn. Pure.

One call a face describes all its regions. When the evidence is weak or contradictory one more
region is looked at, once, and the answer says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from focalface.agent.answer import Plan, Step
from focalface.agent.briefing import Briefing
from focalface.agent.evidence import Evidence
from focalface.agent.intents import Intent, exclusions, looks
from focalface.agent.words import close_call, noun, place_of, seen_at
from focalface.tools import facs
from focalface.tools.region_names import UNIONS
from focalface.tools.types import Box, Face

MOST_FACES = 8
"""Faces that one question looks at; more would drown the reader."""
PAIRS = ("left_brow", "right_brow", "left_eye", "right_eye", "mouth")
"""What is looked at besides the halves of a face that is compared side by side."""
SPOT = 12.0
"""Radius in pixels of a point that was given without one."""
VAGUE_AGE = 25.0
"""Width in years of an 80 % interval from which one more region is asked for its age."""
WEAK = 0.5
"""Probability below which the first emotion is not settled."""


@dataclass(frozen=True, slots=True)
class Look:
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


def plan(intent: Intent, briefing: Briefing) -> Plan:
    """The plan of a turn: what is looked for, where, and why."""
    chosen = chosen_faces(intent, briefing, None)
    names = [f.id for f in chosen] or list(intent.faces)
    steps = [Step(target=r, reason=looks.reason(r, intent.attributes)) for r in intent.regions]
    if by_looks(intent):
        why = f"to find the {by_looks(intent)} face, the ages of all faces are compared"
        steps.insert(0, Step(target="face", reason=why))
    return Plan(
        intent=intent.kind,
        attributes=intent.attributes,
        action_units=looks.units_for(intent.attributes),
        regions=intent.regions,
        faces=tuple(names),
        comparison=intent.comparison,
        steps=tuple(steps),
    )


def by_looks(intent: Intent) -> str:
    """``oldest`` or ``youngest`` when a face is chosen by that, else ""."""
    return next((f for f in intent.faces if f in ("oldest", "youngest")), "")


def chosen_faces(intent: Intent, briefing: Briefing, ages: Evidence | None) -> list[Face]:
    """The faces meant, in the order of the question; empty while ages are needed but unknown."""
    picture = briefing.picture
    if picture is None or not picture.faces:
        return []
    if intent.parts:
        each = [chosen_faces(part, briefing, ages) for part in intent.parts]
        return list({face.id: face for faces in each for face in faces}.values())[:MOST_FACES]
    found: list[Face] = []
    spared = [s.removeprefix("not:") for s in intent.faces if s.startswith("not:")]
    left_out = [face for s in spared for face in _selected(s, briefing, ages)]
    for selector in (s for s in intent.faces if not s.startswith("not:")):
        for face in _selected(selector, briefing, ages):
            if face not in found and face not in left_out:
                found.append(face)
    if found or intent.faces:
        return found[:MOST_FACES]
    return [_default(intent, briefing)]


def _default(intent: Intent, briefing: Briefing) -> Face:
    assert briefing.picture is not None
    faces = briefing.picture.faces
    here = [*briefing.selection, *briefing.numbered]
    owner = next((r.face_id for r in here if r.name in intent.named), None)
    if owner and (mine := next((f for f in faces if f.id == owner), None)):
        return mine
    if touched := [f for f in faces if any(_overlap(f.box, s) for s in shapes(intent))]:
        return max(touched, key=lambda f: max(_overlap(f.box, s) for s in shapes(intent)))
    return faces[(briefing.face or 1) - 1] if (briefing.face or 1) <= len(faces) else faces[0]


def shapes(intent: Intent) -> list[Box]:
    """The boxes of a question, and those around its points."""
    discs = [(x, y, r or SPOT) for x, y, r in intent.points]
    around = [(x - r, y - r, x + r, y + r) for x, y, r in discs]
    corners = [(min(a, c), min(b, d), max(a, c), max(b, d)) for a, b, c, d in intent.boxes]
    return [Box(x1=a, y1=b, x2=c, y2=d) for a, b, c, d in (*corners, *around)]


def off_face(intent: Intent, briefing: Briefing) -> bool:
    """Whether a question's boxes and points all lie where no face is."""
    faces = briefing.picture.faces if briefing.picture else ()
    areas = shapes(intent)
    return bool(areas) and not any(_overlap(f.box, s) for f in faces for s in areas)


def _overlap(one: Box, other: Box) -> float:
    """The shared area in square pixels."""
    width = min(one.x2, other.x2) - max(one.x1, other.x1)
    height = min(one.y2, other.y2) - max(one.y1, other.y1)
    return max(width, 0.0) * max(height, 0.0)


def left_out(intent: Intent, briefing: Briefing) -> str:
    """What to tell when a question meant more faces than an answer looks at, else ""."""
    count = len(briefing.picture.faces) if briefing.picture else 0
    if count <= MOST_FACES or not set(intent.faces) & {"all", "others", "oldest", "youngest"}:
        return ""
    return (
        f"There are {count} faces and I looked only at the {MOST_FACES} largest; for another one "
        f"ask by its number, such as 'face {MOST_FACES + 1}'."
    )


def _selected(selector: str, briefing: Briefing, ages: Evidence | None) -> list[Face]:
    assert briefing.picture is not None
    faces, order = briefing.picture.faces, briefing.picture.scene.by_position()
    if selector == "all":
        return list(faces)
    if selector == "others":
        used = _used(briefing)
        return [f for n, f in enumerate(faces, 1) if not {f.id, str(n)} & used]
    if selector == "beside":
        used = _used(briefing)
        at = [n for n, f in enumerate(order) if {f.id, str(faces.index(f) + 1)} & used]
        near = [n for n in range(len(order)) if any(abs(n - a) == 1 for a in at) and n not in at]
        return [order[n] for n in near]
    if selector in {f.id for f in faces}:
        return [f for f in faces if f.id == selector]
    if selector.isdigit():
        return [faces[int(selector) - 1]] if 1 <= int(selector) <= len(faces) else []
    if ":" in selector:
        side, nth = selector.split(":")
        ranked = order if side == "left" else order[::-1]
        return [ranked[int(nth) - 1]] if int(nth) <= len(ranked) else []
    if selector in ("oldest", "youngest"):
        return _by_age(selector, faces, ages)
    places = {
        "leftmost": order[0],
        "rightmost": order[-1],
        "middle": order[len(order) // 2],
        "largest": faces[0],
        "smallest": faces[-1],
        "last": faces[-1],
    }
    return [places[selector]]


def _used(briefing: Briefing) -> set[str]:
    """Ids and numbers of the faces that the turn before was about, or of the chosen one."""
    return set(briefing.last.faces if briefing.last else ()) or {str(briefing.face or 1)}


def _by_age(selector: str, faces: Sequence[Face], ages: Evidence | None) -> list[Face]:
    known = [(a[1].years, f) for f in faces if ages and (a := ages.of(f.id).age())]
    if len(known) < min(len(faces), MOST_FACES):
        return []
    pick = max if selector == "oldest" else min
    return [pick(known, key=lambda pair: pair[0])[1]]


def looks_needed(intent: Intent, briefing: Briefing, known: Evidence) -> list[Look]:
    """What has to be described before the question can be answered; nothing is asked for twice."""
    picture = briefing.picture
    if intent.parts:
        return _together([looks_needed(part, briefing, known) for part in intent.parts])
    if picture is None or not picture.faces or intent.kind == "faces":
        return []
    faces = chosen_faces(intent, briefing, known)
    if not faces and by_looks(intent):
        unread = [f for f in picture.faces[:MOST_FACES] if not known.of(f.id).age()]
        return [Look(picture.image_id, f.id, ("face",)) for f in unread]
    needed = [_look(intent, briefing, picture.image_id, f, known) for f in faces]
    return [look for look in needed if look.regions or look.region_ids or look.custom]


def _together(each: Sequence[Sequence[Look]]) -> list[Look]:
    """The looks of several questions, one for each face."""
    merged: dict[str, Look] = {}
    for look in (one for looks_of_part in each for one in looks_of_part):
        before = merged.get(look.face_id, Look(look.image_id, look.face_id))
        merged[look.face_id] = replace(
            before,
            regions=tuple(dict.fromkeys((*before.regions, *look.regions))),
            region_ids=tuple(dict.fromkeys((*before.region_ids, *look.region_ids))),
            custom=before.custom or look.custom,
        )
    return list(merged.values())


def _look(intent: Intent, briefing: Briefing, image_id: str, face: Face, known: Evidence) -> Look:
    have = set(known.of(face.id).names())
    marked = [r for r in briefing.selection if r.name == "custom" and r.face_id == face.id]
    ids = [r.id for r in marked if "custom" in intent.named and r.id not in known.ids()]
    names = tuple(r for r in intent.regions if r != "custom" and r not in have)
    shapes = bool(intent.boxes or intent.points) and "custom" not in have
    return Look(image_id, face.id, names, tuple(ids), shapes)


def before_needed(intent: Intent, briefing: Briefing, known: Evidence) -> list[Look]:
    """The same regions on the largest face of the picture before, for a comparison with it."""
    before = briefing.before
    if intent.parts:
        return _together([before_needed(part, briefing, known) for part in intent.parts])
    if intent.comparison != "pictures" or before is None or not before.faces:
        return []
    look = _look(intent, briefing, before.image_id, before.faces[0], known)
    return [look] if look.regions else []


def second_look(
    intent: Intent, ev: Evidence, known: Evidence | None = None
) -> tuple[tuple[str, ...], str] | None:
    """One more region (or pair) where the evidence leaves doubt, and why; None when it does not.

    ``known``: everything that was found on the face, which need not be looked at again.
    """
    known = known or ev
    hidden = exclusions.hidden(intent.excluded)
    for code in looks.units_for(intent.attributes) if _about_units(intent) else ():
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
    if "emotion" in intent.attributes and (feel := ev.emotion()):
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
    """The first of the parts that was not described yet, other than within a third of a face."""
    near = Evidence(ev.scene, tuple(d for d in ev if d.region.name not in UNIONS))
    for part in parts:
        names = looks.both_or(part, "")
        if not hidden & {*names} and not any(near.covers(name) for name in names):
            return names
    return ()
