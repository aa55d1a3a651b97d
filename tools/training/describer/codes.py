"""What the faces were coded for, and in which order the networks give it.

A vision-language model coded the faces by eye, unit by unit (0 no sign, 1 slight or possible, 2
clearly there), with a written manual: these are not codes of certified FACS coders. Two units share
a code where the manual cannot tell them apart on a still picture; such a code carries the name of
the commoner one. ``AU25`` is 1 with parted lips and 2 with a dropped jaw (AU26).
"""

import numpy as np
from numpy.typing import NDArray

UNIT_COLUMNS = {
    "AU1": "au1",
    "AU2": "au2",
    "AU4": "au4",
    "AU5": "au5",
    "AU6": "au6",
    "AU7": "au7",
    "AU9": "au9",
    "AU10": "au10",
    "AU12": "au12",
    "AU14": "au14",
    "AU15": "au15",
    "AU17": "au17",
    "AU18": "au18_22",
    "AU20": "au20",
    "AU24": "au23_24",
    "AU25": "au25_26",
}
"""Our code -> column of the table."""

UNITS = tuple(UNIT_COLUMNS)


def steps(codes: NDArray[np.float32]) -> NDArray[np.float32]:
    """Codes 0..2 (...) as cumulative targets (..., 2): at least slight, and clear; NaN stays."""
    return np.stack([np.clip(codes, 0, 1), np.clip(codes - 1, 0, 1)], -1).astype(np.float32)


ZONE_UNITS = {
    "brows": ("AU1", "AU2", "AU4"),
    "eyes": ("AU5", "AU6", "AU7"),
    "nose": ("AU9",),
    "mouth": ("AU10", "AU12", "AU14", "AU15", "AU17", "AU18", "AU20", "AU24", "AU25"),
}
"""The units that cannot be judged when a zone is hidden."""

EMOTIONS = ("neutral", "happiness", "sadness", "surprise", "fear", "disgust", "anger")
"""Trained classes. Contempt has eight labelled pictures and gets no probability."""

AGE_BINS = 101
"""One bin a year, 0..100; older labels count as 100."""

SUGGESTS = (*EMOTIONS, "contempt", "mixed")

CATEGORIES = {
    "quality": ("ok", "blurred", "turned", "no_face"),
    "eyes": ("open", "closed", "glasses", "dark_glasses", "hidden"),
    "mouth": ("visible", "beard", "mask", "object"),
    "brows": ("visible", "fringe", "hidden"),
    "suggests": SUGGESTS,
    "gaze": ("camera", "left", "right", "up", "down"),
    "teeth": ("no", "yes"),
    "tongue": ("no", "yes"),
    "spectacles": ("none", "clear", "dark"),
    "facial_hair": ("none", "stubble", "moustache", "beard"),
    "head_wear": ("none", "hat", "scarf", "other"),
}
"""Everything else that was coded -> its classes. Gaze is as seen in the picture."""
