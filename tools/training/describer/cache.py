"""Decode the packs once into memory maps.

    python -m focalface.tools.training.describer.cache

Writes ``faces256.npy`` (N x 256 x 256 grey) and ``fer48.npy`` (N x 48 x 48), ``rows.npz`` with one
row a picture (:mod:`~focalface.tools.training.describer.tables`), and ``others.npz``, masked faces
and faceless places of the detection pack. Grey only: colour tells the source of a picture, and with
it the kind of its label.
"""

import argparse
import io
import tarfile
from pathlib import Path

import numpy as np
import PIL.Image
from tqdm import tqdm

from focalface.tools.paths import home, shared
from focalface.tools.training.describer import others, tables

DEFAULT_CACHE = home() / "training" / "describer"


def _decode(folder: Path, stem: str, side: int, order: dict[str, int], path: Path) -> None:
    """The pictures of the shards ``stem-NN.tar*``, in ``order`` of their names."""
    pictures = np.lib.format.open_memmap(path, "w+", np.uint8, (len(order), side, side))
    bar = tqdm(total=len(order), desc=path.stem)
    for shard in sorted(folder.glob(f"{stem}-*.tar*")):
        with tarfile.open(shard) as tar:
            for member in tar:
                handle = tar.extractfile(member)
                if handle is None:
                    continue
                picture = PIL.Image.open(io.BytesIO(handle.read())).convert("L")
                pictures[order[Path(member.name).stem]] = np.asarray(picture)
                bar.update()
    pictures.flush()


def build(data: Path, out: Path) -> None:
    """Decode the packs ``faces``, ``coded`` and ``detection`` in ``data`` into ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    build_rows(data, out)
    rows = np.load(out / "rows.npz")
    small = rows["source"] == tables.SOURCES.index("fer2013")
    for side, mine, stem in ((48, small, "fer48"), (256, ~small, "faces256")):
        order = dict(zip(rows["id"][mine].tolist(), rows["place"][mine].tolist(), strict=True))
        _decode(data / "faces", stem, side, order, out / f"{stem}.npy")
    np.savez(out / "others.npz", **others.cut_all(data / "detection"))  # type: ignore[arg-type]


def build_rows(data: Path, out: Path) -> None:
    """Write ``rows.npz`` alone: labels or codes changed, pictures did not."""
    table = tables.faces(data / "faces")
    codes = tables.coded(data / "coded", table["id"].astype(str))
    np.savez(out / "rows.npz", **table, **codes)  # type: ignore[arg-type]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=shared() / "data")
    parser.add_argument("--cache", type=Path, default=DEFAULT_CACHE)
    parser.add_argument("--rows", action="store_true", help="write the rows alone")
    args = parser.parse_args()
    (build_rows if args.rows else build)(args.data, args.cache)


if __name__ == "__main__":
    main()
