"""Other programs to measure against, if their model files are there; loaded once, warmed up."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from focalface.tools.errors import ModelMissingError
from focalface.tools.paths import shared

Rgb = NDArray[np.uint8]
YUNET = "face_detection_yunet_2023mar.onnx"
LANDMARKER = "face_landmarker.task"


def _file(name: str) -> Path:
    path = shared() / "models" / name
    if not path.is_file():
        raise ModelMissingError(
            f"The peer's file '{name}' is not in the folder 'models' of FOCALFACE_SHARED; "
            "put it there to measure against it."
        )
    return path


@cache
def yunet() -> Callable[[Rgb], int]:
    """Return faces that YuNet (OpenCV) finds on a picture at its full size. MIT licence.

    Raises ``ModelMissingError``.
    """
    import cv2

    detector: Any = cv2.FaceDetectorYN.create(str(_file(YUNET)), "", (320, 320), 0.6)
    cv2.setNumThreads(1)

    def count(rgb: Rgb) -> int:
        detector.setInputSize((rgb.shape[1], rgb.shape[0]))
        _, found = detector.detect(np.ascontiguousarray(rgb[..., ::-1]))
        return 0 if found is None else len(found)

    return count


@cache
def landmarker() -> Callable[[Rgb], int]:
    """Return landmarks and blendshapes of one face by MediaPipe Face Landmarker. Apache-2.0.

    Raises ``ModelMissingError``, also when the package is not installed.
    """
    path = _file(LANDMARKER)
    try:
        import mediapipe as mp
        from mediapipe.tasks import python as tasks
        from mediapipe.tasks.python import vision
    except ModuleNotFoundError as error:
        raise ModelMissingError(
            f"The peer MediaPipe needs the package '{error.name}'; install it with: "
            "pip install mediapipe."
        ) from None
    options = vision.FaceLandmarkerOptions(
        base_options=tasks.BaseOptions(model_asset_path=str(path)),
        output_face_blendshapes=True,
        output_facial_transformation_matrixes=True,
    )
    model = vision.FaceLandmarker.create_from_options(options)

    def count(rgb: Rgb) -> int:
        image = mp.Image(image_format=mp.ImageFormat.SRGB, data=np.ascontiguousarray(rgb))
        return len(model.detect(image).face_landmarks)

    return count
