"""Self-training: what a trained reading network says of every face, as part of later targets.

    python -m focalface.tools.training.describer.teacher CACHE/reading/checkpoint.pt

Writes ``soft.npz`` beside the cache; a run that finds it there learns from it: units of uncoded
faces, emotion and age of all. Blurred faces and those without a face teach no unit, nor do the
units of a zone that the network takes to be hidden. ``--second`` adds the second opinions on
emotion and age that lie in a folder.
"""

import argparse
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tqdm import tqdm

from focalface.tools.training.describer.cache import DEFAULT_CACHE
from focalface.tools.training.describer.checkpoints import averaged
from focalface.tools.training.describer.codes import (
    AGE_BINS,
    CATEGORIES,
    EMOTIONS,
    UNITS,
    ZONE_UNITS,
)
from focalface.tools.training.describer.evaluation.predict import Files
from focalface.tools.training.describer.reading.model import ReadingNet
from focalface.tools.training.describer.reading.views import read_views
from focalface.tools.training.describer.rows import Rows
from focalface.tools.training.describer.soft import FILE, Soft
from focalface.tools.training.describer.watch import clean_crops

Floats = NDArray[np.float32]

BATCH = 96
HIDES = {"eyes": ("dark_glasses", "hidden"), "mouth": ("mask", "object")}
"""Zone and category -> the classes with which its units cannot be judged."""
USELESS = ("blurred", "no_face")
SHARPER = 1.1
"""Power of the geometric mean of two opinions on emotion: each errs, where both agree is surer."""


def write_soft(rows: Rows, model: ReadingNet, second: Files | None = None) -> None:
    """Read every aligned face."""
    count = len(rows)
    soft: Soft = {
        "units": np.full((count, len(UNITS), 2), np.nan, np.float32),
        "sides": np.full((count, 2, len(UNITS), 2), np.nan, np.float32),
        "emotion": np.zeros((count, len(EMOTIONS)), np.float32),
        "age": np.zeros((count, AGE_BINS), np.float32),
    }
    index = np.flatnonzero(rows.flag("aligned"))
    for start in tqdm(range(0, len(index), BATCH), desc="faces"):
        at = index[start : start + BATCH]
        crops = clean_crops(rows, at)
        found = read_views(model, crops)
        unknown = _unknown(found)
        soft["units"][at] = np.where(unknown[..., None], np.nan, found["units"])
        soft["sides"][at] = np.where(unknown[:, None, :, None], np.nan, found["sides"])
        soft["emotion"][at], soft["age"][at] = found["emotion"], found["age"]
        if second is not None:
            other = second.judge(crops)
            _agree(soft, at, other["emotion"], other["age"])
    np.savez(rows.folder / FILE, **soft)  # type: ignore[arg-type]


def _agree(soft: Soft, at: NDArray[np.int64], emotion: Floats, age: Floats) -> None:
    """Mix a second opinion in: emotion by the geometric mean, age by the arithmetic one."""
    log = SHARPER / 2 * (np.log(soft["emotion"][at] + 1e-6) + np.log(emotion + 1e-5))
    odds = np.exp(log - log.max(1, keepdims=True))
    soft["emotion"][at] = odds / odds.sum(1, keepdims=True)
    soft["age"][at] = (soft["age"][at] + age) / 2


def _unknown(found: dict[str, Floats]) -> NDArray[np.bool_]:
    """Which units of each face (B, 16) are not to be taught."""

    def likely(category: str, names: tuple[str, ...]) -> NDArray[np.bool_]:
        at = [CATEGORIES[category].index(name) for name in names]
        return found[category][:, at].sum(-1) > 0.5

    useless = likely("quality", USELESS)
    out = np.repeat(useless[:, None], len(UNITS), 1)
    for zone, names in HIDES.items():
        at = [UNITS.index(code) for code in ZONE_UNITS[zone]]
        out[:, at] |= likely(zone, names)[:, None]
    return out


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--second", type=Path, help="folder of the second opinions")
    parser.add_argument("--cache", type=Path, default=DEFAULT_CACHE)
    args = parser.parse_args()
    torch.set_num_threads(1)
    model = ReadingNet()
    model.load_state_dict(averaged(args.checkpoint))
    write_soft(Rows(args.cache), model, Files(args.second) if args.second else None)


if __name__ == "__main__":
    main()
