"""A clip that was read once: its faces, their units and suggested emotions over time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from focalface.tools.clips.frames import duration, read_frames
from focalface.tools.clips.reading import FrameReading, Movements, read_clip
from focalface.tools.clips.series import Series
from focalface.tools.errors import ImageError
from focalface.tools.pictures.images import Image
from focalface.tools.types import Side
from focalface.tools.workbench import Workbench

FRAMES = 600
"""Frames that are read of a clip at most; of longer ones every so many are left out."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A face in one frame: the ids of the face and of its whole-face region, and its box."""

    seconds: float
    face_id: str
    region_id: str
    center: float
    area: float


@dataclass(frozen=True, slots=True)
class TrackedPerson:
    """One face through the clip: ``units`` by code and side, ``emotions`` as probabilities."""

    number: int
    sightings: tuple[Sighting, ...]
    units: Mapping[tuple[str, Side], Series]
    emotions: Mapping[str, Series]

    def nearest(self, seconds: float) -> Sighting:
        """Return the sighting nearest to a time."""
        return min(self.sightings, key=lambda one: abs(one.seconds - seconds))

    def unit(self, code: str, side: Side | None = None) -> Series | None:
        """Return a unit over time: of one side, or the stronger side at each time."""
        if side is not None and (code, side) in self.units:
            return self.units[code, side]
        return strongest([series for (found, _), series in self.units.items() if found == code])


@dataclass(frozen=True, slots=True)
class ClipAnalysis:
    """All faces of a clip, largest first; ``step``: seconds between the frames that were read,
    None where all were."""

    path: Path
    seconds: float
    frames: int
    people: tuple[TrackedPerson, ...]
    describer: str
    device: str
    step: float | None = None

    def person(self, number: int) -> TrackedPerson | None:
        """Return the face with that number."""
        return next((one for one in self.people if one.number == number), None)


def strongest(lines: list[Series]) -> Series | None:
    """Return the largest value of several series at each time that all of them have."""
    if not lines:
        return None
    times = lines[0].seconds
    for line in lines[1:]:
        times = np.intersect1d(times, line.seconds)
    values = [line.values[np.isin(line.seconds, times)] for line in lines]
    return Series(times, np.max(values, axis=0))


@dataclass(slots=True)
class _Notes:
    """What is kept of a face while the clip is read."""

    sightings: list[Sighting] = field(default_factory=list)
    emotions: dict[str, list[tuple[float, float]]] = field(default_factory=dict)


def analyse(
    bench: Workbench, path: Path, *, progress: Callable[[float], None] | None = None
) -> ClipAnalysis:
    """Read a whole clip; ``progress`` hears the share that is done.

    Raises ``ImageError`` for what is no clip, and ``ModelError``.
    """
    length = duration(path)
    rate = length.seconds / length.frames if length.frames else 0.0
    step = length.seconds / FRAMES if length.frames > FRAMES or not length.frames else None
    step = step if step and step > rate else None
    movements = Movements()
    notes: dict[int, _Notes] = {}
    count, last = 0, 0.0
    describer = device = ""
    for reading in read_clip(bench, path, ["face"], every=step):
        movements.add(reading)
        count, last = count + 1, reading.frame.seconds
        for tracked in reading.faces:
            describer, device = tracked.descriptions[0].describer, tracked.descriptions[0].device
        _keep(notes, reading)
        if progress and length.seconds:
            progress(min(last / length.seconds, 1.0))
    return ClipAnalysis(path, last, count, _people(notes, movements), describer, device, step)


def _keep(notes: dict[int, _Notes], reading: FrameReading) -> None:
    seconds = reading.frame.seconds
    for tracked in reading.faces:
        mine = notes.setdefault(tracked.number, _Notes())
        found, face = tracked.descriptions[0], tracked.face
        mine.sightings.append(
            Sighting(seconds, face.id, found.region.id, face.box.center[0], face.box.area)
        )
        if found.emotion:
            for label, share in found.emotion.probabilities.items():
                mine.emotions.setdefault(label, []).append((seconds, share))


def _people(notes: dict[int, _Notes], movements: Movements) -> tuple[TrackedPerson, ...]:
    series = movements.series()
    people = [
        TrackedPerson(
            number,
            tuple(mine.sightings),
            {(code, side): line for (face, code, side), line in series.items() if face == number},
            {label: Series.of(points) for label, points in mine.emotions.items()},
        )
        for number, mine in notes.items()
    ]
    return tuple(sorted(people, key=lambda one: -sum(s.area for s in one.sightings)))


def frame_at(path: Path, seconds: float) -> tuple[float, Image]:
    """Return the frame that is shown at a time, and when it begins; after the end, the last
    frame."""
    shown: tuple[float, Image] | None = None
    for frame in read_frames(path):
        if shown is not None and frame.seconds > seconds + 1e-6:
            break
        shown = (frame.seconds, frame.image)
    if shown is None:
        raise ImageError(f"'{path.name}' holds no frame; give another clip.")
    return shown
