"""From a name, box, disc or polygon to a region of one face: geometry, visibility, visible units.

Every atlas region is a polygon whose corners are landmarks or points on the line through two
landmarks. Such corners move with the face under shift, scale, roll and foreshortening, so no pose
enters the geometry. Pure; pixels of the image frame; sides are the subject's.
"""

import hashlib
import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

import numpy as np

from focalface.tools.errors import BadRegionError
from focalface.tools.face import facs
from focalface.tools.face.hiding import HIDDEN, OUTSIDE, TURNED
from focalface.tools.face.landmarks import INDEX
from focalface.tools.face.outlines import FACING, OUTLINES
from focalface.tools.face.regions import BASIC, CUSTOM, UNIONS, names_for, side_of
from focalface.tools.geometry import plane
from focalface.tools.types import FARTHEST, Box, Disc, Face, Point, Region, Side

COVERED = 0.25
"""A custom region shows what an atlas region shows from this share of it on (our choice)."""
INSIDE = 0.5
"""... or when this share of the custom region lies in that atlas region (our choice)."""

MOST_CORNERS = 1000

_DISC_CORNERS = 24

# OUTLINES in places of landmarks: a corner that is a landmark is the start of a line to itself.
_CORNERS = {
    name: tuple(
        (INDEX[start], INDEX[end], t)
        for start, end, t in ((c, c, 0.0) if isinstance(c, str) else c for c in corners)
    )
    for name, corners in OUTLINES.items()
}


def resolve(
    face: Face, target: str | Box | Disc | Sequence[Point] | Region, size: tuple[int, int]
) -> list[Region]:
    """Return the regions that ``target`` means on ``face`` in a picture of ``size`` (width,
    height).

    A name or alias may give several (``eyes``); a box, disc or polygon gives one custom region; a
    region of this face comes back as it is. Raises ``UnknownRegionError`` or ``BadRegionError``.
    """
    if isinstance(target, str):
        return [named_region(face, name, size) for name in names_for(target)]
    if isinstance(target, Region):
        return [_checked(face, target)]
    return [custom(face, target, size)]


def named_region(face: Face, name: str, size: tuple[int, int]) -> Region:
    """Return the atlas region ``name`` of a face; it may lie outside the picture (visibility 0)."""
    return _region(face, name, side_of(name), outline(face, name), size, turned_to_us(face, name))


def custom(face: Face, shape: Box | Disc | Sequence[Point], size: tuple[int, int]) -> Region:
    """Return a region from a box, a disc or a polygon of three or more points.

    The shape is cut at the border of the picture before anything is measured: what lies beyond is
    no part of the region. Raises ``BadRegionError`` when nothing of it lies in the picture.
    """
    polygon = _cut(_corners(shape), size)
    if isinstance(shape, Box):  # exactly, without the rounding of clipping
        polygon = tuple(
            (min(max(x, 0.0), size[0]), min(max(y, 0.0), size[1])) for x, y in _corners(shape)
        )
    shares = _coverage(face.landmarks, polygon)
    turned = sum(share * turned_to_us(face, name) for name, (_, share) in shares.items())
    total = sum(share for _, share in shares.values())
    turned = turned / total if total else 1.0
    return _region(face, CUSTOM, _side(face, polygon), polygon, size, turned)


def outline(face: Face, name: str) -> tuple[Point, ...]:
    """Return the polygon of an atlas region, image frame, not cut at the border of the picture."""
    return _outline(face.landmarks, name)


def overlaps(face: Face, region: Region) -> dict[str, float]:
    """Map basic atlas regions to the share 0..1 that ``region`` covers; others are left out.

    Measured on a grid of points, to about two hundredths.
    """
    return {name: share for name, (share, _) in _coverage(face.landmarks, region.polygon).items()}


def covered(face: Face, region: Region) -> tuple[str, ...]:
    """Return the basic atlas regions that a region is about, from top to bottom.

    A basic region is about itself, a union about its members, a custom region about those that it
    covers by ``COVERED`` or of which ``INSIDE`` of it is made.
    """
    if region.name in UNIONS:
        return UNIONS[region.name]
    if region.name != CUSTOM:
        return (region.name,)
    shares = _coverage(face.landmarks, region.polygon)
    return tuple(n for n, (share, part) in shares.items() if share >= COVERED or part >= INSIDE)


def visible_units(face: Face, region: Region) -> dict[str, tuple[Side, ...]]:
    """Return codes that can show in a region -> the sides on which they can, in FACS order.

    Units without sides have ``("both",)``; a sided unit has the sides of the covered regions, and
    in a region on the midline both.
    """
    return shown_in(covered(face, region), region.side)


def shown_in(names: Sequence[str], side: Side = "both") -> dict[str, tuple[Side, ...]]:
    """Return codes that can show in basic regions -> sides; ``side`` limits the regions on the
    midline."""
    sides: dict[str, set[Side]] = {}
    for name in names:
        own = side_of(name) if side_of(name) != "both" else side
        for code in facs.shown_in(name):
            sides.setdefault(code, set()).update(("left", "right") if own == "both" else (own,))
    return {
        code: tuple(s for s in ("left", "right") if s in sides[code])
        if facs.UNITS[code].sided
        else ("both",)
        for code in facs.in_order(sides)
    }


def turned_to_us(face: Face, name: str) -> float:
    """Return 1 where an atlas region faces the camera, falling to 0 where it is turned away.

    The angle between the region's surface normal (``outlines.FACING``, rough) and the line of
    sight, from the pose; full until 60 degrees, none from 95 degrees on (our choice).
    """
    return _turned(face.pose.yaw, face.pose.pitch, name)


@lru_cache(maxsize=512)  # the unions ask for every basic region again
def _turned(yaw: float, pitch: float, name: str) -> float:
    members = UNIONS.get(name)
    if members:
        return sum(_turned(yaw, pitch, member) for member in members) / len(members)
    azimuth, elevation = FACING[facs.unsided(name)]
    # A face turned to the right of the picture turns its own left side away.
    outward = -azimuth if name.startswith("right_") else azimuth
    across = math.cos(math.radians(outward + yaw))
    along = math.cos(math.radians(elevation + pitch))
    angle = math.degrees(math.acos(max(-1.0, min(1.0, across * along))))
    return max(0.0, min(1.0, (95.0 - angle) / 35.0))


def _outline(landmarks: Sequence[Point], name: str) -> tuple[Point, ...]:
    points = []
    for start, end, t in _CORNERS[name]:
        (x1, y1), (x2, y2) = landmarks[start], landmarks[end]
        points.append((x1 + t * (x2 - x1), y1 + t * (y2 - y1)))
    return tuple(points)


def _corners(shape: Box | Disc | Sequence[Point]) -> tuple[Point, ...]:
    if isinstance(shape, Box):
        return (
            (shape.x1, shape.y1),
            (shape.x2, shape.y1),
            (shape.x2, shape.y2),
            (shape.x1, shape.y2),
        )
    if isinstance(shape, Disc):
        turns = [2 * math.pi * i / _DISC_CORNERS for i in range(_DISC_CORNERS)]
        return tuple(
            (shape.x + shape.radius * math.cos(t), shape.y + shape.radius * math.sin(t))
            for t in turns
        )
    try:
        return tuple((_float(x), _float(y)) for x, y in shape)
    except (TypeError, ValueError):
        raise BadRegionError(
            "A polygon is a list of (x, y) points in pixels, such as [(9, 9), (60, 10), (30, 50)]."
        ) from None


def _float(value: float) -> float:
    """Return a coordinate; a whole number beyond any float is infinite, as 1e400 is."""
    try:
        return float(value)
    except OverflowError:
        return math.inf


def _cut(polygon: tuple[Point, ...], size: tuple[int, int]) -> tuple[Point, ...]:
    """Return the part of a polygon that lies in the picture; raises ``BadRegionError`` if none
    does."""
    width, height = size
    if len(polygon) < 3:
        raise BadRegionError(f"A polygon needs at least 3 points, got {len(polygon)}; add points.")
    if len(polygon) > MOST_CORNERS:
        raise BadRegionError(
            f"A polygon has at most {MOST_CORNERS} points, got {len(polygon)}; simplify it."
        )
    if not all(abs(v) < FARTHEST for point in polygon for v in point):
        raise BadRegionError(
            "A region has a coordinate that is no number or is beyond any picture; give pixels."
        )
    inside = plane.clip(polygon, width, height)
    if len(inside) < 3 or plane.area(inside) < 1:
        small = plane.area(polygon) < 1
        wrong = "has no area" if small else f"lies outside the picture of {width} x {height} pixels"
        raise BadRegionError(
            f"The region {_shown(polygon)} {wrong}; give pixels of the displayed picture with the "
            "origin at its top left."
        )
    return tuple(inside)


def _shown(polygon: tuple[Point, ...]) -> str:
    return ",".join(f"{value:g}" for value in plane.bounds(polygon))


def _checked(face: Face, region: Region) -> Region:
    if region.face_id == face.id:
        return region
    raise BadRegionError(
        f"Region {region.id} belongs to face {region.face_id} and not to {face.id}; "
        "give its name or make it for this face."
    )


def _in_picture(polygon: Sequence[Point], size: tuple[int, int]) -> tuple[Box, float]:
    """Return the box of what lies in the picture (of all where nothing does) and the share that
    does."""
    x1, y1, x2, y2 = plane.bounds(polygon)
    share = 1.0
    if not (x1 >= 0 and y1 >= 0 and x2 <= size[0] and y2 <= size[1]):
        whole = plane.area(polygon)
        inside = plane.clip(polygon, *size)
        seen = len(inside) >= 3
        share = max(0.0, min(1.0, plane.area(inside) / whole)) if seen and whole > 0 else 0.0
        x1, y1, x2, y2 = plane.bounds(inside if seen else polygon)
    # A box has an extent: folded regions of a face in profile keep a hair's breadth.
    return Box(x1=x1, y1=y1, x2=max(x2, x1 + 0.01), y2=max(y2, y1 + 0.01)), share


@lru_cache(maxsize=512)
def _coverage(
    landmarks: tuple[Point, ...], polygon: tuple[Point, ...]
) -> Mapping[str, tuple[float, float]]:
    """Basic region -> (share of it that the polygon covers, share of the polygon in it)."""
    own = plane.sample(polygon)
    shares = {}
    for name in BASIC:
        theirs = _outline(landmarks, name)
        if not _boxes_meet(polygon, theirs):
            continue
        points = plane.sample(theirs)
        share = float(plane.contains(polygon, points).mean()) if len(points) else 0.0
        part = float(plane.contains(theirs, own).mean()) if len(own) else 0.0
        if share > 0 or part > 0:
            shares[name] = (share, part)
    return MappingProxyType(shares)


def _boxes_meet(one: Sequence[Point], other: Sequence[Point]) -> bool:
    ax1, ay1, ax2, ay2 = plane.bounds(one)
    bx1, by1, bx2, by2 = plane.bounds(other)
    return ax1 < bx2 and bx1 < ax2 and ay1 < by2 and by1 < ay2


def _side(face: Face, polygon: Sequence[Point]) -> Side:
    """Return left or right when four fifths of the polygon lie on that side of the face, else
    both."""
    points = plane.sample(polygon)
    left = int(plane.contains(outline(face, "left_half"), points).sum())
    right = int(plane.contains(outline(face, "right_half"), points).sum())
    if left + right == 0:
        return _side_of_axis(face, polygon)
    share = left / (left + right)
    return "left" if share >= 0.8 else "right" if share <= 0.2 else "both"


def _side_of_axis(face: Face, polygon: Sequence[Point]) -> Side:
    """For a polygon off the face: the side of the line from forehead to chin on which it lies."""
    (tx, ty), (bx, by) = (face.landmarks[INDEX[n]] for n in ("forehead_top", "chin_bottom"))
    x, y = np.asarray(polygon, dtype=np.float64).T
    signs = (bx - tx) * (y - ty) - (by - ty) * (x - tx)
    return "left" if (signs < 0).all() else "right" if (signs > 0).all() else "both"


def _region(
    face: Face,
    name: str,
    side: Side,
    polygon: tuple[Point, ...],
    size: tuple[int, int],
    turned: float,
) -> Region:
    """``turned``: how far it faces the camera, 0..1."""
    box, share = _in_picture(polygon, size)
    return Region(
        id=_region_id(face.id, name, polygon),
        face_id=face.id,
        name=name,
        side=side,
        polygon=polygon,
        box=box,
        visibility=share * turned,
        hidden_by=None if share * turned >= HIDDEN else OUTSIDE if share < turned else TURNED,
    )


def _region_id(face_id: str, name: str, polygon: Sequence[Point]) -> str:
    """Return a content hash: the same region of the same face has the same id on every run."""
    shape = ";".join(f"{x:.1f},{y:.1f}" for x, y in polygon) if name == CUSTOM else ""
    digest = hashlib.blake2b(f"{face_id}|{name}|{shape}".encode(), digest_size=6).hexdigest()
    return f"reg_{digest}"
