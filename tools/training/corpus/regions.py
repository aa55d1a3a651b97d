"""Which regions of a face a corpus asks about: atlas names, boxes of every size, and misses."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from focalface.tools.datasets import RegionText
from focalface.tools.describers.language.focal import Window
from focalface.tools.errors import BadRegionError
from focalface.tools.face.regions import ATLAS, BASIC
from focalface.tools.geometry import atlas
from focalface.tools.types import Box, Face, Region

Kind = Literal["face", "atlas", "box", "border", "written"]

SMALLEST, LARGEST = 0.12, 0.9
"""Side of a random box over the side of the face."""
_BOXES, _BORDER = 0.4, 0.12
"""Shares of random boxes and of boxes on or beyond the border of the face; the rest is atlas."""
PAIRS = (
    ("left_brow", "right_brow"),
    ("left_eye", "right_eye"),
    ("left_lip_corner", "right_lip_corner"),
    ("left_cheek", "right_cheek"),
    ("upper_face", "lower_face"),
    ("left_half", "right_half"),
)
"""Regions that comparisons are made of."""


@dataclass(frozen=True, slots=True)
class Sampled:
    """A region, how it was made, and its size: root of its box's share of the face's box."""

    region: Region
    kind: Kind
    size: float


def sample(
    face: Face, window: Window, size: tuple[int, int], count: int, rng: random.Random
) -> list[Sampled]:
    """Return the whole face and ``count`` further regions; random boxes come in every size.

    ``size``: width and height of the picture. Boxes that miss the picture are drawn again.
    """
    found = [_made(face, atlas.named_region(face, "face", size), "face")]
    names = [name for name in ATLAS if name != "face"]
    while len(found) <= count:
        draw = rng.random()
        if draw < _BORDER:
            box, kind = _border_box(window, rng), "border"
        elif draw < _BORDER + _BOXES:
            box, kind = _inner_box(window, rng), "box"
        else:
            name = rng.choice(BASIC if rng.random() < 0.7 else names)
            found.append(_made(face, atlas.named_region(face, name, size), "atlas"))
            continue
        try:
            region = atlas.custom(face, box, size)
        except BadRegionError:
            continue
        found.append(_made(face, region, "border" if kind == "border" else "box"))
    return found


def written(
    face: Face, size: tuple[int, int], texts: Sequence[RegionText]
) -> list[tuple[Sampled, str]]:
    """Return the regions that somebody wrote about, with the texts; boxes off the picture are left
    out.

    Named regions are drawn anew: the atlas may have changed since the text was written.
    """
    found = []
    for text in texts:
        if text.region in ATLAS:
            region = atlas.named_region(face, text.region, size)
        else:
            (x1, y1), _, (x2, y2), _ = text.polygon
            try:
                region = atlas.custom(face, Box(x1=x1, y1=y1, x2=x2, y2=y2), size)
            except BadRegionError:
                continue
        found.append((_made(face, region, "written"), text.text))
    return found


def pair(face: Face, size: tuple[int, int], rng: random.Random) -> tuple[Sampled, Sampled]:
    """Return two regions to compare, in random order."""
    names = list(rng.choice(PAIRS))
    rng.shuffle(names)
    first, second = (_made(face, atlas.named_region(face, name, size), "atlas") for name in names)
    return first, second


def _made(face: Face, region: Region, kind: Kind) -> Sampled:
    share = region.box.area / max(face.box.area, 1.0)
    return Sampled(region, kind, round(min(share**0.5, 2.0), 3))


def _inner_box(window: Window, rng: random.Random) -> Box:
    """Return a box whose centre lies in the middle 70 % of the face picture."""
    x, y = (window.extent * rng.uniform(0.15, 0.85) for _ in range(2))
    return _box_at(window, x, y, rng)


def _border_box(window: Window, rng: random.Random) -> Box:
    """Return a box around a point of the face picture's border: it shows little or nothing of the
    face."""
    along, side = window.extent * rng.random(), rng.randrange(4)
    x = (along, along, 0.0, window.extent)[side]
    y = (0.0, window.extent, along, along)[side]
    return _box_at(window, x, y, rng)


def _box_at(window: Window, x: float, y: float, rng: random.Random) -> Box:
    # Even on a logarithmic scale, so that small boxes are as common as large ones.
    side = window.extent * SMALLEST * (LARGEST / SMALLEST) ** rng.random()
    aspect = rng.uniform(0.6, 1.6) ** 0.5
    half_width, half_height = side * aspect / 2, side / aspect / 2
    return Box(
        x1=window.left + x - half_width,
        y1=window.top + y - half_height,
        x2=window.left + x + half_width,
        y2=window.top + y + half_height,
    )
