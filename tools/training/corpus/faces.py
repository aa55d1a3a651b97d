"""One record -> its pictures on disk and its chat samples. What worker processes of a build run."""

import dataclasses
import hashlib
import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import PIL.Image

from focalface.tools.datasets import BadRow, Record, Split, UnitLabel
from focalface.tools.describers.language import focal
from focalface.tools.describers.language.focal import Sizes, Window
from focalface.tools.errors import FocalFaceError
from focalface.tools.face import facs, landmarks
from focalface.tools.geometry.scope import scope_of
from focalface.tools.pictures.images import Image, open_image
from focalface.tools.training.corpus import regions as corpus_regions
from focalface.tools.training.corpus.annotator import Annotator, chat_model, judge
from focalface.tools.training.corpus.forms import AskedRegion, FaceFacts, samples
from focalface.tools.training.corpus.regions import Sampled
from focalface.tools.training.corpus.texts import varied_text
from focalface.tools.training.corpus.truth import truth_of
from focalface.tools.types import Box, Face, Keypoints, Pose

QUALITY = 90
SILVER_ABSENT = 0.15
"""Below this intensity a reading counts as absent, from ``facs.PRESENT`` as present."""


@dataclass(frozen=True, slots=True)
class Options:
    """What decides the content of a corpus; two builds with equal options are equal.

    ``regions``: a face besides the whole face. ``annotator``: ``provider:model`` or None for our
    own wording. ``share_test`` and ``share_validation``: of the subjects (or of the rows where
    nobody knows the subject and the set has no split of its own). ``own_splits``: keep those of
    the sets even where a subject is on both sides. ``silver``: read the units of faces that nobody
    coded with the embedded describer, and mark them so.
    """

    seed: int = 0
    regions: int = 5
    sizes: Sizes = field(default_factory=Sizes)
    annotator: str | None = None
    share_validation: float = 0.1
    share_test: float = 0.1
    own_splits: bool = False
    silver: bool = False


@dataclass(slots=True)
class Part:
    """What a chunk of records gave: samples by split, rows left out, and the number of faces."""

    samples: dict[str, list[dict[str, Any]]]
    bad: list[BadRow]
    faces: int


def split_of(record: Record, options: Options) -> Split | None:
    """Return the split of a record; None: left out, because either side would leak.

    A known subject decides, so that nobody is in two splits. A set's own test or validation row of
    a subject who falls into training is left out. Without a subject the set's own split holds.
    """
    if record.split is not None and (options.own_splits or record.subject is None):
        return record.split
    owner = f"{record.source}/{record.subject}" if record.subject else record.key
    place = draw(f"{options.seed}/{owner}")
    if place < options.share_test:
        return "test"
    if place < options.share_test + options.share_validation:
        return "validation"
    return None if record.split in ("validation", "test") else "train"


def build_part(records: Iterable[Record], folder: Path, options: Options) -> Part:
    """Write the pictures of some records below ``folder`` and return their samples."""
    part = Part(samples={"train": [], "validation": [], "test": []}, bad=[], faces=0)
    for record in records:
        split = split_of(record, options)
        if split is None:
            part.bad.append(BadRow(record.key, "held out by its set, but its subject trains"))
            continue
        try:
            made = _face_samples(record, folder, options)
        except (FocalFaceError, ValueError) as error:
            part.bad.append(BadRow(record.key, str(error)))
            continue
        part.samples[split] += made
        part.faces += 1
    return part


def _face_samples(record: Record, folder: Path, options: Options) -> list[dict[str, Any]]:
    image = open_image(record.picture)
    face = face_of(record, image)
    if options.silver and not record.units:
        record = with_silver(record, image, face)
    rng = random.Random(f"{options.seed}/{record.key}")
    window = focal.face_window(face, options.sizes)
    name = hashlib.sha256(record.key.encode()).hexdigest()[:16]
    picture = f"pictures/{name[:2]}/{name}.jpg"
    _write(window.cut(image.rgb), folder / picture)
    facts = FaceFacts(
        record.key, record.source, record.labelled_by, picture, focal.task_text(options.sizes)
    )

    def asked(sampled: Sampled, label: str) -> AskedRegion:
        return _asked(record, face, image, window, sampled, folder, f"{name}-{label}", options, rng)

    found = corpus_regions.sample(face, window, image.size, options.regions, rng)
    regions = [asked(sampled, str(i)) for i, sampled in enumerate(found)]
    first, second = corpus_regions.pair(face, image.size, rng)
    seen = []
    for i, (sampled, text) in enumerate(corpus_regions.written(face, image.size, record.texts)):
        region = asked(sampled, f"w{i}")
        if judge(text, region.truth)[0] == "used":
            seen.append(dataclasses.replace(region, text=text))
    return samples(facts, regions, (asked(first, "a"), asked(second, "b")), seen)


def with_silver(record: Record, image: Image, face: Face) -> Record:
    """Return the record with the embedded describer's units: present, absent, or unknown
    between."""
    (found,) = _bench().describe(image, face, ["face"])
    units = tuple(
        UnitLabel(u.code, u.intensity >= facs.PRESENT, u.intensity, u.side)
        for u in found.action_units
        if not SILVER_ABSENT <= u.intensity < facs.PRESENT
    )
    return dataclasses.replace(record, units=units, labelled_by="silver")


def face_of(record: Record, image: Image) -> Face:
    """Return the face of a record: from its own landmarks where it has them, else found in the
    picture.

    Among several faces the one that overlaps the record's box most, or the largest. Raises
    ``ValueError`` when the picture shows no face.
    """
    if record.landmarks is not None and record.box is not None:
        return _labelled_face(record, image)
    bench = _bench()
    faces = bench.detect(image)
    if record.box is not None:
        box = record.box
        faces = sorted(faces, key=lambda f: -_overlap(f.box, box))
        if not faces or _overlap(faces[0].box, box) < 0.3:
            return _own(bench.face_at(image, box))
    if faces:
        return _own(faces[0])
    if record.whole_face:
        width, height = image.size
        return _own(bench.face_at(image, Box(x1=0, y1=0, x2=width, y2=height)))
    raise ValueError("no face was found in the picture")


def _asked(
    record: Record,
    face: Face,
    image: Image,
    window: Window,
    sampled: Sampled,
    folder: Path,
    name: str,
    options: Options,
    rng: random.Random,
) -> AskedRegion:
    region, sizes = sampled.region, options.sizes
    scope = scope_of(face, region)
    truth = truth_of(record, scope)
    path = f"crops/{name[:2]}/{name}.jpg"
    ask = focal.region_ask(image.rgb, window, region, scope, sizes)
    short = focal.region_text(window, region, scope, text=False)
    _write(ask.picture, folder / path)
    text = varied_text(truth, scope, region, rng)
    if options.annotator is not None and not scope.empty:
        text = _annotator(options.annotator, folder).text(truth, region) or text
    return AskedRegion(
        name=region.name,
        kind=sampled.kind,
        size=sampled.size,
        box=window.box(region.box),
        crop=path,
        ask=ask.text,
        ask_short=short,
        truth=truth,
        can_show=tuple(scope.units),
        text=text,
    )


def _labelled_face(record: Record, image: Image) -> Face:
    points = record.landmarks or ()
    if len(points) != len(landmarks.NAMES) or record.box is None:
        raise ValueError(f"the record has {len(points)} landmarks, not {len(landmarks.NAMES)}")
    at = {name: points[i] for name, i in landmarks.INDEX.items()}
    return Face(
        id="fac_corpus",
        image_id=image.id,
        box=record.box,
        score=1.0,
        keypoints=Keypoints(
            left_eye=at["left_iris"],
            right_eye=at["right_iris"],
            nose=at["nose_tip"],
            left_mouth=at["left_mouth_corner"],
            right_mouth=at["right_mouth_corner"],
        ),
        landmarks=points,
        pose=Pose(pitch=0.0, yaw=0.0, roll=0.0),
    )


def _own(face: Face) -> Face:
    """Return the face with the box of its landmarks, so that sizes mean the same for all
    sources."""
    points = np.asarray(face.landmarks)
    (x1, y1), (x2, y2) = points.min(axis=0), points.max(axis=0)
    box = Box(x1=float(x1), y1=float(y1), x2=float(x2), y2=float(y2))
    return face.model_copy(update={"box": box})


def _overlap(one: Box, other: Box) -> float:
    """Intersection over union."""
    width = min(one.x2, other.x2) - max(one.x1, other.x1)
    height = min(one.y2, other.y2) - max(one.y1, other.y1)
    shared = max(width, 0.0) * max(height, 0.0)
    return shared / (one.area + other.area - shared)


def _write(picture: PIL.Image.Image, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.save(path, format="JPEG", quality=QUALITY)


def draw(text: str) -> float:
    """Return a number 0..1 that depends on the text alone."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") / 2**32


@cache
def _bench() -> Any:
    from focalface.tools.settings import Settings
    from focalface.tools.workbench import Workbench

    return Workbench(Settings(threads=1, detector="embedded", describer="embedded"))


@cache
def _annotator(name: str, folder: Path) -> Annotator:
    return Annotator(name, folder / "annotations", chat_model)
