"""Dense landmarks of one face, and the looks that they came from, kept for a while.

A look is one pass of the reading network over an upright crop. Looks repeat until the crop agrees
with the landmarks found in it, and the last one is remembered with its alignment, so that reading a
face after detecting it costs no second pass.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from focalface.tools.describers.embedded import alignment
from focalface.tools.describers.embedded.alignment import Alignment
from focalface.tools.describers.embedded.networks import Look, Networks, Odds
from focalface.tools.describers.embedded.reading import FaceReading
from focalface.tools.describers.embedded.suggestions import Suggestion
from focalface.tools.face.landmarks import INDEX
from focalface.tools.forking import ForkSafeLock
from focalface.tools.interfaces import Mesh
from focalface.tools.pictures.images import Image
from focalface.tools.types import Box, Face, Keypoints, Point, Pose

KEPT_LOOKS = 64
"""Faces whose look is remembered; one takes about 16 kB."""
MOST_PASSES = 4
"""Passes to settle an alignment; with a detector's keypoints the first one mostly does."""

ASTRAY = (0.3, 30.0)
"""Share of the crop and degrees by which no landmarks are right about a face against a detector's
keypoints; the networks are wrong so far on some small faces with masks."""

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


Place = tuple[Box, Keypoints | None]
"""Where a detector found a face; without keypoints the box alone aligns it."""


@dataclass(slots=True)
class Seen:
    """A look, the alignment that it was made with, and, once somebody asked for it, the odds of the
    whole face (both views), its reading and what it suggests."""

    place: Alignment
    look: Look
    odds: Odds = field(default_factory=dict)
    reading: FaceReading | None = None
    suggests: Suggestion | None = None


class Fitter:
    """Looks at faces; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = ForkSafeLock()
        self._kept: OrderedDict[tuple[str, tuple[Point, ...]], Seen] = OrderedDict()

    def fit(self, networks: Networks, image: Image, found: Sequence[Place]) -> list[Mesh]:
        """Landmarks and pose of faces, each pass over all that are not settled yet."""
        first = [_placed(*one) for one in found]
        places = list(first)
        looks: dict[int, Look] = {}
        pending = list(range(len(found)))
        for left in reversed(range(MOST_PASSES)):
            if not pending:
                break
            made = networks.look([alignment.cut(image.rgb, places[i]) for i in pending])
            better: dict[int, Alignment] = {}
            for i, look in zip(pending, made, strict=True):
                looks[i], better[i] = look, _by_landmarks(places[i].to_image(look.landmarks))
                if found[i][1] and first[i].differs(better[i], *ASTRAY):
                    looks[i], better[i] = _laid_back(look, places[i], better[i]), places[i]
            pending = [i for i in pending if left and places[i].differs(better[i])]
            for i in pending:
                places[i] = better[i]
        return [self._mesh(image, Seen(place, looks[i])) for i, place in enumerate(places)]

    def _mesh(self, image: Image, seen: Seen) -> Mesh:
        """What a settled look says, in the image frame; the look is kept."""
        landmarks = tuple(seen.place.to_image(seen.look.landmarks))
        self._keep((image.id, landmarks), seen)
        pitch, yaw, roll = (float(v) for v in seen.look.pose)
        roll = (roll + seen.place.turn + 180) % 360 - 180
        pose = Pose(pitch=pitch, yaw=yaw, roll=roll)
        return Mesh(landmarks=landmarks, pose=pose, keypoints=_keypoints(landmarks))

    def seen(self, networks: Networks, image: Image, face: Face) -> Seen:
        """The look that gave this face its landmarks, or a new one with the same alignment."""
        key = (image.id, face.landmarks)
        with self._lock:
            found = self._kept.get(key)
            if found:
                self._kept.move_to_end(key)
                return found
        place = alignment.by_keypoints(face.keypoints)
        settled = _by_landmarks(face.landmarks)
        place = settled if place.differs(settled) else place
        (look,) = networks.look([alignment.cut(image.rgb, place)])
        seen = Seen(place, look)
        self._keep(key, seen)
        return seen

    def _keep(self, key: tuple[str, tuple[Point, ...]], seen: Seen) -> None:
        with self._lock:
            self._kept[key] = seen
            while len(self._kept) > KEPT_LOOKS:
                self._kept.popitem(last=False)


def _placed(box: Box, keypoints: Keypoints | None) -> Alignment:
    return alignment.by_keypoints(keypoints) if keypoints else alignment.by_box(box)


def _laid_back(look: Look, place: Alignment, astray: Alignment) -> Look:
    """The look with its landmarks moved from where they went astray to where the face lies."""
    return replace(look, landmarks=astray.to_crop(place.to_image(look.landmarks)))


def _by_landmarks(landmarks: Sequence[Point]) -> Alignment:
    return alignment.by_mesh_points([landmarks[INDEX[name]] for name in _FIVE])


def _keypoints(landmarks: Sequence[Point]) -> Keypoints:
    """Five points as a face detector would give them."""

    def mean(names: Sequence[str]) -> Point:
        xs, ys = zip(*(landmarks[INDEX[name]] for name in names), strict=True)
        return (sum(xs) / len(names), sum(ys) / len(names))

    return Keypoints(**{point: mean(names) for point, names in _KEYPOINTS.items()})
