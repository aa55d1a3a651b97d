"""The part network: frames, masks, nothing from outside, soft targets."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("tqdm")

from focalface.tools.describers.embedded import patches  # noqa: E402
from focalface.tools.describers.embedded.alignment import Alignment  # noqa: E402
from focalface.tools.describers.embedded.patches import (  # noqa: E402
    PATCH,
    frame_of,
    framed,
    mask_of,
)
from focalface.tools.training.describer.augment import Place, warp  # noqa: E402
from focalface.tools.training.describer.parts.batches import PartExamples, cut  # noqa: E402
from focalface.tools.training.describer.parts.losses import part_loss  # noqa: E402
from focalface.tools.training.describer.parts.model import PartNet, folded, inside  # noqa: E402
from focalface.tools.training.describer.parts.outlines import (  # noqa: E402
    RegionPicker,
    outlines,
)

TINY = (4, 8, 8)
BOX = np.array([[0.2, 0.4], [0.6, 0.4], [0.6, 0.6], [0.2, 0.6]], np.float32)


def test_a_frame_is_square_a_little_wider_than_the_region_and_never_tiny():
    assert np.allclose(frame_of(BOX), [0.4, 0.5, 0.42])
    assert frame_of(BOX[:1])[2] == pytest.approx(1 / 8)
    far = BOX + np.float32([5, 0])
    assert np.allclose(frame_of(far), [1.2, 0.5, 0.21])  # outside: at the edge


def test_the_crop_of_a_framed_alignment_is_the_frame():
    alignment = Alignment(0.01 + 0.002j, 0.1 - 0.2j)
    frame = frame_of(BOX)
    corner = alignment.to_image((frame[:2] - frame[2] / 2)[None])
    assert np.allclose(framed(alignment, frame).to_crop(corner), [[0, 0]], atol=1e-5)


def test_a_mask_covers_the_region_and_nothing_else():
    mask = mask_of([BOX], frame_of(BOX))
    assert mask.shape == (PATCH, PATCH)
    assert set(np.unique(mask)) == {0, 255}
    rows, columns = (np.flatnonzero((mask > 0).any(axis)) for axis in (1, 0))
    assert len(columns) == pytest.approx(PATCH / 1.05, abs=2)
    assert len(rows) == pytest.approx(PATCH / 1.05 / 2, abs=2)


def test_an_outline_has_its_corners_where_the_atlas_puts_them():
    mesh = np.random.default_rng(0).uniform(0.2, 0.8, (478, 2)).astype(np.float32)
    shape = outlines()["left_eye"]
    start, end, t = shape.start[0], shape.end[0], shape.t[0]
    assert np.allclose(shape.on(mesh)[0], mesh[start] + t * (mesh[end] - mesh[start]))


def test_the_regions_that_are_drawn_lie_on_the_face():
    mesh = np.random.default_rng(1).uniform(0.2, 0.8, (478, 2)).astype(np.float32)
    pick = RegionPicker(np.random.default_rng(2))
    polygons = [pick(mesh) for _ in range(200)]
    assert all(p.shape[1] == 2 and len(p) >= 3 for p in polygons)
    assert np.mean([(p > 0).all() and (p < 1).all() for p in polygons]) > 0.8


def test_a_patch_keeps_the_resolution_of_the_picture():
    """Stripes that a 96-pixel crop of the whole picture cannot hold are seen in a small part."""
    stripes = np.tile(np.repeat([0, 255], 2), (400, 100)).astype(np.uint8)
    place = Place(1 / 400 + 0j, 0j)
    small = np.array([[0.45, 0.45], [0.55, 0.45], [0.55, 0.55], [0.45, 0.55]], np.float32)
    patch, _, _ = cut(stripes, place, small)
    assert patch.std() > 60
    assert warp(stripes, place, 96).std() < 40


def test_a_region_reads_nothing_from_outside_itself():
    torch.manual_seed(0)
    model = PartNet(TINY).eval()
    torch.nn.init.normal_(model.emotion.weight)
    frame = frame_of(BOX)
    masks = torch.from_numpy(mask_of([BOX], frame))[None]
    frames = torch.from_numpy(frame)[None]
    one = torch.randint(0, 256, (1, PATCH, PATCH), dtype=torch.uint8)
    outside = torch.where(masks > 0, one, 255 - one)
    within = torch.where(masks > 0, 255 - one // 2, one)
    with torch.no_grad():
        first, same, other = (model(x, masks, frames).emotion for x in (one, outside, within))
    assert torch.equal(first, same)
    assert not torch.allclose(first, other)


def test_the_pixels_of_a_region_are_evened_out_and_the_rest_is_zero():
    masks = torch.zeros(1, PATCH, PATCH)
    masks[:, 10:40, 20:50] = 255
    cells = inside(folded(torch.rand(1, PATCH, PATCH) * 100 + 50), folded(masks))
    light = torch.nn.functional.pixel_shuffle(cells[:, :16], 4)[0, 0]
    seen = torch.nn.functional.pixel_shuffle(cells[:, 16:], 2)[0, 0]
    assert abs(float(light[10:40, 20:50].mean())) < 1e-4
    assert 0.6 < float(light[10:40, 20:50].std()) < 1.1
    assert (light[masks[0] == 0] == 0).all()
    assert float(seen.sum()) == 30 * 30 / 4
    assert (seen[5:20, 10:25] == 1).all()


def test_training_and_runtime_fold_pixels_alike_and_as_torch_does_it():
    images = np.random.default_rng(3).integers(0, 256, (2, PATCH, PATCH), np.uint8)
    cells = folded(torch.from_numpy(images))
    assert np.array_equal(cells.numpy(), patches.folded(images))
    unshuffled = torch.nn.functional.pixel_unshuffle(torch.from_numpy(images)[:, None], 4)
    assert torch.equal(cells.permute(0, 3, 1, 2), unshuffled)


def test_batches_repeat_with_their_seed_and_the_loss_falls(rows):
    one, other = (PartExamples(rows, np.random.default_rng(4))(12) for _ in range(2))
    assert torch.equal(one.patches, other.patches)
    assert one.patches.dtype == torch.uint8
    torch.manual_seed(0)
    model = PartNet(TINY).train()
    optimiser = torch.optim.Adam(model.parameters(), 3e-3)
    losses = []
    for _ in range(12):
        loss, _ = part_loss(model, one)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(float(loss.detach()))
    assert losses[-1] < losses[0]
