"""Published weights are a place to go on from: the detector comes back out of its ONNX file."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx", reason="reading ONNX files needs the extra 'train'")

import onnxruntime  # noqa: E402

from focalface.tools.paths import WEIGHTS  # noqa: E402
from focalface.tools.training.detector.model import Exported, FaceDetector, load_published  # noqa: E402
from focalface.tools.training.published import restore  # noqa: E402


def test_the_detector_comes_back():
    images = torch.rand(4, 3, 96, 96, generator=torch.Generator().manual_seed(0)) * 2 - 1
    model = FaceDetector()
    load_published(model, WEIGHTS / "detector.onnx", [images])
    session = onnxruntime.InferenceSession(WEIGHTS / "detector.onnx")
    expected = session.run(None, {"image": images[:1].numpy()})
    with torch.no_grad():
        found = Exported(model.eval())(images[:1])
    for part, truth in zip(found, expected, strict=True):
        assert np.abs(part[0].numpy() - truth.reshape(part[0].shape)).max() < 1e-3


def test_a_file_of_another_network_is_refused():
    with pytest.raises(ValueError, match="layers"):
        restore(torch.nn.Conv2d(1, 4, 3), WEIGHTS / "detector.onnx", [torch.zeros(2, 1, 96, 96)])
