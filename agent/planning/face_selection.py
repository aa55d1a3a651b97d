"""Which faces of a picture a question means, and what to say when they are not there. Pure."""

from collections.abc import Callable, Sequence

from focalface.agent.basics.evidence import Evidence
from focalface.agent.basics.phrasing import joined
from focalface.agent.basics.scene import Scene, middle_of
from focalface.agent.planning import by_look, by_place
from focalface.agent.planning.turn_context import TurnContext
from focalface.agent.understanding import Intent, places
from focalface.tools.types import Box, Face

MOST_FACES = 8
"""Faces that one question looks at; more would drown the reader."""
CROWD = 500
"""Faces that a question about everybody looks at; it tells how many, not each."""
WORN_BY = 40
"""Faces, the largest first, among which somebody is looked for by glasses, beard or hat."""
AGES = ("oldest", "youngest")
NEARER = 1.15
"""How much higher the largest face may be than one that is as near to the camera (our choice)."""
_NEIGHBOURS = frozenset({"beside", "behind", "before"})
_FROM_THE_LAST = _NEIGHBOURS | {"others", "next", "previous", "row below", "row above"}
"""Selectors that start from whom the turn before was about."""
_FEW = 2
"""Faces spoken of before up to which one may ask for their neighbours."""
SPOT = 12.0
"""Radius in pixels of a point that was given without one."""


def by_looks(intent: Intent) -> str:
    """``oldest``, ``youngest`` or ``with:...`` when a face is chosen by that, else ""."""
    named = (f.removeprefix("not:").rpartition("@")[2] for f in intent.faces)
    parts = [part for f in named for part in f.split("&")]
    return next((part for part in parts if part in AGES or part.startswith("with:")), "")


def searched(intent: Intent) -> int:
    """Return among how many faces, the largest first, the one is looked for that is chosen so."""
    return WORN_BY if by_looks(intent).startswith("with:") else MOST_FACES


def chosen_faces(intent: Intent, context: TurnContext, ages: Evidence | None) -> list[Face]:
    """Return the faces meant, in the order of the question; empty while ages are needed but
    unknown."""
    picture = context.picture
    if picture is None or not picture.faces:
        return []
    if intent.parts:
        each = [chosen_faces(part, context, ages) for part in intent.parts]
        return list({face.id: face for faces in each for face in faces}.values())
    found: list[Face] = []
    spared = [s.removeprefix("not:") for s in intent.faces if s.startswith("not:")]
    left_out = [face for s in spared for face in _selected(s, context, ages)]
    for selector in (s for s in intent.faces if not s.startswith("not:")):
        for face in _selected(selector, context, ages):
            if face not in found and face not in left_out:
                found.append(face)
    if found or intent.faces:
        return found[: CROWD if of_many(intent) else MOST_FACES]
    return [_default(intent, context)]


def of_many(intent: Intent) -> bool:
    """Tell whether a question is about everybody, or about all who stand somewhere."""
    several = [f for f in intent.faces if f.startswith(("at:", "row ")) and places.told(f)]
    return bool(several) or "all" in intent.faces


def _default(intent: Intent, context: TurnContext) -> Face:
    assert context.picture is not None
    faces = context.picture.faces
    here = [*context.selection, *context.numbered]
    owner = next((r.face_id for r in here if r.name in intent.named), None)
    if owner and (mine := next((f for f in faces if f.id == owner), None)):
        return mine
    if touched := [f for f in faces if any(_overlap(f.box, s) for s in shapes(intent))]:
        return max(touched, key=lambda f: max(_overlap(f.box, s) for s in shapes(intent)))
    return faces[(context.face or 1) - 1] if (context.face or 1) <= len(faces) else faces[0]


def shapes(intent: Intent) -> list[Box]:
    """Return the boxes of a question, and those around its points."""
    discs = [(x, y, r or SPOT) for x, y, r in intent.points]
    around = [(x - r, y - r, x + r, y + r) for x, y, r in discs]
    corners = [(min(a, c), min(b, d), max(a, c), max(b, d)) for a, b, c, d in intent.boxes]
    return [Box(x1=a, y1=b, x2=c, y2=d) for a, b, c, d in (*corners, *around)]


def off_face(intent: Intent, context: TurnContext) -> bool:
    """Tell whether a question's boxes and points all lie where no face is."""
    faces = context.picture.faces if context.picture else ()
    areas = shapes(intent)
    return bool(areas) and not any(_overlap(f.box, s) for f in faces for s in areas)


def _overlap(one: Box, other: Box) -> float:
    """Return the shared area in square pixels."""
    width = min(one.x2, other.x2) - max(one.x1, other.x1)
    height = min(one.y2, other.y2) - max(one.y1, other.y1)
    return max(width, 0.0) * max(height, 0.0)


def left_out(intent: Intent, context: TurnContext) -> str:
    """Return what to tell when a question meant more faces than an answer looks at, else ""."""
    count = len(context.picture.faces) if context.picture else 0
    most = CROWD if of_many(intent) else MOST_FACES
    if count <= most or not set(intent.faces) & {"all", "others", "oldest", "youngest"}:
        return ""
    return (
        f"There are {count} faces and I looked only at the {most} largest; for another one "
        f"ask by its number, such as 'face {most + 1}'."
    )


def no_such_face(intent: Intent, context: TurnContext) -> str:
    """Return what to tell when the question names a face that is not there."""
    assert context.picture is not None
    meant = {f.partition("@")[0].partition(":")[0] for f in intent.faces}
    if any("@" in f for f in intent.faces) and not by_looks(intent):
        return "I see nobody there; say who by place or number, such as 'face 2'."
    if meant <= _NEIGHBOURS and (len(_used(context)) > _FEW or not _spoken_of(context)):
        return "Nobody was singled out yet; say whose neighbour you mean, such as 'next to face 2'."
    if meant <= _NEIGHBOURS and len(_used(context)) == 1:
        return _nobody_there(context, intent.faces[0])
    if meant <= _FROM_THE_LAST:
        return "No other face is left there; say which one you mean, such as 'face 2'."
    if (looks := by_looks(intent)).startswith("with:"):
        what = looks.removeprefix("with:")
        wears = f"a {what}" if what in ("hat", "beard") else what
        if what.startswith("no "):
            return f"I see nobody with {what}; say who by place or number, such as 'face 2'."
        crowded = len(context.picture.faces) > WORN_BY
        among = f" among the {WORN_BY} largest faces" if crowded else ""
        return f"I see nobody with {wears}{among}; say who by place or number, such as 'face 2'."
    if where := next((w for f in intent.faces if (w := places.told(f.removesuffix("1")))), ""):
        return f"Several people are {where}; say which one, by its side or number: 'face 7'."
    count = len(context.picture.faces)
    many = "only 1 face" if count == 1 else f"{count} faces"
    return f"There is no such face: I found {many} in the picture."


def _spoken_of(context: TurnContext) -> bool:
    """Tell whether somebody was spoken of, or chosen by hand."""
    last = context.last
    return bool(context.face or (last and (last.subject or last.faces)))


def _nobody_there(context: TurnContext, selector: str) -> str:
    """Return what to tell when nobody stands where a question says, seen from one face."""
    assert context.picture is not None
    where = {"behind": "behind", "before": "in front of", "beside:left": "to the left of",
             "beside:right": "to the right of"}.get(selector, "next to")  # fmt: skip
    whom = context.picture.scene.called(_used_faces(context)[0].id)
    return f"I see nobody {where} {whom}; say who by place or number, such as 'face 2'."


def no_face_there(context: TurnContext) -> str:
    """Return what to tell when a question is about an area off every face."""
    assert context.picture is not None
    faces = context.picture.faces
    if not faces:
        return "No face was found in the picture, so there is nothing to read."
    places = ["{:.0f},{:.0f},{:.0f},{:.0f}".format(*f.box.xyxy) for f in faces[:3]]
    lie = "the face lies" if len(faces) == 1 else "the largest faces lie"
    return f"That area shows no face, so there is nothing to read in it; {lie} at {joined(places)}."


def _selected(selector: str, context: TurnContext, ages: Evidence | None) -> list[Face]:
    assert context.picture is not None
    if "&" in selector:
        each = [_selected(one, context, ages) for one in selector.split("&")]
        both = [face for face in each[0] if all(face in other for other in each[1:])]
        return both or (each[0] if len(each[0]) == 1 else [])  # who is seen outweighs where
    faces, scene = context.picture.faces, context.picture.scene
    if "@" in selector:
        step, anchor = selector.split("@", 1)
        return _from(step, _selected(anchor, context, ages), scene)
    kind, _, rest = selector.partition(":")
    if kind in _BY_KIND:
        return _BY_KIND[kind](selector, scene)
    if kind in ("next", "previous"):
        return _stepped(kind, context)
    if kind in _FROM_THE_LAST:
        return _around(kind, rest, context)
    if kind == "with":
        return by_look.shown(rest, faces[:WORN_BY], ages)
    if kind in AGES:
        return _by_age(selector, faces, ages)
    if selector == "all":
        return list(faces)
    if selector.isdigit():
        return list(faces[int(selector) - 1 : int(selector)]) if int(selector) else []
    if selector in {f.id for f in faces}:
        return [f for f in faces if f.id == selector]
    return _one_place(selector, scene)


_BY_KIND: dict[str, Callable[[str, Scene], list[Face]]] = {
    "at": by_place.at,
    "row": by_place.in_row,
    "left": lambda selector, scene: by_place.at(f"at::{selector}", scene),
    "right": lambda selector, scene: by_place.at(f"at::{selector}", scene),
}


def _around(kind: str, side: str, context: TurnContext) -> list[Face]:
    """Return those around the faces that the turn before was about."""
    assert context.picture is not None
    used, scene = _used_faces(context), context.picture.scene
    if kind == "others":
        pair = context.last.faces if context.last and len(scene.faces) > _FEW else ()
        held = pair if len(pair) == _FEW else ()  # two who were compared have both had their turn
        return [face for face in scene.faces if face not in used and face.id not in held]
    if kind in _NEIGHBOURS and len(used) > _FEW:
        return []  # nobody was singled out
    if kind in ("row below", "row above"):
        return by_place.row_after(1 if kind == "row below" else -1, used, scene)
    return _from(f"{kind}:{side}", used, scene)


def _from(step: str, used: Sequence[Face], scene: Scene) -> list[Face]:
    """Return who is beside, behind or in front of some faces."""
    kind, _, side = step.partition(":")
    if kind == "beside":
        return by_place.beside(side, used, scene)
    near = scene.behind if kind == "behind" else scene.before
    return [found[0] for face in used if (found := near(face))]


def _stepped(kind: str, context: TurnContext) -> list[Face]:
    """Return the face after, or before, the one that the turn before was about."""
    assert context.picture is not None
    scene = context.picture.scene
    known = {face.id: face for face in scene.faces}
    pair = [known[i] for i in (context.last.pair if context.last else ()) if i in known]
    used = _used_faces(context)
    last = used[-1] if len(used) == 1 else pair[-1] if pair else None
    before = pair[0] if len(pair) > 1 and pair[-1] == last else None
    return by_place.stepped(1 if kind == "next" else -1, last, before, scene)


def _one_place(selector: str, scene: Scene) -> list[Face]:
    order = scene.by_position()
    named = {
        "leftmost": order[0],
        "rightmost": order[-1],
        "middle": middle_of(scene.faces, scene.width),
        "largest": scene.faces[0],
        "smallest": scene.faces[-1],
        "photographer": _nearest(scene),
        "last": scene.faces[-1],
    }
    return [named[selector]] if selector in named else []


def _nearest(scene: Scene) -> Face:
    """Return who seems nearest to the camera: of the largest faces the lowest in the picture."""
    large = [f for f in scene.faces if NEARER * f.box.height >= scene.faces[0].box.height]
    return max(large, key=lambda face: face.box.y2)


def _used(context: TurnContext) -> set[str]:
    """Return ids and numbers of whom the turn before singled out, or was about, else of the chosen
    one."""
    last = context.last
    return set((last.subject or last.faces) if last else ()) or {str(context.face or 1)}


def _used_faces(context: TurnContext) -> list[Face]:
    assert context.picture is not None
    used = _used(context)
    return [f for n, f in enumerate(context.picture.faces, 1) if {f.id, str(n)} & used]


def _by_age(selector: str, faces: Sequence[Face], ages: Evidence | None) -> list[Face]:
    known = [(a[1].years, f) for f in faces if ages and (a := ages.of(f.id).age())]
    if len(known) < min(len(faces), MOST_FACES):
        return []
    pick = max if selector == "oldest" else min
    return [pick(known, key=lambda pair: pair[0])[1]]
