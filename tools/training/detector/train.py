"""The training loop of the face detector: seeded, resumable, on a CPU or a GPU."""

import copy
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import numpy as np
import torch
from torch import Tensor, nn
from tqdm import tqdm

from focalface.tools.training.detector import model as detector_model
from focalface.tools.training.detector.augment import Window, WindowMaker
from focalface.tools.training.detector.data import DetectionPack
from focalface.tools.training.detector.loss import Losses, Truth, losses
from focalface.tools.training.detector.model import Anchors, FaceDetector

AVERAGE_HORIZON = 1000  # steps over which weights are averaged
Model = TypeVar("Model", bound=nn.Module)


@dataclass(frozen=True)
class Plan:
    """One run: ``steps`` batches of ``batch`` windows of ``side`` pixels."""

    steps: int
    batch: int
    side: int
    rate: float
    seed: int
    device: str
    checkpoint_every: int = 250


@dataclass
class State(Generic[Model]):
    """All that a run needs to go on where it stopped; ``average``: weights of the last steps."""

    model: Model
    average: Model
    optimiser: torch.optim.Optimizer
    step: int

    def save(self, path: Path) -> None:
        """Write a checkpoint; a broken-off write leaves the old one."""
        whole = {
            "model": self.model.state_dict(),
            "average": self.average.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "step": self.step,
        }
        torch.save(whole, path.with_suffix(".part"))
        path.with_suffix(".part").replace(path)

    def restore(self, path: Path) -> None:
        """Continue from a checkpoint."""
        whole = torch.load(path, weights_only=True)
        self.model.load_state_dict(whole["model"])
        self.average.load_state_dict(whole["average"])
        self.optimiser.load_state_dict(whole["optimiser"])
        self.step = whole["step"]

    def update(self, loss: Tensor) -> None:
        """Take one step of the optimiser, after which the average follows."""
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 5.0)
        self.optimiser.step()
        keep = min(1 - 1 / AVERAGE_HORIZON, (self.step + 1) / (self.step + 10))
        means, news = self.average.state_dict().values(), self.model.state_dict().values()
        with torch.no_grad():
            for mean, new in zip(means, news, strict=True):
                if mean.is_floating_point():
                    mean.lerp_(new, 1 - keep)
                else:
                    mean.copy_(new)
        self.step += 1


def _fresh(plan: Plan, start: Path | None, maker: WindowMaker) -> State[FaceDetector]:
    """New weights from the seed, the averaged ones of an earlier run, or published ones."""
    torch.manual_seed(plan.seed)
    model = FaceDetector()
    if start is not None and start.suffix == ".onnx":
        rng = np.random.default_rng(plan.seed)
        windows = [[maker.draw(rng) for _ in range(plan.batch)] for _ in range(8)]
        detector_model.load_published(model, start, [collate(w, "cpu")[0] for w in windows])
    elif start is not None:
        model.load_state_dict(load_average(start).state_dict())
    model = model.to(plan.device, memory_format=torch.channels_last)
    return State(model, copy.deepcopy(model), optimiser(model, plan.rate), 0)


def load_average(path: Path) -> FaceDetector:
    """Return the averaged weights of a checkpoint, in evaluation mode on the CPU."""
    model = FaceDetector()
    model.load_state_dict(torch.load(path, weights_only=True, map_location="cpu")["average"])
    return model.eval()


@torch.no_grad()
def blend(model: FaceDetector, other: FaceDetector, share: float) -> None:
    """Move weights towards those of a run that it began from (Wortsman et al. 2022, arXiv
    2203.05482): mistakes that only one of the two makes become rarer."""
    pairs = zip(model.state_dict().values(), other.state_dict().values(), strict=True)
    for mine, theirs in pairs:
        if mine.is_floating_point():
            mine.lerp_(theirs, share)


def train(pack: DetectionPack, plan: Plan, checkpoint: Path, start: Path | None = None) -> None:
    """Train until ``plan.steps``; goes on from ``checkpoint`` when it exists.

    Windows of step ``n`` depend on the seed and on ``n`` alone, so a resumed run sees what an
    unbroken one would have seen.
    """
    maker = WindowMaker(pack, plan.side)
    state = _fresh(plan, None if checkpoint.exists() else start, maker)
    if checkpoint.exists():
        state.restore(checkpoint)
    anchors = Anchors.of(plan.side, torch.device(plan.device))
    shown: dict[str, float] = {}
    bar = tqdm(range(state.step, plan.steps), initial=state.step, total=plan.steps, mininterval=5)
    for step in bar:
        rng = np.random.default_rng((plan.seed, step))
        images, truth = collate([maker.draw(rng) for _ in range(plan.batch)], plan.device)
        for group in state.optimiser.param_groups:
            group["lr"] = plan.rate * schedule(step, plan.steps)
        found = _losses(state, images, truth, anchors)
        state.update(found.total)
        for name in ("score", "box", "keypoints"):
            value = getattr(found, name).item()
            shown[name] = 0.99 * shown.get(name, value) + 0.01 * value
        bar.set_postfix({k: f"{v:.3f}" for k, v in shown.items()}, refresh=False)
        if state.step % plan.checkpoint_every == 0 or state.step == plan.steps:
            state.save(checkpoint)


def _losses(state: State[FaceDetector], images: Tensor, truth: Truth, anchors: Anchors) -> Losses:
    state.model.train()
    with torch.autocast(images.device.type, torch.bfloat16):
        outputs = state.model(images)
    return losses(outputs, anchors, truth)


def schedule(step: int, steps: int) -> float:
    """Return the share of the full learning rate: a short rise, then half a cosine to 1 %."""
    rise = max(min(200, steps // 20), 1)
    if step < rise:
        return (step + 1) / rise
    return 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * (step - rise) / max(steps - rise, 1)))


def collate(windows: list[Window], device: str) -> tuple[Tensor, Truth]:
    """Join windows to (B, 3, side, side), and labels padded to the same number of faces."""
    pixels = torch.from_numpy(np.stack([w.pixels for w in windows])).to(device)
    images = pixels.permute(0, 3, 1, 2).float().sub_(127.5).div_(128.0)  # stays channels-last
    count, most = len(windows), max(1, *(len(w.boxes) for w in windows))
    boxes = torch.zeros(count, most, 4)
    keypoints = torch.full((count, most, 5, 2), float("nan"))
    real, ignore = (
        torch.zeros(count, most, dtype=torch.bool),
        torch.zeros(count, most, dtype=torch.bool),
    )
    weight = torch.zeros(count, most)
    for i, w in enumerate(windows):
        n = len(w.boxes)
        boxes[i, :n] = torch.from_numpy(w.boxes)
        keypoints[i, :n] = torch.from_numpy(w.keypoints)
        ignore[i, :n] = torch.from_numpy(w.ignore)
        real[i, :n] = ~ignore[i, :n]
        weight[i, :n] = torch.from_numpy(w.box_weight)
    parts = (boxes, keypoints, real, ignore, weight)
    return images, Truth(*(part.to(device) for part in parts))


def optimiser(model: nn.Module, rate: float) -> torch.optim.Optimizer:
    """Return AdamW that does not decay biases and normalisation."""
    decayed = [p for p in model.parameters() if p.ndim > 1]
    plain = [p for p in model.parameters() if p.ndim <= 1]
    groups = [{"params": decayed, "weight_decay": 0.02}, {"params": plain, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=rate)
