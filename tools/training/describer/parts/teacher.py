"""What the whole face suggests, as part of the target for its regions."""

from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tqdm import tqdm

from focalface.tools.describers.embedded.alignment import CROP
from focalface.tools.paths import WEIGHTS
from focalface.tools.training.describer import augment as aug
from focalface.tools.training.describer.codes import AGE_BINS, EMOTIONS
from focalface.tools.training.describer.rows import Rows


def whole_faces(rows: Rows) -> dict[str, NDArray[np.float32]]:
    """Distributions of ``emotion`` (N, 7) and ``age`` (N, 101) that the published face network
    gives of every aligned row, zeros elsewhere; computed once and kept beside the cache."""
    path = rows.folder / "whole.npz"
    if not path.exists():
        _look(rows, path)
    found = np.load(path)
    return {name: found[name] for name in ("emotion", "age")}


def _look(rows: Rows, path: Path) -> None:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(WEIGHTS / "face_net.onnx", options)
    emotion = np.zeros((len(rows), len(EMOTIONS)), np.float32)
    age = np.zeros((len(rows), AGE_BINS), np.float32)
    for i in tqdm(np.flatnonzero(rows.flag("aligned")), desc="whole faces"):
        crop = aug.warp(rows.picture(int(i)), aug.Place(*rows.place(int(i))), CROP)
        feed = {"crop": crop[None, None].astype(np.float32)}
        emotion[i], age[i] = session.run(["emotion", "age"], feed)
    np.savez(path, emotion=emotion, age=age)
