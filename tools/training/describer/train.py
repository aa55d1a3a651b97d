"""Train one of the describer's two networks: reading or part.

    python -m focalface.tools.training.describer.train reading --hours 1.4 --seed 1
    python -m focalface.tools.training.describer.train part --hours 0.75

The schedule follows the clock (progress = time spent / ``--hours``), so that a run ends when it was
meant to on any machine, the learning rate down to zero along a cosine. Stop it whenever you like:
the same command goes on from the last checkpoint.
"""

import argparse
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel
from tqdm import tqdm

from focalface.tools.training.describer.cache import DEFAULT_CACHE
from focalface.tools.training.describer.rows import Rows
from focalface.tools.training.describer.tasks import TASKS, Batches, Plan, Task


def optimizer(model: nn.Module, plan: Plan) -> torch.optim.Optimizer:
    """AdamW; biases and normalisation do not decay."""
    plain = [p for p in model.parameters() if p.ndim < 2]
    heavy = [p for p in model.parameters() if p.ndim >= 2]
    return torch.optim.AdamW(
        [{"params": heavy, "weight_decay": plan.decay}, {"params": plain, "weight_decay": 0.0}],
        lr=plan.rate,
    )


def average(model: nn.Module) -> AveragedModel:
    """Exponential average over about 500 steps, shorter at first; batch statistics included."""

    def blend(old: torch.Tensor, new: torch.Tensor, count: torch.Tensor | int) -> torch.Tensor:
        keep = min(0.998, 1 - 1 / (int(count) / 10 + 1))
        return old * keep + new * (1 - keep) if old.is_floating_point() else new

    return AveragedModel(model, avg_fn=blend, use_buffers=True)


class Run:
    """Everything that a checkpoint holds; goes on from the one in ``folder`` when there is one."""

    def __init__(
        self, task: Task, plan: Plan, folder: Path, model: nn.Module, device: torch.device
    ) -> None:
        self.task, self.plan, self.folder, self.device = task, plan, folder, device
        self.path = folder / "checkpoint.pt"
        self.model = model.to(device, memory_format=torch.channels_last).train()
        self.average = average(self.model)
        self.optimizer = optimizer(self.model, plan)
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

    def train_step(self, batches: Batches) -> dict[str, float]:
        """Train on one batch."""
        for group in self.optimizer.param_groups:
            group["lr"] = self.plan.rate_at(self.progress)
        batch = batches(self.plan.batch, self.plan.size_at(self.progress)).to(self.device)
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.device.type == "cuda"):
            loss, parts = self.task.loss(self.model, batch)
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
    batches = run.task.batches(rows, rng)
    bar = tqdm(total=100, unit="%", bar_format="{l_bar}{bar}| {elapsed} {postfix}")
    due = run.spent + every_s
    while run.progress < 1:
        with _clock(run):
            parts = run.train_step(batches)
        bar.n = 100 * run.progress
        bar.set_postfix(step=run.step, **{k: f"{v:.3f}" for k, v in parts.items()})
        if run.spent >= due or run.progress >= 1:
            due = run.spent + every_s
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
    parser.add_argument("--start", type=Path, help="a checkpoint to begin with")
    parser.add_argument("--hours", type=float, default=1.2)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rate", type=float, help="highest learning rate; default: the task's")
    parser.add_argument("--batch", type=int, help="examples a step; default: the task's")
    parser.add_argument("--small", type=float, help="share of the time with crops of 80 pixels")
    parser.add_argument("--every", type=float, default=480.0, help="seconds between checkpoints")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.set_flush_denormal(True)
    cv2.setNumThreads(1)
    out = args.out or args.cache / args.task
    out.mkdir(parents=True, exist_ok=True)
    task = TASKS[args.task]
    given = {k: getattr(args, k) for k in ("rate", "batch", "small")}
    chosen = {k: v for k, v in given.items() if v is not None}
    plan = task.plan._replace(hours=args.hours, seed=args.seed, **chosen)
    rows = Rows(args.cache)
    torch.manual_seed(plan.seed)
    model = task.fresh(rows, args.start)
    train(Run(task, plan, out, model, torch.device(args.device)), rows, args.every)


if __name__ == "__main__":
    main()
