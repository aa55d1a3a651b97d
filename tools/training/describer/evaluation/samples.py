"""The validation faces, what was said of them by people, coders and the exported files."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from focalface.tools.describers.embedded.alignment import CROP, by_box, similarity
from focalface.tools.describers.embedded.calibration import mixed
from focalface.tools.describers.embedded.describer import FEATURES
from focalface.tools.describers.embedded.suggestions import (
    shares_of,
    united,
    unsure_of_age,
    unsure_of_emotion,
    with_coders,
)
from focalface.tools.face.landmarks import MESH
from focalface.tools.face.regions import UNIONS
from focalface.tools.training.describer import augment as aug
from focalface.tools.training.describer import others
from focalface.tools.training.describer.codes import CATEGORIES, EMOTIONS
from focalface.tools.training.describer.evaluation.predict import (
    Files,
    Floats,
    Stacked,
    sharpnesses,
)
from focalface.tools.training.describer.parts.outlines import box_round, outlines
from focalface.tools.training.describer.rows import Index, Rows
from focalface.tools.training.describer.watch import clean_crops
from focalface.tools.types import Box

PARTS: dict[str, tuple[str, ...]] = {
    "eyes": ("left_eye", "right_eye"),
    "mouth": ("mouth",),
    "brows": ("left_brow", "right_brow"),
    "upper face": ("upper_face",),
    "mid face": ("mid_face",),
    "lower face": ("lower_face",),
}
"""Kinds of parts whose own suggestion is measured; of two regions one box is read."""

CODED = [CATEGORIES["suggests"].index(name) for name in EMOTIONS]
"""Where the coders' classes have the emotions."""

Labels = NDArray[np.int64]


class Sample:
    """Every aligned validation row, read once. Columns have one entry a face."""

    def __init__(self, files: Files, rows: Rows, index: Index | None = None) -> None:
        self.rows, self.files = rows, files
        self.index = np.flatnonzero(rows.validation) if index is None else index
        self.crops = clean_crops(rows, self.index)
        self.read = files.read(self.crops)
        self.other = files.judge(self.crops)
        self.sharpness = sharpnesses(self.crops)
        self.side: Floats = (1 / np.abs(rows.a[self.index])).astype(np.float32)
        self.emotion: Labels = rows["emotion"][self.index].astype(np.int64)
        self.age: Labels = np.minimum(rows["age"][self.index], 100).astype(np.int64)
        self.felt, self.aged = self.emotion >= 0, self.age >= 0
        self.coded = rows["coded"][self.index].astype(bool)
        self.passes = np.stack([rows[k][self.index] for k in ("units", "units_second")])

    def of(self, source: str) -> NDArray[np.bool_]:
        """Tell which faces come from a source."""
        return self.rows.of(source)[self.index]

    def judged(self, unit: int, step: int = 0) -> tuple[Floats, Floats]:
        """P(at least slight), or with ``step`` 1 P(clear), and the code of a unit, one entry for
        each judgement of a pass."""
        codes = self.passes[:, self.coded, unit].astype(np.float32)
        odds = np.repeat(self.read["units"][None, self.coded, unit, step], 2, 0)
        known = np.isfinite(codes)
        return odds[known], codes[known]

    def expected(self) -> Floats:
        """Return the expected code of every unit, 0..2, (N, 16)."""
        return self.read["units"].sum(-1)

    def emotion_odds(self, share: float) -> Floats:
        """Return emotion as the runtime does, (N, 7); ``share``: weight of the second opinion."""
        return emotion_of(self.read, self.other, share, self.side)

    def age_odds(self, share: float) -> Floats:
        """Return the same for age, (N, 101)."""
        own = self.read["age"]
        both = (1 - share) * own + share * self.other["age"]
        return np.where(unsure_of_age(own)[:, None], both, own)

    def category(self, name: str) -> tuple[NDArray[np.bool_], Labels, Floats]:
        """Tell which faces are coded in a category, their classes, and what the network says of
        them."""
        label = self.rows[f"is_{name}"][self.index].astype(np.int64)
        known = label >= 0
        return known, label[known], self.read[name][known]


def emotion_of(read: Stacked, other: Stacked, share: float, side: Floats) -> Floats:
    """Return emotion (N, 7) of crops with sides (N,) in pixels of the picture, with a second
    opinion where it is heard and with the coders' view."""
    own = read["emotion"]
    both = np.where(unsure_of_emotion(own)[:, None], mixed(own, other["emotion"], share), own)
    return with_coders(both, read["suggests"], side, CODED).astype(np.float32)


def masked_faces(files: Files, rows: Rows) -> dict[str, Any]:
    """Return what is said of the photos' faces and of faceless places that were kept for
    validation: ``mouth`` (n, 4) of those of which a person said whether they wear a mask
    (``masked``), and ``no_face`` (m) of places without a face. Aligned by a detector's points, or
    by the box."""
    held = np.flatnonzero(rows.others["val"].astype(bool))
    kind = rows.others["kind"][held]
    crops = np.stack([_other(rows, int(k)) for k in held])
    found = files.read(crops)
    faces = kind < others.KINDS.index("askew")
    none = kind == others.KINDS.index("no_face")
    return {
        "mouth": found["mouth"][faces],
        "masked": kind[faces] == others.KINDS.index("masked"),
        "no_face": found["quality"][none, CATEGORIES["quality"].index("no_face")],
    }


def _other(rows: Rows, k: int) -> aug.Grey:
    five = rows.others["five"][k].astype(np.float64)
    if np.isfinite(five).all():
        a, b = similarity(five[None])
        place = aug.Place(complex(a[0]), complex(b[0]))
    else:
        middle, half = others.SIDE / 2, others.SIDE / others.MARGIN / 2
        low, high = middle - half, middle + half
        box = by_box(Box(x1=low, y1=low, x2=high, y2=high))
        place = aug.Place(box.a, box.b)
    return aug.warp(rows.others["pictures"][k], place, CROP)


def parts_alone(files: Files, sample: Sample) -> dict[str, dict[str, NDArray[Any]]]:
    """Return what each kind of part alone suggests: ``emotion`` (n, 7) and ``label`` on FER2013,
    ``age`` (m, 101) and ``years`` on UTKFace. Outlines lie on the landmarks found."""
    shapes = outlines()
    mesh = meshes(sample)
    fer = np.flatnonzero(sample.of("fer2013") & sample.felt)
    utk = np.flatnonzero(sample.of("utkface") & sample.aged)
    out = {}
    for kind, names in PARTS.items():
        found = {}
        for key, at in (("emotion", fer), ("age", utk)):
            drawn = [[shapes[name].on(mesh[k]) for name in names] for k in at]
            polygons = [p[0] if len(p) == 1 else box_round(p) for p in drawn]
            held = [[shapes[name].on(mesh[k]) for k in at] for name in _held(names)]
            odds = [files.parts(sample.rows, sample.index[at], p)[key] for p in (polygons, *held)]
            shares = shares_of([range(len(odds))], len(odds))
            found[key] = united(np.stack(odds, 1), shares)[:, 0]
        out[kind] = found | {"label": sample.emotion[fer], "years": sample.age[utk]}
    return out


def _held(names: Sequence[str]) -> list[str]:
    """Return the features by which the describer tells these regions as well."""
    places = {place for name in names for place in UNIONS.get(name, (name,))}
    return [name for name in FEATURES if name in places] if len(places) > 1 else []


def meshes(sample: Sample) -> Floats:
    """Return the landmarks found, at their places in the mesh, (N, 478, 2) crop fractions."""
    mesh = np.zeros((len(sample.index), 478, 2), np.float32)
    mesh[:, list(MESH)] = sample.read["landmarks"]
    return mesh
