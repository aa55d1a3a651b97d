"""Which faces stand where a question says: in front, at the back, behind her. Pure."""

from collections.abc import Sequence

from focalface.agent.basics import scene as places
from focalface.agent.basics.scene import Scene
from focalface.tools.types import Face

FEW = 4
"""Faces at a place up to which all of them are told of where one was meant."""


def at(selector: str, scene: Scene) -> list[Face]:
    """Return the faces of ``at:DEPTH:SIDE:N`` (see ``understanding.places``), largest first."""
    _, depth, side, nth = selector.split(":")
    pool = _at_depth(depth, scene)
    if not pool or not nth:
        return places.on_side(pool, side, scene.width) if side else pool
    if side == "middle":
        return [places.middle_of(pool, scene.width)]
    if not side:
        return pool[:1] if depth == "front" else pool[: FEW * (len(pool) <= FEW)]
    if depth in ("top", "bottom") and nth == "1" and len(scene.rows()) == 1:
        corner = int(side == "right"), int(depth == "bottom")
        return [places.nearest_to_corner(scene.faces, corner)]
    row = sorted(pool, key=lambda face: face.box.center[0], reverse=side == "right")
    return row[int(nth) - 1 : int(nth)]


def _at_depth(depth: str, scene: Scene) -> list[Face]:
    if depth == "first" and len(rows := scene.rows()) > 1:
        return rows[0]
    if depth in ("first", "front"):
        return scene.in_front()
    if depth == "back":
        few = len(scene.faces) <= places.SMALL_GROUP
        return scene.at_the_back() or list(scene.faces[-1:] * few)
    if depth in ("top", "bottom"):
        rows = scene.rows()
        if len(rows) > 1:
            return rows[0 if depth == "top" else -1]
        return places.half(scene.faces, top=depth == "top")
    return list(scene.faces)


def in_row(selector: str, scene: Scene) -> list[Face]:
    """``row:2``: all of the second row from the top; ``row:-1:2``: the second of the last one."""
    rows = scene.lines()
    row, *nth = (int(n) for n in selector.removeprefix("row:").split(":"))
    if abs(row) > len(rows):
        return []
    chosen = rows[row - 1 if row > 0 else row]
    if not nth:
        return chosen
    return [chosen[nth[0] - 1 if nth[0] > 0 else nth[0]]] if abs(nth[0]) <= len(chosen) else []


def row_after(step: int, used: Sequence[Face], scene: Scene) -> list[Face]:
    """Return the row below (1) or above (-1) that of some faces."""
    rows = scene.lines()
    own = [n for n, row in enumerate(rows) if any(face in used for face in row)]
    to = own[0] + step if own else -1
    return rows[to] if 0 <= to < len(rows) else []


def beside(side: str, used: Sequence[Face], scene: Scene) -> list[Face]:
    """Return who stands next to some faces, in their row; ``side`` of the picture, "" for both."""
    steps = {"left": (-1,), "right": (1,)}.get(side, (-1, 1))
    ids = {face.id for face in used}
    found: list[Face] = []
    if len(scene.faces) > places.CROWD:
        both = [scene.neighbour(face, step) for face in used for step in steps]
        return [face for face in both if face is not None]
    rows = scene.rows() if len(scene.faces) <= places.SMALL_GROUP else scene.lines()
    for row in rows:
        own = [n for n, face in enumerate(row) if face.id in ids]
        near = [n + step for n in own for step in steps if n + step not in own]
        found += [row[n] for n in near if 0 <= n < len(row)]
    return found


def stepped(step: int, last: Face | None, before: Face | None, scene: Scene) -> list[Face]:
    """Return the face after (1) or before (-1) the last one, none at the end of the walk.

    A walk goes as one reads, a crowd from the largest on; it goes backwards where the last step
    did, or where it began at the end.
    """
    crowd = len(scene.faces) > places.CROWD
    walk = list(scene.faces) if crowd else [face for row in scene.rows() for face in row]
    if last is None:
        return walk[:1]
    at = walk.index(last)
    turned = at == len(walk) - 1 or walk[at + 1] == before
    to = at + (-step if turned else step)
    return walk[to : to + 1] if to >= 0 else []
