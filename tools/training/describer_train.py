"""Train the describer: ``python -m focalface.tools.training.describer_train --hours 1.2``.

The schedule follows the clock (progress = time spent / ``--hours``), so that a run ends when it was
meant to on any machine: small crops first, full size for the last part, learning rate down to
zero along a cosine. Stop it whenever you like: the same command goes on from the last checkpoint.
"""

import argparse
import json
import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.optim.swa_utils import AveragedModel
from tqdm import tqdm

from focalface.tools.describers.alignment import CROP
from focalface.tools.training.describer_batches import Batcher, Rows
from focalface.tools.training.describer_cache import DEFAULT_CACHE
from focalface.tools.training.describer_losses import total_loss
from focalface.tools.training.describer_model import Describer
from focalface.tools.training.describer_validate import quick_figures


@dataclass(frozen=True)
class Plan:
    """The knobs of a run."""

    hours: float
    batch: int = 96
    rate: float = 2e-3
    decay: float = 0.05
    small: int = 64
    small_share: float = 0.72
    seed: int = 0

    def rate_at(self, progress: float) -> float:
        """Learning rate: linear warm-up over 2 %, then a cosine to zero."""
        if progress < 0.02:
            return self.rate * max(progress, 1e-4) / 0.02
        return self.rate * 0.5 * (1 + math.cos(math.pi * min(1.0, (progress - 0.02) / 0.98)))

    def size_at(self, progress: float) -> int:
        """Side of the crops in pixels."""
        return self.small if progress < self.small_share else CROP


def _optimizer(model: nn.Module, plan: Plan) -> torch.optim.Optimizer:
    plain = [p for p in model.parameters() if p.ndim < 2]
    heavy = [p for p in model.parameters() if p.ndim >= 2]
    return torch.optim.AdamW(
        [{"params": heavy, "weight_decay": plan.decay}, {"params": plain, "weight_decay": 0.0}],
        lr=plan.rate,
        betas=(0.9, 0.98),
    )


def _average(model: nn.Module) -> AveragedModel:
    """Exponential average over about 200 steps, shorter at first; batch statistics included."""

    def blend(old: torch.Tensor, new: torch.Tensor, count: torch.Tensor | int) -> torch.Tensor:
        keep = min(0.995, (1 + int(count)) / (10 + int(count)))
        return old * keep + new * (1 - keep) if old.is_floating_point() else new

    return AveragedModel(model, avg_fn=blend, use_buffers=True)


class Run:
    """Everything that a checkpoint holds."""

    def __init__(
        self, plan: Plan, folder: Path, device: torch.device, mean_mesh: NDArray[np.float32]
    ) -> None:
        torch.manual_seed(plan.seed)
        self.plan, self.folder, self.device = plan, folder, device
        self.model = Describer()
        with torch.no_grad():
            self.model.face.points.bias.copy_(torch.from_numpy(mean_mesh).flatten())
        self.model.to(device, memory_format=torch.channels_last)
        self.average = _average(self.model)
        self.optimizer = _optimizer(self.model, plan)
        self.step, self.spent = 0, 0.0
        self.path = folder / "checkpoint.pt"
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
        batch = batcher(self.plan.batch, self.plan.size_at(self.progress))
        with torch.autocast(self.device.type, torch.bfloat16):
            loss, parts = total_loss(self.model, batch.to(self.device))
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
    batcher = Batcher(rows, np.random.default_rng([run.plan.seed, run.step]))
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
                figures = quick_figures(run.average.module, rows, run.plan.size_at(run.progress))
                run.save()
            line = {"step": run.step, "progress": round(run.progress, 4), **parts, **figures}
            with (run.folder / "log.jsonl").open("a") as log:
                log.write(json.dumps(line) + "\n")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, default=DEFAULT_CACHE)
    parser.add_argument("--out", type=Path, default=DEFAULT_CACHE / "run")
    parser.add_argument("--hours", type=float, default=1.2)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rate", type=float, default=Plan.rate)
    parser.add_argument("--every", type=float, default=240.0, help="seconds between checkpoints")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    cv2.setNumThreads(1)
    args.out.mkdir(parents=True, exist_ok=True)
    plan = Plan(hours=args.hours, seed=args.seed, rate=args.rate)
    rows = Rows(args.cache)
    train(Run(plan, args.out, torch.device(args.device), rows.mean_mesh), rows, args.every)


if __name__ == "__main__":
    main()
