"""Write the trained describer as two ONNX files.

    python -m focalface.tools.training.describer_export

``face_net.onnx``, run once a face: ``crop`` (1, 1, 96, 96) grey 0..255 -> ``landmarks`` (P, 2) as
fractions of the crop, ``pose`` (3) pitch, yaw, roll in degrees within the crop, ``emotion`` (7)
and ``age`` (101) probabilities, ``units`` (C) intensities 0..1 of the whole face, and ``tokens``
(144, T) for the second file. ``region_head.onnx``: ``tokens`` and ``masks`` (K, 144), coverage
0..1 of the 12 x 12 cells -> the same three attributes for K regions.

Large weights are stored in half precision and widened when the file is loaded. What the runtime
must know (classes, channels, what may be assessed where) travels as JSON in the metadata.
"""

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from focalface.tools.describers.alignment import CROP, TEMPLATE, TOKENS
from focalface.tools.landmarks import MESH
from focalface.tools.paths import WEIGHTS
from focalface.tools.training import manifest
from focalface.tools.training.describer_batches import Rows
from focalface.tools.training.describer_cache import DEFAULT_CACHE
from focalface.tools.training.describer_calibrate import (
    LEAST_CORRELATION,
    Calibration,
    calibrate,
)
from focalface.tools.training.describer_labels import CHANNELS, EMOTION_CLASSES
from focalface.tools.training.describer_model import Attributes, Describer, scale


class Reader(nn.Module):
    """Raw attributes to what is reported: calibrated probabilities and clipped intensities."""

    mean: Tensor
    std: Tensor

    def __init__(self, rows: Rows, heat: float) -> None:
        super().__init__()
        self.heat = heat
        self.register_buffer("mean", torch.from_numpy(rows.unit_mean.astype(np.float32)))
        self.register_buffer("std", torch.from_numpy(rows.unit_std.astype(np.float32)))

    def forward(self, out: Attributes) -> tuple[Tensor, Tensor, Tensor]:
        """Emotion and age probabilities, unit intensities."""
        return (
            torch.softmax(out.emotion / self.heat, -1),
            torch.softmax(out.age, -1),
            (out.units * self.std + self.mean).clamp(0, 1),
        )


class FaceNet(nn.Module):
    """The part that runs once a face."""

    def __init__(self, model: Describer, read: Reader) -> None:
        super().__init__()
        self.model, self.read = model, read

    def forward(self, crop: Tensor) -> tuple[Tensor, ...]:
        """See the module."""
        features = self.model.trunk(scale(crop))
        points, pose, face = self.model.face(features)
        tokens = self.model.region.tokens(features)
        attributes = self.read(Attributes(*(t[0] for t in face)))
        return points[0], pose[0] * 30, *attributes, tokens[0]


class RegionHead(nn.Module):
    """The part that runs for any set of regions of one face."""

    def __init__(self, model: Describer, read: Reader) -> None:
        super().__init__()
        self.model, self.read = model, read

    def forward(self, tokens: Tensor, masks: Tensor) -> tuple[Tensor, ...]:
        """See the module."""
        out = self.model.region.read(tokens[None], masks[None])
        return self.read(Attributes(*(t[0] for t in out)))


def trained(path: Path, points: tuple[int, ...] = MESH) -> Describer:
    """The averaged weights of a checkpoint, with only the landmarks ``points`` of the mesh left."""
    state = torch.load(path, map_location="cpu")["average"]
    weights = {k.removeprefix("module."): v for k, v in state.items() if k.startswith("module.")}
    for name in ("weight", "bias"):
        full = weights[f"face.points.{name}"]
        kept = full.unflatten(0, (478, 2))[list(points)].flatten(0, 1)
        weights[f"face.points.{name}"] = kept
    model = Describer(points=len(points))
    model.load_state_dict(weights)
    return model.eval()


def _half(model: onnx.ModelProto) -> None:
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


def _write(
    module: nn.Module,
    example: tuple[Tensor, ...],
    path: Path,
    names: tuple[list[str], list[str]],
    metadata: dict[str, Any],
) -> None:
    dynamic = {"masks": {0: torch.export.Dim("regions", min=1, max=4096)}}
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw.onnx"
        torch.onnx.export(
            module,
            example,
            raw,
            input_names=names[0],
            output_names=names[1],
            dynamic_shapes={n: dynamic.get(n) for n in names[0]},
            external_data=False,
            dynamo=True,
            verbose=False,
        )
        model = onnx.load(raw)
    _half(model)
    del model.metadata_props[:]
    for node in model.graph.node:
        node.doc_string = ""
        del node.metadata_props[:]
    for value in [*model.graph.value_info, *model.graph.input, *model.graph.output]:
        del value.metadata_props[:]
    helper.set_model_props(model, {"focalface": json.dumps(metadata)})
    onnx.checker.check_model(model, full_check=True)
    path.write_bytes(model.SerializeToString())


def metadata(calibration: Calibration) -> dict[str, Any]:
    """What the runtime must know besides the weights."""
    return {
        "version": 1,
        "crop": CROP,
        "tokens": TOKENS,
        "template": TEMPLATE.tolist(),
        "emotions": list(EMOTION_CLASSES),
        "units": [[c.code, c.side] for c in CHANNELS],
        "age_half": list(calibration.age_half),
        "assessed_on_face": calibration.assessed_on_face,
        "assessed_in_regions": calibration.assessed_in_regions,
    }


def export(model: Describer, rows: Rows, calibration: Calibration, out: Path) -> None:
    """Write both files into ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    about = metadata(calibration)
    attributes = ["emotion", "age", "units"]
    crop = torch.full((1, 1, CROP, CROP), 127.0)
    face = FaceNet(model, Reader(rows, calibration.emotion_heat[0])).eval()
    with torch.no_grad():
        tokens = face(crop)[-1]
    _write(
        face,
        (crop,),
        out / "face_net.onnx",
        (["crop"], ["landmarks", "pose", *attributes, "tokens"]),
        about,
    )
    head = RegionHead(model, Reader(rows, calibration.emotion_heat[1])).eval()
    masks = torch.rand(3, TOKENS * TOKENS)
    names = (["tokens", "masks"], attributes)
    _write(head, (tokens, masks), out / "region_head.onnx", names, about)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, default=DEFAULT_CACHE)
    parser.add_argument("--run", type=Path, default=DEFAULT_CACHE / "run")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--least-correlation", type=float, default=LEAST_CORRELATION)
    args = parser.parse_args()
    torch.set_num_threads(1)
    rows = Rows(args.cache)
    model = trained(args.run / "checkpoint.pt")
    calibration = calibrate(model, rows, args.least_correlation)
    print(json.dumps(calibration._asdict(), indent=1))  # noqa: T201
    export(model, rows, calibration, args.out)
    if args.out == WEIGHTS:
        manifest.write()


if __name__ == "__main__":
    main()
