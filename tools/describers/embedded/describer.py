"""The describer that comes with the package: one pass over the face, many regions at once.

A network looks at an upright grey crop of the face once; landmarks, pose and the reading of the
whole face come from that pass. A much smaller one reads any set of regions of the crop, each from
its own pixels alone. Looks are kept for a while, so that describing a face after detecting it
costs no second pass.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from focalface.tools.describers.embedded import alignment
from focalface.tools.describers.embedded.alignment import Alignment
from focalface.tools.describers.embedded.networks import Floats, Look, Net, quantiles, tempered
from focalface.tools.describers.embedded.results import Reading, described
from focalface.tools.describers.language import results
from focalface.tools.errors import DeadlineError
from focalface.tools.face.landmarks import INDEX, NAMES
from focalface.tools.geometry import atlas
from focalface.tools.interfaces import Mesh, Progress
from focalface.tools.paths import WEIGHTS
from focalface.tools.pictures.images import Image
from focalface.tools.types import Box, Face, Keypoints, Point, Pose, Region, RegionDescription

KEPT_LOOKS = 64
"""Faces whose pass is remembered; one takes about 12 kB."""
MOST_PASSES = 4
"""Passes to settle an alignment; with a detector's keypoints the first one mostly does."""
WHOLE = 0.85
"""A custom region that covers this share of the face is read as the whole face."""
FACE_WIDTH = 0.68
"""Of the side of the crop, typically."""
SMALL_FACE = 36.0
"""Width of a face in pixels below which its detail is doubtful (FER2013's are about this size)."""
TURNED = 40.0
"""Yaw or pitch in degrees beyond which training had hardly any faces."""
TINY = 1 / 288
"""Share of the crop that a region should cover at least, about 6 x 6 of its 96 x 96 px."""

_ENDS = np.array([-1, 0, 1])
_FIVE = ("right_iris", "left_iris", "nose_tip", "right_mouth_corner", "left_mouth_corner")

_KEYPOINTS = {
    "left_eye": ("left_iris",),
    "right_eye": ("right_iris",),
    "nose": ("nose_tip", "nose_ball"),
    "left_mouth": ("left_mouth_corner", "left_lip_upper_outer_1"),
    "right_mouth": ("right_mouth_corner", "right_lip_upper_outer_1"),
}
"""Landmarks whose mean comes nearest to a face detector's keypoint on training pictures: detectors
put the nose above its tip, and the corners of the mouth a little inside."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """A pass and the alignment that it was made with."""

    place: Alignment
    look: Look


class EmbeddedDescriber:
    """Fits landmarks and describes regions; loads on first use, safe to share between threads.

    Args:
        threads: CPU threads of one pass; 0 leaves the choice to onnxruntime.
        folder: where ``face_net.onnx`` and ``region_head.onnx`` are.
    """

    def __init__(self, *, threads: int = 0, folder: Path = WEIGHTS) -> None:
        self._threads, self._folder = threads, folder
        self._lock = threading.Lock()
        self._looks: OrderedDict[tuple[str, tuple[Point, ...]], _Seen] = OrderedDict()

    @property
    def name(self) -> str:
        """Name and version."""
        return "embedded-2"

    @property
    def device(self) -> str:
        """Where it runs and why."""
        return "cpu (a small network; an accelerator would not make it faster)"

    @property
    def landmark_names(self) -> tuple[str, ...]:
        """Names of the landmarks, in order."""
        return NAMES

    @property
    def supported_aus(self) -> frozenset[str]:
        """Codes whose correlation with the teacher was good enough somewhere on the face."""
        return self._net.about.supported

    def fit(self, image: Image, box: Box, keypoints: Keypoints | None) -> Mesh:
        """Landmarks and pose of the face in ``box``; without keypoints the box alone aligns it.

        Raises ``ModelMissingError`` or ``ModelDamagedError`` when the weights cannot be used.
        """
        seen, landmarks = self._settle(image, box, keypoints)
        pitch, yaw, roll = (float(v) for v in seen.look.pose)
        roll = (roll + seen.place.turn + 180) % 360 - 180
        return Mesh(
            landmarks=landmarks,
            pose=Pose(pitch=pitch, yaw=yaw, roll=roll),
            keypoints=_keypoints(landmarks),
        )

    def describe(
        self,
        image: Image,
        face: Face,
        regions: Sequence[Region],
        *,
        timeout_s: float | None = None,
        progress: Progress | None = None,
    ) -> list[RegionDescription]:
        """One description a region, in input order; all regions share one pass over the face.

        Raises ``DeadlineError`` only when ``timeout_s`` is not positive: a call takes milliseconds.
        """
        if timeout_s is not None and timeout_s <= 0:
            raise DeadlineError("There was no time to describe anything; allow more time.")
        if not regions:
            return []
        start = time.perf_counter()
        seen = self._seen(image, face)
        corners = seen.place.to_crop([point for r in regions for point in r.polygon])
        masks = alignment.draw_all(corners, [len(r.polygon) for r in regions])
        whole = self._whole(face, seen.place, regions, masks)
        readings = self._readings(seen, masks, whole)
        spent = (time.perf_counter() - start) * 1000 / len(regions)
        made = results.Made(self.name, self.device, spent, self._face_limits(face, seen.place))
        out = []
        for i, (region, reading) in enumerate(zip(regions, readings, strict=True)):
            out.append(described(self._net.about, face, region, reading, made))
            if progress:
                progress(i + 1, len(regions))
        return out

    @cached_property
    def _net(self) -> Net:
        with self._lock:
            return Net(self._folder, self._threads)

    def _settle(
        self, image: Image, box: Box, keypoints: Keypoints | None
    ) -> tuple[_Seen, tuple[Point, ...]]:
        """Looks until the crop agrees with the landmarks found in it, and keeps the last look."""
        place = alignment.by_keypoints(keypoints) if keypoints else alignment.by_box(box)
        for left in reversed(range(MOST_PASSES)):
            look = self._net.look(alignment.cut(image.rgb, place))
            landmarks = tuple(place.to_image(look.landmarks))
            better = alignment.by_mesh_points([landmarks[INDEX[name]] for name in _FIVE])
            if not left or not place.differs(better):
                break
            place = better
        seen = _Seen(place, look)
        self._keep((image.id, landmarks), seen)
        return seen, landmarks

    def _seen(self, image: Image, face: Face) -> _Seen:
        """The look that gave this face its landmarks, or a new one with the same alignment."""
        key = (image.id, face.landmarks)
        with self._lock:
            found = self._looks.get(key)
            if found:
                self._looks.move_to_end(key)
                return found
        place = alignment.by_keypoints(face.keypoints)
        settled = alignment.by_mesh_points([face.landmarks[INDEX[name]] for name in _FIVE])
        place = settled if place.differs(settled) else place
        seen = _Seen(place, self._net.look(alignment.cut(image.rgb, place)))
        self._keep(key, seen)
        return seen

    def _keep(self, key: tuple[str, tuple[Point, ...]], seen: _Seen) -> None:
        with self._lock:
            self._looks[key] = seen
            while len(self._looks) > KEPT_LOOKS:
                self._looks.popitem(last=False)

    def _readings(
        self, seen: _Seen, masks: NDArray[np.uint8], whole: NDArray[np.bool_]
    ) -> list[Reading]:
        """What the networks say of each region, all at once."""
        look = seen.look
        read = self._net.read(look.crop, masks)
        heat = self._net.about.heat(_width(seen.place))
        read.emotion[whole] = tempered(look.face.emotion, heat)
        read.age[whole] = look.face.age
        read.units[whole] = look.face.units
        ages = self._ages(read.age, whole)
        tiny = np.count_nonzero(masks, (1, 2)) < TINY * masks[0].size
        parts = (x.tolist() for x in (read.emotion, ages, read.units, whole, tiny))
        return [Reading(*part) for part in zip(*parts, strict=True)]

    def _ages(self, odds: Floats, whole: NDArray[np.bool_]) -> Floats:
        """End of the 80 % interval, median, other end: (K, 3) years."""
        half = np.where(whole, *self._net.about.age_half)[:, None]
        return quantiles(odds, (0.5 + half * _ENDS).astype(np.float32)).clip(0)

    def _whole(
        self, face: Face, place: Alignment, regions: Sequence[Region], masks: NDArray[np.uint8]
    ) -> NDArray[np.bool_]:
        """For each region whether it is the whole face or a custom one that covers it."""
        whole = np.array([r.name == "face" for r in regions])
        custom = [i for i, r in enumerate(regions) if r.name == atlas.CUSTOM]
        outline = alignment.draw(place.to_crop(atlas.outline(face, "face"))) > 0 if custom else None
        if outline is not None and outline.any():
            whole[custom] = (masks[custom][:, outline] > 0).mean(1) >= WHOLE
        return whole

    def _face_limits(self, face: Face, place: Alignment) -> tuple[str, ...]:
        """Sentences that hold for every region of this face."""
        limits = []
        width = _width(place)
        if width < SMALL_FACE:
            limits.append(f"The face is only about {width:.0f} pixels wide, so detail is doubtful.")
        if max(abs(face.pose.yaw), abs(face.pose.pitch)) > TURNED:
            limits.append("The head is turned far from the camera, so this reading is doubtful.")
        return tuple(limits)


def _width(place: Alignment) -> float:
    """Width of the face in pixels of the picture."""
    return place.side * FACE_WIDTH


def _keypoints(landmarks: Sequence[Point]) -> Keypoints:
    """Five points as a face detector would give them."""

    def mean(names: Sequence[str]) -> Point:
        xs, ys = zip(*(landmarks[INDEX[name]] for name in names), strict=True)
        return (sum(xs) / len(names), sum(ys) / len(names))

    return Keypoints(**{point: mean(names) for point, names in _KEYPOINTS.items()})
