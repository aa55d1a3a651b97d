"""The rows of a batch: a line of JSON a picture; of a film a line a frame, and one at its end.

A picture::

    {"file": "a.jpg", "kind": "picture", "content": "blake2b:...", "image_id": "img_...",
     "width": 640, "height": 480, "faces": [{"face": {...}, "descriptions": [...]}], "error": null,
     "regions": ["face"], "describer": "embedded", ..., "schema": 3}

A frame has ``"kind": "frame"``, its number ``frame`` and its time ``seconds`` besides, and each of
its faces a ``track``: the number that the face keeps through the film. The last row of a film is
of ``"kind": "clip"`` and holds how many ``frames`` were read, the ``seconds`` they span and the
``movements``: onset, apex and offset of each unit of each face. ``error`` is the sentence that
says why a file could not be used.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from focalface.tools.batch.job import SCHEMA, Job, content_of
from focalface.tools.clips.frames import is_clip
from focalface.tools.clips.reading import FrameReading, Key, Movements, read_clip
from focalface.tools.clips.series import Episode
from focalface.tools.errors import FocalFaceError, ModelError
from focalface.tools.paths import printable
from focalface.tools.pictures.images import Image
from focalface.tools.types import Face, RegionDescription
from focalface.tools.workbench import Workbench

BEGINS = '{"file": '
"""How every row begins."""

_LEAN = {"face": {"landmarks"}, "region": {"polygon"}}

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Item:
    """A file to read, and the name under which it stands in the rows."""

    path: Path
    name: str


def rows_of(bench: Workbench, item: Item, job: Job) -> Iterator[Row]:
    """Yield the rows of one file, in order.

    Raises ``ModelError``, which is everybody's; all other errors are the file's own, and rows.
    """
    path, content = item.path, None
    try:
        moves = is_clip(path)
        content = content_of(path) if path.is_file() else None
        yield from (_clip if moves else _picture)(bench, item, job, content)
    except ModelError:
        raise
    except FocalFaceError as error:
        yield _row(item, job, content, error=str(error))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        yield _row(item, job, content, error=f"'{printable(path.name)}' cannot be read ({reason}).")


def failed_row(item: Item, job: Job, why: str) -> Row:
    """Return the row of a file that nothing can be said of."""
    return _row(item, job, None, error=why)


def _picture(bench: Workbench, item: Item, job: Job, content: str | None) -> Iterator[Row]:
    image = bench.open(item.path)
    faces = bench.detect(image)
    read = [(face, tuple(bench.describe(image, face, job.targets))) for face in faces]
    if job.pictures:
        regions = [one.region for _, found in read for one in found if one.region.name != "face"]
        _save(bench, image, faces, regions, job.pictures / _copy_name(item.path, content))
    yield _row(
        item,
        job,
        content,
        image_id=image.id,
        width=image.width,
        height=image.height,
        faces=[_face(face, found, job) for face, found in read],
    )


def _clip(bench: Workbench, item: Item, job: Job, content: str | None) -> Iterator[Row]:
    movements = Movements()
    reading: FrameReading | None = None
    count = 0
    for reading in read_clip(bench, item.path, job.targets, every=job.every):
        movements.add(reading)
        count += 1
        yield _row(
            item,
            job,
            content,
            kind="frame",
            frame=reading.frame.number,
            seconds=round(reading.frame.seconds, 6),
            image_id=reading.frame.image.id,
            width=reading.frame.image.width,
            height=reading.frame.image.height,
            faces=[
                {"track": one.number, **_face(one.face, one.descriptions, job)}
                for one in reading.faces
            ],
        )
    assert reading is not None
    yield _row(
        item,
        job,
        content,
        kind="clip",
        frames=count,
        seconds=round(reading.frame.seconds, 6),
        movements=_movements(movements.episodes(job.smoothing)),
    )


def _movements(found: Mapping[Key, Sequence[Episode]]) -> list[dict[str, Any]]:
    return [
        {
            "track": track,
            "unit": code,
            "side": side,
            "onset": _rounded(one.onset),
            "apex": _rounded(one.apex),
            "offset": _rounded(one.offset),
            "intensity": round(one.intensity, 4),
        }
        for (track, code, side), many in sorted(found.items())
        for one in many
    ]


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)


def _row(item: Item, job: Job, content: str | None, **found: Any) -> Row:
    row: Row = {
        "file": item.name,
        "kind": "picture",
        "content": content,
        "image_id": None,
        "width": None,
        "height": None,
        "faces": [],
        "error": None,
    }
    return {**row, **found, **job.asked, "schema": SCHEMA}


def _face(face: Face, found: Sequence[RegionDescription], job: Job) -> dict[str, Any]:
    less = _LEAN if job.lean else {}
    return {
        "face": face.model_dump(mode="json", exclude=less.get("face")),
        "descriptions": [
            one.model_dump(mode="json", exclude={"region": less["region"]} if less else None)
            for one in found
        ],
    }


def as_line(row: Row) -> bytes:
    """Return a row as a line of JSON, UTF-8."""
    return json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"


def _copy_name(path: Path, content: str | None) -> str:
    """Return a name of its own for each picture, also when several folders hold the same names."""
    return f"{printable(path.stem, longest=80)}-{(content or '')[-8:]}.jpg"


def _save(bench: Workbench, image: Image, faces: Sequence[Face], regions: Any, where: Path) -> None:
    picture = bench.annotate(image, faces, regions)
    picture.thumbnail((1600, 1600))
    picture.save(where, "JPEG", quality=88)
