"""Pictures with the faces that are on them: built-in ones in sizes and formats, or a folder.

A folder may hold a detection pack (``annotations.jsonl`` beside tars) or photos with a list of what
is on them (``photos.json``).
"""

import io
import json
import tarfile
from pathlib import Path
from typing import Any

import PIL.Image

from focalface.evals.datasets import pictures
from focalface.evals.datasets.corpora import rows
from focalface.evals.harness.inspecting import take
from focalface.tools.errors import UsageError
from focalface.tools.paths import home
from focalface.tools.types import Box, Frozen, Point

SCALES = (1.0, 0.5, 0.25, 0.125)
FORMATS = ("exif_3", "exif_6", "exif_8", "grey", "alpha", "cmyk", "palette")
_TURNS = {"exif_3": (3, 180), "exif_6": (6, 90), "exif_8": (8, 270)}


class TrueFace(Frozen):
    """One face: its box, five keypoints (right eye, left eye, nose, right and left mouth corner).

    ``ignore``: neither a face nor background; it counts for nothing.
    """

    box: Box
    keypoints: tuple[Point, ...] | None = None
    ignore: bool = False


class SceneCase(Frozen):
    """One picture. ``opens`` False: the right answer is a clear error. Boxes: as displayed."""

    id: str
    picture: str
    faces: tuple[TrueFace, ...] = ()
    scale: float = 1.0
    format: str = "plain"
    kind: str = ""
    opens: bool = True


def scenes(data: str | None, *, limit: int | None = None, seed: int = 0) -> list[SceneCase]:
    """Return cases of a folder, or the built-in ones. Raises ``UsageError`` if it is unknown."""
    if data is None:
        return take(builtin(), limit, seed)
    root = Path(data).expanduser()
    if (root / "photos.json").is_file():
        return take(_photos(root), limit, seed)
    if (root / "annotations.jsonl").is_file():
        return _pack(root, limit, seed)
    raise UsageError(
        f"'{data}' holds neither photos.json nor annotations.jsonl; give a detection pack."
    )


def holds_scenes(root: Path) -> bool:
    """Tell whether a folder is one for :func:`scenes`, rather than one of labelled faces."""
    return (root / "photos.json").is_file() or (root / "annotations.jsonl").is_file()


def source(case: SceneCase) -> bytes | str:
    """Return what is handed to ``Workbench.open``: a file, or the bytes of the case's format."""
    if case.scale == 1.0 and case.format == "plain" and case.picture not in pictures.BUILTIN:
        return case.picture
    picture = pictures.load(case.picture).convert("RGB")
    if case.scale != 1.0:
        size = (round(picture.width * case.scale), round(picture.height * case.scale))
        picture = picture.resize(size, PIL.Image.Resampling.LANCZOS)
    return _encoded(picture, case.format)


def builtin() -> list[SceneCase]:
    """Return two pictures in four sizes and seven formats, and nine pictures without a face."""
    found = []
    for picture in ("astronaut", "group"):
        true = [_true(row) for row in rows("faces") if row["picture"] == picture]
        found += [
            SceneCase(
                id=f"{picture}-{scale}",
                picture=picture,
                faces=tuple(_scaled(face, scale) for face in true),
                scale=scale,
                kind="size",
            )
            for scale in SCALES
        ]
        found += [
            SceneCase(
                id=f"{picture}-{name}", picture=picture, faces=tuple(true), format=name, kind=name
            )
            for name in FORMATS
        ]
    return found + [SceneCase(id=name, picture=name, kind="empty") for name in pictures.EMPTY]


def _true(row: dict[str, Any]) -> TrueFace:
    x1, y1, x2, y2 = row["box"]
    return TrueFace(box=Box(x1=x1, y1=y1, x2=x2, y2=y2), keypoints=_five(row["points"]))


def _five(points: dict[str, list[float]]) -> tuple[Point, ...] | None:
    """Eyes as the middle of their corners; None when a corner is hidden."""
    corners = [f"{side}_eye_{end}" for side in ("right", "left") for end in ("outer", "inner")]
    if not {*corners, "nose_tip", "right_mouth", "left_mouth"} <= points.keys():
        return None
    eyes = [
        ((points[a][0] + points[b][0]) / 2, (points[a][1] + points[b][1]) / 2)
        for a, b in (corners[:2], corners[2:])
    ]
    rest = [(points[n][0], points[n][1]) for n in ("nose_tip", "right_mouth", "left_mouth")]
    return (*eyes, *rest)


def _scaled(face: TrueFace, by: float) -> TrueFace:
    x1, y1, x2, y2 = (v * by for v in face.box.xyxy)
    points = face.keypoints and tuple((x * by, y * by) for x, y in face.keypoints)
    return TrueFace(box=Box(x1=x1, y1=y1, x2=x2, y2=y2), keypoints=points, ignore=face.ignore)


def _encoded(picture: PIL.Image.Image, name: str) -> bytes:
    buffer = io.BytesIO()
    if name in _TURNS:
        tag, degrees = _TURNS[name]
        exif = PIL.Image.Exif()
        exif[0x0112] = tag
        picture.rotate(degrees, expand=True).save(buffer, "JPEG", quality=95, exif=exif)
    elif name == "cmyk":
        picture.convert("CMYK").save(buffer, "JPEG", quality=95)
    else:
        mode = {"grey": "L", "alpha": "RGBA", "palette": "P"}.get(name, "RGB")
        picture.convert(mode).save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


def _photos(root: Path) -> list[SceneCase]:
    listed = json.loads((root / "photos.json").read_text(encoding="utf-8"))
    return [
        SceneCase(
            id=row["file"],
            picture=str(root / row["file"]),
            faces=_faces(row["boxes"], row["kps"]) if row["opens"] else (),
            kind="photo",
            opens=row["opens"],
        )
        for row in listed
    ]


def _faces(boxes: list[list[float]], points: list[Any]) -> tuple[TrueFace, ...]:
    return tuple(
        TrueFace(box=_box(b), keypoints=_points(p)) for b, p in zip(boxes, points, strict=True)
    )


def _box(corners: list[float]) -> Box:
    x1, y1, x2, y2 = corners
    return Box(x1=x1, y1=y1, x2=x2, y2=y2)


def _points(points: list[list[float]] | None) -> tuple[Point, ...] | None:
    """Both lists begin with the left one in the picture, which is the subject's right."""
    return None if points is None else tuple((x, y) for x, y in points)


def _pack(root: Path, limit: int | None, seed: int) -> list[SceneCase]:
    """Return the pack's validation part (the split that the detector was trained by), unpacked
    once."""
    from focalface.tools.training.detector.data import split_of

    lines = (root / "annotations.jsonl").read_text(encoding="utf-8").splitlines()
    listed = [row for row in map(json.loads, lines) if split_of(row) == "validation"]
    chosen = take(listed, limit, seed)
    folder = home() / "evals" / "scenes" / root.resolve().name
    folder.mkdir(parents=True, exist_ok=True)
    _unpack(root, folder, {row["file"]: row["shard"] for row in chosen})
    return [_packed(row, folder) for row in chosen]


def _packed(row: dict[str, Any], folder: Path) -> SceneCase:
    faces = tuple(
        TrueFace(box=_box(f["box"]), keypoints=_points(f["kps"]), ignore=f["ignore"])
        for f in row["faces"]
    )
    return SceneCase(
        id=row["file"],
        picture=str(folder / Path(row["file"]).name),
        faces=faces,
        kind="empty" if row["kind"] == "negative" else row["kind"],
    )


def _unpack(root: Path, folder: Path, wanted: dict[str, str]) -> None:
    missing = {f: s for f, s in wanted.items() if not (folder / Path(f).name).is_file()}
    for shard in sorted(set(missing.values())):
        with tarfile.open(root / shard) as tar:
            for member in tar:
                file = tar.extractfile(member) if member.name in missing else None
                if file is not None:
                    (folder / Path(member.name).name).write_bytes(file.read())
