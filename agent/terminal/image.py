"""A picture in the terminal: real pixels where it can show them, else two pixels to a character.

Pixels need the extra ``terminal`` (textual-image) and a terminal that is known to draw them.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import PIL.Image
from rich.color import Color
from rich.color_triplet import ColorTriplet
from rich.console import Console, ConsoleOptions, ConsoleRenderable, RenderResult
from rich.segment import Segment
from rich.style import Style

from focalface.tools.types import Box, Point

MAX_COLUMNS = 64
MAX_ROWS = 24
"""Half-block pictures stay below this, and below half of the screen: there is also text to read."""

_ABLE = {
    "TERM": ("xterm-kitty", "xterm-ghostty", "foot", "mlterm", "contour", "wezterm"),
    "TERM_PROGRAM": ("WezTerm", "iTerm.app", "ghostty", "rio", "Konsole"),
    "LC_TERMINAL": ("iTerm2",),
    "KITTY_WINDOW_ID": ("",),
    "KONSOLE_VERSION": ("",),
}
"""Environment variables (and how their value begins) of terminals that draw pictures."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A label at a point of the picture (pixels), such as the number of a region."""

    label: str
    at: Point


def may_draw_pixels(environ: Mapping[str, str]) -> bool:
    """Tell whether the environment is that of a terminal that draws images; multiplexers don't.

    Asking the terminal itself eats keys that are typed meanwhile, so only these are asked.
    """
    if "TMUX" in environ or environ.get("TERM", "").startswith(("screen", "tmux", "dumb")):
        return False
    return any(
        name in environ and environ[name].startswith(values) for name, values in _ABLE.items()
    )


def draws_pixels(console: Console) -> bool:
    """Tell whether :func:`pixel_picture` works on ``console``.

    This asks the terminal, so call it before anybody types.
    """
    if not (console.is_terminal and may_draw_pixels(os.environ)):
        return False
    try:
        from textual_image.renderable import Image, SixelImage, TGPImage
    except ImportError:  # the extra is not installed
        return False
    return Image in (SixelImage, TGPImage)


def pixel_picture(console: Console, image: PIL.Image.Image) -> ConsoleRenderable:
    """``image`` as the terminal's own pixels; only where :func:`draws_pixels`."""
    from textual_image.renderable import Image

    made: ConsoleRenderable = Image(image, width=min(console.width, MAX_COLUMNS), height="auto")
    return made


def crop_around(boxes: Sequence[Box], size: tuple[int, int], margin: float = 0.25) -> Box:
    """Return the part of a picture of ``size`` (width, height) that shows ``boxes`` and a margin
    around.

    ``margin`` is a share of the longer side of what the boxes span. Without boxes, or when they
    all miss the picture: the whole picture. Pixels of the image frame.
    """
    whole = Box(x1=0, y1=0, x2=size[0], y2=size[1])
    if not boxes:
        return whole
    x1, y1 = min(b.x1 for b in boxes), min(b.y1 for b in boxes)
    x2, y2 = max(b.x2 for b in boxes), max(b.y2 for b in boxes)
    pad = margin * max(x2 - x1, y2 - y1)
    x1, y1 = max(0.0, x1 - pad), max(0.0, y1 - pad)
    x2, y2 = min(float(size[0]), x2 + pad), min(float(size[1]), y2 + pad)
    if x2 - x1 < 1 or y2 - y1 < 1:
        return whole
    return Box(x1=x1, y1=y1, x2=x2, y2=y2)


class HalfBlocks:
    """A picture of coloured upper half blocks, two pixel rows to a line, with text marks on it."""

    def __init__(self, image: PIL.Image.Image, marks: Sequence[Mark] = ()) -> None:
        self._image = image.convert("RGB")
        self._marks = marks

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        room = max(1, min(MAX_ROWS, options.size.height // 2))
        columns, rows = fit(self._image.size, min(options.max_width, MAX_COLUMNS), room)
        small = self._image.resize((columns, rows * 2), PIL.Image.Resampling.BOX)
        scale = (columns / self._image.width, rows / self._image.height)
        labels = place_marks(self._marks, scale, columns, rows)
        pixels = np.asarray(small).reshape(rows, 2, columns, 3).tolist()
        for row, (upper, lower) in enumerate(pixels):
            for column in range(columns):
                if (column, row) in labels:
                    yield Segment(labels[column, row], _MARK)
                else:
                    style = Style(color=_color(upper[column]), bgcolor=_color(lower[column]))
                    yield Segment("▀", style)
            yield Segment.line()


_MARK = Style(color="black", bgcolor="bright_white", bold=True)


def _color(rgb: Sequence[int]) -> Color:
    return Color.from_triplet(ColorTriplet(*rgb))


def fit(size: tuple[int, int], max_columns: int, max_rows: int) -> tuple[int, int]:
    """Columns and rows of a picture of ``size`` pixels; a character is twice as high as wide."""
    width, height = size
    columns = min(float(max_columns), max_rows * 2 * width / height)
    return max(1, round(columns)), max(1, round(columns * height / width / 2))


def place_marks(
    marks: Sequence[Mark], scale: tuple[float, float], columns: int, rows: int
) -> dict[tuple[int, int], str]:
    """Characters by cell (column, row): each label at its point, or as near as there is room."""
    cells: dict[tuple[int, int], str] = {}
    for mark in marks:
        column = round(mark.at[0] * scale[0] - len(mark.label) / 2)
        row = int(mark.at[1] * scale[1])
        for c, r in _nearby(column, row, columns - len(mark.label), rows - 1):
            wanted = [(c + i, r) for i in range(-1, len(mark.label) + 1)]
            if not any(cell in cells for cell in wanted):  # a gap between two numbers, too
                cells |= {(c + i, r): char for i, char in enumerate(mark.label)}
                break
    return cells


def _nearby(column: int, row: int, max_column: int, max_row: int) -> list[tuple[int, int]]:
    """Cells from (column, row) outwards, within the picture."""
    reach = range(-4, 5)
    cells = sorted(
        ((dc, dr) for dc in reach for dr in reach), key=lambda d: d[0] ** 2 + 4 * d[1] ** 2
    )
    found = {
        (min(max(column + dc, 0), max(max_column, 0)), min(max(row + dr, 0), max_row)): None
        for dc, dr in cells
    }
    return list(found)
