"""The detection pack as arrays: decoded once, split once, read by training and evaluation alike."""

import hashlib
import json
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import cv2
import numpy as np
import numpy.typing as npt
from tqdm import tqdm

Split = Literal["train", "validation"]
Floats = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]
Pixels = npt.NDArray[np.uint8]

VALIDATION_PERCENT = 12


@dataclass(frozen=True)
class Faces:
    """The labelled faces of one picture, pixels of that picture.

    ``boxes`` (n, 4) xyxy; ``keypoints`` (n, 5, 2) in insightface's order, NaN where unknown;
    ``ignore`` (n,) neither face nor background; ``human`` (n,) box drawn by a person.
    """

    boxes: Floats
    keypoints: Floats
    ignore: Bools
    human: Bools

    @classmethod
    def from_rows(cls, rows: list[dict[str, Any]]) -> "Faces":
        """Make them from the ``faces`` of one line of ``annotations.jsonl``."""
        unknown = [[float("nan")] * 2] * 5
        return cls(
            boxes=np.array([row["box"] for row in rows], np.float32).reshape(-1, 4),
            keypoints=np.array([row["kps"] or unknown for row in rows], np.float32).reshape(
                -1, 5, 2
            ),
            ignore=np.array([row["ignore"] for row in rows], bool),
            human=np.array([row.get("human", False) for row in rows], bool),
        )


def split_of(row: dict[str, Any]) -> Split:
    """Tell which side of the split a picture is on.

    By a hash of the person where known, else of source and source file. Windows cut out of one
    source file (``name#x0,y0,x1,y1``) stay together.
    """
    owner = row.get("person") or row["src_file"].split("#")[0]
    digest = hashlib.sha256(f"{row['source']}/{owner}".encode()).digest()
    return "validation" if int.from_bytes(digest[:4], "big") % 100 < VALIDATION_PERCENT else "train"


class DetectionPack:
    """Pictures (RGB uint8) and labels, from a cache folder that is made when absent.

    Args:
        source: the pack: tars of JPEG files and ``annotations.jsonl``.
        cache: a folder for ``pixels.u8`` (all pictures, one after the other) and ``index.json``.
    """

    def __init__(self, source: Path, cache: Path) -> None:
        if not (cache / "index.json").exists():
            _decode(source, cache)
        index = json.loads((cache / "index.json").read_text(encoding="utf-8"))
        self.rows: list[dict[str, Any]] = index["rows"]
        self._starts: list[int] = index["starts"]
        # Read whole (1.3 GB): windows jump about, and a mapped file is soon dropped from memory.
        self._pixels = np.fromfile(cache / "pixels.u8", np.uint8)

    def __len__(self) -> int:
        return len(self.rows)

    def image(self, i: int) -> Pixels:
        """Return picture ``i``: (height, width, 3) RGB; not to be written to."""
        row, start = self.rows[i], self._starts[i]
        shape = (row["height"], row["width"], 3)
        return self._pixels[start : start + shape[0] * shape[1] * 3].reshape(shape)

    @cached_property
    def faces(self) -> list[Faces]:
        """Labels of every picture."""
        return [Faces.from_rows(row["faces"]) for row in self.rows]

    def indices(self, split: Split, kind: str | None = None) -> list[int]:
        """Return pictures of one side of the split; ``kind`` is scene, portrait or negative."""
        return [
            i
            for i, row in enumerate(self.rows)
            if split_of(row) == split and kind in (None, row["kind"])
        ]


def _decode(source: Path, cache: Path) -> None:
    """Write the cache; the index comes last, so a broken-off run leaves no cache."""
    cache.mkdir(parents=True, exist_ok=True)
    lines = (source / "annotations.jsonl").read_text(encoding="utf-8").splitlines()
    by_name = {row["file"]: row for row in map(json.loads, lines)}
    rows: list[dict[str, Any]] = []
    starts: list[int] = []
    at = 0
    with (cache / "pixels.u8").open("wb") as out:
        for name, data in tqdm(_members(source), total=len(by_name), desc="decoding"):
            bgr = _decoded(data)
            if bgr is None:
                tqdm.write(f"{source}: {name} is damaged and left out")
                continue
            out.write(np.ascontiguousarray(bgr[..., ::-1]).tobytes())
            rows.append(by_name[name] | {"height": bgr.shape[0], "width": bgr.shape[1]})
            starts.append(at)
            at += bgr.size
    text = json.dumps({"rows": rows, "starts": starts})
    (cache / "index.json").write_text(text, encoding="utf-8")


def _decoded(data: bytes) -> Pixels | None:
    """Return a picture as BGR; None where the bytes are none that OpenCV can read."""
    found = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR) if data else None
    return None if found is None else np.asarray(found, np.uint8)


def _members(source: Path) -> Iterator[tuple[str, bytes]]:
    for shard in sorted(source.glob("*.tar")):
        with tarfile.open(shard) as tar:
            for member in tar:
                file = tar.extractfile(member)
                if file is not None:
                    yield member.name, file.read()
