"""A made-up labelled data set of average faces, for corpora and trainings that take seconds."""

import io
import json
import tarfile

import cv2
import numpy as np
import PIL.Image
import pytest

from focalface.tools.datasets import LAYOUTS, Layout, Record, UnitLabel
from focalface.tools.training.corpus import build

LABELLED = {
    "box": [40.0, 30.0, 80.0, 90.0],
    "kps": [[50, 50], [70, 50], [60, 60], [52, 75], [68, 75]],
    "ignore": False,
}


def record_of(face, number=0, **labels):
    noise = np.random.default_rng(number).integers(0, 255, (640, 640, 3), dtype=np.uint8)
    out = io.BytesIO()
    PIL.Image.fromarray(noise).resize((64, 64)).resize((640, 640)).save(out, "JPEG")
    given = {
        "units": (
            UnitLabel("AU12", True, 0.6, "left"),
            UnitLabel("AU12", False, 0.0, "right"),
            UnitLabel("AU4", True, None),
            UnitLabel("AU25", False, 0.0),
        ),
        "emotion": "happiness",
        "subject": f"s{number // 2}",
        "box": face.box,
        "landmarks": face.landmarks,
    }
    return Record(
        id=str(number),
        source="made",
        picture=out.getvalue(),
        **(given | labels),
    )


@pytest.fixture
def source(mean_face, monkeypatch, tmp_path):
    """A data set of twelve made-up faces, two a subject, one of them broken."""
    face = mean_face()

    def read(root, report):
        for number in range(12):
            found = record_of(face, number)
            yield found if number != 5 else Record(**{**record_dict(found), "picture": b"no"})

    monkeypatch.setitem(LAYOUTS, "made", Layout(lambda root: False, read))
    folder = tmp_path / "made"
    folder.mkdir()
    return build.Source(folder, "made")


def record_dict(record):
    return {name: getattr(record, name) for name in Record.__slots__}


@pytest.fixture
def make_record():
    """Makes a record of a face; labels can be replaced."""
    return record_of


@pytest.fixture(scope="session")
def pack(tmp_path_factory):
    """A detection pack of made-up pictures, packed as the real one is."""
    from focalface.tools.training.detector.data import DetectionPack

    folder = tmp_path_factory.mktemp("pack")
    rng = np.random.default_rng(0)
    rows = []
    with tarfile.open(folder / "all-0.tar", "w") as tar:
        for k in range(24):
            kind = ("scene", "portrait", "negative")[k % 3]
            name = f"{kind}-{k}.jpg"
            picture = rng.integers(0, 256, (120, 140, 3), np.uint8)
            cv2.imwrite(str(folder / name), picture)
            tar.add(folder / name, name)
            faces = [] if kind == "negative" else [LABELLED]
            rows.append(
                {"file": name, "kind": kind, "source": "made", "src_file": name, "faces": faces}
            )
    lines = "\n".join(json.dumps(row) for row in rows)
    (folder / "annotations.jsonl").write_text(lines, encoding="utf-8")
    return DetectionPack(folder, folder / "cache")
