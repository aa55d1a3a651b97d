"""The cache that :mod:`~focalface.tools.training.describer.cache` wrote, ready to draw from."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from focalface.tools.describers.embedded.alignment import similarity
from focalface.tools.training.describer.tables import SOURCES

Index = NDArray[np.int64]


class Rows:
    """Pictures as memory maps, one row a picture; columns by name.

    ``folder``: where it lies. ``a``, ``b``: the similarity from a picture's pixels to crop
    fractions; it means nothing where the row is not ``aligned``.
    """

    def __init__(self, cache: Path) -> None:
        rows = np.load(cache / "rows.npz")
        self.table: dict[str, NDArray[Any]] = {k: rows[k] for k in rows.files}
        self.small = np.load(cache / "fer48.npy", mmap_mode="r")
        self.large = np.load(cache / "faces256.npy", mmap_mode="r")
        self.a, self.b = similarity(self.table["five"].astype(np.float64))
        self.mirror = self.table["mirror"].astype(np.int64)
        self.folder = cache
        self._others: dict[str, NDArray[Any]] | None = None

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self.table[name]

    def __len__(self) -> int:
        return len(self.table["id"])

    @property
    def others(self) -> dict[str, NDArray[Any]]:
        """Columns of the patches from the detection pack."""
        if self._others is None:
            found = np.load(self.folder / "others.npz")
            self._others = {k: found[k] for k in found.files}
        return self._others

    def of(self, source: str) -> NDArray[np.bool_]:
        """Tell which rows come from a source."""
        return self.table["source"] == SOURCES.index(source)

    def flag(self, name: str) -> NDArray[np.bool_]:
        """Return a column of truth values."""
        return self.table[name].astype(bool)

    @property
    def training(self) -> NDArray[np.bool_]:
        """Aligned rows outside the validation share."""
        return self.flag("aligned") & ~self.flag("val")

    @property
    def validation(self) -> NDArray[np.bool_]:
        """Aligned rows of the validation share."""
        return self.flag("aligned") & self.flag("val")

    def picture(self, i: int) -> NDArray[np.uint8]:
        """Return the stored grey picture of row ``i``: 48 px for FER2013, else 256 px."""
        small = SOURCES[int(self.table["source"][i])] == "fer2013"
        out: NDArray[np.uint8] = (self.small if small else self.large)[self.table["place"][i]]
        return out

    def place(self, i: int) -> tuple[complex, complex]:
        """Return the similarity of row ``i``."""
        return complex(self.a[i]), complex(self.b[i])

    def mesh_in_crop(
        self, i: int, a: complex | None = None, b: complex | None = None
    ) -> NDArray[np.float32]:
        """Return the teacher's mesh of row ``i`` in crop fractions (478, 2), for its own or another
        similarity."""
        if a is None or b is None:
            a, b = self.place(i)
        mesh = self.table["mesh"][i].astype(np.float64)
        z = a * (mesh[:, 0] + 1j * mesh[:, 1]) + b
        return np.stack([z.real, z.imag], -1).astype(np.float32)
