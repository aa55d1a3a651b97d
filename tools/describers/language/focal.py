"""The focal prompt: one picture of the whole face, and for each region its box and a close-up.

    [picture of the face] task text     the same for all regions of a face: encoded once, cached
    [crop of the region]  region text   one a region

The picture of the face stays unmarked so that every region shares it word for word; the region is
marked by its box in the text (pixels of that picture, as Qwen2.5-VL was trained to read them) and
by its outline in the crop. Training, the local model and remote endpoints all use this file.
"""

import cmath
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import PIL.Image
import PIL.ImageDraw
from numpy.typing import NDArray

from focalface import prompts
from focalface.tools.geometry.scope import Scope
from focalface.tools.types import Box, Face, Point, Region

PATCH = 28
"""Qwen2.5-VL sees squares of 28 pixels: sizes that are multiples of it are not resampled again."""
FACE_MARGIN = 1.25
"""Side of the face picture over the longer side of the landmarks' box."""
CONTEXT = 1.6
"""Side of a region's crop over the longer side of its box."""
LEAST_CROP = 0.15
"""A crop spans at least this share of the face picture, so that tiny boxes keep a context."""
_OUTSIDE = (127, 127, 127)
_OUTLINE = (255, 64, 64)


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sides in pixels of the face picture and of the crops; multiples of ``PATCH``.

    ``upright``: the face picture is turned and framed by eyes, nose and mouth as the crops of the
    embedded describer are, instead of by the box of the landmarks.
    """

    face: int = 448
    crop: int = 224
    upright: bool = False

    def __post_init__(self) -> None:
        if self.face % PATCH or self.crop % PATCH or min(self.face, self.crop) < PATCH:
            raise ValueError(f"sizes must be multiples of {PATCH}, got {self.face} and {self.crop}")


@dataclass(frozen=True, slots=True)
class Window:
    """A square of the image frame that becomes a picture of ``side`` pixels.

    ``turn``: degrees by which the square is turned about its middle, counter-clockwise as seen;
    ``left`` and ``top`` are those of the square before that.
    """

    left: float
    top: float
    extent: float
    side: int
    turn: float = 0.0

    def point(self, point: Point) -> Point:
        """Turn the image frame into pixels of the picture."""
        scale, half = self.side / self.extent, self.extent / 2
        middle = complex(self.left + half, self.top + half)
        away = (complex(*point) - middle) * cmath.rect(scale, math.radians(self.turn))
        return away.real + self.side / 2, away.imag + self.side / 2

    def box(self, box: Box) -> tuple[int, int, int, int]:
        """Return whole pixels of the picture, cut at its border, at least one pixel."""
        corners = [self.point((x, y)) for x in (box.x1, box.x2) for y in (box.y1, box.y2)]
        (x1, x2), (y1, y2) = ((min(v), max(v)) for v in zip(*corners, strict=True))
        left, top = (min(max(round(v), 0), self.side - 1) for v in (x1, y1))
        right = min(max(round(x2), left + 1), self.side)
        return left, top, right, min(max(round(y2), top + 1), self.side)

    def cut(self, rgb: NDArray[np.uint8]) -> PIL.Image.Image:
        """Return the square as an RGB picture without metadata; outside the image it is grey."""
        return self._cut_turned(rgb) if self.turn else self._cut_straight(rgb)

    def _cut_turned(self, rgb: NDArray[np.uint8]) -> PIL.Image.Image:
        """Return a straight square that holds the turned one, turned back and cut to its middle."""
        angle = math.radians(self.turn)
        grow = abs(math.cos(angle)) + abs(math.sin(angle))
        side = math.ceil(self.side * grow)
        more = self.extent * (side / self.side - 1) / 2
        wide = Window(self.left - more, self.top - more, self.extent + 2 * more, side)
        turned = wide._cut_straight(rgb).rotate(-self.turn, PIL.Image.Resampling.BICUBIC)
        edge = (side - self.side) // 2
        return turned.crop((edge, edge, edge + self.side, edge + self.side))

    def _cut_straight(self, rgb: NDArray[np.uint8]) -> PIL.Image.Image:
        height, width = rgb.shape[:2]
        x1, y1 = int(np.floor(self.left)), int(np.floor(self.top))
        x2, y2 = int(np.ceil(self.left + self.extent)), int(np.ceil(self.top + self.extent))
        canvas = np.full((y2 - y1, x2 - x1, 3), _OUTSIDE, np.uint8)
        sx1, sy1, sx2, sy2 = max(x1, 0), max(y1, 0), min(x2, width), min(y2, height)
        if sx1 < sx2 and sy1 < sy2:
            canvas[sy1 - y1 : sy2 - y1, sx1 - x1 : sx2 - x1] = rgb[sy1:sy2, sx1:sx2]
        inner = (
            self.left - x1,
            self.top - y1,
            self.left - x1 + self.extent,
            self.top - y1 + self.extent,
        )
        return PIL.Image.fromarray(canvas).resize(
            (self.side, self.side), PIL.Image.Resampling.BICUBIC, box=inner, reducing_gap=2.0
        )


@dataclass(frozen=True, slots=True)
class RegionAsk:
    """One region's part of the prompt."""

    picture: PIL.Image.Image
    text: str


def face_window(face: Face, sizes: Sizes) -> Window:
    """Return the square around the face's landmarks, with a margin, or the upright crop of the
    face."""
    if sizes.upright:
        return _upright(face, sizes.face)
    points = np.asarray(face.landmarks or _corners(face.box), np.float64)
    low, high = points.min(axis=0), points.max(axis=0)
    extent = max(float((high - low).max()) * FACE_MARGIN, 1.0)
    left, top = (low + high) / 2 - extent / 2
    return Window(float(left), float(top), extent, sizes.face)


def _upright(face: Face, side: int) -> Window:
    # Here, so that training on another machine needs no OpenCV.
    from focalface.tools.describers.embedded.alignment import by_mesh_points

    k = face.keypoints
    fitted = by_mesh_points((k.right_eye, k.left_eye, k.nose, k.right_mouth, k.left_mouth))
    ((x, y),) = fitted.to_image(np.array([[0.5, 0.5]], np.float32))
    half = fitted.side / 2
    return Window(x - half, y - half, fitted.side, side, fitted.turn)


def task_text(sizes: Sizes) -> str:
    """Return the part of the prompt that all regions of a face share."""
    return prompts.load("focal_task").fill(width=str(sizes.face), height=str(sizes.face))


def region_ask(
    rgb: NDArray[np.uint8], window: Window, region: Region, scope: Scope, sizes: Sizes
) -> RegionAsk:
    """Return a region's crop and its text."""
    return RegionAsk(crop(rgb, window, region, sizes), region_text(window, region, scope))


def region_text(window: Window, region: Region, scope: Scope, *, text: bool = True) -> str:
    """Return a region's part of the prompt in words; ``text`` False asks for the structure
    alone."""
    return prompts.load("focal_region").fill(
        region=region_name(region),
        box=", ".join(str(v) for v in window.box(region.box)),
        units=", ".join(scope.units) or "none",
        wanted="Give every key." if text else "Leave the text out.",
    )


def crop(rgb: NDArray[np.uint8], window: Window, region: Region, sizes: Sizes) -> PIL.Image.Image:
    """Return the region enlarged with its surroundings and its outline drawn on it."""
    extent = max(
        max(region.box.width, region.box.height) * CONTEXT, window.extent * LEAST_CROP, 1.0
    )
    x, y = region.box.center
    close = Window(x - extent / 2, y - extent / 2, extent, sizes.crop, window.turn)
    picture = close.cut(rgb)
    outline = [close.point(p) for p in region.polygon]
    PIL.ImageDraw.Draw(picture).line(
        [*outline, outline[0]], fill=_OUTLINE, width=1 + sizes.crop // 150
    )
    return picture


def region_name(region: Region) -> str:
    """Return the name in words: ``left brow``; a custom region is ``the marked area``."""
    return "the marked area" if region.name == "custom" else region.name.replace("_", " ")


def system_text() -> str:
    """Return the standing instruction."""
    return prompts.load("focal_system").text


def standing_texts(sizes: Sizes) -> tuple[str, ...]:
    """Return the parts of the prompt that are the same in every call."""
    region = re.split(r"\{\{\s*[a-z_]+\s*\}\}", prompts.load("focal_region").text)
    return (system_text(), task_text(sizes), *(part for part in region if len(part) > 8))


def prompt_ids() -> tuple[str, ...]:
    """Return ids of the prompts that make the focal prompt, for logs and model cards."""
    names = ("focal_system", "focal_task", "focal_region")
    return tuple(prompts.load(name).id for name in names)


def _corners(box: Box) -> Sequence[Point]:
    return ((box.x1, box.y1), (box.x2, box.y2))
