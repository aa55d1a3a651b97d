"""Where the faces of a picture are among each other: rows, places in words, nearest and behind.

Pure geometry of boxes in the image frame (pixels); nothing here looks at a face.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from focalface.tools.types import Box, Face

SMALL_GROUP = 8
"""Faces up to which each is called by its place in the row; of more the number goes first."""
CROWD = 30
"""Faces from which nobody sees rows any more, only parts of the picture."""

# Our choices, all in heights or widths of a face.
_GAP = 0.4
"""Height of the empty band between two plain rows."""
_BEHIND = 0.9
"""How much higher a face sits that is behind another one."""
_BESIDE = 1.5
"""Widths within which a face is behind another one rather than elsewhere."""
_FARTHER = 0.9
"""Share of the height of a face below which another one seems farther away."""
_ALIKE = 0.5
"""Share of the height of a face from which another one may stand next to it."""
_MOST_ROWS = 4
"""Rows of people up to which one speaks of rows."""
_LARGE = 0.6
"""Share of the height of the largest face from which one stands in front, where there are no
rows."""
_NTH = (
    "", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture: its handle, size in pixels, and its faces, largest first."""

    image_id: str
    width: int
    height: int
    faces: tuple[Face, ...]
    name: str = "the picture"

    def number(self, face_id: str) -> int:
        """Return the number of a face, counted from 1."""
        return next(n for n, face in enumerate(self.faces, 1) if face.id == face_id)

    def by_position(self) -> list[Face]:
        """Return faces from left to right as they appear in the picture."""
        return _from_left(self.faces)

    def rows(self) -> list[list[Face]]:
        """Return faces by row from the top, each from left to right; one row unless rows are
        plain, as those of a contact sheet."""
        if not len(self.faces) > 1:
            return [list(self.faces)]
        rows = _bands(self.faces)
        plain = len(rows) > 1 and all(len(row) > 1 for row in rows)
        return [_from_left(row) for row in (rows if plain else [self.faces])]

    def lines(self) -> list[list[Face]]:
        """Return faces by row from the back to the front: plain rows, else those who stand behind
        others; one row where neither is to be seen."""
        rows = self.rows()
        if len(rows) > 1 or not 2 < len(self.faces) <= CROWD:
            return rows
        depths = _depths(self.faces)
        found = [
            _from_left([f for f in self.faces if depths[f.id] == depth])
            for depth in range(max(depths.values()), -1, -1)
        ]
        return found if len(found) <= _MOST_ROWS else rows

    def in_front(self) -> list[Face]:
        """Return the front row, largest first; where there are no rows, the large faces."""
        if len(lines := self.lines()) > 1:
            return self._ordered(lines[-1])
        largest = max(face.box.height for face in self.faces)
        return [f for f in self.faces if f.box.height >= _LARGE * largest]

    def at_the_back(self) -> list[Face]:
        """Return those who are not in front."""
        front = {face.id for face in self.in_front()}
        return [face for face in self.faces if face.id not in front]

    def behind(self, face: Face) -> list[Face]:
        """Return those behind a face, the nearest first."""
        found = [other for other in self.faces if _is_behind(other, face)]
        found = found or [other for other in self.faces if _seems_behind(other, face)]
        return sorted(found, key=lambda other: _distance(other, face))

    def before(self, face: Face) -> list[Face]:
        """Return those in front of a face, the nearest first."""
        found = [other for other in self.faces if _is_behind(face, other)]
        found = found or [other for other in self.faces if _seems_behind(face, other)]
        return sorted(found, key=lambda other: _distance(other, face))

    def neighbour(self, face: Face, step: int) -> Face | None:
        """Return the nearest face of about the same size and height, left (-1) or right (1)."""
        x, y = face.box.center
        near = [
            (abs(other.box.center[0] - x), other)
            for other in self.faces
            if (other.box.center[0] - x) * step > 0
            and abs(other.box.center[1] - y) < _BESIDE * face.box.height
            and _ALIKE < other.box.height / face.box.height < 1 / _ALIKE
        ]
        return min(near, key=lambda pair: pair[0])[1] if near else None

    def _ordered(self, faces: Sequence[Face]) -> list[Face]:
        chosen = {face.id for face in faces}
        return [face for face in self.faces if face.id in chosen]

    def where(self, face_id: str) -> str:
        """Tell where a face is among the others, in words: ``on the left``, ``second from the
        left``; where there are rows, with its row: ``in the bottom row, on the left``; in a crowd
        the part of the picture."""
        if len(self.faces) > CROWD:
            return self._part(next(f for f in self.faces if f.id == face_id))
        rows = self.rows()
        ends = ("top", "bottom")
        if len(rows) == 1 and len(self.faces) > SMALL_GROUP:
            rows, ends = self.lines(), ("back", "front")
        number = next(n for n, row in enumerate(rows) if any(f.id == face_id for f in row))
        place = _place(face_id, rows[number])
        if len(rows) == 1:
            return place
        last = number == len(rows) - 1
        row = ends[1] if last else _NTH[number] or ends[0]
        return f"in the {row} row{f', {place}' if place else ''}"

    def _part(self, face: Face) -> str:
        """Return the ninth of the picture in which a face lies: ``at the top left``."""
        x, y = face.box.center
        across = ("left", "middle", "right")[_third(x, self.width)]
        down = ("top", "", "bottom")[_third(y, self.height)]
        if not down:
            return "in the middle" if across == "middle" else f"on the {across}"
        return f"at the {down}, in the middle" if across == "middle" else f"at the {down} {across}"

    def called(self, face_id: str) -> str:
        """Return a face by place and number, ``the face on the left (face 2)``; among many,
        ``face 12 (top row, on the left)``."""
        if len(self.faces) == 1:
            return "the face"
        number, where = self.number(face_id), self.where(face_id)
        if len(self.faces) > SMALL_GROUP:
            place = where.removeprefix("in the ") if " row" in where else where
            return f"face {number} ({place})" if place else f"face {number}"
        return f"the face {where} (face {number})"

    def called_in(self, face_id: str) -> str:
        """Return a face by number, place and picture, where faces of several pictures are told of:
        ``face 2 (on the left) in party.jpg``."""
        if len(self.faces) == 1:
            return f"the face in {self.name}"
        where = self.where(face_id).removeprefix("in the ")
        return f"face {self.number(face_id)}{f' ({where})' * bool(where)} in {self.name}"


def middle_of(faces: Sequence[Face], width: float) -> Face:
    """Return who is in the middle of some faces: the median of a row; where many are scattered,
    the largest in the middle third of a picture ``width`` pixels wide."""
    central = [f for f in faces if _third(f.box.center[0], width) == 1]
    if len(faces) > CROWD and central:
        return max(central, key=lambda face: face.box.height)
    ordered = _from_left(faces)
    return ordered[len(ordered) // 2]


def nearest_to_corner(faces: Sequence[Face], corner: tuple[int, int]) -> Face:
    """Return the face nearest to a corner of all of them: (0, 0) is top left, (1, 1) bottom
    right."""
    around = _around(faces)
    at = (around.x1, around.x2)[corner[0]], (around.y1, around.y2)[corner[1]]

    def distance(face: Face) -> float:
        x, y = face.box.center
        across = (x - at[0]) / max(around.width, 1)
        return across**2 + ((y - at[1]) / max(around.height, 1)) ** 2

    return min(faces, key=distance)


def half(faces: Sequence[Face], *, top: bool) -> list[Face]:
    """Return the faces in the upper, or the lower, half of the band that all of them take."""
    around = _around(faces)
    middle = (around.y1 + around.y2) / 2
    return [face for face in faces if (face.box.center[1] < middle) == top]


def on_side(faces: Sequence[Face], side: str, width: float) -> list[Face]:
    """Return the faces in the left, middle or right third of a picture ``width`` pixels wide."""
    wanted = ("left", "middle", "right").index(side)
    return [face for face in faces if _third(face.box.center[0], width) == wanted]


def _around(faces: Sequence[Face]) -> Box:
    return Box(
        x1=min(f.box.x1 for f in faces),
        y1=min(f.box.y1 for f in faces),
        x2=max(f.box.x2 for f in faces),
        y2=max(f.box.y2 for f in faces),
    )


def _third(value: float, size: float) -> int:
    return min(max(int(3 * value / max(size, 1)), 0), 2)


def _from_left(faces: Sequence[Face]) -> list[Face]:
    return sorted(faces, key=lambda face: face.box.center[0])


def _bands(faces: Sequence[Face]) -> list[list[Face]]:
    """Return faces in groups with an empty band between them, from the top."""
    room = _GAP * median(face.box.height for face in faces)
    rows: list[list[Face]] = []
    for face in sorted(faces, key=lambda face: face.box.center[1]):
        near = rows and face.box.center[1] - rows[-1][-1].box.center[1] < room
        rows[-1].append(face) if near else rows.append([face])
    return rows


def _distance(face: Face, other: Face) -> float:
    (x, y), (u, v) = face.box.center, other.box.center
    return (x - u) ** 2 + (y - v) ** 2


def _is_behind(face: Face, other: Face) -> bool:
    """Tell whether a face is seen above another one, as that of somebody standing behind."""
    (x, y), (u, v) = face.box.center, other.box.center
    width = (face.box.width + other.box.width) / 2
    height = (face.box.height + other.box.height) / 2
    return abs(x - u) < _BESIDE * width and v - y > _BEHIND * height


def _seems_behind(face: Face, other: Face) -> bool:
    """Tell whether a face is smaller and higher than another one, where nobody is above that."""
    smaller = face.box.height < _FARTHER * other.box.height
    return smaller and face.box.center[1] < other.box.center[1]


def _depths(faces: Sequence[Face]) -> dict[str, int]:
    """Return how many rows stand in front of each face: the longest chain from it to the front."""
    depths: dict[str, int] = {}
    for face in sorted(faces, key=lambda face: -face.box.center[1]):
        nearer = [depths[f.id] for f in faces if f.id in depths and _is_behind(face, f)]
        depths[face.id] = 1 + max(nearer, default=-1)
    return depths


def _place(face_id: str, row: Sequence[Face]) -> str:
    """Tell where a face is in its row."""
    order = [face.id for face in row]
    at, last = order.index(face_id), len(order) - 1
    if last == 0:
        return ""
    if at in (0, last):
        return "on the left" if at == 0 else "on the right"
    if 2 * at == last:
        return "in the middle"
    from_left = at <= last - at
    steps = min(at if from_left else last - at, len(_NTH) - 1)
    return f"{_NTH[steps]} from the {'left' if from_left else 'right'}"
