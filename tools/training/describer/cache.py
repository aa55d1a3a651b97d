"""Decode the face packs once into memory maps.

    python -m focalface.tools.training.describer.cache

Writes ``faces160.npy`` (N x 160 x 160 grey), ``fer48.npy`` (N x 48 x 48) and ``rows.npz`` with one
row a picture. Points are pixels of the 160 px crop, (0, 0) the top left corner of the top left
pixel. Grey only: colour tells the source of a picture, and with it the kind of its label.
"""

import argparse
import csv
import io
import tarfile
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from focalface.tools.paths import home, shared
from focalface.tools.training.describer.labels import (
    EMOTION_CLASSES,
    FIVE_POINTS,
    HUMAN_POINTS,
    mesh_mirror,
    unit_targets,
)

SOURCES = ("fer2013", "muxspace", "utkface", "udacity")
DEFAULT_CACHE = home() / "training" / "describer"


def _fixed(q: NDArray[np.uint16]) -> NDArray[np.float32]:
    return q.astype(np.float32) / 64 - 64


def _ints(rows: list[dict[str, str]], field: str) -> NDArray[np.int16]:
    return np.array([int(float(r[field])) if r[field] else -1 for r in rows], np.int16)


def _real_part(crop: NDArray[np.int32], size: NDArray[np.int32]) -> NDArray[np.float32]:
    """The part of the 160 px crop that is picture and not repeated edge, (N, 4) x0 y0 x1 y1."""
    side = crop[:, 2:3].astype(np.float32)
    low = np.maximum(0, -crop[:, :2])
    high = np.minimum(side, size - crop[:, :2])
    scale = 160 / np.maximum(side, 1)
    return np.hstack([low * scale, high * scale]).astype(np.float32)


def _table(data: Path) -> dict[str, NDArray[np.generic]]:
    with (data / "labels.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    teacher = np.load(data / "teacher.npz")
    basis = teacher["lm_basis"] * float(teacher["lm_step"])
    mesh = (teacher["lm_mean"] + teacher["lm_code"].astype(np.float32) @ basis).reshape(-1, 478, 2)
    source = np.array([SOURCES.index(r["source"]) for r in rows], np.int8)
    has_mesh = np.array([r["has_teacher"] == "1" for r in rows])
    has_box = np.array([r["has_yunet"] == "1" for r in rows])
    agree = teacher["agree"].astype(np.float32)
    good_mesh = has_mesh & ~(agree > 0.12)
    five = _fixed(teacher["yunet_kps"])
    five[~has_box] = mesh[~has_box][:, FIVE_POINTS]
    human = np.full((len(rows), len(HUMAN_POINTS), 2), np.nan, np.float32)
    udacity = np.load(data / "udacity68.npz")
    place = {r["id"]: i for i, r in enumerate(rows)}
    human[[place[str(i)] for i in udacity["id"]]] = _fixed(udacity["points"])[
        :, [a for a, _ in HUMAN_POINTS]
    ]
    emotion = [
        EMOTION_CLASSES.index(r["emotion"]) if r["emotion"] in EMOTION_CLASSES else -1 for r in rows
    ]
    return {
        "id": np.array([r["id"] for r in rows]),
        "source": source,
        "val": np.array([r["split"] == "val" for r in rows]),
        "emotion": np.array(emotion, np.int8),
        "contempt": np.array([r["emotion"] == "contempt" for r in rows]),
        "age": _ints(rows, "age"),
        "gender": _ints(rows, "gender"),
        "race": _ints(rows, "race"),
        "person_seen": _ints(rows, "person_seen"),
        "aligned": has_box | good_mesh,
        "has_mesh": good_mesh,
        "five": five,
        "mesh": mesh.astype(np.float32),
        "units": unit_targets(teacher["shapes"], [str(n) for n in teacher["shape_names"]], mesh),
        "pose": teacher["angles"][:, [1, 0, 2]].astype(np.float32) / 64,
        "human": human,
        "real": _real_part(teacher["crop"], teacher["src_size"]),
        "mirror": mesh_mirror(teacher["lm_mean"].reshape(478, 2)),
    }


def _decode(data: Path, names: set[str], side: int, order: dict[str, int], path: Path) -> None:
    pictures = np.lib.format.open_memmap(path, "w+", np.uint8, (len(order), side, side))
    bar = tqdm(total=len(order), desc=path.stem)
    for name in sorted(names):
        with tarfile.open(data / name) as tar:
            for member in tar:
                handle = tar.extractfile(member)
                if handle is None:
                    continue
                bytes_ = np.frombuffer(io.BytesIO(handle.read()).getbuffer(), np.uint8)
                pictures[order[Path(member.name).stem]] = cv2.imdecode(bytes_, cv2.IMREAD_GRAYSCALE)
                bar.update()
    pictures.flush()


def build(data: Path, out: Path) -> None:
    """Decode the packs in ``data`` into ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    table = _table(data)
    small = table["source"] == SOURCES.index("fer2013")
    place = np.where(small, np.cumsum(small) - 1, np.cumsum(~small) - 1).astype(np.int32)
    for side, mine, stem in ((48, small, "fer48"), (160, ~small, "faces160")):
        order = {str(i): int(p) for i, p in zip(table["id"][mine], place[mine], strict=True)}
        shards = {p.name for p in data.glob(f"{stem}-*.tar.gz")}
        _decode(data, shards, side, order, out / f"{stem}.npy")
    np.savez(out / "rows.npz", place=place, **table)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=shared() / "data" / "faces")
    parser.add_argument("--cache", type=Path, default=DEFAULT_CACHE)
    args = parser.parse_args()
    build(args.data, args.cache)


if __name__ == "__main__":
    main()
