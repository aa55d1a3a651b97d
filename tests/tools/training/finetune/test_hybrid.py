"""The hybrid: what its eyes make of pictures, that they stay as they were, that it is used."""

import json
from pathlib import Path

import numpy as np
import PIL.Image
import pytest

pytestmark = pytest.mark.qwen
torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

from focalface.tools.describers.language.focal import Sizes, face_window  # noqa: E402
from focalface.tools.describers.qwen.hybrid import (  # noqa: E402
    CATEGORIES,
    CELL,
    FACE_CELLS,
    READ,
    SEEN,
    GreyCells,
    Reader,
    ReadingTower,
)
from focalface.tools.describers.qwen.load import (  # noqa: E402
    choose_device,
    find_weights,
    load_model,
)
from focalface.tools.errors import ModelDamagedError, UsageError  # noqa: E402
from focalface.tools.training.corpus import build as building  # noqa: E402
from focalface.tools.training.corpus.faces import Options  # noqa: E402
from focalface.tools.training.describer.checkpoints import averaged  # noqa: E402
from focalface.tools.training.describer.reading.model import ReadingNet  # noqa: E402
from focalface.tools.training.finetune import evaluate, nano, stages  # noqa: E402
from focalface.tools.training.finetune.plan import Emphasis, Lora, Plan, Stage  # noqa: E402
from focalface.tools.training.finetune.trainer import Settings  # noqa: E402
from focalface.tools.types import AGE_GROUPS  # noqa: E402


def picture(side: int, seed: int = 0) -> PIL.Image.Image:
    level = np.random.default_rng(seed).integers(0, 255, (side, side, 3), dtype=np.uint8)
    return PIL.Image.fromarray(level)


@pytest.fixture
def eyes(tmp_path: Path) -> Path:
    """A checkpoint of a reading network with random weights, as its training writes one."""
    torch.manual_seed(3)
    network = ReadingNet()
    for name, value in network.state_dict().items():
        if "running_var" in name:
            value.fill_(2.0)
        if name.endswith("1.weight") or "bias" in name:
            value.normal_(0.8, 0.2)
    average = {f"module.{name}": value for name, value in network.state_dict().items()}
    file = tmp_path / "checkpoint.pt"
    torch.save({"average": {**average, "n_averaged": torch.tensor(5)}}, file)
    return file


def test_the_eyes_read_what_the_trained_network_reads(eyes: Path):
    reader, network = Reader(), ReadingNet().eval()
    weights = averaged(eyes)
    reader.take(weights)
    network.load_state_dict(weights)
    grey = torch.randn(2, 1, CELL * FACE_CELLS, CELL * FACE_CELLS)
    read = reader(grey)[:, 0, -READ:]
    with torch.no_grad():
        truth = network(grey)
    rest = sum(CATEGORIES.values())
    units, sides, emotion, ages, kinds = read.split([32, 64, 7, len(AGE_GROUPS), rest], 1)
    assert torch.allclose(units, truth.units.flatten(1), atol=1e-4)
    assert torch.allclose(sides, truth.sides.flatten(1), atol=1e-4)
    assert torch.allclose(emotion, truth.emotion.log_softmax(-1), atol=1e-4)
    expected = torch.cat([truth.categories[k].log_softmax(-1) for k in CATEGORIES], 1)
    assert torch.allclose(kinds, expected, atol=1e-4)
    assert ages.exp().sum(1).tolist() == pytest.approx([1.0, 1.0], abs=2e-3)
    years = truth.age.softmax(-1)
    assert torch.allclose(ages[:, 3].exp(), years[:, 20:30].sum(1), atol=1e-4)


def test_cells_are_the_squares_of_the_grey_picture_and_as_many_as_qwen_counts():
    made = GreyCells()([picture(168), picture(56, 1)], return_tensors="np")
    assert made["image_grid_thw"].tolist() == [[1, 12, 12], [1, 4, 4]]
    assert made["pixel_values"].shape == (36 + 4, CELL * CELL)
    half = PIL.Image.new("RGB", (56, 56), "black")
    half.paste("white", (0, 0, 28, 56))
    cells = GreyCells()([half], return_tensors="np")["pixel_values"]
    assert cells[0].mean() > 0 > cells[1].mean() and cells[2].mean() > 0 > cells[3].mean()


def test_a_picture_is_put_together_again_before_it_is_read():
    tower = ReadingTower(32)
    seen = []
    tower.reader.forward = lambda grey: seen.append(grey) or torch.zeros(len(grey), 4, SEEN)
    made = GreyCells()([picture(56)], return_tensors="np")
    tower(torch.from_numpy(made["pixel_values"]), torch.from_numpy(made["image_grid_thw"]))
    grey = np.asarray(picture(56).convert("L").resize((32, 32), PIL.Image.Resampling.BILINEAR))
    level = seen[0][0, 0].numpy()
    assert np.corrcoef(level.ravel(), grey.ravel())[0, 1] == pytest.approx(1.0, abs=1e-5)


def test_only_a_whole_face_gets_the_summary(eyes: Path):
    reader = Reader()
    reader.take(averaged(eyes))
    face = reader(torch.randn(1, 1, CELL * FACE_CELLS, CELL * FACE_CELLS))
    crop = reader(torch.randn(1, 1, CELL * 2, CELL * 2))
    assert face.shape == (1, 36, SEEN) and crop.shape == (1, 4, SEEN)
    assert not crop[..., 160:].any() and face[..., 160:].any()
    assert (face[0, :, 160:] == face[0, :1, 160:]).all()


def test_the_eyes_never_learn_and_keep_their_statistics(eyes: Path):
    tower = ReadingTower(32).train()
    assert tower.training and not tower.reader.training
    before = {name: value.clone() for name, value in tower.reader.state_dict().items()}
    made = GreyCells()([picture(168)], return_tensors="np")
    out = tower(torch.from_numpy(made["pixel_values"]), torch.from_numpy(made["image_grid_thw"]))
    out.pooler_output.sum().backward()
    assert all(p.grad is None for p in tower.reader.parameters())
    assert tower.merger.straight.weight.grad is not None
    assert all((before[n] == v).all() for n, v in tower.reader.state_dict().items())


def test_the_upright_window_turns_a_tilted_face_straight(mean_face):
    face = mean_face()
    sizes = Sizes(168, 56, upright=True)
    straight = face_window(face, sizes)
    centre = complex(320, 320)

    def turned(point):
        z = (complex(*point) - centre) * complex(np.cos(0.3), np.sin(0.3)) + centre
        return z.real, z.imag

    keypoints = face.keypoints.model_copy(
        update={n: turned(p) for n, p in face.keypoints.model_dump().items()}
    )
    tilted = face.model_copy(update={"keypoints": keypoints})
    window = face_window(tilted, sizes)
    assert window.turn - straight.turn == pytest.approx(-np.degrees(0.3), abs=0.5)
    for name, point in keypoints.model_dump().items():
        own = getattr(face.keypoints, name)
        assert window.point(point) == pytest.approx(straight.point(own), abs=0.5)


def test_a_turned_cut_shows_what_its_points_say():
    from focalface.tools.describers.language.focal import Window

    rgb = np.zeros((200, 200, 3), np.uint8)
    rgb[58:63, 118:123] = 255
    window = Window(40, 40, 100, 100, 25.0)
    x, y = window.point((120.5, 60.5))
    level = np.asarray(window.cut(rgb).convert("L"), float)
    rows, columns = np.nonzero(level > 128)
    assert (columns.mean() + 0.5, rows.mean() + 0.5) == pytest.approx((x, y), abs=1.5)


def test_a_file_that_is_no_reading_network_is_refused(tmp_path: Path):
    other = tmp_path / "other.pt"
    torch.save({"average": {"module.one": torch.zeros(2)}}, other)
    with pytest.raises(ModelDamagedError, match="no checkpoint of the reading network"):
        nano.hybrid(nano.tokenizer(["a"], 300), other, width=64, layers=1)


def test_a_hybrid_is_trained_saved_halved_and_loaded(source, eyes: Path, tmp_path, monkeypatch):
    monkeypatch.setattr(evaluate, "MAX_NEW", 8)
    sizes = Sizes(168, 28, upright=True)
    options = Options(regions=1, sizes=sizes, seed=3, share_validation=0.3, share_test=0.01)
    building.build([source], tmp_path / "corpus", options)
    stage = Stage(
        name="one", about="a test", mix={"describe": 1.0, "written": 1.0}, order="random",
        train=("language",), learning_rate=1e-3, warmup=0.0, steps=2,
    )  # fmt: skip
    plan = Plan(
        seed=0, lora=Lora(rank=1, alpha=1, dropout=0), batch=2, evaluate=1, stages=(stage,),
        scratch={"width": 64, "layers": 1, "vocabulary": 600}, emphasis=Emphasis(labels=5),
    )  # fmt: skip
    settings = Settings(device="cpu", per_device=2, tower=eyes)
    stages.run(tmp_path / "corpus", tmp_path / "run", "hybrid", plan, settings)
    final = tmp_path / "run" / "final"
    card = json.loads((final / "focalface.json").read_text(encoding="utf-8"))
    assert card["sizes"] == {"face": 168, "crop": 28, "upright": True}
    said = (final / "README.md").read_text(encoding="utf-8")
    assert "A hybrid" in said and "weighs 5 times as much" in said
    model, _, processor = load_model(find_weights(str(final), None), choose_device("cpu"))
    assert isinstance(processor, GreyCells)
    taught = averaged(eyes)["stem.0.0.weight"]
    own = model.model.visual.reader.stem[0][0].weight
    assert torch.allclose(own, taught, atol=1e-3)


def test_a_hybrid_without_eyes_says_what_it_needs(source, tmp_path):
    options = Options(regions=1, sizes=Sizes(168, 28), share_validation=0.3, share_test=0.01)
    building.build([source], tmp_path / "corpus", options)
    from focalface.tools.training.finetune.data import Corpus
    from focalface.tools.training.finetune.model import load
    from focalface.tools.training.finetune.plan import load_plan

    with pytest.raises(UsageError, match="--tower FILE and a corpus built with --upright"):
        load("hybrid", load_plan(base="hybrid"), Corpus(tmp_path / "corpus"), device="cpu")
