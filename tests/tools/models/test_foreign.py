"""A foreign ONNX file runs once in a process of its own; our own weights must be as published."""

from pathlib import Path

import numpy as np
import pytest

from focalface.tools import paths
from focalface.tools.describers.embedded.networks import Networks
from focalface.tools.detection.detect import Detector
from focalface.tools.errors import ModelDamagedError
from focalface.tools.models import catalog, trial

onnx = pytest.importorskip("onnx")
from onnx import TensorProto, helper, numpy_helper  # noqa: E402


def saved(path: Path, nodes: list, constants: dict[str, np.ndarray]) -> Path:
    """A graph over an ordinary picture input with the nine outputs of a face detector."""
    shape = [1, 3, 640, 640]
    graph = helper.make_graph(
        nodes,
        "hostile",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info(f"y{n}", TensorProto.FLOAT, None) for n in range(9)],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    opset = [helper.make_opsetid("", 17)]
    onnx.save(helper.make_model(graph, opset_imports=opset, ir_version=8), path)
    return path


def nine(name: str) -> list:
    return [helper.make_node("Identity", [name], [f"y{n}"]) for n in range(9)]


def endless(path: Path) -> Path:
    """Counts to 2^60."""
    body = helper.make_graph(
        [
            helper.make_node("Identity", ["go"], ["go_on"]),
            helper.make_node("Add", ["v", "one"], ["v_out"]),
        ],
        "body",
        [
            helper.make_tensor_value_info("i", TensorProto.INT64, []),
            helper.make_tensor_value_info("go", TensorProto.BOOL, []),
            helper.make_tensor_value_info("v", TensorProto.FLOAT, [1]),
        ],
        [
            helper.make_tensor_value_info("go_on", TensorProto.BOOL, []),
            helper.make_tensor_value_info("v_out", TensorProto.FLOAT, [1]),
        ],
    )
    loop = helper.make_node("Loop", ["times", "yes", "one"], ["sum"], body=body)
    constants = {
        "times": np.array(2**60),
        "yes": np.array(True),
        "one": np.array([1], np.float32),
    }
    return saved(path, [loop, *nine("sum")], constants)


def greedy(path: Path) -> Path:
    """Asks for 160 GB."""
    fill = helper.make_node("ConstantOfShape", ["many"], ["zeros"])
    return saved(path, [fill, *nine("zeros")], {"many": np.array([40_000_000_000])})


def test_a_graph_that_never_ends_is_ended_and_refused(tmp_path: Path) -> None:
    file = endless(tmp_path / "endless.onnx")
    with pytest.raises(ModelDamagedError, match=r"endless\.onnx.* seconds"):
        trial.passed(file, "first", seconds=2)


def test_a_graph_that_asks_for_all_memory_is_refused_in_a_sentence(tmp_path: Path) -> None:
    picture = np.zeros((64, 64, 3), np.uint8)
    with pytest.raises(ModelDamagedError, match=r"greedy\.onnx") as caught:
        Detector(str(greedy(tmp_path / "greedy.onnx"))).detect(picture)
    assert "\n" not in str(caught.value)


def test_a_good_foreign_file_passes_and_is_tried_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "good.onnx"
    file.write_bytes((paths.WEIGHTS / "detector.onnx").read_bytes())
    trial.passed(file, "good")
    monkeypatch.setattr(trial.subprocess, "run", None)
    trial.passed(file, "good")


@pytest.mark.parametrize("name", ["detector.onnx", "reading_net.onnx"])
def test_a_flipped_bit_in_our_own_weights_is_found_when_they_are_loaded(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for file in paths.WEIGHTS.iterdir():
        if file.suffix in {".onnx", ".json"}:
            (tmp_path / file.name).write_bytes(file.read_bytes())
    data = bytearray((tmp_path / name).read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / name).write_bytes(data)
    monkeypatch.setattr(catalog, "WEIGHTS", tmp_path)
    monkeypatch.setattr(catalog, "MANIFEST", tmp_path / "manifest.json")
    monkeypatch.setattr(paths, "WEIGHTS", tmp_path)
    with pytest.raises(ModelDamagedError, match=rf"{name}.*wrong SHA-256.*reinstall"):
        if name == "detector.onnx":
            Detector().detect(np.zeros((64, 64, 3), np.uint8))
        else:
            Networks(tmp_path, 1)
