"""The reading network: examples, occluders, composites, losses, shapes."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("tqdm")

from focalface.tools.face.landmarks import MIRROR  # noqa: E402
from focalface.tools.training.describer import augment as aug  # noqa: E402
from focalface.tools.training.describer.codes import CATEGORIES, UNITS, ZONE_UNITS  # noqa: E402
from focalface.tools.training.describer.losses import (  # noqa: E402
    age_loss,
    bell,
    class_loss,
    ordinal_loss,
)
from focalface.tools.training.describer.reading import examples, occluders  # noqa: E402
from focalface.tools.training.describer.reading.batches import ReadingExamples  # noqa: E402
from focalface.tools.training.describer.reading.losses import reading_loss  # noqa: E402
from focalface.tools.training.describer.reading.model import (  # noqa: E402
    ReadingNet,
    normalised,
)
from focalface.tools.training.describer.reading.views import read_views  # noqa: E402

SIZE = 96
SMILE = UNITS.index("AU12")
TINY = {"widths": (4, 8, 8, 16), "more": (0, 0, 0)}


@pytest.fixture
def points(rows):
    return rows.mesh_in_crop(1).astype(np.float64) * SIZE


def grey(seed=0):
    noise = np.random.default_rng(seed).integers(0, 256, (SIZE, SIZE), dtype=np.uint8)
    return aug.coarser(noise, 0.3)


def test_a_warp_to_the_picture_itself_changes_nothing():
    picture = grey()
    same = aug.warp(picture, aug.Place(1 / SIZE + 0j, 0j), SIZE)
    assert np.abs(same.astype(int) - picture).max() <= 1


def test_a_large_picture_is_averaged_before_it_is_shrunk():
    checks = np.indices((400, 400)).sum(0) % 2 * 255
    small = aug.warp(checks.astype(np.uint8), aug.Place(1 / 400 + 0j, 0j), 40)
    assert np.abs(small.astype(int) - 127).max() < 12


@pytest.mark.parametrize(
    ("occluder", "category", "value"),
    [
        (occluders.face_mask, "mouth", "mask"),
        (occluders.dark_glasses, "eyes", "dark_glasses"),
        (occluders.fringe, "brows", "fringe"),
    ],
    ids=["mask", "dark glasses", "fringe"],
)
def test_something_drawn_in_front_is_told_and_changes_the_crop(points, occluder, category, value):
    for seed in range(6):
        canvas = occluders.Canvas(grey(), np.random.default_rng(seed))
        found = occluder(canvas, points, None)
        assert found.codes[category] == value
        assert found.zones
        assert (found.crop != grey()).mean() > 0.02


def test_an_object_counts_as_hiding_the_mouth_only_where_it_covers_it(points):
    told = set()
    for seed in range(60):
        canvas = occluders.Canvas(grey(), np.random.default_rng(seed))
        found = occluders.over_mouth(canvas, points, None)
        share = canvas.covers(points[list(occluders.MOUTH)])
        assert (found.codes["mouth"] == "object") == (share >= occluders.MOUTH_HIDDEN)
        told.add(found.codes["mouth"])
    assert told == {"object", None}


def test_something_beside_the_face_hides_nothing_that_is_read(points):
    for seed in range(30):
        canvas = occluders.Canvas(grey(), np.random.default_rng(seed))
        found = occluders.beside(canvas, points, None)
        assert found.codes == {}
        assert found.zones == ()
        places = points[list(occluders.READ)].astype(int)
        untouched = [found.crop[y, x] == grey()[y, x] for x, y in places]
        assert np.mean(untouched) > 0.7  # its soft edge may reach one


def test_hidden_zones_take_their_units_and_the_emotion_with_them(rows):
    whole = examples.of_row(rows, 1, grey(), None)
    assert np.isfinite(whole.units[SMILE]).all()
    found = whole.hiding({"mouth": "mask"}, ("mouth", "nose"))
    for code in (*ZONE_UNITS["mouth"], "AU9"):
        assert np.isnan(found.units[UNITS.index(code)]).all()
        assert np.isnan(found.sides[:, UNITS.index(code)]).all()
    assert np.isfinite(found.units[UNITS.index("AU2")]).all()
    assert CATEGORIES["mouth"][found.codes["mouth"]] == "mask"
    assert found.codes["teeth"] == found.codes["suggests"] == -1
    assert not found.emotion.any()
    assert np.array_equal(found.age, whole.age)


def test_a_mirrored_face_swaps_its_sides_and_its_gaze(rows):
    one = examples.of_row(rows, 1, grey(), None)
    other = one.mirrored()
    assert np.array_equal(other.sides[0], one.sides[1], equal_nan=True)
    assert CATEGORIES["gaze"][other.codes["gaze"]] == "right"
    assert np.array_equal(other.crop, one.crop[:, ::-1])
    assert np.array_equal(other.mirrored().crop, one.crop)


def test_lids_follow_the_code_where_the_teacher_is_in_doubt(rows):
    """The teacher's picture-left lid is at 0.68 on every made face, the other at 0."""
    assert np.allclose(examples.lids_of(rows, 1), [0.68, 0], atol=1e-3)  # open, but a wink
    states = CATEGORIES["eyes"]
    kept = rows["is_eyes"][1]
    try:
        rows.table["is_eyes"][1] = states.index("closed")
        assert np.allclose(examples.lids_of(rows, 1), [0.9, 0.9])
        rows.table["is_eyes"][1] = states.index("dark_glasses")
        assert np.isnan(examples.lids_of(rows, 1)).all()
    finally:
        rows.table["is_eyes"][1] = kept


def test_a_composite_shows_each_half_of_its_own_face(rows):
    rng = np.random.default_rng(0)
    made = examples.composite(rows, 1, 2, SIZE, rng)  # the first smiles, the second does not
    assert made.sides[0, SMILE].sum() == 2
    assert made.sides[1, SMILE].sum() == 0
    assert made.units[SMILE].sum() == 2
    assert np.isnan(made.units[UNITS.index("AU4")]).all()
    assert not made.emotion.any()
    plain = [aug.warp(rows.picture(i), aug.Place(*rows.place(i)), SIZE) for i in (1, 2)]
    near = np.corrcoef(made.crop[:, :30].ravel(), plain[0][:, :30].ravel())[0, 1]
    far = np.corrcoef(made.crop[:, 66:].ravel(), plain[0][:, 66:].ravel())[0, 1]
    assert near > 0.6 > far


def test_a_soft_reading_is_the_target_of_an_uncoded_face_only(rows):
    soft = {
        "units": np.full((len(rows), len(UNITS), 2), 0.25, np.float32),
        "sides": np.full((len(rows), 2, len(UNITS), 2), 0.25, np.float32),
        "emotion": np.full((len(rows), 7), 1 / 7, np.float32),
        "age": np.full((len(rows), 101), 1 / 101, np.float32),
    }
    coded = examples.of_row(rows, 1, grey(), soft)
    assert coded.units[SMILE, 0] == 1
    rows.table["coded"][1] = False
    try:
        assert examples.of_row(rows, 1, grey(), soft).units[SMILE, 0] == 0.25
    finally:
        rows.table["coded"][1] = True


def test_batches_repeat_with_their_seed_and_the_loss_falls(rows, monkeypatch):
    from focalface.tools.training.describer.reading import batches

    monkeypatch.setattr(batches, "SHARES", {"coded": 0.6, "masks": 0.2, "no_face": 0.2})
    one, other = (ReadingExamples(rows, np.random.default_rng(3))(16, 48) for _ in range(2))
    assert torch.equal(one.crops, other.crops)
    assert one.units.shape == (16, len(UNITS), 2)
    assert one.codes.shape == (16, len(CATEGORIES))
    assert (one.codes >= 0).any()
    torch.manual_seed(0)
    model = ReadingNet(**TINY).train()
    optimiser = torch.optim.Adam(model.parameters(), 3e-3)
    losses = []
    for _ in range(12):
        loss, parts = reading_loss(model, one)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(float(loss.detach()))
    assert np.isfinite(losses).all()
    assert losses[-1] < losses[0]
    tasks = {"landmarks", "pose", "lids", "units", "sides", "emotion", "age", *CATEGORIES}
    assert tasks == set(parts)


def test_the_network_answers_in_the_shapes_that_it_promises():
    model = ReadingNet(**TINY).eval()
    for side in (80, 96, 112):
        found = model(normalised(torch.randint(0, 256, (2, 1, side, side))))
        assert found.units.shape == (2, 16, 2)
        assert found.sides.shape == (2, 2, 16, 2)
        assert found.landmarks.shape == (2, len(MIRROR), 2)
        assert (found.pose.shape, found.lids.shape) == ((2, 3), (2, 2))
        assert found.age.shape == (2, 101)
        assert {k: v.shape[1] for k, v in found.categories.items()} == {
            k: len(v) for k, v in CATEGORIES.items()
        }


def test_a_side_is_read_from_its_own_half():
    torch.manual_seed(0)
    model = ReadingNet(**TINY).eval()
    for half in model.halves:
        torch.nn.init.normal_(half[-1].weight)
    one = torch.randn(1, 1, 112, 112)
    other = one.clone()
    other[..., 90:] = 0  # beyond what any cell of the left half sees
    with torch.no_grad():
        first, second = model(one).sides, model(other).sides
    assert torch.allclose(first[:, 0], second[:, 0], atol=1e-5)
    assert not torch.allclose(first[:, 1], second[:, 1], atol=1e-3)


def test_what_is_reported_of_a_mirrored_crop_is_mirrored():
    torch.manual_seed(0)
    model = ReadingNet(**TINY).eval()
    for layer in (model.units, *(half[-1] for half in model.halves), *model.categories.values()):
        torch.nn.init.normal_(layer.weight, std=3)
    crop = np.random.default_rng(0).integers(0, 256, (1, 96, 96), dtype=np.uint8)
    one, other = (read_views(model, c) for c in (crop, crop[..., ::-1]))
    assert np.allclose(one["units"], other["units"], atol=1e-4)
    assert np.allclose(one["sides"], other["sides"][:, ::-1], atol=1e-4)
    assert np.allclose(one["gaze"], other["gaze"][:, [0, 2, 1, 3, 4]], atol=1e-4)
    assert np.allclose(one["lids"], other["lids"][:, ::-1], atol=1e-4)
    assert not np.allclose(one["sides"][:, 0], one["sides"][:, 1], atol=1e-3)


def test_an_ordinal_loss_falls_towards_the_code_and_is_zero_without_one():
    def loss(p, code):
        logits = torch.logit(torch.tensor([p]))
        return float(ordinal_loss(logits, torch.tensor([code])))

    assert loss([0.9, 0.1], [1.0, 0.0]) < loss([0.9, 0.9], [1.0, 0.0])
    assert loss([0.9, 0.1], [1.0, 0.0]) < loss([0.1, 0.1], [1.0, 0.0])
    assert loss([0.5, 0.5], [float("nan"), float("nan")]) == 0


def test_an_unknown_class_costs_nothing():
    logits = torch.randn(3, 4)
    assert float(class_loss(logits, torch.tensor([-1, -1, -1]), 0.1)) == 0
    known = class_loss(logits, torch.tensor([2, -1, -1]), 0.0)
    assert float(known) == pytest.approx(float(-logits[0].log_softmax(-1)[2]), abs=1e-5)


def test_an_age_loss_falls_towards_the_true_age():
    years = torch.arange(101.0)

    def loss(middle, truth):
        logits = -((years - middle) ** 2)[None] / 20
        truths = torch.tensor([float(truth)])
        return float(age_loss(logits, bell(truths, 0.06), truths))

    assert loss(30, 30) < loss(35, 30) < loss(50, 30)


def test_a_bell_widens_with_age_and_sums_to_one():
    young, old = bell(torch.tensor([5.0, 70.0]), 0.06)
    assert float(young.sum()) == pytest.approx(1)
    assert float(young.max()) > float(old.max())
