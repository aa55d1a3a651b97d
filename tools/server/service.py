"""The four tools behind the MCP server, as results; knows nothing of the protocol."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal

from focalface.tools.errors import UsageError
from focalface.tools.forking import ForkSafeLock
from focalface.tools.paths import expand
from focalface.tools.server import brief, summary, text
from focalface.tools.server.brief import Data
from focalface.tools.server.chosen import (
    NO_FACE,
    Scene,
    Source,
    Wanted,
    choose_faces,
    choose_regions,
    largest,
    open_scene,
)
from focalface.tools.server.schema import Detail
from focalface.tools.server.store import HandleStore
from focalface.tools.settings import Settings
from focalface.tools.types import Face, Region, RegionDescription

if TYPE_CHECKING:
    from focalface.tools.interfaces import Progress
    from focalface.tools.workbench import Workbench

MAX_TARGETS = 40
"""Regions described in one call at most; the answer must stay readable."""

NOTHING = Wanted()
"""No region named."""

PAGE = 20
"""Faces on one page, unless more are asked for."""

Declines = Callable[[str], str | None]
"""Why a question is not answered, in one sentence; ``None`` for one that is."""

Told = tuple[Data, str]
"""A structure and its text twin."""


class FaceService:
    """Turns what a call names into objects, calls the workbench, and remembers what it found.

    Safe to share between threads. Every method raises ``FocalFaceError`` on anything expected.
    """

    def __init__(
        self,
        settings: Settings,
        bench: "Workbench | None" = None,
        declines: Declines = lambda question: None,
    ) -> None:
        self._settings, self._made, self._declines = settings, bench, declines
        self._lock = ForkSafeLock()
        self._folders = tuple(expand(folder).resolve() for folder in settings.folders)
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
        source: Source,
        *,
        cursor: str | None = None,
        limit: int = PAGE,
        detail: Detail = "brief",
        include_landmarks: bool = False,
        progress: "Progress | None" = None,
    ) -> Told:
        """Return one page of the faces of a picture."""
        scene = self._scene(source, progress)
        start = _start(cursor, len(scene.faces))
        faces = scene.faces[start : start + limit]
        numbers = range(start + 1, start + 1 + len(faces))
        more = start + limit < len(scene.faces)
        structure: Data = {
            "summary": summary.of_faces(
                scene.image.name,
                scene.image.size,
                len(scene.faces),
                numbers,
                " ".join(filter(None, (scene.image.note, self._advice(scene)))),
            ),
            "caution": summary.FACES,
            "image_id": scene.image.id,
            "name": scene.image.name,
            **({"note": scene.image.note} if scene.image.note else {}),
            "width": scene.image.width,
            "height": scene.image.height,
            "total": len(scene.faces),
            "faces": [
                brief.face(face, number, detail, landmarks=include_landmarks)
                for number, face in zip(numbers, faces, strict=True)
            ],
        }
        if more:
            structure["next_cursor"] = str(start + limit)
        if include_landmarks:
            structure["landmark_names"] = list(self.bench.landmark_names)
        return structure, text.of_faces(structure, start + 1)

    def propose(
        self,
        source: Source,
        face_id: str | None = None,
        *,
        focus: str | None = None,
        attributes: Sequence[str] = (),
        limit: int = 6,
        detail: Detail = "brief",
    ) -> Told:
        """Return regions that bear on a question or on attributes, ranked; none for what is
        declined."""
        scene = self._scene(source)
        face = self._faces(scene, face_id and [face_id])[0]
        declined = self._declines(focus) if focus else None
        regions: Sequence[Region] = ()
        if not declined:
            regions = self.bench.propose(
                scene.image, face, focus, attributes=attributes, limit=limit
            )
            self.store.add_regions(face, regions)
        structure: Data = {
            "summary": declined or summary.of_regions(regions),
            "caution": self._readings,
            "image_id": scene.image.id,
            "face_id": face.id,
            "regions": [brief.region(region, detail) for region in regions],
        }
        if declined:
            structure["declined"] = declined
        return structure, text.of_regions(structure)

    def describe(
        self,
        source: Source,
        face_ids: Sequence[str] = (),
        wanted: Wanted = NOTHING,
        *,
        detail: Detail = "brief",
        timeout_s: float | None = None,
        progress: "Progress | None" = None,
    ) -> Told:
        """Return findings on all the regions named, in one pass over each face."""
        scene = self._scene(source)
        named = choose_faces(self.store, scene, face_ids)
        chosen = choose_regions(self.bench, self.store, scene, named, wanted)
        count = sum(len(regions) for _, regions in chosen)
        if not count:
            raise UsageError(
                "No region was given; pass regions (names such as 'mouth'; 'face' for the whole), "
                "region_ids from propose_regions, boxes, polygons or points."
            )
        if count > MAX_TARGETS:
            raise UsageError(f"{count} regions are more than {MAX_TARGETS}; ask in several calls.")
        found: list[RegionDescription] = []
        for face, regions in chosen:
            found += self.bench.describe(
                scene.image,
                face,
                regions,
                timeout_s=timeout_s,
                progress=_from(len(found), count, progress),
            )
        structure = self._findings(scene, [face for face, _ in chosen], found, detail)
        return structure, text.of_findings(structure)

    def _findings(
        self, scene: Scene, faces: Sequence[Face], found: list[RegionDescription], detail: Detail
    ) -> Data:
        numbers = {face.id: scene.number(face) for face in faces}
        several = len(faces) > 1
        structure: Data = {
            "summary": summary.of_findings(found, numbers),
            "caution": self._caution(),
            "image_id": scene.image.id,
            "face_ids" if several else "face_id": (
                [face.id for face in faces] if several else faces[0].id
            ),
            "descriptions": [brief.description(one, detail, several=several) for one in found],
            "describer": found[0].describer,
            "device": found[0].device,
            "milliseconds": round(sum(one.milliseconds for one in found), 1),
        }
        return structure if detail == "full" else brief.shorten_structure(structure)

    def annotate(
        self,
        source: Source,
        face_ids: Sequence[str] = (),
        wanted: Wanted = NOTHING,
        *,
        labels: Literal["names", "numbers", "none"] = "names",
        max_side: int = 768,
        most_bytes: int,
        progress: "Progress | None" = None,
    ) -> tuple[str, bytes]:
        """Return the picture with faces and regions drawn: its legend, and a JPEG within the
        bounds.

        Without regions and faces every face is drawn; ``labels="none"`` draws nothing.
        """
        from focalface.tools.pictures import draw
        from focalface.tools.pictures.encode import jpeg_within
        from focalface.tools.pictures.memory import OPEN

        scene = self._scene(source, progress)
        faces = choose_faces(self.store, scene, face_ids)
        chosen = choose_regions(self.bench, self.store, scene, faces, wanted)
        regions = [region for _, mine in chosen for region in mine]
        shown = faces or [face for face, _ in chosen] or list(scene.faces)
        if labels == "none":
            shown, regions = [], []
        with OPEN.held(draw.MEMORY, self._settings.max_memory):
            picture = self.bench.annotate(
                scene.image,
                shown,
                regions,
                labels="numbers" if labels == "numbers" else "names",
                progress=progress,
            )
            jpeg, size = jpeg_within(picture, max_side, most_bytes)
        return text.of_drawing(scene.image.id, size, shown, regions), jpeg

    def _scene(self, source: Source, progress: "Progress | None" = None) -> Scene:
        return open_scene(self.bench, self.store, self._folders, source, progress)

    def _faces(self, scene: Scene, named: Sequence[str] | None) -> list[Face]:
        return choose_faces(self.store, scene, named or ()) or [largest(scene)]

    def _advice(self, scene: Scene) -> str:
        return self.store.lifetime if scene.faces else NO_FACE

    @property
    def _readings(self) -> str:
        """What readings do not show, with or without emotions."""
        return summary.READINGS if self._settings.emotion else summary.MOVEMENTS

    def _caution(self) -> str:
        """Return what goes with readings, and whether crops of the face have left this machine."""
        if self._settings.reader == "here":
            return self._readings
        if self._settings.reader == "own":
            return f"{self._readings} The face was read by {self._settings.describer}."
        where = self._settings.base_url or "a remote model"
        return f"{self._readings} The face was sent to {where}."


def _start(cursor: str | None, total: int) -> int:
    if not cursor:
        return 0
    if not cursor.isdecimal() or not 0 < int(cursor[:9]) < max(2, total):
        raise UsageError(
            f"'{cursor}' is no cursor of this picture; use next_cursor of the page before."
        )
    return int(cursor)


def _from(done: int, total: int, progress: "Progress | None") -> "Progress | None":
    """Progress over all faces, from that over one."""
    if progress is None:
        return None
    report = progress
    return lambda one, _: report(done + one, total)
