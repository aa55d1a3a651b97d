"""The training of the describer: labels, regions, losses, figures; small and on made-up data."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("tqdm")

from focalface.tools.describers.alignment import RASTER, coverage  # noqa: E402
from focalface.tools.describers.embedded_net import quantile  # noqa: E402
from focalface.tools.training import describer_augment as aug  # noqa: E402
from focalface.tools.training import describer_calibrate as calibrate  # noqa: E402
from focalface.tools.training import describer_figures as figures  # noqa: E402
from focalface.tools.training import describer_labels as labels  # noqa: E402
from focalface.tools.training.describer_losses import age_loss  # noqa: E402
from focalface.tools.training.describer_model import Describer, Widths  # noqa: E402

TINY = Widths(trunk=8, middle=8, top=16, token=8, queries=2)


def mesh_in_the_middle() -> np.ndarray:
    """478 points spread over the middle of the crop."""
    return np.random.default_rng(0).uniform(0.2, 0.8, (478, 2)).astype(np.float32)


def test_mirroring_the_channels_twice_changes_nothing_and_swaps_left_and_right():
    mirror = labels.CHANNEL_MIRROR
    assert (mirror[mirror] == np.arange(len(labels.CHANNELS))).all()
    swap = {"left": "right", "right": "left", "both": "both"}
    for channel, twin in zip(labels.CHANNELS, mirror, strict=True):
        assert labels.CHANNELS[twin].code == channel.code
        assert labels.CHANNELS[twin].side == swap[channel.side]


def test_an_outline_has_its_corners_where_the_atlas_puts_them():
    mesh = mesh_in_the_middle()
    shape = labels.outlines()["left_eye"]
    start, end, t = shape.start[0], shape.end[0], shape.t[0]
    assert np.allclose(shape.on(mesh)[0], mesh[start] + t * (mesh[end] - mesh[start]))


@pytest.mark.parametrize(
    ("region", "code", "side", "expected"),
    [
        ("left_eye", "AU43", "left", True),
        ("left_eye", "AU43", "right", False),
        ("mouth", "AU12", "right", True),
        ("forehead", "AU12", "left", False),
        ("lower_face", "AU26", "both", True),
    ],
)
def test_a_channel_is_taught_only_where_it_can_show(region, code, side, expected):
    places = [(c.code, c.side) for c in labels.CHANNELS]
    assert labels.shown([region])[0, places.index((code, side))] == expected


def test_open_lips_give_a_target_for_au25():
    mesh = np.zeros((2, 478, 2), np.float32)
    mesh[:, 263, 0] = 100
    mesh[1, 14, 1] = 12
    names = [shape for c in labels.CHANNELS for shape in c.shapes]
    targets = labels.unit_targets(np.zeros((2, len(names)), np.uint8), names, mesh)
    column = [c.code for c in labels.CHANNELS].index("AU25")
    assert targets[:, column] == pytest.approx([0.0, 0.5])


def test_drawn_regions_stay_on_their_raster_and_say_what_they_show():
    maker = aug.RegionMaker()
    masks, seen = maker(mesh_in_the_middle()[None].repeat(3, 0), 5, np.random.default_rng(1))
    assert masks.shape == (3, 5, RASTER, RASTER)
    assert seen.shape == (3, 5, len(labels.CHANNELS))
    assert set(np.unique(masks)) <= {0, 255}


def test_blanking_keeps_the_region_and_changes_the_rest():
    rng = np.random.default_rng(2)
    crop, other = rng.integers(0, 256, (2, 96, 96), dtype=np.uint8)
    keep = np.zeros((RASTER, RASTER), np.uint8)
    keep[10:20, 10:20] = 255
    for _ in range(8):
        out = aug.blank(crop, keep, other, rng)
        assert (out[20:40, 20:40] == crop[20:40, 20:40]).all()
        assert (out[:20] != crop[:20]).mean() > 0.5


def test_a_warp_and_its_mirror_image_mirror_each_other():
    picture = np.random.default_rng(3).integers(0, 256, (160, 160), dtype=np.uint8)
    a, b = 1 / 150 + 0j, -0.02 - 0.03j
    plain = aug.warp(picture, a, b, 64)
    mirrored = aug.warp(picture, a, b, 64, mirrored=True)
    assert np.abs(plain.astype(int) - mirrored[:, ::-1].astype(int)).max() <= 2


@pytest.mark.parametrize("size", [64, 96])
def test_the_network_takes_small_and_full_crops(size):
    model = Describer(TINY, points=5).eval()
    features = model.trunk(torch.zeros(2, 1, size, size))
    points, pose, face = model.face(features)
    tokens = model.region.tokens(features)
    masks = torch.rand(2, 3, (size // 8) ** 2)
    regions = model.region.read(tokens, masks)
    assert points.shape == (2, 5, 2)
    assert pose.shape == (2, 3)
    assert face.age.shape == (2, labels.AGE_BINS)
    assert regions.units.shape == (2, 3, len(labels.CHANNELS))


def test_a_region_reads_nothing_from_far_away_cells():
    torch.manual_seed(0)
    model = Describer(TINY, points=5).eval()
    mask = np.zeros((1, RASTER, RASTER), np.uint8)
    mask[0, :8, :8] = 255
    cover = torch.from_numpy(coverage(mask))[None]
    one = torch.randn(1, 1, 96, 96)
    other = one.clone()
    other[..., 64:, :] = 3.0
    found = [
        model.region.read(model.region.tokens(model.trunk(x)), cover).emotion for x in (one, other)
    ]
    assert torch.equal(*found)


def test_an_age_loss_falls_towards_the_true_age_and_is_zero_without_one():
    years = torch.arange(labels.AGE_BINS, dtype=torch.float32)

    def logits(middle):
        return -((years - middle) ** 2)[None] / 20

    def loss(middle, truth):
        return float(age_loss(logits(middle), torch.tensor([truth])))

    assert loss(30, 30) < loss(35, 30) < loss(50, 30)
    assert loss(30, -1) == 0


@pytest.mark.parametrize(
    ("right", "n", "low", "high"), [(50, 100, 0.404, 0.596), (0, 10, 0.0, 0.278), (0, 0, 0, 1)]
)
def test_wilson_intervals_are_those_of_the_textbook(right, n, low, high):
    assert figures.wilson(right, n) == pytest.approx((low, high), abs=2e-3)


def test_calibration_error_is_the_gap_between_sureness_and_success():
    odds = np.array([[0.8, 0.2]] * 10, np.float32)
    label = np.array([0] * 5 + [1] * 5)
    assert figures.calibration_error(odds, label) == pytest.approx(0.3, abs=1e-6)


def test_the_age_interval_is_widened_when_distributions_are_too_narrow():
    rng = np.random.default_rng(4)
    truth = rng.integers(20, 80, 400)
    guess = truth + rng.normal(0, 5, 400)
    years = np.arange(labels.AGE_BINS)
    narrow = (-((years - guess[:, None]) ** 2) / (2 * 4**2)).astype(np.float32)
    half = calibrate.age_half(narrow, truth)
    odds = calibrate.softmax(narrow, 1.0)
    assert half > 0.4
    assert calibrate.covers(odds, truth, half) == pytest.approx(0.8, abs=0.04)


def test_quantiles_rise_with_the_share():
    odds = np.random.default_rng(5).dirichlet(np.ones(101), 7).astype(np.float32)
    low, middle, high = (quantile(odds, share) for share in (0.1, 0.5, 0.9))
    assert (low < middle).all()
    assert (middle < high).all()
