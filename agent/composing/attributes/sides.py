"""Left against right within one face. Pure."""

from collections.abc import Sequence

from focalface.agent.basics.evidence import Evidence
from focalface.agent.basics.phrasing import capital, levels, unit_name
from focalface.agent.basics.sentence import Sentence
from focalface.agent.composing.attributes.units import cites
from focalface.tools.face import combinations, facs
from focalface.tools.types import Face, Point

LEVEL = 0.04
"""Difference of heights, in distances between the eyes, below which a pair counts as level."""
PLACED = {"brow": "brow", "lip_corner": "lip corner"}
"""Parts whose place can be compared, by their outlines -> the word for one."""
TURNED = 25.0
"""Degrees of yaw from which the two sides are foreshortened too differently to be compared."""


def asymmetry(ev: Evidence, expert: bool) -> list[Sentence]:
    """Return units that differ between the subject's sides, or that none does."""
    uneven = sides(ev)
    if not uneven:
        both = [u for d in ev for u in d.action_units if u.side != "both"]
        if not both:
            return []
        return [Sentence("The two sides move alike: no movement differs clearly.", ev.ids())]
    says = []
    for one in uneven[:3]:
        reading = ev.reading(one.code)
        assert reading is not None
        figures = f" ({levels(reading)})" if expert else ""
        text = f"{capital(unit_name(one.code, expert))} is stronger on the {one.stronger}{figures}."
        says.append(Sentence(text, cites(reading)))
    return says


def sides(ev: Evidence) -> list[combinations.Asymmetry]:
    """Differences between left and right, each unit where it is judged best."""
    codes = dict.fromkeys(u.code for d in ev for u in d.action_units)
    found = [r for code in codes if (r := ev.reading(code))]
    pairs = [
        combinations.Asymmetry(r.code, r.sides["left"], r.sides["right"])
        for r in found
        if {"left", "right"} <= set(r.sides)
    ]
    seen = [
        p
        for p in pairs
        if p.difference >= combinations.UNEVEN and max(p.left, p.right) >= facs.PRESENT
    ]
    return sorted(seen, key=lambda p: -p.difference)


def heights(ev: Evidence, part: str) -> list[Sentence]:
    """Tell which one of a pair sits higher, by their outlines; the tilt of the head is undone.

    ``part``: ``brow`` or ``lip_corner``, the names of ``PLACED``.
    """
    pair = {d.region.name: d.region for d in ev if facs.unsided(d.region.name) == part}
    if len(pair) < 2:
        return []
    word = PLACED[part]
    left, right = pair[f"left_{part}"], pair[f"right_{part}"]
    face = next(f for f in ev.scene.faces if f.id == left.face_id)
    ids = (left.id, right.id)
    if abs(face.pose.yaw) >= TURNED:
        return [Sentence(f"The head is turned too far to tell which {word} sits higher.", ids)]
    gap = _above_the_eyes(face, left.polygon) - _above_the_eyes(face, right.polygon)
    if abs(gap) < LEVEL:
        return [
            Sentence(f"Both {word}s sit at about the same height, measured from the eyes.", ids)
        ]
    one, other = ("left", "right") if gap > 0 else ("right", "left")
    text = f"The {one} {word} sits higher than the {other} one, measured from the eyes."
    return [Sentence(text, ids, about=(one,))]


def _above_the_eyes(face: Face, outline: Sequence[Point]) -> float:
    """Height of an outline's middle over the line through the eyes, in distances between them."""
    (lx, ly), (rx, ry) = face.keypoints.left_eye, face.keypoints.right_eye
    dx, dy = lx - rx, ly - ry
    x = sum(p[0] for p in outline) / len(outline)
    y = sum(p[1] for p in outline) / len(outline)
    return ((x - rx) * dy - (y - ry) * dx) / (dx * dx + dy * dy)
