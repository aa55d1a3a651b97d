"""Loads a face detector into insightface's SCRFD runtime, once it is known to be what it should be.

Our own weights and fetched packs are compared with their hashes; a file that nobody vouches for
runs once in a process of its own first.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from focalface.tools import paths
from focalface.tools.detection.views import Size
from focalface.tools.errors import ModelDamagedError, ModelMissingError, SettingsError
from focalface.tools.interfaces import Rgb
from focalface.tools.models import catalog, trial
from focalface.tools.models.onnx import options

EMBEDDED = "embedded"
STRIDES = (8, 16, 32)
ANCHORS = 2
"""Pixels from one place to the next at which our network looks for faces, and faces a place."""

Floats = NDArray[np.float32]


class Scrfd(Protocol):
    """The part of ``insightface.model_zoo.scrfd.SCRFD`` that is used here."""

    static_input_size: Size | None
    session: Any
    output_names: list[str]
    input_name: str

    def detect(self, img: Rgb, input_size: Size, det_thresh: float) -> tuple[Floats, Floats | None]:
        """Return rows (n, 5) of boxes and scores, and keypoints (n, 5, 2), of a BGR picture."""
        ...


def load(source: str, threads: int) -> Scrfd:
    """Return the detector that ``source`` names: ``embedded``, a pack folder or an ONNX file.

    Raises ``ModelMissingError``, ``ModelDamagedError`` or ``SettingsError``.
    """
    file = weights_of(source)
    if not catalog.vouched(file):
        trial.passed(file.resolve(), catalog.measure(file).sha256)
    scrfd = _in_insightface(file, threads)
    if source == EMBEDDED:
        # insightface's own is a third of a pass: it works out a box for every place of a picture.
        # It is given the session and not ``scrfd``: a ring would keep both alive.
        run = partial(scrfd.session.run, scrfd.output_names)
        vars(scrfd)["forward"] = partial(_forward, run, scrfd.input_name)
    return scrfd


def _forward(
    run: Callable[[dict[str, Floats]], list[Floats]], name: str, bgr: Rgb, threshold: float
) -> tuple[list[Floats], ...]:
    """Return scores (n, 1), boxes (n, 4) xyxy and keypoints (n, 5, 2) of a BGR canvas for each
    stride of our network that shows any of ``threshold`` and above, as insightface's own does."""
    outputs = run({name: _planes(bgr)})
    told: tuple[list[Floats], ...] = ([], [], [])
    for k, stride in enumerate(STRIDES):
        scores, sides, offsets = (out[0] for out in outputs[k :: len(STRIDES)])
        found = np.flatnonzero(scores >= threshold)
        if not len(found):
            continue
        rows, columns = np.divmod(found // ANCHORS, bgr.shape[1] // stride)
        middle = (np.stack([columns, rows], 1) * stride).astype(np.float32)
        reach = sides[found] * stride
        told[0].append(scores[found])
        told[1].append(np.hstack([middle - reach[:, :2], middle + reach[:, 2:]]))
        told[2].append(middle[:, None] + (offsets[found] * stride).reshape(-1, 5, 2))
    return told


def _planes(bgr: Rgb) -> Floats:
    """Return a BGR canvas (H, W, 3) as our network takes it: RGB planes (1, 3, H, W), the values of
    insightface's own ``(x - 127.5) / 128``."""
    planes = np.empty((1, 3, *bgr.shape[:2]), np.float32)
    for k, channel in enumerate(cv2.split(bgr)[::-1]):
        cv2.addWeighted(channel, 1 / 128, channel, 0, -127.5 / 128, planes[0, k], cv2.CV_32F)
    return planes


def weights_of(source: str) -> Path:
    """Return the ONNX file that ``source`` names; raises ``ModelMissingError``."""
    if source == EMBEDDED:
        file = paths.WEIGHTS / "detector.onnx"
        if not file.is_file():
            raise ModelMissingError(
                f"The embedded detector '{file}' is missing; install the package focalface again."
            )
        return file
    chosen = Path(source).expanduser()
    if chosen.is_dir():
        files = sorted(chosen.glob("*.onnx"), key=lambda f: (not f.name.startswith("det"), f.name))
        for file in files:
            if _output_count(file) in (6, 9, 10, 15):
                return file
        raise ModelMissingError(
            f"The folder '{chosen}' holds no SCRFD face detector; give an insightface pack."
        )
    if not chosen.is_file():
        raise ModelMissingError(
            f"There is no detector '{chosen}'; give an ONNX file, an insightface pack folder, "
            f"or '{EMBEDDED}'."
        )
    return chosen


def _output_count(file: Path) -> int:
    import onnx
    from google.protobuf.message import DecodeError

    try:
        return len(onnx.load_model(str(file), load_external_data=False).graph.output)
    except (DecodeError, OSError):
        return 0


def _in_insightface(file: Path, threads: int) -> Scrfd:
    """insightface's runtime on one file. Imports it here: it takes half a second."""
    from insightface.model_zoo import get_model
    from insightface.model_zoo.scrfd import SCRFD

    try:
        model: Any = get_model(
            str(file),
            providers=["CPUExecutionProvider"],
            sess_options=options(threads),
            static_shape_sessions=False,  # one session for all sizes
        )
    except Exception as error:  # onnxruntime's errors have no other base in common
        raise ModelDamagedError(
            f"'{file}' cannot be loaded as an ONNX model; fetch it again ({first_line(error)})."
        ) from error
    if not isinstance(model, SCRFD):
        raise SettingsError(
            f"'{file}' is not a face detector of insightface's SCRFD kind; choose another file."
        )
    scrfd: Scrfd = model
    return scrfd


def first_line(error: Exception) -> str:
    """Return what an error of a vendor says, cut to one line."""
    return (str(error).splitlines() or [type(error).__name__])[0]
