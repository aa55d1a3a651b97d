"""The shapes of the atlas regions: polygons over named landmarks, and where each one faces.

Left regions are written down (``region_rows``), right ones are their mirror.
"""

from types import MappingProxyType

from focalface.tools.face.landmarks import mirrored
from focalface.tools.face.region_rows import ROWS, WIDER, Corner, Outline

FACING = MappingProxyType({row.name: row.facing for row in ROWS.values()})
"""Basic region without side -> rough direction of its surface: azimuth, elevation in degrees."""


def _flip(corner: Corner) -> Corner:
    if isinstance(corner, str):
        return mirrored(corner)
    start, end, t = corner
    return (mirrored(start), mirrored(end), t)


def _both(left: Outline) -> Outline:
    """Return the left half from top to bottom, then its mirror back up; the middle corners only
    once."""
    return (*left, *(_flip(corner) for corner in reversed(left[1:-1])))


def _outlines() -> dict[str, Outline]:
    made: dict[str, Outline] = {}
    for row in (*ROWS.values(), *WIDER.values()):
        if row.sided:
            made[f"left_{row.name}"] = row.outline
            made[f"right_{row.name}"] = tuple(_flip(corner) for corner in row.outline)
        else:
            made[row.name] = _both(row.outline)
    return made


OUTLINES = MappingProxyType(_outlines())
"""Atlas name -> its corners, in order around the region."""
