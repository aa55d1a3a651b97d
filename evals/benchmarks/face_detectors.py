"""Our face detector and the two it is compared with, behind one signature.

Every one takes a picture (H, W, 3) RGB uint8 and returns its faces in the pixels of that picture.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import PIL.Image
from numpy.typing import NDArray

from focalface.tools import Workbench, paths
from focalface.tools.detection.detect import Detector
from focalface.tools.interfaces import Rgb
from focalface.tools.settings import Settings
from focalface.tools.types import Box, Keypoints

INPUT = 640
YUNET_SCORE, SCRFD_SCORE = 0.5, 0.5


@dataclass(frozen=True, slots=True)
class FoundFace:
    """``keypoints`` (5, 2) in insightface's order: the first is on the left in the picture."""

    box: Box
    score: float
    keypoints: NDArray[np.float64]


FaceDetector = Callable[[Rgb], list[FoundFace]]


def ours(threshold: float | None = None, threads: int = 1) -> FaceDetector:
    """Return the detection path of the product, all views included."""
    detector = Detector(threads=threads, threshold=threshold)

    def run(rgb: Rgb) -> list[FoundFace]:
        return [
            FoundFace(d.box, d.score, _in_picture_order(d.keypoints))
            for d in detector.detect(rgb)
            if d.keypoints is not None
        ]

    return run


def product(threads: int = 1) -> FaceDetector:
    """Return faces as ``Workbench.detect`` gives them: keypoints averaged with the landmarks."""
    bench = Workbench(Settings(threads=threads))

    def run(rgb: Rgb) -> list[FoundFace]:
        faces = bench.detect(bench.open(PIL.Image.fromarray(rgb)))
        return [FoundFace(f.box, f.score, _in_picture_order(f.keypoints)) for f in faces]

    return run


def scrfd(file: Path, threads: int = 1, score: float = SCRFD_SCORE) -> FaceDetector:
    """Make a detector of insightface's runtime at 640 x 640 on any SCRFD file, ours included."""
    import onnxruntime
    from insightface.model_zoo import get_model

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    model = get_model(
        str(file),
        providers=["CPUExecutionProvider"],
        sess_options=options,
        static_shape_sessions=False,
    )

    def run(rgb: Rgb) -> list[FoundFace]:
        bgr = np.ascontiguousarray(rgb[..., ::-1])
        rows, points = model.detect(bgr, input_size=(INPUT, INPUT), det_thresh=score)
        return _faces(rows[:, :4], rows[:, 4], points, rgb)

    return run


def yunet(score: float = YUNET_SCORE) -> FaceDetector:
    """Return OpenCV's FaceDetectorYN, the picture fitted into 640 x 640 as insightface does."""
    file = paths.shared() / "models" / "face_detection_yunet_2023mar.onnx"
    model = cv2.FaceDetectorYN.create(str(file), "", (INPUT, INPUT), score, 0.4, 5000)

    def run(rgb: Rgb) -> list[FoundFace]:
        scale = INPUT / max(rgb.shape[:2])
        shown = (max(int(rgb.shape[1] * scale), 1), max(int(rgb.shape[0] * scale), 1))
        canvas = np.zeros((INPUT, INPUT, 3), np.uint8)
        canvas[: shown[1], : shown[0]] = cv2.resize(rgb, shown)[..., ::-1]
        _, rows = model.detect(canvas)
        rows = np.zeros((0, 15)) if rows is None else rows / np.r_[np.full(14, scale), 1.0]
        corners = np.concatenate([rows[:, :2], rows[:, :2] + rows[:, 2:4]], 1)
        return _faces(corners, rows[:, 14], rows[:, 4:14].reshape(-1, 5, 2), rgb)

    return run


def yunet_as_it_is(size: tuple[int, int], score: float = YUNET_SCORE) -> FaceDetector:
    """Return OpenCV's FaceDetectorYN for pictures of ``size`` (width, height), not resized."""
    file = paths.shared() / "models" / "face_detection_yunet_2023mar.onnx"
    model = cv2.FaceDetectorYN.create(str(file), "", size, score, 0.4, 5000)

    def run(rgb: Rgb) -> list[FoundFace]:
        _, rows = model.detect(np.ascontiguousarray(rgb[..., ::-1]))
        rows = np.zeros((0, 15)) if rows is None else rows
        corners = np.concatenate([rows[:, :2], rows[:, :2] + rows[:, 2:4]], 1)
        return _faces(corners, rows[:, 14], rows[:, 4:14].reshape(-1, 5, 2), rgb)

    return run


def with_margin(run: FaceDetector, share: float = 0.35) -> FaceDetector:
    """Return the same detector on the picture with a grey margin, ``share`` of its longer side."""

    def padded(rgb: Rgb) -> list[FoundFace]:
        pad = round(max(rgb.shape[:2]) * share)
        grey = cv2.copyMakeBorder(
            rgb, pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=(127, 127, 127)
        )
        found = run(grey)
        boxes = np.array([f.box.xyxy for f in found]).reshape(-1, 4) - pad
        points = np.array([f.keypoints for f in found]).reshape(-1, 5, 2) - pad
        return _faces(boxes, np.array([f.score for f in found]), points, rgb)

    return padded


def _faces(
    boxes: NDArray[np.floating],
    scores: NDArray[np.floating],
    points: NDArray[np.floating],
    rgb: Rgb,
) -> list[FoundFace]:
    """Cut at the border of the picture, as the labels are."""
    height, width = rgb.shape[:2]
    cut = boxes.clip(0, (width, height, width, height)).astype(float)
    return [
        FoundFace(Box(x1=b[0], y1=b[1], x2=b[2], y2=b[3]), float(s), np.asarray(p, np.float64))
        for b, s, p in zip(cut, scores, points, strict=True)
        if b[2] > b[0] and b[3] > b[1]
    ]


def _in_picture_order(k: Keypoints) -> NDArray[np.float64]:
    return np.array([k.right_eye, k.left_eye, k.nose, k.right_mouth, k.left_mouth])
