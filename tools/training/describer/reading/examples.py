"""One example for the reading network: a crop and everything that is known of it."""

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from focalface.tools.describers.embedded.views import MIRRORED_GAZE
from focalface.tools.training.describer.augment import Grey, Place, far_jitter, jitter, warp
from focalface.tools.training.describer.codes import (
    CATEGORIES,
    UNITS,
    ZONE_UNITS,
    steps,
)
from focalface.tools.training.describer.reading import shapes
from focalface.tools.training.describer.reading.occluders import occlude
from focalface.tools.training.describer.reading.shapes import NO_SHAPE, Shape
from focalface.tools.training.describer.rows import Rows
from focalface.tools.training.describer.soft import Soft
from focalface.tools.training.describer.targets import (
    NO_AGE,
    NO_EMOTION,
    age_target,
    emotion_target,
)

Floats = NDArray[np.float32]

EMOTION_LABEL, EMOTION_SPREAD = 0.57, 0.03
"""Shares of the label and of all classes alike in a target of emotion."""
OCCLUDED = 0.24
"""Share of clean faces over which something is drawn."""
FAR_OFF = 0.06
"""Share of faces that lie far off their place, as after a poor detection."""
WINK = 0.43
"""Difference between the lids of both eyes from which on an eye coded as open may be winking."""
NO_LIDS = np.full(2, np.nan, np.float32)
NOTHING = np.full((len(UNITS), 2), np.nan, np.float32)
"""No unit known."""
SEEN_WITH = {"eyes": ("gaze", "spectacles"), "mouth": ("teeth", "tongue", "facial_hair")}
"""Categories that cannot be judged when a zone is hidden."""


@dataclass(frozen=True, slots=True)
class Example:
    """Targets of ``units`` (16, 2) and of both halves of the picture (2, 16, 2), see ``steps``, NaN
    where unknown; classes of ``codes`` are numbers, -1 unknown; ``emotion`` (7) and ``age`` (101)
    are distributions, zeros where unknown; ``age_weight`` is 0 without an age. ``lids``: how far
    those of the picture's left and right half are closed, NaN unknown."""

    crop: Grey
    units: Floats
    sides: Floats
    codes: dict[str, int]
    emotion: Floats = field(default_factory=NO_EMOTION.copy)
    age: Floats = field(default_factory=NO_AGE.copy)
    years: float = 0.0
    age_weight: float = 0.0
    lids: Floats = field(default_factory=NO_LIDS.copy)
    shape: Shape = NO_SHAPE

    def mirrored(self) -> "Example":
        """Return the same face in a mirror."""
        gaze = self.codes["gaze"]
        return replace(
            self,
            crop=self.crop[:, ::-1].copy(),
            sides=self.sides[::-1].copy(),
            codes=self.codes | {"gaze": MIRRORED_GAZE[gaze] if gaze >= 0 else -1},
            lids=self.lids[::-1].copy(),
            shape=self.shape.mirrored(),
        )

    def hiding(self, codes: dict[str, str | None], zones: tuple[str, ...]) -> "Example":
        """Return what is still known when something is seen in front (category -> class, ``None``
        unknown) and zones are hidden."""
        units, sides = self.units.copy(), self.sides.copy()
        for zone in zones:
            at = [UNITS.index(code) for code in ZONE_UNITS[zone]]
            units[at], sides[:, at] = np.nan, np.nan
        known = dict(self.codes)
        for zone in zones:
            known |= dict.fromkeys(SEEN_WITH.get(zone, ()), -1)
        if zones:
            known["suggests"] = -1
        for name, value in codes.items():
            known[name] = CATEGORIES[name].index(value) if value else -1
        emotion = NO_EMOTION if zones else self.emotion
        lids = NO_LIDS if "eyes" in zones else self.lids
        return replace(self, units=units, sides=sides, codes=known, emotion=emotion, lids=lids)


def unknown() -> dict[str, int]:
    """Return categories of which none is known."""
    return dict.fromkeys(CATEGORIES, -1)


def of_row(rows: Rows, i: int, crop: Grey, soft: Soft | None) -> Example:
    """Return what the packs know of a row; units of an uncoded one are what a trained network
    reads."""
    units, sides = (steps(rows[name][i].astype(np.float32)) for name in ("units", "sides"))
    if soft is not None and not rows["coded"][i]:
        units, sides = soft["units"][i], soft["sides"][i]
    age, weight, years = age_target(rows, i, soft, 0.06, 1.0)
    return Example(
        crop,
        units,
        sides,
        {name: int(rows[f"is_{name}"][i]) for name in CATEGORIES},
        emotion_target(rows, i, soft, EMOTION_LABEL, EMOTION_SPREAD),
        age,
        years,
        weight,
        lids_of(rows, i),
    )


def lids_of(rows: Rows, i: int) -> Floats:
    """Return what the teacher says of the lids of row ``i``, put right by its code: closed eyes are
    closed; open ones are open unless the teacher sees a wink; hidden ones nobody knows."""
    lids = np.asarray(rows["lids"][i], np.float32)
    state = CATEGORIES["eyes"][int(rows["is_eyes"][i])] if rows["is_eyes"][i] >= 0 else None
    if state == "closed":
        return np.fmax(lids, np.float32(0.9))
    if state in ("dark_glasses", "hidden"):
        return NO_LIDS
    if state == "open" and abs(lids[0] - lids[1]) < WINK:
        return np.minimum(lids, np.float32(0.05))
    return lids


def face(
    rows: Rows,
    i: int,
    size: int,
    rng: np.random.Generator,
    texture: Grey | None = None,
    soft: Soft | None = None,
    weight: float = 1.0,
) -> Example:
    """Return a face of the packs, a little off its place, sometimes with something in front of it;
    ``weight`` is that of its shape."""
    place = Place(*rows.place(i)).then(*(far_jitter if rng.random() < FAR_OFF else jitter)(rng))
    found = of_row(rows, i, warp(rows.picture(i), place, size), soft)
    found = replace(found, shape=shapes.of_row(rows, i, place, weight))
    clean = found.codes["quality"] <= 0 and bool(rows["has_mesh"][i])
    if not clean or rng.random() >= OCCLUDED:
        return found
    points = rows.mesh_in_crop(i, *place) * size
    crop, codes, zones = occlude(found.crop, points, texture, rng)
    return replace(found, crop=crop).hiding(codes, zones)


def composite(rows: Rows, i: int, j: int, size: int, rng: np.random.Generator) -> Example:
    """Return the left half of one coded face and the right half of another: the two differ as a
    crooked smile or a wink does, and what each half shows is known."""
    grow = float(np.exp(rng.normal(0, 0.03)))
    centre = 0.5 + 0.5j
    move = Place(grow + 0j, centre - grow * centre + complex(*rng.normal(0, 0.012, 2)))
    one, other = (
        warp(rows.picture(k), Place(*rows.place(k)).then(*move), size).astype(np.float32)
        for k in (i, j)
    )
    other = (other - other.mean()) * ((one.std() + 1) / (other.std() + 1)) + one.mean()
    seam = (grow * MIDDLE + move.b.real) * size
    soft = size * (0.01 + rng.uniform(0, 0.012))
    left = 1 / (1 + np.exp((np.arange(size) - seam) / soft))
    crop = np.clip(one * left + other * (1 - left), 0, 255).astype(np.uint8)
    sides = np.stack([rows["units"][i], rows["units"][j]]).astype(np.float32)
    # The whole face shows what its stronger half shows; an unknown half may be stronger yet.
    whole = np.fmax(*sides)
    whole[np.isnan(sides).any(0) & ~(whole >= 2)] = np.nan
    lids = np.stack([lids_of(rows, i)[0], lids_of(rows, j)[1]])
    return Example(crop, steps(whole), steps(sides), unknown() | {"quality": 0}, lids=lids)


MIDDLE = 0.4958
"""Where the middle of the face lies across the crop: the mean of the template's points."""
