"""The describer that comes with the package: one small network over the face, many regions at once.

The network looks at an upright grey crop of the face once; landmarks, pose and the reading of the
whole face come from that pass, and so do the tokens from which any set of regions is read. Looks
are kept for a while, so that describing a face after detecting it costs no second pass.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from focalface.tools import atlas, facs
from focalface.tools.describers import alignment, results, wording
from focalface.tools.describers.alignment import Alignment
from focalface.tools.describers.base import Mesh, Progress
from focalface.tools.describers.embedded_net import About, Attributes, Floats, Look, Net, quantile
from focalface.tools.describers.scope import Scope, scope_of
from focalface.tools.errors import DeadlineError
from focalface.tools.images import Image
from focalface.tools.landmarks import INDEX, NAMES
from focalface.tools.paths import WEIGHTS
from focalface.tools.types import (
    EMOTIONS,
    ActionUnit,
    AgeEstimate,
    Box,
    EmotionEstimate,
    Face,
    Keypoints,
    Point,
    Pose,
    Region,
    RegionDescription,
    age_group_of,
)

KEPT_LOOKS = 64
"""Faces whose pass is remembered; one takes about 70 kB."""
MOST_PASSES = 4
"""Passes to settle an alignment; with a detector's keypoints the first one mostly does."""
WHOLE = 0.85
"""A custom region that covers this share of the face is read as the whole face."""
SMALL_FACE = 36.0
"""Width of a face in pixels below which its detail is doubtful (FER2013's are about this size)."""
TURNED = 40.0
"""Yaw or pitch in degrees beyond which training had hardly any faces."""
TINY = 0.5
"""Token cells that a region should cover at least; one is a twelfth of the crop wide."""

_FIVE = ("right_iris", "left_iris", "nose_tip", "right_mouth_corner", "left_mouth_corner")


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
        return "embedded-1"

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
        at = {name: landmarks[INDEX[name]] for name in _FIVE}
        return Mesh(
            landmarks=landmarks,
            pose=Pose(pitch=pitch, yaw=yaw, roll=roll),
            keypoints=Keypoints(
                left_eye=at["left_iris"],
                right_eye=at["right_iris"],
                nose=at["nose_tip"],
                left_mouth=at["left_mouth_corner"],
                right_mouth=at["right_mouth_corner"],
            ),
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
        masks = np.stack([alignment.draw(seen.place.to_crop(r.polygon)) for r in regions])
        cover = alignment.coverage(masks)
        read = self._net.read(seen.look.tokens, cover)
        whole = self._whole(face, seen.place, regions, masks)
        spent = (time.perf_counter() - start) * 1000 / len(regions)
        made = results.Made(self.name, self.device, spent, self._face_limits(face, seen.place))
        out = []
        for i, region in enumerate(regions):
            found = seen.look.face if whole[i] else read.at(i)
            tiny = float(cover[i].sum()) < TINY
            out.append(_described(self._net.about, face, region, found, made, whole[i], tiny))
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
        """The look that gave this face its landmarks, or a new one aligned by them."""
        key = (image.id, face.landmarks)
        with self._lock:
            found = self._looks.get(key)
            if found:
                self._looks.move_to_end(key)
                return found
        place = alignment.by_mesh_points([face.landmarks[INDEX[name]] for name in _FIVE])
        seen = _Seen(place, self._net.look(alignment.cut(image.rgb, place)))
        self._keep(key, seen)
        return seen

    def _keep(self, key: tuple[str, tuple[Point, ...]], seen: _Seen) -> None:
        with self._lock:
            self._looks[key] = seen
            while len(self._looks) > KEPT_LOOKS:
                self._looks.popitem(last=False)

    def _whole(
        self, face: Face, place: Alignment, regions: Sequence[Region], masks: np.ndarray
    ) -> list[bool]:
        """For each region whether it is the whole face or a custom one that covers it."""
        outline = alignment.draw(place.to_crop(atlas.outline(face, "face"))) > 0
        area = max(int(outline.sum()), 1)
        return [
            r.name == "face" or (r.name == atlas.CUSTOM and (m[outline] > 0).sum() / area >= WHOLE)
            for r, m in zip(regions, masks, strict=True)
        ]

    def _face_limits(self, face: Face, place: Alignment) -> tuple[str, ...]:
        """Sentences that hold for every region of this face."""
        limits = []
        width = place.side * 0.68
        if width < SMALL_FACE:
            limits.append(f"The face is only about {width:.0f} pixels wide, so detail is doubtful.")
        if max(abs(face.pose.yaw), abs(face.pose.pitch)) > TURNED:
            limits.append("The head is turned far from the camera, so this reading is doubtful.")
        return tuple(limits)


def _described(
    about: About,
    face: Face,
    region: Region,
    found: Attributes,
    made: results.Made,
    whole: bool,
    tiny: bool,
) -> RegionDescription:
    scope = scope_of(face, region)
    if scope.empty:
        return results.unfinished(region, scope, made, results.hidden(region))
    places = atlas.covered(face, region)
    bases = {facs.unsided(place) for place in places}
    inside = (about.in_regions.get(base, frozenset()) for base in bases)
    assessable = about.on_face if whole else frozenset().union(*inside)
    units = _units(about, found.units, scope, assessable)
    missing = facs.in_order(c for c in scope.units if c not in assessable)
    limits = list(made.notes)
    if tiny:
        limits.append("The region is very small, so it tells little.")
    emotion = _emotion(about, found.emotion) if scope.emotion else None
    age = _age(found.age) if scope.age else None
    return RegionDescription(
        region=region,
        text=wording.describe(region, units, missing, emotion, age, limits, places=places),
        action_units=units,
        not_assessed=missing,
        emotion=emotion,
        age=age,
        limits=tuple(limits),
        describer=made.describer,
        device=made.device,
        milliseconds=made.milliseconds,
    )


def _units(
    about: About, values: Floats, scope: Scope, assessable: frozenset[str]
) -> tuple[ActionUnit, ...]:
    """The region's units in FACS order, each on the sides that the region and the network know."""
    out = []
    for code, sides in scope.units.items():
        if code not in assessable:
            continue
        own = {
            side: float(v) for (c, side), v in zip(about.channels, values, strict=True) if c == code
        }
        mean = sum(own.values()) / len(own)
        if "both" in sides or ("both" in own and len(sides) > 1):
            strengths = {"both": mean}
        else:
            strengths = {side: own.get(side, mean) for side in sides}
        out += [
            ActionUnit(code=code, name=facs.UNITS[code].name, side=side, intensity=strength)
            for side, strength in strengths.items()
        ]
    return tuple(out)


def _emotion(about: About, odds: Floats) -> EmotionEstimate:
    """The distribution over the eight labels; a class that was never learnt has 0."""
    found = dict(zip(about.emotions, (float(p) for p in odds), strict=True))
    probabilities = {label: found.get(label, 0.0) for label in EMOTIONS}
    return EmotionEstimate(
        label=max(probabilities, key=lambda label: probabilities[label]),
        probabilities=probabilities,
    )


def _age(odds: Floats) -> AgeEstimate:
    """The median of the distribution and its middle 80 %."""
    low, years, high = (max(0.0, float(quantile(odds, share))) for share in (0.1, 0.5, 0.9))
    return AgeEstimate(years=years, low=low, high=high, group=age_group_of(years))
