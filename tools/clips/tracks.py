"""Numbers that faces keep from frame to frame, by the ByteTrack of the library ``trackers``."""

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np

from focalface.tools.errors import ModelMissingError
from focalface.tools.types import Face

RATE = 30.0
"""Frames a second in whose steps the tracker counts; times are given to it besides."""
LOST = 2.0
"""Seconds for which a face that is not seen keeps its number."""
OVERLAP = 0.1
"""Intersection over union from which a face may be one that was seen before."""


class Tracks:
    """Gives the faces of one clip their numbers, from 1 in the order of their first sight."""

    def __init__(self) -> None:
        self._library = _library()
        # Our detector's faces are sure ones: none of them is only good to go on with a track.
        self._tracker = self._library.ByteTrackTracker(
            lost_track_buffer=round(LOST * 30),
            frame_rate=RATE,
            track_activation_threshold=0.0,
            minimum_consecutive_frames=1,
            minimum_iou_threshold=OVERLAP,
            high_conf_det_threshold=0.0,
        )
        self._given = 0

    def follow(self, faces: Sequence[Face], seconds: float) -> list[int]:
        """Return the numbers of the faces of the next frame; ``seconds`` must grow from call to
        call."""
        import supervision

        if not faces:
            found = supervision.Detections.empty()
        else:
            found = supervision.Detections(
                xyxy=np.array([face.box.xyxy for face in faces], dtype=np.float32),
                confidence=np.array([face.score for face in faces], dtype=np.float32),
                class_id=np.arange(len(faces)),
            )
        tracked = self._tracker.update(found, timestamp=seconds)
        numbers = [0] * len(faces)
        fresh = iter([track for track in self._tracker.tracks if track.tracker_id == -1])
        for index, number in zip(
            tracked.class_id if faces else (), tracked.tracker_id, strict=False
        ):
            # The library numbers a track at its second sight only; a face counts from its first.
            numbers[int(index)] = int(number) if number > 0 else self._number(next(fresh))
        return numbers

    def _number(self, track: Any) -> int:
        self._given += 1
        track.tracker_id = self._given
        return self._given


def _library() -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import trackers
    except ImportError:
        raise ModelMissingError(
            "Following faces through a clip needs the package 'trackers'; "
            "run: pip install 'focalface[video]'."
        ) from None
    return trackers
