"""Cut a landmark network of version 2 down to what is still read from it.

    python -m focalface.tools.training.describer.face.slim OLD.onnx tools/weights/face_net.onnx

Version 2 also read emotion, age and thirty-one blendshapes, by a second branch and from the mirror
image, one face at a time. What stays are the landmarks, the pose and the two blendshapes of closed
eyes, with the same weights and so the same values, for any number of faces at once.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnx.utils import Extractor

VERSION = 3
LIDS = (("AU43", "left"), ("AU43", "right"))
"""Channels of the output ``units`` that become the output ``lids``."""
MIRRORED, FIRST = "cat", "slice_1"
"""Where the crop and its mirror image become one batch, and where the crop's half is taken out."""


Shapes = dict[str, list[str | int | None]]
"""Input or output -> its sides; a name for a free one, None where another one is to be found."""


def slim(model: onnx.ModelProto) -> onnx.ModelProto:
    """The smaller network: ``crop`` (N, 1, 96, 96) -> ``landmarks`` (N, P, 2), ``pose`` (N, 3),
    ``lids`` (N, 2), the subject's left eye first."""
    about = json.loads(model.metadata_props[0].value)
    rows = [about["units"].index(list(channel)) for channel in LIDS]
    _unbatch(model.graph)
    _only_rows(model.graph, rows)
    shapes: Shapes = {
        "landmarks": ["count", None, 2],
        "pose": ["count", 3],
        "lids": ["count", len(rows)],
    }
    small = Extractor(model).extract_model(["crop"], ["landmarks", "pose", "units"])
    _renamed(small.graph, "units", "lids")
    _declare(small.graph, shapes)
    del small.metadata_props[:]
    helper.set_model_props(small, {"focalface": json.dumps({"version": VERSION})})
    onnx.checker.check_model(small, full_check=True)
    return small


def _unbatch(graph: onnx.GraphProto) -> None:
    """Drop what made one face of a crop and its mirror image, and free the first axis."""
    constants = {c.name: numpy_helper.to_array(c) for c in graph.initializer}
    by_output = {node.output[0]: node for node in graph.node}
    for node in list(graph.node):
        first_of = node.op_type == "Gather" and constants[node.input[1]].shape == ()
        if first_of or node.output[0] in (MIRRORED, FIRST):
            _bypass(graph, by_output[node.output[0]])
        if node.op_type == "Reshape" and node.input[1] in constants:
            shape = constants[node.input[1]].copy()
            if shape[0] in (1, 2):
                shape[0] = -1
                _set(graph, node.input[1], shape)


def _bypass(graph: onnx.GraphProto, node: onnx.NodeProto) -> None:
    """Take a node out; what read it reads its first input."""
    source, name = node.input[0], node.output[0]
    graph.node.remove(node)
    if any(name == output.name for output in graph.output):
        for other in graph.node:
            other.output[:] = [name if o == source else o for o in other.output]
            other.input[:] = [name if i == source else i for i in other.input]
        return
    for other in graph.node:
        other.input[:] = [source if i == name else i for i in other.input]


def _only_rows(graph: onnx.GraphProto, rows: list[int]) -> None:
    """Keep some rows of the last layer of ``units``, and of what scales it."""
    for constant in list(graph.initializer):
        name = constant.name
        if "heads.units" in name or name in ("read.std", "read.mean"):
            _set(graph, name, numpy_helper.to_array(constant)[rows])


def _set(graph: onnx.GraphProto, name: str, value: NDArray[np.generic]) -> None:
    constant = next(c for c in graph.initializer if c.name == name)
    constant.CopyFrom(numpy_helper.from_array(value, name))


def _renamed(graph: onnx.GraphProto, old: str, new: str) -> None:
    for node in graph.node:
        node.output[:] = [new if o == old else o for o in node.output]
    next(output for output in graph.output if output.name == old).name = new


def _declare(graph: onnx.GraphProto, shapes: Shapes) -> None:
    """State the shapes of the inputs and outputs; what lies between is inferred anew."""
    side = graph.input[0].type.tensor_type.shape.dim[-1].dim_value
    del graph.value_info[:]
    for values, named in (
        (graph.input, {"crop": ["count", 1, side, side]}),
        (graph.output, shapes),
    ):
        for value in values:
            shape = named[value.name]
            value.CopyFrom(helper.make_tensor_value_info(value.name, TensorProto.FLOAT, shape))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    args = parser.parse_args()
    args.new.write_bytes(slim(onnx.load(args.old)).SerializeToString())


if __name__ == "__main__":
    main()
