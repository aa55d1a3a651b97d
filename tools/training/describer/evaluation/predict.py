"""What the exported files say of rows of the cache, stacked."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from focalface.tools.describers.embedded.networks import (
    OPINION_AGE,
    OPINION_EMOTION,
    PART_NET,
    READING_NET,
)
from focalface.tools.describers.embedded.patches import folded
from focalface.tools.describers.embedded.sharpness import sharpness
from focalface.tools.describers.embedded.views import averaged, unsure
from focalface.tools.training.describer import augment as aug
from focalface.tools.training.describer.parts.batches import cut
from focalface.tools.training.describer.rows import Index, Rows

Floats = NDArray[np.float32]
Stacked = dict[str, Floats]


class Files:
    """Sessions of the networks in a folder, one thread each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._open: dict[str, Any] = {}

    def run(self, name: str, feed: dict[str, NDArray[Any]]) -> Stacked:
        """Return the outputs of the network in a file by name."""
        if name not in self._open:
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = 1
            self._open[name] = onnxruntime.InferenceSession(self.folder / name, options)
        session = self._open[name]
        names = [output.name for output in session.get_outputs()]
        return dict(zip(names, session.run(None, feed), strict=True))

    def read(self, crops: NDArray[np.uint8]) -> Stacked:
        """Run the reading network on crops (N, 96, 96), averaged with their mirror images where
        the runtime looks at them."""
        found = self._stacked(READING_NET, crops)
        at = np.flatnonzero(unsure(found))
        one = {name: values[at] for name, values in found.items()}
        both = averaged(one, self._stacked(READING_NET, crops[at][..., ::-1])) if len(at) else one
        for name, values in both.items():
            found[name][at] = values
        return found

    def judge(self, crops: NDArray[np.uint8]) -> Stacked:
        """Run the second opinions on crops (N, 96, 96)."""
        emotion, age = (self._stacked(name, crops) for name in (OPINION_EMOTION, OPINION_AGE))
        return emotion | age

    def _stacked(self, name: str, crops: NDArray[np.uint8]) -> Stacked:
        return _stack(
            [
                self.run(name, {"crop": crops[at][:, None].astype(np.float32)})
                for at in _steps(len(crops), 32)
            ]
        )

    def parts(self, rows: Rows, index: Index, polygons: Sequence[Floats]) -> Stacked:
        """Run the part network on one polygon (crop fractions) of each row."""
        made = [
            cut(rows.picture(int(i)), aug.Place(*rows.place(int(i))), polygon)
            for i, polygon in zip(index, polygons, strict=True)
        ]
        patches, masks, frames = (np.stack(column) for column in zip(*made, strict=True))
        found = [
            self.run(
                PART_NET,
                {
                    "patches": folded(patches[at]),
                    "masks": folded(masks[at]),
                    "frames": frames[at],
                },
            )
            for at in _steps(len(index), 64)
        ]
        return _stack(found)


def sharpnesses(crops: NDArray[np.uint8]) -> Floats:
    """Return the sharpness of each crop, (N,)."""
    return np.array([sharpness(crop) for crop in crops], np.float32)


def _steps(count: int, step: int) -> Iterator[slice]:
    for start in range(0, count, step):
        yield slice(start, start + step)


def _stack(found: list[Stacked]) -> Stacked:
    return {name: np.concatenate([part[name] for part in found]) for name in found[0]}
