"""Annotated pictures: faces and regions with readable labels, at any picture size.

Colours are those of Okabe and Ito (Color Universal Design, 2008), which colour-blind people can
tell apart: orange is the subject's left, blue the right, green the midline, purple custom.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

import cv2
import PIL.Image
from PIL import ImageDraw, ImageFont

from focalface.tools.face.regions import CUSTOM
from focalface.tools.geometry import plane
from focalface.tools.pictures import labels as placing
from focalface.tools.pictures.crowding import Rect
from focalface.tools.pictures.images import Image
from focalface.tools.stopping import checkpoint
from focalface.tools.types import Face, Point, Region

Rgb = tuple[int, int, int]

_COLOURS: dict[str, Rgb] = {
    "left": (230, 159, 0),
    "right": (86, 180, 233),
    "both": (0, 190, 140),
    CUSTOM: (224, 140, 190),
}
_FACE: Rgb = (255, 255, 255)
_DARK: Rgb = (16, 18, 22)

_LEAST_SIDE = 480
"""Smaller pictures are enlarged by a whole factor, since no text would fit on them."""
_LEAST_EXTENT = 260
"""Regions that together are smaller than this get an enlarged picture too, in pixels."""
_MOST_PIXELS = 4_000_000
"""Enlarging for the sake of small regions stops here."""
_LARGEST = 16_000_000
"""Larger pictures are drawn on at this many pixels: several copies of them are needed at once."""
MEMORY = 30 * _LARGEST
"""Bytes that drawing takes at most: the layer, at double size for small pictures, and copies."""
_CROWD = 12
"""From more faces on they have their number alone, no larger than they themselves allow."""
_FAR = 1e6
"""Canvas pixels at which coordinates end; beyond them lines would overflow."""
_SMOOTH_PIXELS = 6_000_000
"""Up to so many pixels lines are drawn at double size and shrunk, which smooths them."""


@dataclass(frozen=True, slots=True)
class _Tag:
    """Text of a label, its colour and the polygon that it names."""

    text: str
    colour: Rgb
    polygon: tuple[Point, ...]
    most: float = math.inf
    """Pixels of the picture that the text may be high; it stays readable all the same."""

    @property
    def led(self) -> bool:
        """Whether a leader may lead from it to what it names; a face's would be in the way."""
        return self.colour != _FACE


def annotate(
    image: Image,
    faces: Sequence[Face] = (),
    regions: Sequence[Region] = (),
    *,
    labels: Literal["names", "numbers"] = "names",
    progress: Callable[[int, int], None] | None = None,
) -> PIL.Image.Image:
    """Return a copy of the picture with face boxes and region outlines, of 16 million pixels at
    most.

    ``labels``: region names, or numbers from 1 in the order of ``regions``. Faces are numbered
    when there are several. A picture whose longer side is below 480 pixels, or on which the
    regions are too small to be told apart, is enlarged by a whole factor of up to four.
    ``progress`` hears after each face and region how many of them are drawn.
    """
    picture, enlarge = _sized(image, faces, regions)
    smooth = 2 if picture.width * picture.height <= _SMOOTH_PIXELS else 1
    canvas = _Canvas(picture, scale=enlarge * smooth, smooth=smooth)
    total = len(faces) + len(regions)
    for done, face in enumerate(faces, 1):
        checkpoint()
        canvas.face(face)
        if progress:
            progress(done, total)
    ordered = sorted(regions, key=lambda r: -plane.area(_scaled(r.polygon)))
    for done, region in enumerate(ordered, len(faces) + 1):
        checkpoint()
        canvas.region(region)
        if progress:
            progress(done, total)
    canvas.tags(_tags(faces, regions, labels))
    return canvas.finished()


def _sized(
    image: Image, faces: Sequence[Face], regions: Sequence[Region]
) -> tuple[PIL.Image.Image, float]:
    """Return the picture at the size that it is drawn on, and how many times that is its own."""
    if image.width * image.height > _LARGEST:
        scale = math.sqrt(_LARGEST / (image.width * image.height))
        size = (max(1, int(image.width * scale)), max(1, int(image.height * scale)))
        small = cv2.resize(image.rgb, size, interpolation=cv2.INTER_AREA)
        return PIL.Image.fromarray(small), size[0] / image.width
    enlarge = _enlargement(image.size, faces, regions)
    picture = image.to_pil()
    if enlarge > 1:
        size = (image.width * enlarge, image.height * enlarge)
        picture = picture.resize(size, PIL.Image.Resampling.LANCZOS)
    return picture, enlarge


def _enlargement(size: tuple[int, int], faces: Sequence[Face], regions: Sequence[Region]) -> int:
    wanted = math.ceil(_LEAST_SIDE / max(size))
    owners = {region.face_id for region in regions}
    extents = [max(f.box.width, f.box.height) for f in faces if f.id in owners]
    if extents:
        room = math.isqrt(_MOST_PIXELS // (size[0] * size[1]))
        wanted = max(wanted, min(room, 4, math.ceil(_LEAST_EXTENT / min(extents))))
    return max(1, wanted)


def _tags(
    faces: Sequence[Face], regions: Sequence[Region], labels: Literal["names", "numbers"]
) -> list[_Tag]:
    tags = []
    crowd = len(faces) > _CROWD
    if len(faces) > 1:
        for number, face in enumerate(faces, 1):
            b = face.box
            edge = ((b.x1, b.y1), (b.x2, b.y1), (b.x2, b.y1 + 1), (b.x1, b.y1 + 1))
            text = str(number) if crowd else f"face {number}"
            tags.append(_Tag(text, _FACE, edge, b.width / 2 if crowd else math.inf))
    for number, region in enumerate(regions, 1):
        text = str(number) if labels == "numbers" else region.name.replace("_", " ")
        tags.append(_Tag(text, _colour(region), region.polygon))
    return tags


def _colour(region: Region) -> Rgb:
    return _COLOURS[CUSTOM if region.name == CUSTOM else region.side]


class _Canvas:
    """A transparent layer over the picture, ``scale`` times the image frame."""

    def __init__(self, picture: PIL.Image.Image, *, scale: float, smooth: int) -> None:
        self.picture = picture
        self.scale = scale
        size = (picture.width * smooth, picture.height * smooth)
        self.layer = PIL.Image.new("RGBA", size, (0, 0, 0, 0))
        self.draw = ImageDraw.Draw(self.layer)
        side = math.sqrt(size[0] * size[1])
        self.line = max(1.5 * smooth, side / 330)
        # On an enlarged picture text may be smaller in proportion: it has more pixels.
        part = 48 * math.sqrt(scale / smooth)
        self.least = 13.0 * smooth
        self.text = max(self.least, side / part)

    def face(self, face: Face) -> None:
        """Draw a box with emphasised corners."""
        (x1, y1), (x2, y2) = self._scaled((face.box.xyxy[:2], face.box.xyxy[2:]))
        self._frame((x1, y1, x2, y2), _FACE, self.line * 0.6, 150)
        arm = min(x2 - x1, y2 - y1) * 0.16
        for x, y, dx, dy in ((x1, y1, 1, 1), (x2, y1, -1, 1), (x2, y2, -1, -1), (x1, y2, 1, -1)):
            corner = [(x + dx * arm, y), (x, y), (x, y + dy * arm)]
            self._line(corner, _FACE, self.line * 1.3, 255)

    def region(self, region: Region) -> None:
        """Draw a tinted polygon; lines get thinner on regions that are small."""
        points = self._scaled(region.polygon)
        x1, y1, x2, y2 = plane.bounds(points)
        width = min(self.line, max(2.0, min(x2 - x1, y2 - y1) / 11))
        colour = _colour(region)
        self._tint(points, colour)
        self._outline(points, colour, width, 255)

    def tags(self, tags: Sequence[_Tag]) -> None:
        """Draw labels beside what they name, with a leader where they stand apart."""
        polygons = [self._scaled(tag.polygon) for tag in tags]
        sizes = [self._size(tag) for tag in tags]
        wanted = [
            placing.Label(
                polygon,
                self.draw.textlength(tag.text, _font(size)) + 0.68 * size,
                size * 1.42,
                leader=tag.led,
            )
            for tag, polygon, size in zip(tags, polygons, sizes, strict=True)
        ]
        avoid = [plane.bounds(polygon) for polygon in polygons]
        rects = placing.place(wanted, self.layer.size, avoid)
        for tag, polygon, rect in zip(tags, polygons, rects, strict=True):
            if tag.led and rect and (leader := placing.anchor(rect, polygon)):
                self._leader(leader, tag.colour)
        for tag, size, rect in zip(tags, sizes, rects, strict=True):
            if rect:
                self._pill(tag, _font(size), rect)

    def finished(self) -> PIL.Image.Image:
        """Return the picture with the layer on it, RGB."""
        layer = self.layer
        if layer.size != self.picture.size:
            layer = layer.reduce(layer.width // self.picture.width)
        self.picture.paste(layer, mask=layer)
        return self.picture

    def _size(self, tag: _Tag) -> int:
        """Return the height of its text: whole pixels, so that few fonts are made."""
        return round(max(self.least, min(self.text, tag.most * self.scale)))

    def _scaled(self, polygon: Sequence[Point]) -> list[Point]:
        return _scaled(polygon, self.scale)

    def _tint(self, points: list[Point], colour: Rgb) -> None:
        """Colour blended over what lies below; drawing on the layer itself would replace it."""
        x1, y1, x2, y2 = plane.bounds(points)
        left, top = max(0, int(x1)), max(0, int(y1))
        right, low = min(self.layer.width, int(x2) + 1), min(self.layer.height, int(y2) + 1)
        if right <= left or low <= top:
            return
        tint = PIL.Image.new("RGBA", (right - left, low - top), (0, 0, 0, 0))
        inside = [(x - left, y - top) for x, y in points]
        ImageDraw.Draw(tint).polygon(inside, fill=(*colour, 46))
        self.layer.alpha_composite(tint, (left, top))

    def _outline(self, points: list[Point], colour: Rgb, width: float, alpha: int) -> None:
        self._line([*points, points[0], points[1]], colour, width, alpha)

    def _frame(self, box: Rect, colour: Rgb, width: float, alpha: int) -> None:
        """As an outline, of a box: in one stroke each, since a crowd has hundreds of them."""
        x1, y1, x2, y2 = box
        for ink, wide in (((*_DARK, alpha * 2 // 3), width * 1.8), ((*colour, alpha), width)):
            half = wide / 2
            around = (x1 - half, y1 - half, x2 + half, y2 + half)
            self.draw.rectangle(around, outline=ink, width=max(1, round(wide)))

    def _line(self, points: list[Point], colour: Rgb, width: float, alpha: int) -> None:
        """A line with a dark halo, which shows on bright and on dark skin alike."""
        self.draw.line(points, (*_DARK, alpha * 2 // 3), round(width * 1.8), joint="curve")
        self.draw.line(points, (*colour, alpha), max(1, round(width)), joint="curve")

    def _leader(self, leader: tuple[Point, Point], colour: Rgb) -> None:
        self._line(list(leader), colour, self.line * 0.55, 255)
        (x, y), r = leader[1], self.line * 1.1
        self.draw.ellipse((x - r, y - r, x + r, y + r), (*colour, 255), (*_DARK, 255))

    def _pill(self, tag: _Tag, font: ImageFont.FreeTypeFont, rect: Rect) -> None:
        radius, border = (rect[3] - rect[1]) * 0.32, max(1, round(self.line * 0.6))
        self.draw.rounded_rectangle(rect, radius, (*_DARK, 235), (*tag.colour, 255), border)
        middle = ((rect[0] + rect[2]) / 2, (rect[1] + rect[3]) / 2)
        self.draw.text(middle, tag.text, (255, 255, 255, 255), font, anchor="mm")


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return cast(ImageFont.FreeTypeFont, ImageFont.load_default(size))


def _scaled(polygon: Sequence[Point], scale: float = 1.0) -> list[Point]:
    return [(_near(x * scale), _near(y * scale)) for x, y in polygon]


def _near(value: float) -> float:
    """Return a coordinate that lines can be drawn to; what is no number lies at the near end."""
    return min(max(-_FAR, value), _FAR)
