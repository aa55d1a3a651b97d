"""Batches for the reading network: coded faces, composites, labelled faces, masks, no faces."""

from dataclasses import dataclass, fields, replace

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from focalface.tools.describers.embedded.alignment import by_box, similarity
from focalface.tools.training.describer import others
from focalface.tools.training.describer.augment import Grey, Place, jitter, photographed, warp
from focalface.tools.training.describer.codes import CATEGORIES, UNITS
from focalface.tools.training.describer.reading import examples
from focalface.tools.training.describer.reading.examples import NOTHING, Example
from focalface.tools.training.describer.reading.shapes import weights
from focalface.tools.training.describer.rows import Rows
from focalface.tools.training.describer.soft import read_soft
from focalface.tools.types import Box

SHARES = {
    "coded": 0.345,
    "strong": 0.09,
    "winks": 0.025,
    "fer2013": 0.28,
    "muxspace": 0.06,
    "utkface": 0.125,
    "masks": 0.045,
    "no_face": 0.03,
}
"""Share of each pool in a batch."""
STRONG = ("AU9", "AU10", "AU15", "AU17", "AU18", "AU20", "AU24")
"""Clear movements that pull a mouth, in plain sight, out of shape (pool ``strong``): seldom drawn,
they are taken for a hand before it."""
HALVES = {"coded": 0.22, "strong": 0.22, "winks": 0.75}
"""Pool -> the share of its faces that become one half of a composite; the other half of one with a
closed eye (``winks``) has an open one."""
TRIES = 3
"""How many partners are looked at for one that fits."""


@dataclass(frozen=True, slots=True)
class ReadingBatch:
    """N crops; see :class:`~.examples.Example`."""

    crops: Tensor  # N 1 S S uint8
    units: Tensor  # N 16 2
    sides: Tensor  # N 2 16 2
    codes: Tensor  # N categories, in the order of CATEGORIES
    emotion: Tensor  # N 7, zeros where unknown
    age: Tensor  # N 101, zeros where unknown
    years: Tensor  # N
    age_weight: Tensor  # N
    lids: Tensor  # N 2
    landmarks: Tensor  # N P 2
    pose: Tensor  # N 3
    shape_weight: Tensor  # N

    def to(self, device: torch.device) -> "ReadingBatch":
        """Return the same batch on another device."""
        return ReadingBatch(*(getattr(self, f.name).to(device) for f in fields(self)))


def collate(found: list[Example]) -> ReadingBatch:
    """Examples as one batch."""
    return ReadingBatch(
        torch.from_numpy(np.stack([e.crop for e in found]))[:, None],
        torch.from_numpy(np.stack([e.units for e in found])),
        torch.from_numpy(np.stack([e.sides for e in found])),
        torch.tensor([[e.codes[name] for name in CATEGORIES] for e in found]),
        torch.from_numpy(np.stack([e.emotion for e in found])),
        torch.from_numpy(np.stack([e.age for e in found])),
        torch.tensor([e.years for e in found], dtype=torch.float32),
        torch.tensor([e.age_weight for e in found], dtype=torch.float32),
        torch.from_numpy(np.stack([e.lids for e in found])),
        torch.from_numpy(np.stack([e.shape.points for e in found])),
        torch.from_numpy(np.stack([e.shape.pose for e in found])),
        torch.tensor([e.shape.weight for e in found], dtype=torch.float32),
    )


class ReadingExamples:
    """Makes batches; all randomness comes from one generator."""

    def __init__(self, rows: Rows, rng: np.random.Generator) -> None:
        self.rows, self.rng = rows, rng
        self.soft, self.shape_weights = read_soft(rows), weights(rows)
        train, coded = rows.training, rows.flag("coded")
        felt = rows["emotion"].astype(int) >= 0
        clear = (rows["units"][:, [UNITS.index(code) for code in STRONG]] == 2).any(1)
        in_sight = rows["is_mouth"] == CATEGORIES["mouth"].index("visible")
        closed, open_ = (rows["is_eyes"] == CATEGORIES["eyes"].index(n) for n in ("closed", "open"))
        kind, held = rows.others["kind"], rows.others["val"].astype(bool)
        no_face = kind == others.KINDS.index("no_face")
        pools = {
            "coded": train & coded,
            "strong": train & coded & clear & in_sight,
            "winks": train & coded & closed & (rows["is_quality"] == 0),
            "fer2013": train & ~coded & rows.of("fer2013") & felt,
            "muxspace": train & ~coded & rows.of("muxspace") & felt,
            "utkface": train & ~coded & (rows["age"].astype(int) >= 0),
            "masks": ~no_face & ~held,
            "no_face": no_face & ~held,
        }
        self.pools = {name: np.flatnonzero(pool) for name, pool in pools.items()}
        self.partners = {"winks": np.flatnonzero(train & coded & open_)}

    def __call__(self, count: int, size: int) -> ReadingBatch:
        """A batch of ``count`` crops (size, size)."""
        kinds = self.rng.choice(list(SHARES), count, p=list(SHARES.values()))
        return collate([self._one(str(kind), size) for kind in kinds])

    def _one(self, kind: str, size: int) -> Example:
        rng = self.rng
        i = int(rng.choice(self.pools[kind]))
        if kind in ("masks", "no_face"):
            found = self._other(i, size)
        elif rng.random() < HALVES.get(kind, 0.0):
            found = self._composite(i, self.partners.get(kind, self.pools["coded"]), size)
        else:
            found = self._face(i, size)
        if rng.random() < 0.5:
            found = found.mirrored()
        return replace(found, crop=photographed(found.crop, rng))

    def _face(self, i: int, size: int) -> Example:
        """A row; an uncoded one with the units that a trained network reads, if any."""
        weight = float(self.shape_weights[i])
        return examples.face(self.rows, i, size, self.rng, self._texture(), self.soft, weight)

    def _texture(self) -> Grey | None:
        pictures = self.rows.others["pictures"]
        return pictures[self.rng.integers(len(pictures))] if self.rng.random() < 0.6 else None

    def _composite(self, i: int, partners: NDArray[np.intp], size: int) -> Example:
        """Two coded faces of good quality and one resolution; without a fitting one, the first."""
        rows, small = self.rows, self.rows.of("fer2013")
        for j in self.rng.choice(partners, TRIES):
            if small[i] == small[j] and rows["is_quality"][i] == rows["is_quality"][j] == 0:
                return examples.composite(rows, i, int(j), size, self.rng)
        return self._face(i, size)

    def _other(self, k: int, size: int) -> Example:
        """A masked or bare face of a photo, or a place without a face."""
        rows, rng = self.rows, self.rng
        kind = others.KINDS[int(rows.others["kind"][k])]
        codes = examples.unknown()
        if kind == "no_face":
            codes["quality"] = CATEGORIES["quality"].index("no_face")
            crop = self._no_face(rows.others["pictures"][k], size)
        else:
            if kind != "askew":
                codes["mouth"] = CATEGORIES["mouth"].index(
                    "mask" if kind == "masked" else "visible"
                )
            if kind == "masked":
                codes["quality"] = 0
            place = Place(*self._place(k, kind)).then(*jitter(rng, 1.3))
            crop = warp(rows.others["pictures"][k], place, size)
        return Example(crop, NOTHING, np.stack([NOTHING, NOTHING]), codes)

    def _place(self, k: int, kind: str) -> tuple[complex, complex]:
        """By the five points, or by the box alone: points under a mask may be poor guesses."""
        five = self.rows.others["five"][k].astype(np.float64)
        if np.isfinite(five).all() and (kind != "masked" or self.rng.random() < 0.8):
            a, b = similarity(five[None])
            return complex(a[0]), complex(b[0])
        half = others.SIDE / others.MARGIN / 2
        middle = others.SIDE / 2
        low, high = middle - half, middle + half
        found = by_box(Box(x1=low, y1=low, x2=high, y2=high))
        return found.a, found.b

    def _no_face(self, picture: Grey, size: int) -> Grey:
        """A crop without a face: of a photo, plain, noise, or clouds."""
        rng = self.rng
        kind = rng.random()
        if kind < 0.15:
            picture = np.full_like(picture, rng.integers(0, 256))
        elif kind < 0.22:
            picture = rng.integers(0, 256, picture.shape, dtype=np.uint8)
        elif kind < 0.3:
            picture = clouds(picture.shape[0], rng)
        turn = rng.uniform(0.8, 1.6) / others.SIDE * np.exp(1j * rng.normal(0, 0.3))
        middle = others.SIDE / 2 * (1 + 1j)
        return warp(picture, Place(complex(turn), complex(0.5 + 0.5j - turn * middle)), size)


def clouds(side: int, rng: np.random.Generator) -> Grey:
    """Return a soft random pattern."""
    cells = int(rng.integers(2, 20))
    noise = rng.normal(0, 1, (cells, cells)).astype(np.float32)
    soft = cv2.resize(noise, (side, side), interpolation=cv2.INTER_CUBIC)
    return np.clip(rng.uniform(30, 220) + rng.uniform(2, 50) * soft, 0, 255).astype(np.uint8)
