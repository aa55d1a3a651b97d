"""Self-training: what a trained reading network says of the uncoded faces becomes their target.

    python -m focalface.tools.training.describer.reading.teacher CACHE/reading/checkpoint.pt

Writes ``soft.npz`` beside the cache; a run that finds it there learns from it. Blurred faces and
those without a face teach nothing, nor do the units of a zone that the network takes to be hidden.
"""

import argparse
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tqdm import tqdm

from focalface.tools.training.describer.cache import DEFAULT_CACHE
from focalface.tools.training.describer.checkpoints import averaged
from focalface.tools.training.describer.codes import CATEGORIES, UNITS, ZONE_UNITS
from focalface.tools.training.describer.reading.model import ReadingNet, Readings, normalised
from focalface.tools.training.describer.rows import Rows
from focalface.tools.training.describer.watch import clean_crops

Soft = dict[str, NDArray[np.float32]]

FILE = "soft.npz"
BATCH = 96
HIDES = {"eyes": ("dark_glasses", "hidden"), "mouth": ("mask", "object")}
"""Zone and category -> the classes with which its units cannot be judged."""
USELESS = ("blurred", "no_face")


def read_soft(rows: Rows) -> Soft | None:
    """``units`` (N, 16, 2) and ``sides`` (N, 2, 16, 2) as probabilities, NaN where unknown."""
    path = rows.folder / FILE
    if not path.exists():
        return None
    found = np.load(path)
    return {name: found[name] for name in ("units", "sides")}


def write_soft(rows: Rows, model: ReadingNet) -> None:
    """Read every labelled but uncoded training face."""
    labelled = (rows["emotion"].astype(int) >= 0) | (rows["age"].astype(int) >= 0)
    index = np.flatnonzero(rows.training & ~rows.flag("coded") & labelled)
    units = np.full((len(rows), len(UNITS), 2), np.nan, np.float32)
    sides = np.full((len(rows), 2, len(UNITS), 2), np.nan, np.float32)
    model.eval()
    for start in tqdm(range(0, len(index), BATCH), desc="uncoded faces"):
        at = index[start : start + BATCH]
        with torch.no_grad():
            found = model(normalised(torch.from_numpy(clean_crops(rows, at))[:, None]))
        unknown = _unknown(found)
        units[at] = np.where(unknown[..., None], np.nan, found.units.sigmoid().numpy())
        sides[at] = np.where(unknown[:, None, :, None], np.nan, found.sides.sigmoid().numpy())
    np.savez(rows.folder / FILE, units=units, sides=sides)


def _unknown(found: Readings) -> NDArray[np.bool_]:
    """Which units of each face (B, 16) are not to be taught."""

    def likely(category: str, names: tuple[str, ...]) -> NDArray[np.bool_]:
        odds = found.categories[category].softmax(-1)
        at = [CATEGORIES[category].index(name) for name in names]
        return (odds[:, at].sum(-1) > 0.5).numpy()  # type: ignore[no-any-return]

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
    parser.add_argument("--cache", type=Path, default=DEFAULT_CACHE)
    args = parser.parse_args()
    torch.set_num_threads(1)
    model = ReadingNet()
    model.load_state_dict(averaged(args.checkpoint))
    write_soft(Rows(args.cache), model)


if __name__ == "__main__":
    main()
