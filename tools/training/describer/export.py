"""Write the trained describer as two ONNX files.

    python -m focalface.tools.training.describer.export

``face_net.onnx``, run once a face: ``crop`` (1, 1, 96, 96) grey 0..255 -> ``landmarks`` (P, 2) as
fractions of the crop, ``pose`` (3) pitch, yaw, roll in degrees within the crop, ``emotion`` (7)
and ``age`` (101) probabilities, ``units`` (C) intensities 0..1 of the whole face.
``region_head.onnx``: the same ``crop``, ``masks`` (K, 48, 48) bytes and ``frames`` (K, 3), see
``alignment.frames_of`` -> the same three attributes for K regions.

Convolutions run in 8 bits; other large weights are stored in half precision and widened when the
file is loaded. What the runtime must know (classes, channels, what may be assessed where) travels
as JSON in the metadata.
"""

import argparse
import json
import tempfile
from collections.abc import Iterable
from copy import deepcopy
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from focalface.tools.describers.embedded.alignment import CROP, RASTER, TEMPLATE
from focalface.tools.paths import WEIGHTS
from focalface.tools.training import manifest
from focalface.tools.training.describer.batches import Batcher, Rows
from focalface.tools.training.describer.cache import DEFAULT_CACHE
from focalface.tools.training.describer.calibrate import LEAST_CORRELATION, Calibration, calibrate
from focalface.tools.training.describer.labels import CHANNELS, EMOTION_CLASSES
from focalface.tools.training.describer.model import Attributes, scale
from focalface.tools.training.describer.networks import Networks
from focalface.tools.training.describer.region_model import REGIONS_A_FACE, SHARES
from focalface.tools.training.quantise import Feed, quantise


class Reader(nn.Module):
    """Raw attributes to what is reported: calibrated probabilities and clipped intensities."""

    mean: Tensor
    std: Tensor

    def __init__(self, rows: Rows, heat: float, spread: list[float]) -> None:
        super().__init__()
        self.heat = heat
        std = rows.unit_std * np.array(spread)
        self.register_buffer("mean", torch.from_numpy(rows.unit_mean.astype(np.float32)))
        self.register_buffer("std", torch.from_numpy(std.astype(np.float32)))

    def forward(self, out: Attributes) -> tuple[Tensor, Tensor, Tensor]:
        """Emotion and age probabilities, unit intensities."""
        return (
            torch.softmax(out.emotion / self.heat, -1),
            torch.softmax(out.age, -1),
            (out.units * self.std + self.mean).clamp(0, 1),
        )


class FaceNet(nn.Module):
    """The part that runs once a face."""

    def __init__(self, networks: Networks, read: Reader) -> None:
        super().__init__()
        self.face, self.emotion, self.read = networks.face, networks.emotion, read
        self.look = networks.look

    def forward(self, crop: Tensor) -> tuple[Tensor, ...]:
        """See the module."""
        points, pose, face = self.look(scale(crop))
        attributes = self.read(Attributes(*(t[0] for t in face)))
        return points[0], pose[0] * 30, *attributes


class RegionHead(nn.Module):
    """The part that runs for any set of regions of one face."""

    def __init__(self, networks: Networks, read: Reader) -> None:
        super().__init__()
        self.regions, self.read = deepcopy(networks.regions), read
        for block in self.regions.stages:
            block.short = strided(block.short)

    def forward(self, crop: Tensor, masks: Tensor, frames: Tensor) -> tuple[Tensor, ...]:
        """See the module."""
        out = self.regions(scale(crop), masks[None], frames[None])
        return self.read(Attributes(*(t[0] for t in out)))


def strided(short: nn.Sequential) -> nn.Sequential:
    """A shortcut's pool and 1 x 1 convolution as one strided convolution: half the time, and
    nothing is rounded to 8 bits between them."""
    pool, (conv, norm) = short
    side = pool.kernel_size
    one = nn.Conv2d(conv.in_channels, conv.out_channels, side, side, bias=False)
    one.weight.data = (conv.weight.data / side**2).repeat(1, 1, side, side)
    return nn.Sequential(one, norm)


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
    feeds: Iterable[Feed],
) -> None:
    regions = {0: torch.export.Dim("regions", min=1, max=4096)}
    dynamic = {"masks": regions, "frames": regions}
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
        model = quantise(onnx.load(raw), feeds)
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
        "version": 2,
        "crop": CROP,
        "raster": RASTER,
        "template": TEMPLATE.tolist(),
        "emotions": list(EMOTION_CLASSES),
        "units": [[c.code, c.side] for c in CHANNELS],
        "age_half": list(calibration.age_half),
        "emotion_heat": list(calibration.emotion_heat[:2]),
        "assessed_on_face": calibration.assessed_on_face,
        "assessed_in_regions": calibration.assessed_in_regions,
    }


def export(networks: Networks, rows: Rows, calibration: Calibration, out: Path) -> None:
    """Write both files into ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    about = metadata(calibration)
    attributes = ["emotion", "age", "units"]
    # The temperature of a whole face depends on its width, which the graph does not know.
    heats = (1.0, calibration.emotion_heat[2])
    readers = [
        Reader(rows, heat, spread)
        for heat, spread in zip(heats, calibration.unit_spread, strict=True)
    ]
    crop = torch.full((1, 1, CROP, CROP), 127.0)
    masks = torch.full((3, RASTER, RASTER), 255, dtype=torch.uint8)
    frames = torch.tensor([[0.5, 0.5, 0.5]]).repeat(3, 1)
    face = FaceNet(networks, readers[0]).eval()
    names = (["crop"], ["landmarks", "pose", *attributes])
    feeds = _feeds(rows)
    crops: list[Feed] = [{"crop": feed["crop"]} for feed in feeds]
    _write(face, (crop,), out / "face_net.onnx", names, about, crops)
    head = RegionHead(networks, readers[1]).eval()
    names = (["crop", "masks", "frames"], attributes)
    _write(head, (crop, masks, frames), out / "region_head.onnx", names, about, feeds)


def _feeds(rows: Rows, count: int = 300) -> list[Feed]:
    """Training faces with regions, one at a time, to measure the ranges of activations."""
    batch = Batcher(rows, np.random.default_rng(0), REGIONS_A_FACE, SHARES)(count, CROP)
    parts = zip(batch.crops, batch.masks, batch.frames, strict=True)
    return [
        {"crop": crop[None].float().numpy(), "masks": masks.numpy(), "frames": frames.numpy()}
        for crop, masks, frames in parts
    ]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, default=DEFAULT_CACHE)
    parser.add_argument("--runs", type=Path, help="folder of the three runs; default: the cache")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--least-correlation", type=float, default=LEAST_CORRELATION)
    args = parser.parse_args()
    torch.set_num_threads(1)
    rows = Rows(args.cache)
    networks = Networks.load(args.runs or args.cache)
    calibration = calibrate(networks, rows, args.least_correlation)
    print(json.dumps(calibration._asdict(), indent=1))  # noqa: T201
    export(networks, rows, calibration, args.out)
    if args.out == WEIGHTS:
        manifest.write()


if __name__ == "__main__":
    main()
