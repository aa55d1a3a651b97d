"""Reads the faces of a clip frame by frame, and what their movements come to at the end."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from focalface.tools.clips.frames import Frame, read_frames
from focalface.tools.clips.series import Episode, Series, Smoothing, episodes, smooth
from focalface.tools.clips.tracks import Tracks
from focalface.tools.types import Face, RegionDescription, Side

if TYPE_CHECKING:
    from focalface.tools.workbench import Target, Workbench

Key = tuple[int, str, Side]
"""Number of a face, code of a unit, the subject's side."""


@dataclass(frozen=True, slots=True)
class TrackedFace:
    """A face of one frame: its number in the clip, from 1, and what its regions show."""

    number: int
    face: Face
    descriptions: tuple[RegionDescription, ...]


@dataclass(frozen=True, slots=True)
class FrameReading:
    """A frame and its faces, in the order of their numbers; none is a normal answer."""

    frame: Frame
    faces: tuple[TrackedFace, ...]


def read_clip(
    bench: "Workbench",
    path: Path,
    targets: "Sequence[Target]",
    *,
    every: float | None = None,
) -> Iterator[FrameReading]:
    """Describe ``targets`` on every face of the frames of a clip.

    Raises what :func:`focalface.tools.clips.frames.read_frames` and the workbench raise.
    """
    tracks = Tracks()
    for frame in read_frames(path, every=every, limits=bench.settings.image_limits):
        found = bench.detect(frame.image)
        numbers = tracks.follow(found, frame.seconds)
        faces = [
            TrackedFace(number, face, tuple(bench.describe(frame.image, face, targets)))
            for number, face in sorted(zip(numbers, found, strict=True), key=lambda one: one[0])
        ]
        yield FrameReading(frame, tuple(faces))


class Movements:
    """Collects intensities over a clip; a few numbers a frame, so that long clips fit."""

    def __init__(self) -> None:
        self._points: dict[Key, list[tuple[float, float]]] = {}

    def add(self, reading: FrameReading) -> None:
        """Add the units of one frame; of several regions the first that show a unit counts."""
        for tracked in reading.faces:
            seen: set[tuple[str, Side]] = set()
            for unit in (unit for one in tracked.descriptions for unit in one.action_units):
                if (unit.code, unit.side) not in seen:
                    seen.add((unit.code, unit.side))
                    point = (reading.frame.seconds, unit.intensity)
                    self._points.setdefault((tracked.number, unit.code, unit.side), []).append(
                        point
                    )

    def series(self, how: Smoothing | None = None) -> dict[Key, Series]:
        """Return each face's units over time."""
        return {key: smooth(Series.of(points), how) for key, points in self._points.items()}

    def episodes(self, how: Smoothing | None = None) -> Mapping[Key, list[Episode]]:
        """Return when each unit moved; units that never did are left out."""
        found = {key: episodes(series) for key, series in self.series(how).items()}
        return {key: moved for key, moved in found.items() if moved}
