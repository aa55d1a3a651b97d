"""What hides parts of a face: which regions, how much of each, and which units with them.

Pure knowledge; :mod:`focalface.tools.geometry.visible` applies it to the regions of one face. The
units are those that coders could mostly not judge behind such a thing (``weights/describer.md``);
the shares of the regions stand in their rows (``region_rows``), estimates by eye.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from focalface.tools.face import facs
from focalface.tools.face.region_rows import ROWS
from focalface.tools.face.regions import side_of
from focalface.tools.types import Side

HIDDEN = 0.5
"""Visibility below which a region counts as hidden, and nothing in it is judged."""

OUTSIDE = "outside the picture"
TURNED = "the turn of the head"

Part = Literal["eyes", "brows", "mouth", "face"]


@dataclass(frozen=True, slots=True)
class Cover:
    """Something that hides a part of a face.

    ``words``: what it is, for people. ``shares``: region without side -> the share 0..1 of it that
    is hidden. ``units``: codes that cannot be judged behind it.
    """

    part: Part
    words: str
    shares: Mapping[str, float]
    units: frozenset[str]


_MOUTH_UNITS = "AU10 AU12 AU14 AU15 AU17 AU18 AU20 AU22 AU23 AU24 AU25 AU26 AU28"
_EVERYWHERE = {"blur": 0.8, "no_face": 1.0}
"""Cover of the whole face -> the share of every region that it hides."""


def _cover(name: str, part: Part, words: str, units: str = "") -> Cover:
    everywhere = dict.fromkeys(ROWS, _EVERYWHERE[name]) if name in _EVERYWHERE else {}
    shares = {row.name: row.hidden[name] for row in ROWS.values() if name in row.hidden}
    return Cover(part, words, MappingProxyType(shares | everywhere), frozenset(units.split()))


_KNOWN: tuple[tuple[str, Part, str, str], ...] = (
    ("dark_glasses", "eyes", "dark glasses", "AU1 AU2 AU4 AU5 AU6 AU7 AU43"),
    ("eye_cover", "eyes", "hair, a brim or a hand", "AU5 AU6 AU7 AU43"),
    ("fringe", "brows", "a fringe or a hat", "AU1 AU2"),
    ("brow_cover", "brows", "something in front of them", "AU1 AU2 AU4"),
    ("mask", "mouth", "a mask", _MOUTH_UNITS),
    ("object", "mouth", "a hand or an object", _MOUTH_UNITS),
    ("beard", "mouth", "a beard", ""),
    ("blur", "face", "blur", " ".join(facs.CODES)),
    ("no_face", "face", "no face", " ".join(facs.CODES)),
)
COVERS = MappingProxyType(
    {name: _cover(name, part, words, units) for name, part, words, units in _KNOWN}
)
"""Name -> what it is and what it hides; how much of a region stands in the region's row."""


@dataclass(frozen=True, slots=True)
class Hiding:
    """One cover on one face, on the subject's side where it hides only that one."""

    cover: str
    side: Side = "both"

    @property
    def words(self) -> str:
        """What it is, for people: ``a mask``."""
        return COVERS[self.cover].words

    def share(self, name: str) -> float:
        """Return the share 0..1 of a basic atlas region that it hides."""
        if self.side != "both" and side_of(name) not in ("both", self.side):
            return 0.0
        return COVERS[self.cover].shares.get(facs.unsided(name), 0.0)

    def hides(self, code: str, side: Side) -> bool:
        """Tell whether it keeps one from judging a unit on a side."""
        return code in COVERS[self.cover].units and (self.side == "both" or side == self.side)


def hidden_share(name: str, hidings: Sequence[Hiding]) -> float:
    """Return the share 0..1 of a basic atlas region that is hidden."""
    return max((hiding.share(name) for hiding in hidings), default=0.0)


def sentence(hiding: Hiding) -> str:
    """Return ``The mouth is hidden by a mask.`` or the like."""
    if hiding.cover == "no_face":
        return "No face can be seen here."
    if hiding.cover == "blur":
        return "The face is too blurred to be judged."
    if hiding.cover == "beard":
        return "A beard hides the edges of the lips, so movements there are less sure."
    part = COVERS[hiding.cover].part
    if hiding.side == "both":
        return f"The {part} {'is' if part == 'mouth' else 'are'} hidden by {hiding.words}."
    return f"The {hiding.side} {part.removesuffix('s')} is hidden by {hiding.words}."


def predicate(words: str | None) -> str:
    """Return what the ``hidden_by`` of a region says of it: ``is hidden by a mask``."""
    said = {
        OUTSIDE: "lies outside the picture",
        TURNED: "is turned away from the camera",
        COVERS["blur"].words: "is too blurred",
    }
    return said.get(words or "", f"is hidden by {words}" if words else "can hardly be seen")


def why_hidden(here: str, words: str | None) -> str:
    """Tell why nothing is judged at ``here`` (a region in words), by the ``hidden_by`` of a
    region."""
    if words == COVERS["no_face"].words:
        return "No face can be seen here, so nothing was judged."
    return f"{here[:1].upper()}{here[1:]} {predicate(words)}, so nothing was judged."
