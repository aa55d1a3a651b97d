"""What looks at faces: open a picture, find faces, propose and describe regions, draw them.

    >>> from focalface.tools import Box, Workbench

Imports are light: models load on first use; langchain, torch and transformers are not needed.
"""

from focalface.tools.errors import FocalFaceError
from focalface.tools.images import Image
from focalface.tools.types import (
    ActionUnit,
    AgeEstimate,
    Box,
    Disc,
    EmotionEstimate,
    Face,
    Keypoints,
    Pose,
    Region,
    RegionDescription,
)
from focalface.tools.workbench import Workbench

__all__ = [
    "ActionUnit",
    "AgeEstimate",
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
