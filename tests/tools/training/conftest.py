"""A made-up labelled data set of average faces, for corpora and trainings that take seconds."""

import io

import numpy as np
import PIL.Image
import pytest

from focalface.tools.training import corpus
from focalface.tools.training.layouts import LAYOUTS, Layout, Record, UnitLabel


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
    return corpus.Source(folder, "made")


def record_dict(record):
    return {name: getattr(record, name) for name in Record.__slots__}


@pytest.fixture
def make_record():
    """Makes a record of a face; labels can be replaced."""
    return record_of
