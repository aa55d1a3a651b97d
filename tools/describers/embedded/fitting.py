"""Dense landmarks of faces, and the network's output that they came from, kept for a while.

The reading network passes over an upright crop of the face until the crop agrees with the landmarks
found in it. The last output is kept with its alignment, so that reading a face after detecting it
costs no second pass.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from focalface.tools.describers.embedded import alignment
from focalface.tools.describers.embedded.alignment import Alignment
from focalface.tools.describers.embedded.networks import NetworkOutput, Networks, Odds
from focalface.tools.describers.embedded.reading import FaceReading
from focalface.tools.describers.embedded.suggestions import Suggestion
from focalface.tools.face.landmarks import INDEX
from focalface.tools.forking import ForkSafeLock
from focalface.tools.interfaces import Mesh
from focalface.tools.pictures.images import Image
from focalface.tools.types import Box, Face, Keypoints, Point, Pose

MOST_KEPT = 64
"""Faces whose output is kept; one takes about 16 kB."""
MOST_PASSES = 4
"""Passes to settle an alignment; with a detector's keypoints the first one mostly does."""

ASTRAY = (0.3, 30.0)
"""Share of the crop and degrees by which no landmarks are right about a face against a detector's
keypoints; the networks are wrong so far on some small faces with masks."""

_FIVE = [
    INDEX[name]
    for name in ("right_iris", "left_iris", "nose_tip", "right_mouth_corner", "left_mouth_corner")
]

_KEYPOINTS = {
    "left_eye": ("left_iris",),
    "right_eye": ("right_iris",),
    "nose": ("nose_tip", "nose_ball"),
    "left_mouth": ("left_mouth_corner", "left_lip_upper_outer_1"),
    "right_mouth": ("right_mouth_corner", "right_lip_upper_outer_1"),
}
"""Landmarks whose mean comes nearest to a face detector's keypoint on training pictures: detectors
put the nose above its tip, and the corners of the mouth a little inside."""


Place = tuple[Box, Keypoints | None]
"""Where a detector found a face; without keypoints the box alone aligns it."""


@dataclass(slots=True)
class FittedFace:
    """The network's output on an aligned face and the alignment; once asked for, the odds of the
    whole face (of both views where one leaves something open), its reading and what it suggests."""

    place: Alignment
    output: NetworkOutput
    odds: Odds = field(default_factory=dict)
    reading: FaceReading | None = None
    suggests: Suggestion | None = None


class Fitter:
    """Fits landmarks to faces; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = ForkSafeLock()
        self._kept: OrderedDict[tuple[str, tuple[Point, ...]], FittedFace] = OrderedDict()

    def fit(self, networks: Networks, image: Image, found: Sequence[Place]) -> list[Mesh]:
        """Return landmarks and pose of faces; each pass goes over all that are not settled yet."""
        first = [_placed(*one) for one in found]
        places = list(first)
        outputs: dict[int, NetworkOutput] = {}
        pending = list(range(len(found)))
        for left in reversed(range(MOST_PASSES)):
            if not pending:
                break
            made = networks.read_crops([alignment.cut(image.rgb, places[i]) for i in pending])
            better: dict[int, Alignment] = {}
            for i, output in zip(pending, made, strict=True):
                outputs[i], better[i] = output, _by_output(output, places[i])
                if found[i][1] and first[i].differs(better[i], *ASTRAY):
                    outputs[i], better[i] = _laid_back(output, places[i], better[i]), places[i]
            pending = [i for i in pending if left and places[i].differs(better[i])]
            for i in pending:
                places[i] = better[i]
        return [self._mesh(image, FittedFace(place, outputs[i])) for i, place in enumerate(places)]

    def _mesh(self, image: Image, fitted: FittedFace) -> Mesh:
        """Return what a settled face shows, in the image frame, and keep it."""
        landmarks = tuple(fitted.place.to_image(fitted.output.landmarks))
        self._keep((image.id, landmarks), fitted)
        pitch, yaw, roll = (float(v) for v in fitted.output.pose)
        roll = (roll + fitted.place.turn + 180) % 360 - 180
        pose = Pose(pitch=pitch, yaw=yaw, roll=roll)
        return Mesh(landmarks=landmarks, pose=pose, keypoints=_keypoints(landmarks))

    def fitted(self, networks: Networks, image: Image, face: Face) -> FittedFace:
        """Return what gave this face its landmarks, or fit it anew with the same alignment."""
        key = (image.id, face.landmarks)
        with self._lock:
            found = self._kept.get(key)
            if found:
                self._kept.move_to_end(key)
                return found
        place = alignment.by_keypoints(face.keypoints)
        settled = _by_landmarks(face.landmarks)
        place = settled if place.differs(settled) else place
        (output,) = networks.read_crops([alignment.cut(image.rgb, place)])
        fitted = FittedFace(place, output)
        self._keep(key, fitted)
        return fitted

    def _keep(self, key: tuple[str, tuple[Point, ...]], fitted: FittedFace) -> None:
        with self._lock:
            self._kept[key] = fitted
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)


def _placed(box: Box, keypoints: Keypoints | None) -> Alignment:
    return alignment.by_keypoints(keypoints) if keypoints else alignment.by_box(box)


def _laid_back(output: NetworkOutput, place: Alignment, astray: Alignment) -> NetworkOutput:
    """Return the output with its landmarks moved from where they went astray to the face."""
    return replace(output, landmarks=astray.to_crop(place.to_image(output.landmarks)))


def _by_landmarks(landmarks: Sequence[Point]) -> Alignment:
    return alignment.by_mesh_points([landmarks[at] for at in _FIVE])


def _by_output(output: NetworkOutput, place: Alignment) -> Alignment:
    """Return the alignment by the landmarks found in the crop at ``place``."""
    return alignment.by_mesh_points(place.to_image(output.landmarks[_FIVE]))


def _keypoints(landmarks: Sequence[Point]) -> Keypoints:
    """Return five points as a face detector would give them."""

    def mean(names: Sequence[str]) -> Point:
        xs, ys = zip(*(landmarks[INDEX[name]] for name in names), strict=True)
        return (sum(xs) / len(names), sum(ys) / len(names))

    return Keypoints(**{point: mean(names) for point, names in _KEYPOINTS.items()})
