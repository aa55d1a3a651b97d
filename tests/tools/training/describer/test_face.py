"""The face network: points follow the crop, auxiliary tasks, shapes."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("tqdm")

from focalface.tools.training.describer.blocks import Block, strided, unfolded  # noqa: E402
from focalface.tools.training.describer.face import augment  # noqa: E402
from focalface.tools.training.describer.face.batches import FaceExamples  # noqa: E402
from focalface.tools.training.describer.face.losses import face_loss  # noqa: E402
from focalface.tools.training.describer.face.model import FaceNet, Widths  # noqa: E402

TINY = Widths(trunk=8, middle=8, top=16)


def test_the_points_of_a_batch_are_where_the_crop_shows_them(rows):
    batch = FaceExamples(rows, np.random.default_rng(0))(8, 48)
    assert batch.crops.shape == (8, 1, 48, 48)
    assert batch.points.shape[0] == 8
    middle = batch.points.mean(1)
    assert ((middle > 0.2) & (middle < 0.8)).all()


def test_a_mirrored_face_keeps_its_points_in_order(rows):
    """The right eye's points stay left of the left eye's, whatever was mirrored."""
    from focalface.tools.face.landmarks import INDEX

    batch = FaceExamples(rows, np.random.default_rng(1))(24, 48)
    right, left = (batch.points[:, INDEX[f"{side}_eye_outer"], 0] for side in ("right", "left"))
    assert (right < left).all()


def test_the_loss_has_a_part_for_every_task(rows):
    batch = FaceExamples(rows, np.random.default_rng(2))(8, 96)
    loss, parts = face_loss(FaceNet(TINY).train(), batch)
    assert set(parts) == {"points", "pose", "emotion", "age"}
    assert torch.isfinite(loss)


def test_blanking_keeps_the_region_and_changes_the_rest():
    rng = np.random.default_rng(2)
    crop, other = rng.integers(0, 256, (2, 96, 96), dtype=np.uint8)
    keep = np.zeros((96, 96), np.uint8)
    keep[20:40, 20:40] = 255
    for _ in range(8):
        out = augment.blank(crop, keep, other, rng)
        assert (out[20:40, 20:40] == crop[20:40, 20:40]).all()
        assert (out[:20] != crop[:20]).mean() > 0.5


def test_an_exported_shortcut_computes_what_the_trained_one_does():
    short = Block(3, 5, 2).eval().short
    x = torch.randn(2, 3, 8, 8)
    assert torch.allclose(strided(short)(x), short(x), atol=1e-6)


@pytest.mark.parametrize("by", [2, 4])
def test_pixels_are_unfolded_as_torch_does_it(by):
    x = torch.randn(2, 3, 8, 8)
    assert torch.equal(unfolded(x, by), torch.nn.functional.pixel_unshuffle(x, by))
