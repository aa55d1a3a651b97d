"""Self-training: what a network says of every face is kept beside the cache."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("tqdm")

from focalface.tools.training.describer import soft, teacher  # noqa: E402
from focalface.tools.training.describer.reading.model import ReadingNet  # noqa: E402

TINY = {"widths": (4, 8, 8, 16), "more": (0, 0, 0)}


@pytest.fixture
def written(rows, monkeypatch, tmp_path):
    """What an untrained network writes, into a folder of its own."""
    monkeypatch.setattr(rows, "folder", tmp_path)
    torch.manual_seed(0)
    teacher.write_soft(rows, ReadingNet(**TINY))
    return soft.read_soft(rows)


def test_every_aligned_face_gets_distributions(rows, written):
    at = rows.flag("aligned")
    assert np.allclose(written["emotion"][at].sum(1), 1, atol=1e-4)
    assert np.allclose(written["age"][at].sum(1), 1, atol=1e-4)
    known = written["units"][at]
    assert ((known >= 0) & (known <= 1) | np.isnan(known)).all()


def test_before_a_teacher_there_is_nothing(rows, monkeypatch, tmp_path):
    monkeypatch.setattr(rows, "folder", tmp_path)
    assert soft.read_soft(rows) is None


def test_two_opinions_that_agree_are_surer_than_either():
    of = {"emotion": np.float32([[0.5, 0.5, 0], [0.6, 0.4, 0]]), "age": np.float32([[1], [1]])}
    teacher._agree(of, np.array([1]), np.float32([[0.6, 0.4, 0]]), np.float32([[1]]))
    assert of["emotion"][1, 0] > 0.6
    assert of["emotion"][0, 0] == 0.5
    assert of["emotion"].sum(1) == pytest.approx([1, 1], abs=1e-5)
