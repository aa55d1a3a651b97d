"""What the networks say of one whole face: units by side, what hides it, attributes. Pure.

Every unit has one number a side, whichever region is asked about: a region and the face that it
belongs to cannot disagree.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from focalface.tools.describers.embedded.attributes import face_attributes
from focalface.tools.describers.embedded.calibration import (
    intensity,
    intensity_alone,
    on_lines,
)
from focalface.tools.describers.embedded.metadata import ReadingMetadata
from focalface.tools.describers.embedded.networks import Floats, Odds
from focalface.tools.face import facs
from focalface.tools.face.hiding import COVERS, Hiding
from focalface.tools.types import ActionUnit, Attributes, Side

ONE_SIDED = 0.4
"""Expected code by which the halves of a face must differ for a movement to be one-sided."""
WEAKER = 0.65
"""... and the share of the stronger half that the weaker one then shows at most."""
AHEAD = 0.15
"""Probability by which an eye must be more likely hidden than the other to be named."""
UNEVEN_LIDS = 0.1
"""Share by which one eye must look more closed than the other to get a look of its own ..."""
WINKS = 0.3
"""... and probability by which it must then be more likely shut to be named."""
HALF_A_FACE = 0.62
"""What the log odds of a shut eye gain where half of a face and its mirror image are looked at: the
network is less sure of these. All three were chosen on composites of a closed and an open eye."""
SHUT = 0.5
"""Probability of a closed eye from which it is not taken for hidden."""

_COVERS = {
    "eyes": {"dark_glasses": "dark_glasses", "hidden": "eye_cover"},
    "brows": {"fringe": "fringe", "hidden": "brow_cover"},
    "mouth": {"mask": "mask", "object": "object", "beard": "beard"},
    "quality": {"blurred": "blur", "no_face": "no_face"},
}
"""Category of the network -> class -> cover (``hiding.COVERS``)."""

_WHOLE: tuple[tuple[int, Side], ...] = ((0, "both"),)
_LEFT_AND_RIGHT: tuple[tuple[int, Side], ...] = ((1, "left"), (2, "right"))
"""Rows of the readings of a unit -> the subject's side."""

Sided = dict[Side, ActionUnit]
"""The subject's side -> the unit there; ``both`` alone for units without sides."""


@dataclass(frozen=True)
class FaceReading:
    """One face: assessed code -> the unit by side, what hides the face, and its attributes."""

    units: dict[str, Sided]
    hidings: tuple[Hiding, ...]
    attributes: Attributes

    @cached_property
    def seen(self) -> dict[str, Sided]:
        """The units without what is hidden."""
        return {
            code: {
                side: unit
                for side, unit in sides.items()
                if not any(hiding.hides(code, side) for hiding in self.hidings)
            }
            for code, sides in self.units.items()
        }


@dataclass(frozen=True, slots=True)
class ViewOdds:
    """The odds of the whole face, and those of faces made of the subject's left and right half and
    its mirror image, where the eyes may differ."""

    whole: Odds
    left: Odds | None = None
    right: Odds | None = None


def eyes_may_differ(about: ReadingMetadata, odds: Odds) -> bool:
    """Tell whether something covers the eyes or one looks more closed: then each needs a view."""
    covered = _probability(about, odds, "eyes", "hidden") >= about.hidden["eyes"]["hidden"]
    return covered or _uneven_lids(odds)


def _uneven_lids(odds: Odds) -> bool:
    right, left = odds["lids"]
    return bool(abs(right - left) >= UNEVEN_LIDS)


def read_face(about: ReadingMetadata, views: ViewOdds, *, detected: bool) -> FaceReading:
    """Return the reading of a face from one look at it, and one at each half where needed.

    ``detected``: a detector found it by itself, so that there is a face without doubt.
    """
    hidings = tuple(h for h in _hidings(about, views) if not detected or h.cover != "no_face")
    found = _units(about, views.whole) | {"AU43": _lids(about, views)}
    told = supported(about) & found.keys()
    units = {code: found[code] for code in facs.in_order(told)}
    opening = float(views.whole["units"][about.units.index("AU25")].sum() / 2)
    attributes = face_attributes(_told(about, views.whole), opening, units, hidings)
    return FaceReading(units, hidings, attributes)


def supported(about: ReadingMetadata) -> frozenset[str]:
    """Return the codes that can be assessed; a dropped jaw is coded as the upper step of parted
    lips."""
    jaw = {"AU26"} if "AU25" in about.assessed else set()
    return about.assessed | {"AU43"} | jaw


def _units(about: ReadingMetadata, odds: Odds) -> dict[str, Sided]:
    """Code -> the unit by side, for every code that the network reads."""
    whole = odds["units"]
    left, right = _by_side(whole, odds["sides"])
    steps = np.stack([whole, left, right])
    presence = on_lines(steps[..., 0], about.presence)
    clear = on_lines(steps[..., 1], about.clear)
    levels = zip(intensity(presence, clear).T.tolist(), presence.T.tolist(), strict=True)
    found: dict[str, Sided] = {}
    for code, (strength, present) in zip(about.units, levels, strict=True):
        sides = _LEFT_AND_RIGHT if facs.UNITS[code].sided else _WHOLE
        found[code] = {side: _unit(code, side, present[k], strength[k]) for k, side in sides}
    if "AU25" in found:
        jaw = float(clear[0, about.units.index("AU25")])
        found["AU26"] = {"both": _unit("AU26", "both", jaw, intensity_alone(jaw))}
    return found


def _by_side(whole: Floats, halves: Floats) -> tuple[Floats, Floats]:
    """P(code >= 1) and P(code >= 2) of units (n, 2) on the subject's left and right: the whole's,
    the weaker half's scaled down. ``halves`` (2, n, 2), the left half of the picture first."""
    right, left = halves.sum(-1)
    strong, weak = np.maximum(left, right), np.minimum(left, right)
    differ = (strong - weak >= ONE_SIDED) & (weak <= WEAKER * strong)
    less = whole * (halves.min(0) / np.maximum(halves.max(0), 1e-6))
    return tuple(  # type: ignore[return-value]
        np.where((differ & weaker)[:, None], less, whole) for weaker in (left < right, right < left)
    )


def _unit(code: str, side: Side, presence: float, strength: float) -> ActionUnit:
    name = facs.UNITS[code].name
    return ActionUnit(code=code, name=name, side=side, intensity=strength, presence=presence)


def _lids(about: ReadingMetadata, views: ViewOdds) -> Sided:
    """AU43 by side."""
    left, right = shut_eyes(about, views)
    return {
        "left": _unit("AU43", "left", left, intensity_alone(left)),
        "right": _unit("AU43", "right", right, intensity_alone(right)),
    }


def shut_eyes(about: ReadingMetadata, views: ViewOdds) -> tuple[float, float]:
    """Return P(closed) of the subject's left and right eye, each by a look at its own half of the
    face where they seem to differ, and the same for both where they do not."""
    left, right = _closed(about, views.whole)
    if views.left and views.right and _uneven_lids(views.whole):
        halves = np.array([views.left["lids"].mean(), views.right["lids"].mean()])
        slope, offset = about.closed
        left, right = on_lines(halves, [(slope, offset + HALF_A_FACE)] * 2).tolist()
    if abs(left - right) < WINKS or max(left, right) < SHUT:
        left = right = (left + right) / 2
    return left, right


def _closed(about: ReadingMetadata, odds: Odds) -> tuple[float, float]:
    """P(closed) of the subject's left and right eye; the picture's left half comes first."""
    right, left = on_lines(odds["lids"], [about.closed] * 2).tolist()
    return left, right


def _turned_at_the_mouth(about: ReadingMetadata, odds: Odds) -> float:
    """P(at least slight) of a movement that turns the mouth's outline down or pushes it up: who
    reads that has seen the mouth, though it may look as unusual as one behind a hand."""
    return float(max(odds["units"][about.units.index(code)][0] for code in ("AU15", "AU17")))


def _hidings(about: ReadingMetadata, views: ViewOdds) -> tuple[Hiding, ...]:
    """What hides parts of the face: of each part the cover that is farthest above its threshold."""
    found = []
    seen = _turned_at_the_mouth(about, views.whole)
    for category, covers in _COVERS.items():
        least = about.hidden[category]
        ahead = {
            cover: _probability(about, views.whole, category, name) - least[name]
            for name, cover in covers.items()
            if name in least
        }
        if category == "mouth":
            ahead["object"] -= max(0.0, seen - least["object"])
        best = max(ahead, key=ahead.__getitem__)
        side = _side(about, views) if best == "eye_cover" else "both"
        if ahead[best] >= 0 and side:
            found.append(Hiding(best, side))
    # Where there is no face, or nothing but blur, nothing else hides parts of it.
    alone = [h for h in found if COVERS[h.cover].part == "face"]
    return tuple(alone or found)


def _side(about: ReadingMetadata, views: ViewOdds) -> Side | None:
    """Which eye is hidden, by the views at each half of the face; a shut eye is none of them."""
    if views.left is None or views.right is None:
        return "both"
    least = about.hidden["eyes"]["hidden"]
    closed = shut_eyes(about, views)
    left, right = (
        0.0 if shut >= SHUT else _probability(about, half, "eyes", "hidden")
        for half, shut in zip((views.left, views.right), closed, strict=True)
    )
    if max(left, right) < least and max(closed) >= SHUT:
        return None
    if abs(left - right) < AHEAD or min(left, right) >= least:
        return "both"
    return "left" if left > right else "right"


def _told(about: ReadingMetadata, odds: Odds) -> dict[str, str]:
    """The likeliest class of each attribute, where it is likely enough."""
    found = {}
    for category, least in about.attributes.items():
        best = int(odds[category].argmax())
        if least is not None and odds[category][best] >= least:
            found[category] = about.categories[category][best]
    return found


def _probability(about: ReadingMetadata, odds: Odds, category: str, name: str) -> float:
    return float(odds[category][about.categories[category].index(name)])
