"""Published weights are a place to go on from: both networks come back out of their ONNX files."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx", reason="reading ONNX files needs the extra 'train'")

import onnxruntime  # noqa: E402

from focalface.tools.paths import WEIGHTS  # noqa: E402
from focalface.tools.training.describer.face.model import FaceNet, scaled  # noqa: E402
from focalface.tools.training.detector.model import Exported, FaceDetector, load_published  # noqa: E402
from focalface.tools.training.published import restore  # noqa: E402


def test_the_face_network_comes_back_and_can_be_trained_on():
    grey = torch.randint(0, 256, (24, 1, 96, 96), generator=torch.Generator().manual_seed(0))
    batch = scaled(torch.nn.functional.avg_pool2d(grey.float(), 5, 1, 2))
    model = FaceNet()
    restore(model, WEIGHTS / "face_net.onnx", [batch], prefix="face.")
    session = onnxruntime.InferenceSession(WEIGHTS / "face_net.onnx")
    crop = (batch[:1] * 64 + 127.5).numpy()
    expected = session.run(["landmarks"], {"crop": crop})[0]
    with torch.no_grad():
        points = model(batch)[0]
        trained = model.train()(batch)[0]
    assert np.abs(points[0].numpy() - expected).max() < 0.02  # the file computes in 8 bits
    assert (points - trained).abs().mean() < 1e-2


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
        restore(FaceNet(), WEIGHTS / "detector.onnx", [torch.zeros(2, 1, 96, 96)])
