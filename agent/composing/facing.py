"""Who of several faces looks where: at each other, away, up; by gaze and turn of the head. Pure."""

from collections.abc import Mapping
from itertools import pairwise

from focalface.agent.basics.evidence import Evidence
from focalface.agent.basics.phrasing import joined
from focalface.agent.basics.sentence import Sentence
from focalface.agent.composing.attributes.appearance import Appearance
from focalface.agent.composing.grouped import Named, gazes
from focalface.agent.composing.showing import present
from focalface.agent.understanding import Intent
from focalface.tools.types import Gaze

TURNED = 15.0
"""Degrees from which a head is turned to a side (our choice)."""
_WAYS = {"away": "away from the camera", "up": "up", "down": "down"}


def told(looks: Mapping[str, Appearance], each: Named, intent: Intent) -> list[Sentence]:
    """Return who looks where a question asks; ``looks``: face -> where its eyes look."""
    if intent.direction == "each other":
        return _at_each_other(looks, each)
    seen = {name: gaze for name, ev in each if (gaze := _gaze(ev))}
    away = intent.direction == "away"
    shows = {n: gaze != "camera" if away else gaze == intent.direction for n, gaze in seen.items()}
    ids = [i for found in looks.values() for i in found.cites]
    those = {name: found for name, found in looks.items() if shows.get(name)}
    if away and those and not (intent.polar or intent.counted):
        return gazes(those, [name for name, _ in each if name not in looks])
    return present("look", _WAYS[intent.direction], shows, ids, each, intent)


def _gaze(ev: Evidence) -> Gaze | None:
    return next((d.attributes.gaze for d in ev if d.attributes.gaze), None)


def _way(ev: Evidence) -> int | None:
    """Return where a face looks in the picture: -1 left, 1 right, 0 at neither side, None where
    nothing tells."""
    gaze = _gaze(ev)
    of = {d.region.face_id for d in ev}
    yaw = next((face.pose.yaw for face in ev.scene.faces if face.id in of), 0.0)
    if gaze in ("left", "right"):  # the subject's own side
        return 1 if gaze == "left" else -1
    if gaze is None:
        return None
    return 0 if gaze == "camera" or abs(yaw) < TURNED else 1 if yaw > 0 else -1


def _at_each_other(looks: Mapping[str, Appearance], each: Named) -> list[Sentence]:
    """Return whether two who stand side by side look towards each other."""
    if not looks:
        return []
    ids = tuple(i for found in looks.values() for i in found.cites)
    place = {face.id: face.box.center[0] for _, ev in each for face in ev.scene.faces}
    row = sorted(each, key=lambda one: min(place[d.region.face_id] for d in one[1]))
    for (one, left), (other, right) in pairwise(row):
        if _way(left) == 1 and _way(right) == -1:
            both = "each looks towards the other" if len(each) == 2 else f"{one} and {other} do"
            return [Sentence(f"{both}.", ids, verdict="seems so")]
    unread = [name for name, _ in each if name not in looks]
    if len(each) == 2 and len(unread) == 1:
        (name, found), *_ = looks.items()
        if found.there:
            text = f"{name} looks into the camera; of {unread[0]} I cannot tell."
            return [Sentence(text, ids, verdict="no")]
        text = f"I cannot tell: of {unread[0]} the eyes cannot be read, and on {name} {found.text}."
        return [Sentence(text, ids)]
    if len(each) == 2 and not all(found.there for found in looks.values()):
        told = joined(f.text.replace("the eyes", f"the eyes of {n}") for n, f in looks.items())
        return [Sentence(f"{told}.", ids, verdict="no")]
    if all(found.there for found in looks.values()):
        who = "both faces" if len(each) == 2 else f"all {len(looks)}"
        who += " that could be judged" if unread else ""
        return [Sentence(f"{who} look into the camera.", ids, verdict="no")]
    none = "nobody clearly looks towards the one beside them"
    return [Sentence(f"{none}.", ids, verdict="no"), *gazes(looks, unread)[:2]]
