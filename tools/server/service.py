"""The four tools behind the MCP server, in terms of handles; knows nothing of the protocol."""

import io
import threading
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from focalface.tools.errors import ImageNotFoundError, UsageError
from focalface.tools.server.schema import (
    AnnotateResult,
    DescribeResult,
    DetectResult,
    LegendEntry,
    ProposeResult,
)
from focalface.tools.server.store import HandleStore
from focalface.tools.settings import Settings
from focalface.tools.types import Box, Disc, Face, Point, Region

if TYPE_CHECKING:
    import PIL.Image

    from focalface.tools.interfaces import Progress
    from focalface.tools.pictures.images import Image
    from focalface.tools.workbench import Target, Workbench

MAX_TARGETS = 40
"""Regions described in one call at most; the answer must stay readable."""

_NO_FACE = (
    "If the picture shows a face that was missed, or is a face crop, call detect_faces with "
    "whole_image_is_face=true."
)


class FaceService:
    """Turns handles into objects, calls the workbench, and remembers what it found.

    Safe to share between threads. Every method raises ``FocalFaceError`` on anything expected.
    """

    def __init__(self, settings: Settings, bench: "Workbench | None" = None) -> None:
        self._settings, self._made = settings, bench
        self._lock = threading.Lock()
        self._folders = tuple(folder.expanduser().resolve() for folder in settings.folders)
        self.store = HandleStore(max_images=settings.max_images, minutes=settings.handle_minutes)

    @property
    def bench(self) -> "Workbench":
        """The workbench, made on first use: numpy, Pillow and OpenCV come with it."""
        from focalface.tools.workbench import Workbench

        with self._lock:
            self._made = self._made or Workbench(self._settings)
            return self._made

    def detect(
        self,
        path: str | None = None,
        image_id: str | None = None,
        *,
        whole_image_is_face: bool = False,
        include_landmarks: bool = False,
    ) -> DetectResult:
        """Opens a picture (or takes a known one) and finds its faces."""
        with self._image(path, image_id) as image:
            if whole_image_is_face:
                whole = Box(x1=0, y1=0, x2=image.width, y2=image.height)
                faces = [self.bench.face_at(image, whole)]
            else:
                faces = self.bench.detect(image)
            self.store.add_image(image)
            self.store.add_faces(faces)
        shown = faces if include_landmarks else [_without_landmarks(face) for face in faces]
        return DetectResult(
            image_id=image.id,
            name=image.name,
            width=image.width,
            height=image.height,
            faces=tuple(shown),
            landmark_names=self.bench.landmark_names if include_landmarks else (),
            note=" ".join(filter(None, (image.note, self.store.lifetime if faces else _NO_FACE))),
        )

    def propose(
        self,
        image_id: str,
        face_id: str | None = None,
        *,
        focus: str | None = None,
        attributes: Sequence[str] = (),
        limit: int = 6,
    ) -> ProposeResult:
        """Regions that bear on a question or on attributes, ranked."""
        image, face = self._image_and_face(image_id, face_id)
        regions = self.bench.propose(image, face, focus, attributes=attributes, limit=limit)
        self.store.add_regions(face, regions)
        return ProposeResult(image_id=image.id, face_id=face.id, regions=tuple(regions))

    def describe(
        self,
        image_id: str,
        face_id: str | None = None,
        *,
        regions: Sequence[str] = (),
        region_ids: Sequence[str] = (),
        boxes: Sequence[Box] = (),
        polygons: Sequence[Sequence[Point]] = (),
        points: Sequence[Disc] = (),
        timeout_s: float | None = None,
        progress: "Progress | None" = None,
    ) -> DescribeResult:
        """Descriptions of all the regions named, in one pass over the face."""
        known = [self.store.region(image_id, region_id) for region_id in region_ids]
        image, face = self._image_and_face(image_id, face_id or _owner(known))
        chosen = self._regions(image, face, [*regions, *known, *boxes, *polygons, *points])
        if not chosen:
            raise UsageError(
                "No region was given; pass regions (names such as 'mouth'; 'face' for the whole), "
                "region_ids from propose_regions, boxes, polygons or points."
            )
        found = self.bench.describe(image, face, chosen, timeout_s=timeout_s, progress=progress)
        return DescribeResult(image_id=image.id, face_id=face.id, descriptions=tuple(found))

    def annotate(
        self,
        image_id: str,
        *,
        face_ids: Sequence[str] = (),
        regions: Sequence[str] = (),
        region_ids: Sequence[str] = (),
        labels: Literal["names", "numbers"] = "names",
        max_side: int = 768,
    ) -> tuple[AnnotateResult, bytes]:
        """The picture with faces and regions drawn: its legend, and a JPEG of at most ``max_side``.

        Named regions belong to the first face of ``face_ids``, or to the largest face. Without
        regions and faces, every known face is drawn.
        """
        from PIL.Image import Resampling

        from focalface.tools.pictures import draw
        from focalface.tools.pictures.memory import OPEN

        image = self.store.image(image_id)
        known = [self.store.region(image_id, region_id) for region_id in region_ids]
        faces = [self.store.face(image_id, face_id) for face_id in face_ids]
        if regions:
            named_on = faces[0] if faces else self._image_and_face(image_id, None)[1]
            known += self._regions(image, named_on, regions)
        if not faces:
            owners = {region.face_id for region in known}
            faces = [f for f in self.store.faces(image_id) if not owners or f.id in owners]
        with OPEN.held(draw.MEMORY, self._settings.max_memory):
            picture = self.bench.annotate(image, faces, known, labels=labels)
            picture.thumbnail((max_side, max_side), Resampling.LANCZOS)
        legend = AnnotateResult(
            image_id=image.id,
            width=picture.width,
            height=picture.height,
            faces=tuple(
                LegendEntry(number=n, id=f.id, name="face") for n, f in enumerate(faces, 1)
            ),
            regions=tuple(
                LegendEntry(number=n, id=r.id, name=r.name) for n, r in enumerate(known, 1)
            ),
        )
        return legend, _jpeg(picture)

    def _image(self, path: str | None, image_id: str | None) -> "AbstractContextManager[Image]":
        """The picture for a block; one that is opened holds its share of memory until the end."""
        if (path is None) == (image_id is None):
            raise UsageError("Give either path or image_id, and not both.")
        if image_id is not None:
            return nullcontext(self.store.image(image_id))
        assert path is not None
        return self.bench.opened(self._allowed(path))

    def _allowed(self, path: str) -> Path:
        """The path, checked to lie in an allowed folder once links are followed."""
        if not self._folders:
            return Path(path)
        try:
            real = Path(path).expanduser().resolve()
        except (OSError, RuntimeError, ValueError):
            raise ImageNotFoundError(f"'{path}' is not a usable path; check it.") from None
        if not any(real.is_relative_to(folder) for folder in self._folders):
            names = ", ".join(str(folder) for folder in self._folders)
            raise ImageNotFoundError(
                f"'{path}' is outside the folders that this server may read; allowed: {names}."
            )
        return real

    def _image_and_face(self, image_id: str, face_id: str | None) -> "tuple[Image, Face]":
        image = self.store.image(image_id)
        if face_id is not None:
            return image, self.store.face(image_id, face_id)
        faces = self.store.faces(image_id)
        if not faces:
            raise UsageError(f"No face is known on '{image_id}'. {_NO_FACE}")
        return image, faces[0]

    def _regions(self, image: "Image", face: Face, targets: "Sequence[Target]") -> list[Region]:
        """The regions meant, each once, remembered under their ids."""
        resolved = self.bench.regions(image, face, targets)
        regions = list({region.id: region for region in resolved}.values())
        if len(regions) > MAX_TARGETS:
            raise UsageError(
                f"{len(regions)} regions are more than {MAX_TARGETS}; ask in several calls."
            )
        self.store.add_regions(face, regions)
        return regions


def _owner(regions: Sequence[Region]) -> str | None:
    """The face that known regions belong to; they must agree."""
    owners = {region.face_id for region in regions}
    if len(owners) > 1:
        raise UsageError(
            "These region_ids belong to different faces; call describe_regions once a face."
        )
    return owners.pop() if owners else None


def _without_landmarks(face: Face) -> Face:
    return face.model_copy(update={"landmarks": ()})


def _jpeg(picture: "PIL.Image.Image") -> bytes:
    buffer = io.BytesIO()
    picture.convert("RGB").save(buffer, "JPEG", quality=80)
    return buffer.getvalue()
