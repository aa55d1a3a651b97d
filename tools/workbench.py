"""The one object behind server, command line and batch: opens, detects, describes, draws."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Literal

import PIL.Image

from focalface.tools.detection.detect import Detector
from focalface.tools.detection.late import complete, face_of, late_faces
from focalface.tools.face.wording import without_emotion
from focalface.tools.forking import ForkSafeLock
from focalface.tools.geometry import atlas, visible
from focalface.tools.interfaces import Describer, Mesher, Progress
from focalface.tools.pictures import draw, images
from focalface.tools.pictures.images import Image
from focalface.tools.proposing import propose
from focalface.tools.settings import Settings
from focalface.tools.stopping import checkpoint
from focalface.tools.types import Box, Disc, Face, Point, Region, RegionDescription

Target = str | Box | Disc | Sequence[Point] | Region
"""What can be described: an atlas name or alias, a box, a disc, a polygon, or a made region."""


class Workbench:
    """Wires images, detector, atlas and describer; cheap to make, models load on first use.

    One workbench may be shared between threads. Boxes and points are pixels of the image frame;
    sides are the subject's.
    """

    def __init__(
        self, settings: Settings | None = None, *, describer: Describer | None = None
    ) -> None:
        self.settings = settings or Settings()
        self._given = self._describer = describer
        self._detector: Detector | None = None
        self._mesher: Mesher | None = None
        self._lock = ForkSafeLock()

    def __reduce__(self) -> tuple[Any, ...]:
        """Return a copy in another process has the same settings and loads its own models."""
        return (_made_anew, (self.settings, self._given))

    @property
    def landmark_names(self) -> tuple[str, ...]:
        """Names of ``Face.landmarks``, in order."""
        return self.mesher.landmark_names

    @property
    def supported_aus(self) -> frozenset[str]:
        """Codes of the action units that the describer can assess."""
        return self.describer.supported_aus

    @property
    def detector(self) -> Detector:
        """The face detector, loaded on first use."""
        with self._lock:
            if self._detector is None:
                self._detector = Detector(self.settings.detector, threads=self.settings.threads)
            return self._detector

    @property
    def mesher(self) -> Mesher:
        """The dense-landmark network, loaded on first use; shared with the embedded describer."""
        from focalface.tools.describers.embedded.describer import EmbeddedDescriber

        with self._lock:
            if self._mesher is None:
                mine = self._describer
                self._mesher = (
                    mine
                    if isinstance(mine, EmbeddedDescriber)
                    else EmbeddedDescriber(threads=self.settings.threads)
                )
            return self._mesher

    @property
    def describer(self) -> Describer:
        """The describer that the settings choose, loaded on first use."""
        from focalface.tools.describers import load

        with self._lock:
            if self._describer is None:
                self._describer = load(self.settings, self.mesher)
            return self._describer

    def open(self, source: str | Path | bytes | PIL.Image.Image) -> Image:
        """Return a checked RGB picture from a path, encoded bytes or a PIL image.

        Raises an ``ImageError`` (missing, not a picture, too large).
        """
        return images.open_image(source, self.settings.image_limits)

    def opened(self, source: str | Path | bytes | PIL.Image.Image) -> AbstractContextManager[Image]:
        """Return the picture for a block that works on it, with its share of the memory for all."""
        return images.opened(source, self.settings.image_limits)

    def detect(self, image: Image, *, progress: Progress | None = None) -> list[Face]:
        """Return all faces, largest first; none is a normal answer: ``[]``.

        Keypoints, landmarks and pose of a face are found when they are first asked for, so that
        counting faces or picking one costs no more than their boxes; until then a face keeps its
        picture. With ``progress`` all are found at once, and it hears after each face how many.
        """
        found = self.detector.detect(image.rgb)
        faces = late_faces(image.id, found, lambda some: self.mesher.fit_all(image, some))
        if progress:
            for done, face in enumerate(faces, 1):
                checkpoint()
                complete(face)
                progress(done, len(faces))
        return faces

    def face_at(self, image: Image, box: Box) -> Face:
        """Return a face where the caller says that one is, such as a picture that is a face crop.

        The detector looks for keypoints inside ``box`` first; without a hit the box alone aligns
        the landmarks. Raises ``BadRegionError`` when the box misses the picture.
        """
        found = self.detector.detect_at(image.rgb, box)
        mesh = self.mesher.fit(image, found.box, found.keypoints)
        return face_of(image.id, found, mesh)

    def propose(
        self,
        image: Image,
        face: Face,
        focus: str | None = None,
        *,
        attributes: Sequence[str] = (),
        limit: int = 6,
    ) -> list[Region]:
        """Return regions that bear on a question or on attributes, most relevant first, with
        reasons.

        ``attributes``: ``emotion``, ``age`` or AU codes such as ``AU12``.
        """
        return propose.propose(
            face,
            image.size,
            focus=focus,
            attributes=attributes,
            limit=limit,
            hidings=self.mesher.hidden(image, face),
        )

    def regions(self, image: Image, face: Face, targets: Sequence[Target]) -> list[Region]:
        """Return the regions that ``targets`` mean, in order; an alias such as ``eyes`` gives
        several.

        Their visibility counts what hides parts of the face. Raises ``UnknownRegionError`` or
        ``BadRegionError``.
        """
        regions = [r for t in targets for r in atlas.resolve(face, t, image.size)]
        hidings = self.mesher.hidden(image, face)
        return [visible.as_seen(face, region, hidings) for region in regions]

    def describe(
        self,
        image: Image,
        face: Face,
        targets: Sequence[Target],
        *,
        timeout_s: float | None = None,
        progress: Progress | None = None,
    ) -> list[RegionDescription]:
        """Return one description a region, in input order, all in one pass over the face.

        Where the settings switch emotions off, no emotion is told, in fields or in words.
        Raises ``UnknownRegionError``, ``BadRegionError``, ``ModelError`` or ``DeadlineError``.
        """
        regions = self.regions(image, face, targets)
        found = self.describer.describe(
            image, face, regions, timeout_s=timeout_s, progress=progress
        )
        return found if self.settings.emotion else [without_emotion(one) for one in found]

    def annotate(
        self,
        image: Image,
        faces: Sequence[Face] = (),
        regions: Sequence[Region] = (),
        *,
        labels: Literal["names", "numbers"] = "names",
        progress: Progress | None = None,
    ) -> PIL.Image.Image:
        """Return the picture with faces and regions drawn on a copy."""
        return draw.annotate(image, faces, regions, labels=labels, progress=progress)


def _made_anew(settings: Settings, describer: Describer | None) -> Workbench:
    return Workbench(settings, describer=describer)
