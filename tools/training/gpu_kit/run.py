"""Training on the other machine: the tower learns to see, four stages, answers, weights.

Imports nothing of focalface. Every phase lasts its share of the time given; learning rates follow
the time and not the steps, so the same kit fits a card of any speed. A checkpoint a minute: the
same command goes on after a break.
"""

import json
import math
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from .answers import answer_all
from .clock import Clock, Span, spans
from .contents import Kit, batch, patches, read_kit
from .shards import write_shards

EVERY = 60.0
"""Seconds between checkpoints."""
TOWER_RATE = 6e-4
DECAY = 0.05


class Run:
    """A model in training, and where it stands."""

    def __init__(self, kit: Kit, folder: Path, out: Path, clock: Clock) -> None:
        from transformers import AutoConfig, AutoTokenizer, Qwen2_5_VLForConditionalGeneration

        self.kit, self.out, self.clock = kit, out, clock
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        self.half = self.device == "cuda"
        torch.manual_seed(kit.facts["seed"])
        config = AutoConfig.from_pretrained(folder / "model")
        self.tokens = AutoTokenizer.from_pretrained(folder / "model")
        self.model = Qwen2_5_VLForConditionalGeneration(config).to(self.device)
        width, outputs = config.text_config.hidden_size, kit.labels.shape[1]
        self.heads = nn.Linear(width, outputs).to(self.device)
        self.image_id = config.image_token_id
        self.optimizer = torch.optim.AdamW(
            [*self.model.parameters(), *self.heads.parameters()], weight_decay=DECAY
        )
        self.steps = 0
        self.saved = 0.0
        self.log: list[dict[str, Any]] = []

    def step(self, loss: Tensor, rate: float) -> float:
        """Take one step of the optimizer; return the loss as a number."""
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.steps += 1
        return float(loss.detach())

    def autocast(self) -> Any:
        """Return a context of bfloat16 on a GPU."""
        return torch.autocast(self.device, torch.bfloat16, enabled=self.half)

    def save(self, used: float) -> None:
        """Save everything that is needed to go on, whole or not at all."""
        state = {
            "model": self.model.state_dict(),
            "heads": self.heads.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "used": used,
            "steps": self.steps,
            "log": self.log,
        }
        self.out.mkdir(parents=True, exist_ok=True)
        torch.save(state, self.out / "checkpoint.part")
        (self.out / "checkpoint.part").replace(self.out / "checkpoint.pt")
        self.saved = used

    def restore(self) -> None:
        """Go on from the last checkpoint, where there is one."""
        file = self.out / "checkpoint.pt"
        if not file.is_file():
            return
        state = torch.load(file, map_location=self.device, weights_only=True)
        self.model.load_state_dict(state["model"])
        self.heads.load_state_dict(state["heads"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.steps, self.log = state["steps"], state["log"]
        self.clock.before = self.saved = state["used"]  # type: ignore[attr-defined]


def run_kit(folder: Path, out: Path, clock: Clock) -> dict[str, Any]:
    """Train, answer and save within the clock's time; returns what ``result.json`` says."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    kit = read_kit(folder, device)
    run = Run(kit, folder, out, clock)
    run.restore()
    for span in spans(clock.given):
        _phase(run, span)
    run.save(clock.used())
    found = answer_all(run.model, run.tokens, kit, run.image_id, device, clock)
    lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in found)
    (out / "answers.jsonl").write_text(lines, encoding="utf-8")
    files = write_shards(run.model, out / "weights")
    result = {
        "device": torch.cuda.get_device_name() if device == "cuda" else "cpu",
        "parameters": sum(p.numel() for p in run.model.parameters()),
        "steps": run.steps,
        "seconds": round(clock.used(), 1),
        "answers": len(found),
        "files": files,
        "log": run.log,
    }
    (out / "result.json").write_text(json.dumps(result, indent=1), encoding="utf-8")
    (out / "checkpoint.pt").unlink()
    return result


def _phase(run: Run, span: Span) -> None:
    """One phase until its time is over; at least one step, unless it was over before a break."""
    if run.saved >= span.end:
        return
    rng = random.Random(f"{run.kit.facts['seed']}/{span.name}/{run.steps}")
    losses: list[float] = []
    made = _seeing(run, rng) if span.name == "tower" else _speaking(run, span.name, rng)
    peak = TOWER_RATE if span.name == "tower" else run.kit.facts["stages"][span.name]["rate"]
    run.model.train()
    while True:
        used = run.clock.used()
        share = span.share(used)
        if share >= 1 and losses:
            break
        rate = peak * min(1.0, share / 0.05 + 0.02) * (0.55 + 0.45 * math.cos(math.pi * share))
        with run.autocast():
            loss = next(made)
        losses.append(run.step(loss, rate))
        if used - run.saved >= EVERY:
            run.save(used)
    count = min(len(losses), 20)
    run.log.append(
        {"phase": span.name, "steps": len(losses), "loss": round(sum(losses[-count:]) / count, 4)}
    )


def _seeing(run: Run, rng: random.Random) -> Iterator[Tensor]:
    """Losses of the tower: units, emotion and age group of whole faces from the mean token."""
    kit, size = run.kit, run.kit.facts["tower_batch"]
    labels = torch.from_numpy(kit.labels).to(run.device)
    units, emotions = kit.facts["units"], kit.facts["emotions"]
    while True:
        rows = [rng.randrange(len(kit.faces)) for _ in range(size)]
        cut, grids = patches([kit.pictures[kit.faces[row]] for row in rows])
        tokens = run.model.model.visual(cut.to(run.model.dtype), grid_thw=grids).pooler_output
        mean = tokens.reshape(size, -1, tokens.shape[-1]).mean(1)
        said, truth = run.heads(mean).float(), labels[rows]
        known = ~truth.isnan()
        one = nn.functional.binary_cross_entropy_with_logits(
            said[:, :units], truth[:, :units].nan_to_num(), reduction="none"
        )
        loss = (one * known[:, :units]).sum() / known[:, :units].sum().clamp(min=1)
        for start, end in ((units, units + emotions), (units + emotions, truth.shape[1])):
            some = known[:, start]
            if some.any():
                chosen = truth[some, start:end].argmax(1)
                loss = loss + nn.functional.cross_entropy(said[some, start:end], chosen) / 2
        yield loss


def _speaking(run: Run, stage: str, rng: random.Random) -> Iterator[Tensor]:
    """Losses of a stage: samples by the shares of its tasks."""
    kit, plan = run.kit, run.kit.facts["stages"][stage]
    pools = {task: kit.pool(task) for task in plan["mix"]}
    mix = {task: share for task, share in plan["mix"].items() if pools[task]}
    while True:
        tasks = rng.choices(list(mix), weights=list(mix.values()), k=kit.facts["batch"])
        chosen = [rng.choice(pools[task]) for task in tasks]
        yield run.model(**batch(kit, chosen, run.image_id, run.device)).loss
