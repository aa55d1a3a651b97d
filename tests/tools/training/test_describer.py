"""The training of the describer: labels, regions, losses, figures; small and on made-up data."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("tqdm")

from focalface.tools.describers.embedded.alignment import RASTER, frames_of  # noqa: E402
from focalface.tools.describers.embedded.networks import quantile  # noqa: E402
from focalface.tools.training.describer import augment as aug  # noqa: E402
from focalface.tools.training.describer import calibrate, labels  # noqa: E402
from focalface.tools.training.describer import statistics as figures  # noqa: E402
from focalface.tools.training.describer.emotion_model import EmotionReader  # noqa: E402
from focalface.tools.training.describer.losses import age_loss  # noqa: E402
from focalface.tools.training.describer.model import Block, FaceReader, Widths  # noqa: E402
from focalface.tools.training.describer.region_model import RegionReader  # noqa: E402
from focalface.tools.training.describer.resample import fold, sample, weights  # noqa: E402

TINY = Widths(trunk=8, middle=8, top=16)


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


def test_learning_emotion_leaves_the_shared_trunk_as_it_was():
    model = EmotionReader(TINY).train()
    before = {k: v.clone() for k, v in model.state_dict().items()}
    optimiser = torch.optim.SGD(model.parameters(), lr=0.1)
    model(torch.randn(8, 1, 96, 96)).square().sum().backward()
    optimiser.step()
    changed = {k.split(".")[0] for k, v in model.state_dict().items() if (v != before[k]).any()}
    assert changed == {"face"}


def drawn(*corners: tuple[int, int, int, int]) -> torch.Tensor:
    """Boxes x1 y1 x2 y2 as raster masks of one face, (1, K, 48, 48)."""
    masks = np.zeros((len(corners), RASTER, RASTER), np.uint8)
    for mask, (x1, y1, x2, y2) in zip(masks, corners, strict=True):
        mask[y1:y2, x1:x2] = 255
    return torch.from_numpy(masks)[None]


def test_the_networks_answer_in_the_shapes_they_promise():
    crops = torch.randn(2, 1, 96, 96)
    points, pose, face = FaceReader(TINY, points=5).eval()(crops)
    masks = drawn((4, 4, 9, 9), (0, 0, 48, 48), (0, 0, 0, 0)).repeat(2, 1, 1, 1)
    frames = torch.from_numpy(frames_of(masks.numpy()))
    regions = RegionReader((8, 8, 8), 16).eval()(crops, masks, frames)
    assert points.shape == (2, 5, 2)
    assert pose.shape == (2, 3)
    assert face.age.shape == (2, labels.AGE_BINS)
    assert regions.units.shape == (2, 3, len(labels.CHANNELS))
    assert EmotionReader(TINY).eval()(crops).shape == (2, len(labels.EMOTION_CLASSES))
    assert all(torch.isfinite(part).all() for part in regions)


def test_a_region_reads_nothing_from_outside_itself():
    torch.manual_seed(0)
    model = RegionReader((8, 8, 8), 16).eval()
    torch.nn.init.normal_(model.heads.emotion.weight)
    masks = drawn((10, 10, 20, 30))
    frames = torch.from_numpy(frames_of(masks.numpy()))
    one = torch.randn(1, 1, 96, 96)
    outside, inside = torch.randn(1, 1, 96, 96), one.clone()
    outside[..., 20:60, 20:40] = one[..., 20:60, 20:40]
    inside[..., 20:60, 20:40] = 0.5
    first, same, other = (model(x, masks, frames).emotion for x in (one, outside, inside))
    assert torch.equal(first, same)
    assert not torch.allclose(first, other)


def framed(picture: torch.Tensor, frame: tuple[float, float, float], out: int) -> torch.Tensor:
    """A square frame of a picture (S, S), unfolded: (out, out)."""
    across, down = weights(torch.tensor(frame), out, len(picture))
    found = sample(fold(fold(picture, -2), -1), across, down)
    return torch.nn.functional.pixel_shuffle(found, 2)[0]


def test_a_sampled_frame_holds_the_means_of_its_cells():
    picture = torch.arange(16.0).reshape(4, 4)
    assert torch.allclose(framed(picture, (0.5, 0.5, 1.0), 4), picture)
    assert torch.allclose(framed(picture, (0.25, 0.5, 0.5), 2), picture[1:3, :2])
    flat = framed(torch.ones(12, 12), (0.5, 0.5, 0.5), 4)
    assert torch.allclose(flat, torch.ones(4, 4), atol=1e-5)
    assert (framed(torch.ones(12, 12), (3.0, 0.5, 0.5), 4) == 0).all()


def test_the_pixels_of_a_region_are_evened_out_and_the_rest_is_zero():
    crops = torch.randn(1, 1, 96, 96, generator=torch.Generator().manual_seed(0)) * 3 + 5
    masks = drawn((12, 12, 24, 24))  # half the frame: its upper left quarter
    patches = RegionReader.patches(crops, masks, torch.tensor([[[0.5, 0.5, 0.5]]]))
    light, inside = torch.nn.functional.pixel_shuffle(patches[0, 0], 2)
    assert torch.allclose(inside[1:11, 1:11], torch.ones(10, 10))
    assert (inside[13:] == 0).all()
    assert (light[13:] == 0).all()
    assert light[1:11, 1:11].mean().abs() < 0.1
    assert 0.7 < light[1:11, 1:11].std() < 1.2


def test_the_mask_is_sampled_as_if_it_were_as_fine_as_the_crop():
    masks = drawn((15, 16, 23, 22))
    frame = (0.41, 0.4, 0.2)
    patches = RegionReader.patches(torch.zeros(1, 1, 96, 96), masks, torch.tensor([[frame]]))
    inside = torch.nn.functional.pixel_shuffle(patches[0, 0], 2)[1]
    fine = torch.nn.functional.interpolate(masks.float() / 255, scale_factor=2)[0, 0]
    assert torch.allclose(inside, framed(fine, frame, 24), atol=1e-5)


def test_an_exported_shortcut_computes_what_the_trained_one_does():
    pytest.importorskip("onnx", reason="export needs the extra 'train'")
    from focalface.tools.training.describer.export import strided

    short = Block(3, 5, 2).eval().short
    x = torch.randn(2, 3, 8, 8)
    assert torch.allclose(strided(short)(x), short(x), atol=1e-6)


def test_a_timid_channel_is_stretched_to_the_teachers_spread():
    truth = np.random.default_rng(6).normal(0, 1, (500, 2)).astype(np.float32)
    found = truth * [0.8, 0.1]
    first, second = calibrate.unit_spread(truth, found.astype(np.float32))
    assert first == pytest.approx(1.25, abs=1e-2)
    assert second == 2.0


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
