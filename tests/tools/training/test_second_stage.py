"""The detector's second stage: what it is trained on, its loop, its exported graph."""

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs the extra 'train'")
pytest.importorskip("tqdm", reason="training needs the extra 'train'")

from focalface.tools.detection.second_stage import SIDE, pixels  # noqa: E402
from focalface.tools.training.detector.data import DetectionPack  # noqa: E402
from focalface.tools.training.detector.second_stage_model import FaceOrNot, graph  # noqa: E402
from focalface.tools.training.detector.second_stage_train import Mistakes, load_average, train  # noqa: E402
from focalface.tools.training.detector.train import Plan  # noqa: E402


def test_equal_seeds_draw_equal_cut_outs_and_not_too_many_of_a_kind(pack: DetectionPack) -> None:
    source = Mistakes(pack, 160)
    for seed in range(3):
        crops, faces = source.draw(np.random.default_rng(seed), 6)
        again, _ = source.draw(np.random.default_rng(seed), 6)
        assert np.array_equal(crops, again)
        assert crops.shape[1:] == (SIDE, SIDE, 3)
        assert 0 < faces.sum() <= 6
        assert len(faces) - faces.sum() <= 6


def test_a_finished_run_is_left_alone_and_a_longer_one_goes_on_from_it(
    pack: DetectionPack, tmp_path: Path
) -> None:
    torch.set_num_threads(1)
    heads = []
    for steps in (2, 2, 4):
        plan = Plan(steps, 8, 160, 1e-3, 5, "cpu", checkpoint_every=2)
        train(pack, plan, tmp_path / "run.pt")
        heads.append(load_average(tmp_path / "run.pt").head.weight)
    assert torch.equal(heads[0], heads[1])
    assert not torch.equal(heads[1], heads[2])
    assert torch.load(tmp_path / "run.pt", weights_only=True)["step"] == 4


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning")
def test_the_exported_graph_judges_any_number_of_cut_outs_as_the_network_does() -> None:
    pytest.importorskip("onnxscript", reason="export needs the extra 'train'")
    import onnxruntime

    torch.manual_seed(0)
    model = FaceOrNot().eval()
    session = onnxruntime.InferenceSession(graph(model).SerializeToString())
    for count in (1, 5):
        crops = np.random.default_rng(count).integers(0, 256, (count, SIDE, SIDE, 3), np.uint8)
        (logits,) = session.run(None, {"pixels": pixels(crops)})
        expected = model(torch.from_numpy(pixels(crops))).detach().numpy()
        assert np.allclose(logits, expected, atol=1e-4)
