"""Changes of whom a follow-up is about: another face, everybody, two of them, the other picture.

Each takes the state that the turn before left to the question that is meant. Pure.
"""

from focalface.agent.understanding.changes import changed
from focalface.agent.understanding.intent import Context, Intent, LastTurn
from focalface.tools.face import facs
from focalface.tools.proposing import region_selection

_RANKED = frozenset({"emotion", "age", "tension", "fatigue", "pain", "mouth_openness"})
"""Topics by which faces can be put in order."""


def several(context: Context) -> bool:
    """Tell whether the picture shows several faces."""
    return context.count is not None and context.count > 1


def two_pictures(context: Context) -> bool:
    """Tell whether two pictures of one face each are open."""
    return context.pictures > 1 and context.count == 1


def of_faces(last: LastTurn, *faces: str) -> Intent:
    """Return the last question, on other faces."""
    kind = last.kind if last.kind not in ("compare", "faces") else "recognise"
    kind = kind if last.attributes or kind != "recognise" else "describe"
    return changed(last, kind=kind, faces=faces, comparison=None, ranked=False, counted=False, claimed="",
                   among="", absent=False)  # fmt: skip


def of_everybody(last: LastTurn, **changes: object) -> Intent:
    """Return the last question, on all faces of the picture."""
    told = {"polar": False, "nth": 0, "claimed": "", "comparison": None, "ranked": False, "counted": False, "among": "",
            "absent": False, "kind": "recognise", **changes}  # fmt: skip
    return changed(last, faces=("all",), **told)


def ranked(last: LastTurn, *, least: bool) -> Intent | None:
    """Return who of all faces shows most, or least, of what was asked for."""
    if not any(a in facs.UNITS or a in _RANKED for a in last.attributes):
        return None
    where = last.regions or region_selection.plan_regions(last.attributes, ())
    return of_everybody(
        last, kind="compare", comparison="faces", ranked=True, least=least, regions=where
    )


def pair_compared(last: LastTurn, **changes: object) -> Intent | None:
    """Return the last two faces against each other."""
    if len(last.pair) < 2:
        return None
    where = last.regions or region_selection.plan_regions(last.attributes, ())
    return changed(last, kind="compare", comparison="faces", faces=last.pair, regions=where,
                   polar=False, counted=False, among="", absent=False, **changes)  # fmt: skip


def pictures_apart(context: Context) -> Intent | None:
    """Return what differs between two pictures: what each suggests, and by which movements."""
    if context.pictures < 2:
        return None
    return Intent(
        kind="compare", comparison="pictures", attributes=("emotion",), regions=region_selection.WHOLE,
        follow_up=context.last is not None,
    )  # fmt: skip


def pictures_ranked(last: LastTurn, *, least: bool) -> Intent:
    """Return in which of two pictures what was asked for is more, or less."""
    return changed(last, kind="compare", comparison="pictures", ranked=True, least=least, photo=0,
                   polar=False, weighing="")  # fmt: skip


def other_picture(last: LastTurn, context: Context) -> Intent:
    """Return the last question, on the other of two pictures."""
    kind = "recognise" if last.attributes else "summary"
    return changed(last, kind=kind, comparison=None, photo=context.place("other"), ranked=False,
                   weighing="", faces=())  # fmt: skip


def two_of(context: Context) -> Intent | None:
    """Return a comparison of the two pictures, or of the only two faces, if there are two."""
    last = context.last
    asked = last.intent if last else None
    known = asked is not None and bool(asked.attributes) and context.pictures < 2
    if last is not None and last.regions_before and not last.pair:
        return None  # two regions were spoken of
    if context.pictures > 1 and context.count == 1:
        return Intent(kind="compare", comparison="pictures", regions=region_selection.WHOLE)
    if context.count != 2 or known:
        return None
    return Intent(
        kind="compare", comparison="faces", faces=("all",), regions=region_selection.WHOLE
    )
