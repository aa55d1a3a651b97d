"""Train and export the embedded face detector.

    python -m focalface.tools.training.detector.cli train --steps 15000
    python -m focalface.tools.training.detector.cli export

The pack is described in ``tools/weights/detector.md``. Training resumes from its checkpoint.
"""

import copy
from pathlib import Path
from typing import Annotated

import cv2
import numpy as np
import onnx
import torch
import typer

from focalface.tools import paths
from focalface.tools.detection.second_stage import pixels
from focalface.tools.training import manifest
from focalface.tools.training.detector import model as detector_model
from focalface.tools.training.detector import second_stage_model, second_stage_train
from focalface.tools.training.detector import train as detector_train
from focalface.tools.training.detector.data import DetectionPack
from focalface.tools.training.quantise import quantise

app = typer.Typer(add_completion=False, help=__doc__, no_args_is_help=True)

Run = Annotated[Path, typer.Option(help="Folder of checkpoints and the decoded pack.")]
DEFAULT_RUN = paths.home() / "training" / "detector"
SECOND_SIDE = 384


@app.command()
def train(
    run: Run = DEFAULT_RUN,
    name: Annotated[str, typer.Option(help="Name of the checkpoint.")] = "detector",
    start: Annotated[
        str | None, typer.Option(help="Checkpoint, or path of an ONNX file, to start from.")
    ] = None,
    steps: int = 15000,
    batch: int = 16,
    side: Annotated[int, typer.Option(help="Window in pixels, a multiple of 32.")] = 320,
    rate: float = 2e-3,
    seed: int = 1,
    threads: int = 1,
    device: str = "cuda" if torch.cuda.is_available() else "cpu",
) -> None:
    """Train, or go on with a run that was broken off."""
    pack = _pack(run, threads)
    plan = detector_train.Plan(steps, batch, side, rate, seed, device)
    before = None
    if start:
        before = Path(start) if start.endswith(".onnx") else run / f"{start}.pt"
    detector_train.train(pack, plan, run / f"{name}.pt", before)


@app.command()
def export(
    run: Run = DEFAULT_RUN,
    name: Annotated[str, typer.Option(help="Name of the checkpoint.")] = "detector",
    out: Path = paths.WEIGHTS / "detector.onnx",
    before: Annotated[
        str | None, typer.Option(help="Checkpoint that the run started from, averaged in.")
    ] = None,
    share: Annotated[float, typer.Option(help="Weight of that one.")] = 0.2,
) -> None:
    """Write the averaged weights of a checkpoint as ONNX."""
    model = detector_train.load_average(run / f"{name}.pt")
    if before:
        detector_train.blend(model, detector_train.load_average(run / f"{before}.pt"), share)
    detector_model.export(copy.deepcopy(model), out)
    typer.echo(f"{out}: {out.stat().st_size / 1e6:.2f} MB")
    if out.parent == paths.WEIGHTS:
        manifest.write()


@app.command()
def train_second(
    run: Run = DEFAULT_RUN,
    name: Annotated[str, typer.Option(help="Name of the checkpoint.")] = "second_stage",
    start: Annotated[str | None, typer.Option(help="Checkpoint to start from.")] = None,
    steps: int = 8000,
    batch: int = 96,
    side: Annotated[int, typer.Option(help="Window in pixels, a multiple of 32.")] = SECOND_SIDE,
    rate: float = 2e-3,
    seed: int = 1,
    threads: int = 1,
    device: str = "cuda" if torch.cuda.is_available() else "cpu",
) -> None:
    """Train the second stage on faces and on the mistakes of the first, or go on with a run."""
    pack = _pack(run, threads)
    plan = detector_train.Plan(steps, batch, side, rate, seed, device)
    before = run / f"{start}.pt" if start else None
    second_stage_train.train(pack, plan, run / f"{name}.pt", before)


@app.command()
def export_second(
    run: Run = DEFAULT_RUN,
    name: Annotated[str, typer.Option(help="Name of the checkpoint.")] = "second_stage",
    out: Path = paths.WEIGHTS / "detector_second.onnx",
) -> None:
    """Write the averaged weights of the second stage as ONNX with convolutions in 8 bits."""
    source = second_stage_train.Mistakes(_pack(run, threads=1), SECOND_SIDE)
    seen = [source.draw(np.random.default_rng(seed), most=8)[0] for seed in range(16)]
    model = second_stage_train.load_average(run / f"{name}.pt")
    feeds = [{"pixels": pixels(crops)} for crops in seen]
    onnx.save(quantise(second_stage_model.graph(model), feeds), out)
    typer.echo(f"{out}: {out.stat().st_size / 1e6:.2f} MB")
    if out.parent == paths.WEIGHTS:
        manifest.write()


def _pack(run: Path, threads: int) -> DetectionPack:
    """Return the decoded pack; from here on PyTorch and OpenCV use so many threads."""
    torch.set_num_threads(threads)
    cv2.setNumThreads(threads)
    return DetectionPack(paths.shared() / "data" / "detection", run / "cache")


if __name__ == "__main__":
    app()
