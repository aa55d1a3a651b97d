"""What a teacher said of every row; ``teacher`` writes it."""

import numpy as np
from numpy.typing import NDArray

from focalface.tools.training.describer.rows import Rows

Soft = dict[str, NDArray[np.float32]]

FILE = "soft.npz"


def read_soft(rows: Rows) -> Soft | None:
    """``units`` (N, 16, 2) and ``sides`` (N, 2, 16, 2) as probabilities, NaN where unknown;
    distributions of ``emotion`` (N, 7) and ``age`` (N, 101). ``None`` before there is a teacher."""
    path = rows.folder / FILE
    if not path.exists():
        return None
    found = np.load(path)
    return {name: found[name] for name in ("units", "sides", "emotion", "age")}
