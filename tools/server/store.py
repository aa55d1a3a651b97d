"""The bounded memory behind ``image_id``, ``face_id`` and ``region_id``.

Handles are content hashes, so the same picture gets the same handles on every run. A picture and
everything found on it live together: they are forgotten together, ``minutes`` after their last use
or when newer pictures need the room.

By hand on purpose: a library's cache forgets entry by entry, here a picture goes with its own.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from focalface.tools.errors import UnknownHandleError
from focalface.tools.forking import ForkSafeLock
from focalface.tools.types import Face, Region

if TYPE_CHECKING:
    from focalface.tools.pictures.images import Image

MAX_BYTES = 512 * 1024 * 1024
"""Decoded pixels kept at most; one picture is always kept, however large."""

MAX_REGIONS = 1000
"""Regions remembered a picture; older ones are forgotten first."""


@dataclass(slots=True)
class _Entry:
    image: "Image"
    used: float
    faces: dict[str, Face] = field(default_factory=dict)
    detected: tuple[Face, ...] | None = None
    listed: tuple[Face, ...] | None = None
    regions: OrderedDict[str, Region] = field(default_factory=OrderedDict)


class HandleStore:
    """Pictures, faces and regions by handle; safe to share between threads.

    ``clock`` gives seconds and only ever grows; tests pass their own.
    """

    def __init__(
        self,
        *,
        max_images: int = 32,
        minutes: float = 60.0,
        max_bytes: int = MAX_BYTES,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._max_images = max_images
        self._seconds = minutes * 60
        self._max_bytes = max_bytes
        self._clock = clock
        self._lock = ForkSafeLock()
        self._entries: OrderedDict[str, _Entry] = OrderedDict()

    @property
    def lifetime(self) -> str:
        """How long a handle lives, for people."""
        return (
            f"Handles live for {self._seconds / 60:g} minutes after their last use, "
            f"for the {self._max_images} latest pictures at most."
        )

    def add_image(self, image: "Image") -> None:
        """Remember a picture, or renew it; may forget the pictures used least recently."""
        with self._lock:
            entry = self._entries.pop(image.id, None) or _Entry(image, 0.0)
            entry.used = self._clock()
            self._entries[image.id] = entry
            self._shrink()

    def add_detected(self, image_id: str, faces: tuple[Face, ...]) -> None:
        """Remember what a detector found on a picture, so that it need not look again."""
        with self._lock:
            if entry := self._entries.get(image_id):
                entry.detected = faces

    def list_faces(self, image_id: str, faces: tuple[Face, ...]) -> None:
        """Remember the faces that a caller was told of last: numbers count in this list."""
        with self._lock:
            if entry := self._entries.get(image_id):
                entry.listed = faces
                entry.faces.update((face.id, face) for face in faces)

    def add_regions(self, face: Face, regions: Iterable[Region]) -> None:
        """Remember regions of ``face``; the oldest make room past ``MAX_REGIONS``."""
        with self._lock:
            if entry := self._entries.get(face.image_id):
                for region in regions:
                    entry.regions[region.id] = region
                    entry.regions.move_to_end(region.id)
                while len(entry.regions) > MAX_REGIONS:
                    entry.regions.popitem(last=False)

    def image(self, image_id: str) -> "Image":
        """Return the picture of a handle; raises ``UnknownHandleError``."""
        with self._lock:
            return self._entry(image_id).image

    def detected(self, image_id: str) -> tuple[Face, ...] | None:
        """Return what a detector found; ``None`` if none has looked. Raises
        ``UnknownHandleError``."""
        with self._lock:
            return self._entry(image_id).detected

    def listed(self, image_id: str) -> tuple[Face, ...] | None:
        """Return the faces told of last; ``None`` if there were none. Raises
        ``UnknownHandleError``."""
        with self._lock:
            return self._entry(image_id).listed

    def face(self, image_id: str, face_id: str) -> Face:
        """Return one face of a picture; raises ``UnknownHandleError``."""
        with self._lock:
            face = self._entry(image_id).faces.get(face_id)
        if face is None:
            raise UnknownHandleError(
                f"No face '{face_id}' is known on '{image_id}'; call detect_faces with that "
                "image_id and use a face_id from its result."
            )
        return face

    def region(self, image_id: str, region_id: str) -> Region:
        """Return one region of a picture; raises ``UnknownHandleError``."""
        with self._lock:
            region = self._entry(image_id).regions.get(region_id)
        if region is None:
            raise UnknownHandleError(
                f"No region '{region_id}' is known on '{image_id}'; call propose_regions and use "
                "a region_id from its result, or name the region."
            )
        return region

    def _entry(self, image_id: str) -> _Entry:
        """Return the living entry, its clock renewed; the caller holds the lock."""
        entry = self._entries.get(image_id)
        if entry is None or self._clock() - entry.used > self._seconds:
            self._entries.pop(image_id, None)
            raise UnknownHandleError(
                f"No picture '{image_id}' is known (handles live for {self._seconds / 60:g} "
                "minutes); call detect_faces with the picture's path."
            )
        entry.used = self._clock()
        self._entries.move_to_end(image_id)
        return entry

    def _shrink(self) -> None:
        now = self._clock()
        for image_id, entry in list(self._entries.items()):
            if now - entry.used > self._seconds:
                del self._entries[image_id]
        while len(self._entries) > 1 and self._is_too_full():
            self._entries.popitem(last=False)

    def _is_too_full(self) -> bool:
        total = sum(entry.image.rgb.nbytes for entry in self._entries.values())
        return len(self._entries) > self._max_images or total > self._max_bytes
