"""What hides parts of a face: which regions, how much of each, and which units with them.

Pure knowledge; :mod:`focalface.tools.geometry.visible` applies it to the regions of one face. The
units are those that coders could mostly not judge behind such a thing (``weights/describer.md``);
the shares of the regions are estimates by eye.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from focalface.tools.face import facs
from focalface.tools.face.regions import BASIC, side_of
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


def _cover(part: Part, words: str, shares: Mapping[str, float], units: str = "") -> Cover:
    return Cover(part, words, MappingProxyType(dict(shares)), frozenset(units.split()))


_EVERYWHERE = tuple(dict.fromkeys(facs.unsided(name) for name in BASIC))
_MOUTH_UNITS = "AU10 AU12 AU14 AU15 AU17 AU18 AU20 AU22 AU23 AU24 AU25 AU26 AU28"
_LIPS = ("mouth", "upper_lip", "lower_lip", "lip_corner")

COVERS = MappingProxyType(
    {
        "dark_glasses": _cover(
            "eyes",
            "dark glasses",
            {"eye": 1.0, "under_eye": 0.7, "crows_feet": 0.7, "brow": 0.3},
            "AU1 AU2 AU4 AU5 AU6 AU7 AU43",
        ),
        "eye_cover": _cover(
            "eyes",
            "hair, a brim or a hand",
            {"eye": 1.0, "under_eye": 0.6, "crows_feet": 0.6},
            "AU5 AU6 AU7 AU43",
        ),
        "fringe": _cover("brows", "a fringe or a hat", {"brow": 0.8, "forehead": 0.8}, "AU1 AU2"),
        "brow_cover": _cover(
            "brows",
            "something in front of them",
            {"brow": 0.9, "forehead": 0.4, "glabella": 0.3},
            "AU1 AU2 AU4",
        ),
        "mask": _cover(
            "mouth",
            "a mask",
            {"nose_tip": 1.0, "nasolabial_fold": 1.0, "chin": 1.0, "jaw": 0.8, "cheek": 0.6}
            | dict.fromkeys(_LIPS, 1.0),
            _MOUTH_UNITS,
        ),
        "object": _cover(
            "mouth",
            "a hand or an object",
            {"nasolabial_fold": 0.4, "chin": 0.4} | dict.fromkeys(_LIPS, 0.9),
            _MOUTH_UNITS,
        ),
        "beard": _cover("mouth", "a beard", {"chin": 0.4, "jaw": 0.4} | dict.fromkeys(_LIPS, 0.2)),
        "blur": _cover("face", "blur", dict.fromkeys(_EVERYWHERE, 0.8), " ".join(facs.CODES)),
        "no_face": _cover("face", "no face", dict.fromkeys(_EVERYWHERE, 1.0), " ".join(facs.CODES)),
    }
)
"""Name -> what it is and what it hides."""


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
        """The share 0..1 of a basic atlas region that it hides."""
        if self.side != "both" and side_of(name) not in ("both", self.side):
            return 0.0
        return COVERS[self.cover].shares.get(facs.unsided(name), 0.0)

    def hides(self, code: str, side: Side) -> bool:
        """Whether it keeps one from judging a unit on a side."""
        return code in COVERS[self.cover].units and (self.side == "both" or side == self.side)


def hidden_share(name: str, hidings: Sequence[Hiding]) -> float:
    """The share 0..1 of a basic atlas region that is hidden."""
    return max((hiding.share(name) for hiding in hidings), default=0.0)


def sentence(hiding: Hiding) -> str:
    """``The mouth is hidden by a mask.``, ``The left eye is hidden by hair, a brim or a hand.``"""
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
    """What the ``hidden_by`` of a region says of it: ``is hidden by a mask``."""
    said = {
        OUTSIDE: "lies outside the picture",
        TURNED: "is turned away from the camera",
        COVERS["blur"].words: "is too blurred",
    }
    return said.get(words or "", f"is hidden by {words}" if words else "can hardly be seen")


def why_hidden(here: str, words: str | None) -> str:
    """Why nothing is judged at ``here`` (a region in words), by the ``hidden_by`` of a region."""
    if words == COVERS["no_face"].words:
        return "No face can be seen here, so nothing was judged."
    return f"{here[:1].upper()}{here[1:]} {predicate(words)}, so nothing was judged."
