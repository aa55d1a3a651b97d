"""What looks at faces: open a picture, find faces, propose and describe regions, draw them.

    >>> from focalface.tools import Box, Workbench

Imports are light: numpy, Pillow and OpenCV come with the first use of ``Workbench`` or ``Image``,
models with the first picture; langchain, torch and transformers are not needed.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from focalface.tools import collectors
from focalface.tools.errors import FocalFaceError
from focalface.tools.types import (
    ActionUnit,
    AgeEstimate,
    Attributes,
    Box,
    Disc,
    EmotionEstimate,
    Face,
    Keypoints,
    Pose,
    Region,
    RegionDescription,
)

if TYPE_CHECKING:
    from focalface.tools.pictures.images import Image
    from focalface.tools.workbench import Workbench

collectors.switch_off()  # before anything can import onnxruntime

_HEAVY = {"Image": "pictures.images", "Workbench": "workbench"}

__all__ = [
    "ActionUnit",
    "AgeEstimate",
    "Attributes",
    "Box",
    "Disc",
    "EmotionEstimate",
    "Face",
    "FocalFaceError",
    "Image",
    "Keypoints",
    "Pose",
    "Region",
    "RegionDescription",
    "Workbench",
]


def __getattr__(name: str) -> Any:
    if name in _HEAVY:
        return getattr(import_module(f"{__name__}.{_HEAVY[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
