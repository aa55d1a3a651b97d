"""Faces whose landmarks are found when somebody first asks for them.

A detector tells where faces are; keypoints, landmarks and pose take another network a look at each
face, which is most of the time on a crowd. Who counts faces, or picks one of them, needs none.
"""

from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any

from focalface.tools.detection.detect import face_id
from focalface.tools.forking import ForkSafeLock
from focalface.tools.interfaces import Detection, Mesh
from focalface.tools.types import Face, Keypoints, Point

AT_ONCE = 16
"""Faces that are looked at together, from the second one on that is asked for."""
FITTED = 0.7
"""Weight of the landmarks in a face's keypoints; the rest is the detector's."""

Fit = Callable[[Sequence[Detection]], list[Mesh]]
"""Landmarks of some faces of one picture, in order."""


def face_of(image_id: str, found: Detection, mesh: Mesh) -> Face:
    """Return the face that a detector and the landmark network found."""
    return Face(**_known(image_id, found), **_looked_at(found, mesh))


def late_faces(image_id: str, found: Sequence[Detection], fit: Fit) -> list[Face]:
    """Return faces that call ``fit`` when one needs it: first for it alone, then for many."""
    meshes = _Meshes(found, fit)
    return [_late(image_id, one, meshes, i) for i, one in enumerate(found)]


def complete(face: Face) -> None:
    """Find what is still to come of a late face; two threads may do so together, with one result.

    Raises what the landmark network raises: ``ModelMissingError``, ``ModelDamagedError``.
    """
    values: dict[str, Any] = object.__getattribute__(face, "__dict__")
    rest = values.get(_TO_COME)
    if rest:
        values.update(rest())
        values.pop(_TO_COME, None)
    object.__setattr__(face, "__class__", Face)


class _Meshes:
    """Meshes of the faces of one picture; who asks for a second one mostly asks for all."""

    def __init__(self, found: Sequence[Detection], fit: Fit) -> None:
        self._found, self._fit = found, fit
        self._lock = ForkSafeLock()
        self._made: dict[int, Mesh] = {}

    def of(self, i: int) -> dict[str, Any]:
        """Return what the landmark network adds to face ``i``."""
        with self._lock:
            if i not in self._made:
                left = (k for k in range(i, len(self._found)) if k not in self._made)
                some = list(islice(left, AT_ONCE if self._made else 1))
                self._made |= zip(some, self._fit([self._found[k] for k in some]), strict=True)
            return _looked_at(self._found[i], self._made[i])


class _LateFace(Face):
    """A face that becomes a plain ``Face`` when anything is asked of it that is not known yet.

    It changes its class, so that it equals, copies and pickles as the plain face it stands for.

    Whatever reads a model as a whole (JSON, comparison, copies, pickling) asks for its ``__dict__``
    or another attribute, and so finds it complete. Until then it keeps its picture in memory.
    """

    def __getattribute__(self, name: str) -> Any:
        if name in _KNOWN_AT_ONCE:
            return object.__getattribute__(self, name)
        complete(self)
        return getattr(self, name)


_KNOWN_AT_ONCE = frozenset({"id", "image_id", "box", "score", "__class__"})
_TO_COME = "_to_come"
"""Where a late face keeps the call that gives the rest of it."""


def _late(image_id: str, found: Detection, meshes: _Meshes, i: int) -> Face:
    values = _known(image_id, found)
    face = _LateFace.model_construct(set(Face.model_fields), **values)
    object.__setattr__(face, _TO_COME, lambda: meshes.of(i))
    return face


def _known(image_id: str, found: Detection) -> dict[str, Any]:
    return {
        "id": face_id(image_id, found.box),
        "image_id": image_id,
        "box": found.box,
        "score": found.score,
    }


def _looked_at(found: Detection, mesh: Mesh) -> dict[str, Any]:
    return {
        "keypoints": _between(found.keypoints, mesh.keypoints),
        "landmarks": mesh.landmarks,
        "pose": mesh.pose,
    }


def _between(detected: Keypoints | None, fitted: Keypoints) -> Keypoints:
    """Return keypoints of the detector and of the landmarks, averaged: their errors are hardly
    related, so the average is nearer to the truth than either (figures in weights/detector.md)."""
    if detected is None:
        return fitted

    def mean(name: str) -> Point:
        (x1, y1), (x2, y2) = getattr(detected, name), getattr(fitted, name)
        return (x1 + FITTED * (x2 - x1), y1 + FITTED * (y2 - y1))

    return Keypoints(**{name: mean(name) for name in Keypoints.model_fields})
