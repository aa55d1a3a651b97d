"""Write trained networks as ONNX files.

    python -m focalface.tools.training.describer.export reading part
    python -m focalface.tools.training.describer.calibrate

``reading_net.onnx``: ``crop`` (N, 1, 96, 96) grey 0..255 -> ``landmarks`` (N, P, 2) as fractions of
the crop and ``pose`` (N, 3) pitch, yaw, roll in degrees within the crop; probabilities: ``lids``
(N, 2) that the eye of the left and of the right half of the picture is closed; ``units`` (N, 16, 2)
that a coder says at least slight, and clear; ``sides`` (N, 2, 16, 2) the same for each half;
``emotion`` (N, 7), ``age`` (N, 101), and every category of ``codes``.
The runtime averages a crop and its mirror image.

``part_net.onnx``: ``patches`` and ``masks`` (K, 16, 16, 16) bytes, folded (``patches.folded``),
``frames`` (K, 3) centre x, y and side in crop fractions -> ``emotion`` (K, 7), ``age`` (K, 101).

Convolutions run in 8 bits; other large weights are stored in half precision and widened when the
file is loaded. ``calibrate`` then adds what the runtime must know as JSON in the metadata.
"""

import argparse
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from focalface.tools.describers.embedded.alignment import CROP
from focalface.tools.describers.embedded.patches import CELLS, folded
from focalface.tools.paths import WEIGHTS
from focalface.tools.training import manifest
from focalface.tools.training.describer import augment as aug
from focalface.tools.training.describer.blocks import Block, strided
from focalface.tools.training.describer.cache import DEFAULT_CACHE
from focalface.tools.training.describer.checkpoints import averaged
from focalface.tools.training.describer.parts.batches import PartExamples
from focalface.tools.training.describer.parts.model import PartNet
from focalface.tools.training.describer.reading.model import ReadingNet
from focalface.tools.training.describer.reading.views import OUTPUTS, OneView
from focalface.tools.training.describer.rows import Rows
from focalface.tools.training.quantise import Feed, quantise

FEEDS = 200
"""Training inputs on which the ranges of activations are measured."""


class PartReader(nn.Module):
    """:class:`PartNet` with probabilities."""

    def __init__(self, net: PartNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, patches: Tensor, masks: Tensor, frames: Tensor) -> tuple[Tensor, Tensor]:
        """See the module."""
        found = self.net.of_cells(patches, masks, frames)
        return torch.softmax(found.emotion, -1), torch.softmax(found.age, -1)


class Kind(NamedTuple):
    """How one network becomes a file."""

    network: Callable[[], nn.Module]
    reader: Callable[[nn.Module], nn.Module]
    example: dict[str, Tensor]
    outputs: tuple[str, ...]
    feeds: Callable[[Rows], list[Feed]]


def crops(rows: Rows) -> list[Feed]:
    """Training crops, one at a time."""
    rng = np.random.default_rng(0)
    index = rng.choice(np.flatnonzero(rows.training), FEEDS, replace=False)
    return [
        {
            "crop": aug.warp(rows.picture(int(i)), moved(rows, int(i), rng), CROP)[
                None, None
            ].astype(np.float32)
        }
        for i in index
    ]


def moved(rows: Rows, i: int, rng: np.random.Generator) -> aug.Place:
    """Return the alignment of a row, a little off."""
    return aug.Place(*rows.place(i)).then(*aug.jitter(rng))


def parts(rows: Rows) -> list[Feed]:
    """Training parts, eight at a time."""
    examples = PartExamples(rows, np.random.default_rng(0))
    batches = (examples(8) for _ in range(FEEDS // 8))
    return [
        {
            "patches": folded(b.patches.numpy()),
            "masks": folded(b.masks.numpy()),
            "frames": b.frames.numpy(),
        }
        for b in batches
    ]


_CROP = {"crop": torch.full((1, 1, CROP, CROP), 127.0)}
_PART = {
    "patches": torch.full((3, *CELLS), 127, dtype=torch.uint8),
    "masks": torch.full((3, *CELLS), 255, dtype=torch.uint8),
    "frames": torch.full((3, 3), 0.5),
}
KINDS = {
    "reading": Kind(
        ReadingNet, OneView, {"crop": _CROP["crop"].repeat(3, 1, 1, 1)},
        OUTPUTS, crops,
    ),
    "part": Kind(PartNet, PartReader, _PART, ("emotion", "age"), parts),
}  # fmt: skip
"""Name of the run -> how its network is written, as ``NAME_net.onnx``."""


def file_of(name: str) -> str:
    """Return the file of a network."""
    return f"{name}_net.onnx"


def _store_half(model: onnx.ModelProto) -> None:
    """Store large weights in half precision, with a cast back where they are used."""
    graph = model.graph
    casts = []
    for weight in list(graph.initializer):
        if weight.data_type != TensorProto.FLOAT or np.prod(weight.dims) < 1024:
            continue
        name = weight.name
        half = numpy_helper.from_array(
            numpy_helper.to_array(weight).astype(np.float16), f"{name}_half"
        )
        graph.initializer.remove(weight)
        graph.initializer.append(half)
        casts.append(helper.make_node("Cast", [half.name], [name], to=TensorProto.FLOAT))
    for cast in reversed(casts):
        graph.node.insert(0, cast)


def _traced(kind: Kind, module: nn.Module) -> onnx.ModelProto:
    free = torch.export.Dim("count", min=1, max=4096)
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw.onnx"
        torch.onnx.export(
            module,
            tuple(kind.example.values()),
            raw,
            input_names=list(kind.example),
            output_names=list(kind.outputs),
            dynamic_shapes=tuple({0: free} for _ in kind.example),
            external_data=False,
            dynamo=True,
            verbose=False,
        )
        return onnx.load(raw)


def _bare(model: onnx.ModelProto) -> None:
    """Drop what the exporter noted about its own code."""
    del model.metadata_props[:]
    for node in model.graph.node:
        node.doc_string = ""
        del node.metadata_props[:]
    for value in [*model.graph.value_info, *model.graph.input, *model.graph.output]:
        del value.metadata_props[:]


def export(name: str, network: nn.Module, feeds: Iterable[Feed], path: Path) -> None:
    """Write one trained network; ``feeds`` are inputs that it will see."""
    for block in network.modules():
        if isinstance(block, Block) and isinstance(block.short, nn.Sequential):
            block.short = strided(block.short)
    kind = KINDS[name]
    model = quantise(_traced(kind, kind.reader(network).eval()), feeds)
    _store_half(model)
    _bare(model)
    onnx.checker.check_model(model, full_check=True)
    path.write_bytes(model.SerializeToString())


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="+", choices=KINDS)
    parser.add_argument("--cache", type=Path, default=DEFAULT_CACHE)
    parser.add_argument("--runs", type=Path, help="folder of the runs; default: the cache")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    args = parser.parse_args()
    torch.set_num_threads(1)
    rows = Rows(args.cache)
    for name in args.names:
        kind = KINDS[name]
        network = kind.network()
        network.load_state_dict(averaged((args.runs or args.cache) / name / "checkpoint.pt"))
        export(name, network.eval(), kind.feeds(rows), args.out / file_of(name))
    if args.out == WEIGHTS:
        manifest.write()


if __name__ == "__main__":
    main()
