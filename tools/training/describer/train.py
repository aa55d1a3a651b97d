"""Train one of the describer's three networks: face, emotion or regions.

    python -m focalface.tools.training.describer.train face --hours 1.2
    python -m focalface.tools.training.describer.train face --start tools/weights/face_net.onnx
    python -m focalface.tools.training.describer.train emotion --start CACHE/face/checkpoint.pt
    python -m focalface.tools.training.describer.train regions

The schedule follows the clock (progress = time spent / ``--hours``), so that a run ends when it was
meant to on any machine, the learning rate down to zero along a cosine. Stop it whenever you like:
the same command goes on from the last checkpoint.
"""

import argparse
import json
import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np
import torch
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel
from tqdm import tqdm

from focalface.tools.describers.embedded.alignment import CROP
from focalface.tools.face.landmarks import MESH
from focalface.tools.training.describer import emotion_model, region_model
from focalface.tools.training.describer.batches import SHARES, Batch, Batcher, Rows
from focalface.tools.training.describer.cache import DEFAULT_CACHE
from focalface.tools.training.describer.emotion_model import EmotionReader
from focalface.tools.training.describer.losses import face_loss
from focalface.tools.training.describer.model import FaceReader, scale
from focalface.tools.training.describer.validate import (
    emotion_figures,
    face_figures,
    region_figures,
)
from focalface.tools.training.published import restore


class Task(NamedTuple):
    """What sets one network apart from the others."""

    model: Callable[[], nn.Module]
    loss: Callable[[Any, Batch], tuple[Tensor, dict[str, float]]]
    figures: Callable[[Any, Rows], dict[str, float]]
    shares: dict[str, float]
    regions: int


TASKS = {
    "face": Task(FaceReader, face_loss, face_figures, SHARES, 0),
    "emotion": Task(EmotionReader, emotion_model.loss, emotion_figures, emotion_model.SHARES, 0),
    "regions": Task(
        region_model.RegionReader,
        region_model.loss,
        region_figures,
        region_model.SHARES,
        region_model.REGIONS_A_FACE,
    ),
}


@dataclass(frozen=True)
class Plan:
    """The knobs of a run."""

    hours: float
    batch: int = 96
    rate: float = 2e-3
    decay: float = 0.05
    seed: int = 0

    def rate_at(self, progress: float) -> float:
        """Learning rate: linear warm-up over 2 %, then a cosine to zero."""
        if progress < 0.02:
            return self.rate * max(progress, 1e-4) / 0.02
        return self.rate * 0.5 * (1 + math.cos(math.pi * min(1.0, (progress - 0.02) / 0.98)))


def _optimizer(model: nn.Module, plan: Plan) -> torch.optim.Optimizer:
    plain = [p for p in model.parameters() if p.ndim < 2]
    heavy = [p for p in model.parameters() if p.ndim >= 2]
    return torch.optim.AdamW(
        [{"params": heavy, "weight_decay": plan.decay}, {"params": plain, "weight_decay": 0.0}],
        lr=plan.rate,
        betas=(0.9, 0.98),
    )


def fill(model: nn.Module, checkpoint: Path) -> None:
    """Give ``model`` the averaged weights of a checkpoint."""
    state = torch.load(checkpoint, map_location="cpu")["average"]
    weights = {k.removeprefix("module."): v for k, v in state.items() if k.startswith("module.")}
    model.load_state_dict(weights)


def _average(model: nn.Module) -> AveragedModel:
    """Exponential average over about 200 steps, shorter at first; batch statistics included."""

    def blend(old: torch.Tensor, new: torch.Tensor, count: torch.Tensor | int) -> torch.Tensor:
        keep = min(0.995, (1 + int(count)) / (10 + int(count)))
        return old * keep + new * (1 - keep) if old.is_floating_point() else new

    return AveragedModel(model, avg_fn=blend, use_buffers=True)


def fresh(task: Task, plan: Plan, rows: Rows, start: Path | None) -> nn.Module:
    """A new network. A face network begins at the mean face, or with published weights; an emotion
    network begins as the face network of the checkpoint ``start``, a region network goes on from
    one of its own."""
    torch.manual_seed(plan.seed)
    model = task.model()
    if isinstance(model, EmotionReader):
        if start is None:
            raise SystemExit("Give the checkpoint of a trained face network with --start.")
        fill(model, start)
    elif isinstance(model, FaceReader):
        mean = torch.from_numpy(rows.mean_mesh[list(MESH)])
        model.face.points.bias.data.copy_(mean.flatten())
        if start:
            batcher = Batcher(rows, np.random.default_rng(plan.seed), 0, task.shares)
            batches = [batcher(plan.batch, CROP) for _ in range(8)]
            restore(model, start, [scale(batch.crops) for batch in batches], prefix="face.")
    elif start:
        fill(model, start)
    return model


class Run:
    """Everything that a checkpoint holds; goes on from the one in ``folder`` when there is one."""

    def __init__(
        self, task: Task, plan: Plan, folder: Path, model: nn.Module, device: torch.device
    ) -> None:
        self.task, self.plan, self.folder, self.device = task, plan, folder, device
        self.path = folder / "checkpoint.pt"
        self.model = model.to(device, memory_format=torch.channels_last).train()
        self.average = _average(self.model)
        self.optimizer = _optimizer(self.model, plan)
        self.step, self.spent = 0, 0.0
        if self.path.exists():
            state = torch.load(self.path, map_location=device)
            self.model.load_state_dict(state["model"])
            self.average.load_state_dict(state["average"])
            self.optimizer.load_state_dict(state["optimizer"])
            self.step, self.spent = state["step"], state["spent"]

    @property
    def progress(self) -> float:
        """Share of the time that is spent."""
        return self.spent / (self.plan.hours * 3600)

    def save(self) -> None:
        """Write the checkpoint; a half-written one never replaces a whole one."""
        part = self.path.with_suffix(".part")
        parts = {"model": self.model, "average": self.average, "optimizer": self.optimizer}
        torch.save(
            {k: v.state_dict() for k, v in parts.items()}
            | {"step": self.step, "spent": self.spent},
            part,
        )
        part.replace(self.path)

    def train_step(self, batcher: Batcher) -> dict[str, float]:
        """One batch."""
        for group in self.optimizer.param_groups:
            group["lr"] = self.plan.rate_at(self.progress)
        batch = batcher(self.plan.batch, CROP)
        with torch.autocast(self.device.type, torch.bfloat16):
            loss, parts = self.task.loss(self.model, batch.to(self.device))
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 5.0)
        self.optimizer.step()
        self.average.update_parameters(self.model)
        self.step += 1
        return parts


@contextmanager
def _clock(run: Run) -> Iterator[None]:
    start = time.monotonic()
    yield
    run.spent += time.monotonic() - start


def train(run: Run, rows: Rows, every_s: float) -> None:
    """Train until the time is spent; every ``every_s`` seconds validate, log and save."""
    rng = np.random.default_rng([run.plan.seed, run.step])
    batcher = Batcher(rows, rng, run.task.regions, run.task.shares)
    bar = tqdm(total=100, unit="%", bar_format="{l_bar}{bar}| {elapsed} {postfix}")
    due = run.spent + every_s
    while run.progress < 1:
        with _clock(run):
            parts = run.train_step(batcher)
        bar.n = 100 * run.progress
        bar.set_postfix(step=run.step, **{k: f"{v:.3f}" for k, v in parts.items()})
        if run.spent >= due or run.progress >= 1:
            due = run.spent + every_s
            with _clock(run):
                figures = run.task.figures(run.average.module, rows)
                run.save()
            line = {"step": run.step, "progress": round(run.progress, 4), **parts, **figures}
            with (run.folder / "log.jsonl").open("a") as log:
                log.write(json.dumps(line) + "\n")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("task", choices=TASKS)
    parser.add_argument("--cache", type=Path, default=DEFAULT_CACHE)
    parser.add_argument("--out", type=Path, help="default: a folder named as the task in the cache")
    parser.add_argument(
        "--start",
        type=Path,
        help="face: face_net.onnx to go on from; emotion: face/checkpoint.pt; regions: their own",
    )
    parser.add_argument("--hours", type=float, default=1.2)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rate", type=float, default=Plan.rate)
    parser.add_argument("--batch", type=int, default=Plan.batch)
    parser.add_argument("--every", type=float, default=240.0, help="seconds between checkpoints")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    cv2.setNumThreads(1)
    out = args.out or args.cache / args.task
    out.mkdir(parents=True, exist_ok=True)
    plan = Plan(args.hours, args.batch, args.rate, seed=args.seed)
    rows = Rows(args.cache)
    task = TASKS[args.task]
    model = fresh(task, plan, rows, args.start)
    train(Run(task, plan, out, model, torch.device(args.device)), rows, args.every)


if __name__ == "__main__":
    main()
