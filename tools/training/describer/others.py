"""Masked faces and faceless places of the detection pack, as patches of 128 x 128 pixels.

Human labels say whether a mask is worn, worn wrongly or not at all; pictures without a face give
what a reader must refuse. About one in eight source files is kept for validation.
"""

import hashlib
import io
import json
import tarfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import PIL.Image
from numpy.typing import NDArray

SIDE = 128
KINDS = ("bare", "masked", "askew", "no_face")
LEAST_WIDTH = 18
"""Smaller faces are left out."""
MARGIN = 1.4
"""Side of a patch over the longer side of the face's box."""
PLACES = 2
"""Patches from each picture without a face."""

Table = dict[str, NDArray[Any]]


def cut_all(folder: Path, seed: int = 5) -> Table:
    """Patches (N, 128, 128), five points in their pixels (NaN without), kind, validation share,
    and width of the face in the source."""
    rng = np.random.default_rng(seed)
    found: list[tuple[NDArray[np.uint8], NDArray[np.float32], int, bool, float]] = []
    with ExitStack() as stack, (folder / "annotations.jsonl").open(encoding="utf-8") as lines:
        pictures = _Pictures(folder, stack)
        for line in lines:
            row = json.loads(line)
            held = held_out(row["source"], row["src_file"])
            if row["kind"] == "negative":
                cut = _faceless(pictures(row), rng)
            else:
                labelled = [f for f in row["faces"] if f.get("human") and f.get("mask")]
                cut = _faces(pictures(row), labelled) if labelled else []
            found += [(*patch, held, width) for *patch, width in cut]
    columns = zip(*found, strict=True)
    names = ("pictures", "five", "kind", "val", "width")
    return {name: np.array(column) for name, column in zip(names, columns, strict=True)}


def held_out(source: str, file: str) -> bool:
    """Tell whether a source file belongs to the validation share."""
    share = int(hashlib.sha1(f"{source}/{file}".encode()).hexdigest()[:8], 16) / 2**32
    return share < 0.12


class _Pictures:
    """The grey pictures of the pack's tars, which stay open until ``stack`` closes."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder, self.stack = folder, stack
        self.tars: dict[str, tarfile.TarFile] = {}

    def __call__(self, row: dict[str, Any]) -> NDArray[np.uint8]:
        shard = row["shard"]
        if shard not in self.tars:
            self.tars[shard] = self.stack.enter_context(
                tarfile.open(self.folder / shard)  # noqa: SIM115 (the stack closes it)
            )
        data = self.tars[shard].extractfile(row["file"])
        if data is None:
            raise ValueError(f"'{shard}' does not hold '{row['file']}'; get the pack again.")
        return np.asarray(PIL.Image.open(io.BytesIO(data.read())).convert("L"))


def square(grey: NDArray[np.uint8], x: float, y: float, side: float) -> NDArray[np.uint8]:
    """Return the square of ``side`` pixels round (x, y) as a patch; edge pixels are repeated
    beyond."""
    matrix = np.array([[SIDE / side, 0, SIDE / 2 - x * SIDE / side]] * 2, np.float32)
    matrix[1] = [0, SIDE / side, SIDE / 2 - y * SIDE / side]
    if side > 1.25 * SIDE:
        shrink = 1.2 * SIDE / side
        grey = cv2.resize(grey, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
        matrix[:, :2] /= shrink
    return cv2.warpAffine(grey, matrix, (SIDE, SIDE), borderMode=cv2.BORDER_REPLICATE)


def _faceless(grey: NDArray[np.uint8], rng: np.random.Generator) -> list[tuple[Any, ...]]:
    height, width = grey.shape
    out = []
    for _ in range(PLACES):
        side = rng.uniform(0.3, 1) * min(height, width)
        x = rng.uniform(side / 2, width - side / 2)
        y = rng.uniform(side / 2, height - side / 2)
        none = np.full((5, 2), np.nan, np.float32)
        out.append((square(grey, x, y, side), none, KINDS.index("no_face"), side))
    return out


def _faces(grey: NDArray[np.uint8], faces: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    out = []
    for face in faces:
        x1, y1, x2, y2 = face["box"]
        if x2 - x1 < LEAST_WIDTH:
            continue
        x, y, side = (x1 + x2) / 2, (y1 + y2) / 2, MARGIN * max(x2 - x1, y2 - y1)
        five = np.full((5, 2), np.nan, np.float32)
        if face["kps"]:
            five = (np.array(face["kps"], np.float32) - [x, y]) * SIDE / side + SIDE / 2
        kind = {"off": "bare", "on": "masked", "wrong": "askew"}[face["mask"]]
        out.append((square(grey, x, y, side), five, KINDS.index(kind), x2 - x1))
    return out
