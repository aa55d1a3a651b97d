"""One HTML page of the results: pictures with their faces, films with their units over time.

The page is a file by itself: small pictures are inside, nothing is loaded from elsewhere.
"""

import base64
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from focalface.tools.batch import plots
from focalface.tools.batch.columns import Flat
from focalface.tools.clips.series import Series, Smoothing, episodes, smooth
from focalface.tools.errors import FocalFaceError
from focalface.tools.face import facs
from focalface.tools.pages import template
from focalface.tools.pictures.images import open_image

MOST = 1_000
"""Files on one page; a browser cannot show any number."""
SIDE = 320
"""Longer side of the small pictures in pixels."""
_TEMPLATE = Path(__file__).with_name("page.html")


@dataclass(frozen=True, slots=True)
class FaceNote:
    """A face of a picture: its number, its box in parts of the picture, what it shows in words."""

    number: int
    box: tuple[float, float, float, float]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A picture: its name, itself as a data address, its faces or the error."""

    name: str
    picture: str | None
    faces: tuple[FaceNote, ...]
    error: str | None


@dataclass(frozen=True, slots=True)
class Plot:
    """One unit of one face over time, and its movements in words."""

    title: str
    svg: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Strip:
    """One face of a film: a plot a unit that moved, and the names of those that did not."""

    number: int
    plots: tuple[Plot, ...]
    still: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Film:
    """A film: its name, how long it is and how many frames were read, its faces."""

    name: str
    seconds: float
    frames: int
    strips: tuple[Strip, ...]


def write_page(
    path: Path, rows: Iterable[Flat], *, smoothing: Smoothing | None = None, emotion: bool = True
) -> int:
    """Write the page of all ``rows`` (of a file next to each other); return how many files are
    left out for want of room. Without ``emotion`` it does not speak of any. Raises ``OSError``."""
    files = ((name, list(group)) for name, group in groupby(rows, lambda row: str(row["input"])))
    shown = [_item(name, group, smoothing) for name, group in islice(files, MOST)]
    left = sum(1 for _ in files)
    with path.open("w", encoding="utf-8", errors="backslashreplace") as file:
        file.writelines(
            template(_TEMPLATE).generate(
                cards=[item for item in shown if isinstance(item, Card)],
                films=[item for item in shown if isinstance(item, Film)],
                left=left,
                smoothing=smoothing,
                emotion=emotion,
            )
        )
    return left


def _item(name: str, rows: list[Flat], how: Smoothing | None) -> Card | Film:
    if _number(rows[0].get("timestamp")) is not None:
        return _film(name, rows, how)
    error = rows[0].get("error") or None
    faces = tuple(_face(row) for row in rows if _number(row.get("success")))
    return Card(name, None if error else _small(name), faces, error)


def _number(value: Any) -> float | None:
    """Return a cell as a number: tables that were read again hold text."""
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def _numbers(row: Flat, names: Iterable[str]) -> list[float]:
    return [_number(row.get(name)) or 0.0 for name in names]


def _small(name: str) -> str | None:
    """Return the picture made small, as a data address; None where it cannot be opened any more."""
    try:
        picture = open_image(Path(name)).to_pil()
    except FocalFaceError:
        return None
    picture.thumbnail((SIDE, SIDE))
    data = io.BytesIO()
    picture.save(data, "JPEG", quality=80)
    return f"data:image/jpeg;base64,{base64.b64encode(data.getvalue()).decode()}"


def _face(row: Flat) -> FaceNote:
    x, y, w, h = _numbers(row, ("FaceRectX", "FaceRectY", "FaceRectWidth", "FaceRectHeight"))
    width, height = (max(value, 1.0) for value in _numbers(row, ("width", "height")))
    box = (100 * x / width, 100 * y / height, 100 * w / width, 100 * h / height)
    return FaceNote(int(_number(row["face_id"]) or 0), box, tuple(_words(row)))


def _words(row: Flat) -> Iterator[str]:
    if row.get("emotion"):
        yield f"suggests {row['emotion']}"
    if (age := _number(row.get("age"))) is not None:
        yield f"apparent age {age:.0f}"
    found = [(unit, _number(row.get(f"AU{unit.number:02d}"))) for unit in facs.UNITS.values()]
    seen = [(value, unit) for unit, value in found if value is not None and value >= facs.PRESENT]
    for value, unit in sorted(seen, key=lambda one: -one[0])[:5]:
        yield f"{unit.code} {unit.plain} {value:.2f}"


def _film(name: str, rows: list[Flat], how: Smoothing | None) -> Film:
    times = [_number(row["timestamp"]) or 0.0 for row in rows]
    by_face: dict[int, list[tuple[float, Flat]]] = {}
    for seconds, row in zip(times, rows, strict=True):
        if (face := _number(row.get("face_id"))) is not None:
            by_face.setdefault(int(face), []).append((seconds, row))
    strips = tuple(_strip(face, points, times[-1], how) for face, points in sorted(by_face.items()))
    return Film(name, times[-1], len(set(times)), strips)


def _strip(face: int, points: list[tuple[float, Flat]], end: float, how: Smoothing | None) -> Strip:
    made: list[Plot] = []
    still: list[str] = []
    for unit in sorted(facs.UNITS.values(), key=lambda unit: unit.number):
        lines = _lines(unit, points, how)
        moves = {side: episodes(series) for side, series in lines.items()}
        if any(moves.values()):
            words = tuple(
                f"{side} {plots.caption(one)}".strip() for side in moves for one in moves[side]
            )
            made.append(Plot(f"{unit.code} {unit.plain}", plots.draw(lines, moves, end), words))
        elif lines:
            still.append(unit.code)
    return Strip(face, tuple(made), tuple(still))


def _lines(
    unit: facs.Unit, points: list[tuple[float, Flat]], how: Smoothing | None
) -> Mapping[str, Series]:
    """Return the unit over time, by side; those that were never assessed are left out."""
    code = f"AU{unit.number:02d}"
    columns = {"left": f"{code}_left", "right": f"{code}_right"} if unit.sided else {}
    found = {side: _points(points, name) for side, name in columns.items()}
    if not any(found.values()):
        found = {"": _points(points, code)}
    return {side: smooth(Series.of(line), how) for side, line in found.items() if line}


def _points(points: list[tuple[float, Flat]], column: str) -> list[tuple[float, float]]:
    values = ((seconds, _number(row.get(column))) for seconds, row in points)
    return [(seconds, value) for seconds, value in values if value is not None]
