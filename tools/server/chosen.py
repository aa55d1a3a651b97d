"""What a call is about: which picture, which of its faces, which regions of them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from focalface.tools.errors import UnknownHandleError, UsageError
from focalface.tools.face.regions import ATLAS
from focalface.tools.server.locate import locate
from focalface.tools.server.store import HandleStore
from focalface.tools.types import Box, Disc, Face, Point, Region

if TYPE_CHECKING:
    from focalface.tools.interfaces import Progress
    from focalface.tools.pictures.images import Image
    from focalface.tools.workbench import Workbench

Shape = Box | Disc | Sequence[Point]

NO_FACE = (
    "If the picture shows a face that was missed, or is a face crop, call again with "
    "whole_image_is_face=true."
)


@dataclass(frozen=True, slots=True)
class Source:
    """A picture as a call names it: by path or by handle, and whether all of it is one face."""

    path: str | None = None
    image_id: str | None = None
    whole_image_is_face: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture and its faces, largest first; none is a normal answer."""

    image: "Image"
    faces: tuple[Face, ...]

    def number(self, face: Face) -> int | None:
        """Return the number of a face as people count, from 1; ``None`` for one found elsewhere."""
        ids = [one.id for one in self.faces]
        return ids.index(face.id) + 1 if face.id in ids else None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Regions as a call names them: by name, by handle, by shape."""

    names: Sequence[str] = ()
    ids: Sequence[str] = ()
    shapes: Sequence[Shape] = ()


def open_scene(
    bench: "Workbench",
    store: HandleStore,
    folders: Sequence[Path],
    source: Source,
    progress: "Progress | None" = None,
) -> Scene:
    """Return the picture of a call and its faces; what was looked at before is not looked at again.

    Raises ``UsageError`` for none or two pictures, and an ``ImageError``.
    """
    if (source.path is None) == (source.image_id is None):
        raise UsageError("Give either path or image_id, and not both.")
    if source.path is None:
        image = store.image(source.image_id or "")
        listed = None if source.whole_image_is_face else store.listed(image.id)
        return Scene(image, listed or _look(bench, store, image, source, progress))
    # A picture that is opened holds its share of the memory for all until its faces are known.
    with bench.opened(locate(source.path, folders)) as image:
        store.add_image(image)
        return Scene(image, _look(bench, store, image, source, progress))


def _look(
    bench: "Workbench",
    store: HandleStore,
    image: "Image",
    source: Source,
    progress: "Progress | None",
) -> tuple[Face, ...]:
    """Return the faces of a picture, told of from now on."""
    if source.whole_image_is_face:
        faces: tuple[Face, ...] | None = (bench.face_at(image, _all_of(image)),)
    else:
        faces = store.detected(image.id)
    if faces is None:
        faces = tuple(bench.detect(image, progress=progress))
        store.add_detected(image.id, faces)
    store.list_faces(image.id, faces)
    return faces


def _all_of(image: "Image") -> Box:
    return Box(x1=0, y1=0, x2=image.width, y2=image.height)


def choose_faces(store: HandleStore, scene: Scene, named: Sequence[str]) -> list[Face]:
    """Return the faces that ids or numbers (``"2"``: the second largest) mean, each once, in order.

    Raises ``UnknownHandleError`` or, for a number that is too high, ``UsageError``.
    """
    return [_face(store, scene, name) for name in dict.fromkeys(named)]


def _face(store: HandleStore, scene: Scene, name: str) -> Face:
    digits = name.strip().lower().removeprefix("face").strip(" #")
    if not digits.isdecimal():
        return next((f for f in scene.faces if f.id == name), None) or store.face(
            scene.image.id, name
        )
    count = len(scene.faces)
    if not 1 <= int(digits[:9]) <= count:
        have = f"has {count} face{'s' if count > 1 else ''}" if count else f"has none. {NO_FACE}"
        raise UsageError(f"There is no face {digits[:9]}; the picture {have}.")
    return scene.faces[int(digits) - 1]


def largest(scene: Scene) -> Face:
    """Return the face that is meant when none is named; raises ``UsageError`` when there is
    none."""
    if not scene.faces:
        raise UsageError(f"No face was found on '{scene.image.name}'. {NO_FACE}")
    return scene.faces[0]


def choose_regions(
    bench: "Workbench", store: HandleStore, scene: Scene, named: Sequence[Face], wanted: Wanted
) -> list[tuple[Face, list[Region]]]:
    """Return the regions of each face, each once: names on every named face, handles and shapes on
    theirs.

    Without a named face, names mean the largest, a shape the face that it lies on. Faces stand in
    the order of ``named``, others behind them. Raises ``UsageError`` errors.
    """
    faces = {face.id: face for face in (*named, *scene.faces)}
    chosen: dict[str, dict[str, Region]] = {face.id: {} for face in named}

    def add(face: Face, regions: Sequence[Region]) -> None:
        chosen.setdefault(face.id, {}).update((region.id, region) for region in regions)

    if wanted.names:
        for face in named or [largest(scene)]:
            add(face, bench.regions(scene.image, face, wanted.names))
    for region_id in dict.fromkeys(wanted.ids):
        region = _known(bench, store, scene, region_id)
        faces.setdefault(region.face_id, store.face(scene.image.id, region.face_id))
        add(faces[region.face_id], [region])
    for shape in wanted.shapes:
        for face in named or [_under(scene, shape)]:
            add(face, bench.regions(scene.image, face, [shape]))
    found = [(faces[face_id], list(regions.values())) for face_id, regions in chosen.items()]
    for face, regions in found:
        store.add_regions(face, regions)
    return [(face, regions) for face, regions in found if regions]


def _known(bench: "Workbench", store: HandleStore, scene: Scene, region_id: str) -> Region:
    """Return a region by handle, made again where this process has not made it: ids are hashes."""
    try:
        return store.region(scene.image.id, region_id)
    except UnknownHandleError:
        for face in scene.faces:
            made = bench.regions(scene.image, face, ATLAS)
            if found := next((region for region in made if region.id == region_id), None):
                return found
        raise


def _under(scene: Scene, shape: Shape) -> Face:
    """Return the face that a shape lies on: the one whose middle is nearest, in faces' own
    sizes."""
    x, y = _middle(shape)

    def distance(face: Face) -> float:
        cx, cy = face.box.center
        return math.hypot((x - cx) / face.box.width, (y - cy) / face.box.height)

    return min(scene.faces, key=distance) if scene.faces else largest(scene)


def _middle(shape: Shape) -> Point:
    if isinstance(shape, Box):
        return shape.center
    if isinstance(shape, Disc):
        return shape.x, shape.y
    return sum(x for x, _ in shape) / len(shape), sum(y for _, y in shape) / len(shape)
