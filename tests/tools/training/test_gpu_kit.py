"""The kit: packed from a small corpus, run on the CPU as on any machine, unpacked and used."""

import itertools
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import PIL.Image
import pytest

pytestmark = pytest.mark.qwen
torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

from focalface.tools.describers.language.focal import Sizes  # noqa: E402
from focalface.tools.describers.qwen.describer import QwenDescriber  # noqa: E402
from focalface.tools.errors import UsageError  # noqa: E402
from focalface.tools.training.corpus import build as building  # noqa: E402
from focalface.tools.training.corpus.faces import Options  # noqa: E402
from focalface.tools.training.finetune.nano import image_processor  # noqa: E402
from focalface.tools.training.finetune.plan import load_plan  # noqa: E402
from focalface.tools.training.gpu_kit.clock import StepClock, spans  # noqa: E402
from focalface.tools.training.gpu_kit.contents import patches  # noqa: E402
from focalface.tools.training.gpu_kit.pack import _Grids, pack_kit  # noqa: E402
from focalface.tools.training.gpu_kit.run import Run, run_kit  # noqa: E402
from focalface.tools.training.gpu_kit.shards import read_shards, write_shards  # noqa: E402
from focalface.tools.training.gpu_kit.unpack import unpack_run  # noqa: E402

SMALL = {"width": 64, "layers": 2, "vision_width": 32, "vision_layers": 2, "vocabulary": 800}


@pytest.fixture
def corpus(source, tmp_path):
    options = Options(regions=2, sizes=Sizes(56, 28), seed=3, share_validation=0.3, share_test=0.01)
    building.build([source], tmp_path / "corpus", options)
    return tmp_path / "corpus"


@pytest.fixture
def kit(corpus, tmp_path):
    plan = load_plan(base="mini").model_copy(update={"scratch": SMALL, "batch": 2, "evaluate": 1})
    facts = pack_kit(corpus, tmp_path / "kit", plan=plan)
    assert facts["samples"] and facts["faces"]
    said = json.loads((tmp_path / "kit" / "kit.json").read_text(encoding="utf-8"))
    (tmp_path / "kit" / "kit.json").write_text(json.dumps(said | {"max_new": 6}), encoding="utf-8")
    return tmp_path / "kit"


def test_phases_fill_the_time_whatever_it_is():
    for given in (60.0, 540.0):
        found = spans(given)
        assert next(s.name for s in found) == "tower" and len(found) == 5
        assert all(one.end == two.start for one, two in itertools.pairwise(found))
        assert 0.8 * given < found[-1].end < given


@pytest.mark.parametrize("size", [(168, 168), (84, 56)])
def test_packing_counts_the_same_cells_as_qwens_own_processor(size):
    picture = [PIL.Image.new("RGB", size)]
    own = image_processor()(images=picture, return_tensors="np")["image_grid_thw"]
    assert _Grids()(picture, "np")["image_grid_thw"].tolist() == own.tolist()


def test_pictures_become_the_patches_of_qwens_own_processor():
    noise = np.random.default_rng(1).integers(0, 255, (56, 56, 3), dtype=np.uint8)
    theirs = image_processor()(images=[PIL.Image.fromarray(noise)], return_tensors="np")
    small = torch.zeros(3, 28, 28, dtype=torch.uint8)
    ours, grids = patches([small, torch.from_numpy(noise.transpose(2, 0, 1).copy())])
    assert grids.tolist() == [[1, 2, 2], *theirs["image_grid_thw"].tolist()]
    np.testing.assert_allclose(ours[4:].numpy(), theirs["pixel_values"], atol=1e-5)


def test_a_kit_runs_through_is_unpacked_and_describes(kit, corpus, tmp_path, mean_face):
    result = run_kit(kit, kit / "out", StepClock(40.0))
    assert [phase["phase"] for phase in result["log"]] == [
        "tower", "attributes", "recognition", "description", "conversation",
    ]  # fmt: skip
    assert all(phase["steps"] >= 1 for phase in result["log"]) and result["answers"]
    assert not (kit / "out" / "checkpoint.pt").exists()
    scores = unpack_run(kit / "out", tmp_path / "model", corpus)
    assert set(scores) == {"majority", "mini"}
    describer = QwenDescriber(str(tmp_path / "model"), device="cpu")
    assert describer.name == "qwen:model"
    assert "ten-minute kit" in (tmp_path / "model" / "README.md").read_text(encoding="utf-8")


def test_what_runs_elsewhere_imports_nothing_of_this_project(kit):
    code = (
        "import sys; sys.modules['focalface'] = None\n"
        "import gpu_kit.run, gpu_kit.__main__\n"
        "assert not [m for m in sys.modules if m.startswith(('pydantic', 'cv2', 'yaml._'))]\n"
    )
    told = {**os.environ, "PYTHONPATH": str(kit)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=told, cwd=kit, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_broken_off_run_goes_on_from_its_checkpoint(kit):
    from focalface.tools.training.gpu_kit.contents import read_kit

    first = Run(read_kit(kit, "cpu"), kit, kit / "out", StepClock(40.0))
    with torch.no_grad():
        next(first.model.parameters()).fill_(0.25)
    first.steps = 7
    first.save(30.0)
    again = Run(read_kit(kit, "cpu"), kit, kit / "out", StepClock(40.0))
    again.restore()
    assert again.steps == 7 and again.clock.used() == 31.0
    assert float(next(again.model.parameters()).detach().mean()) == 0.25


def test_a_kit_stays_below_its_size_and_says_when_nothing_fits(corpus, tmp_path):
    plan = load_plan(base="mini").model_copy(update={"scratch": SMALL, "batch": 2, "evaluate": 1})
    large = pack_kit(corpus, tmp_path / "large", 60, plan)
    whole = size_of(tmp_path / "large")
    assert whole < 60e6
    for share in (0.97, 0.8):
        try:
            small = pack_kit(corpus, tmp_path / str(share), share * whole / 1e6, plan)
        except UsageError:
            continue
        assert size_of(tmp_path / str(share)) <= share * whole
        assert small["faces"] < large["faces"]
    with pytest.raises(UsageError, match="allow more megabytes"):
        pack_kit(corpus, tmp_path / "none", 0.01, plan)


def size_of(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def test_weights_survive_8_bits_and_small_files(tmp_path):
    model = torch.nn.Module()
    model.one = torch.nn.Linear(64, 300)
    model.config = type(
        "C", (), {"tie_word_embeddings": False, "save_pretrained": lambda s, f: 0}
    )()
    names = write_shards(model, tmp_path, largest=8000)
    assert len(names) > 2
    assert all((tmp_path / name).stat().st_size < 10_000 for name in names)
    read = read_shards(tmp_path)
    for name, weight in model.state_dict().items():
        gap = (read[name].float() - weight).abs().max() / weight.abs().max()
        assert float(gap) < 0.01, name


def test_the_commands_explain_themselves():
    done = subprocess.run(
        [sys.executable, "-m", "focalface.tools.training.gpu_kit", "--help"],
        capture_output=True, text=True, check=False, cwd=Path("/"),
    )  # fmt: skip
    assert done.returncode == 0 and "unpack" in done.stdout
