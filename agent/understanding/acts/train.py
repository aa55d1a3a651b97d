"""Learns what turns want from turns by many authors, and measures how well.

    python -m focalface.agent.understanding.acts.train             # learns, writes, measures
    python -m focalface.agent.understanding.acts.train --unseen    # measures what is written

``corpus.jsonl``: turns by authors of very different voices (a language model in the role of users)
who knew the list of acts and neither the program nor each other; ``house`` are questions of the
repository, labelled by how they were read, ``tests`` those of its tests. ``before`` tells that
something was asked before. ``unseen.jsonl``: one more author, never learnt from. Needs the extra
``train``.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from focalface.agent.understanding.acts import model
from focalface.agent.understanding.acts.names import ACTS

HERE = Path(__file__).parent
EPOCHS, BATCH, RATE = 8, 64, 0.01
DROPPED = 0.3
"""Share of the pieces of a turn that a step does not see."""
DECAY = 1e-5
SMOOTHED = 0.05
WEIGHTS = {"house": 0.3, "house2": 2.0, "tests": 3.0}
"""Of turns whose label is how the rules read them, and of those that tests ask for."""
Rows = Sequence[dict[str, Any]]


class Judge(nn.Module):
    """Sums the vectors of pieces, each as rare as it is heavy, and maps the sum to acts."""

    def __init__(self, rarity: torch.Tensor) -> None:
        super().__init__()
        self.table = nn.EmbeddingBag(model.ROWS, model.WIDTH, mode="sum")
        nn.init.normal_(self.table.weight, 0, 0.1)
        self.layer = nn.Linear(model.WIDTH, len(ACTS))
        self.rarity = rarity

    def forward(self, found: Sequence[Sequence[int]]) -> torch.Tensor:
        """Return logits (turns, acts)."""
        rows = torch.tensor([row for one in found for row in one])
        starts = torch.tensor(np.cumsum([0, *map(len, found)])[:-1])
        each = torch.tensor([len(one) ** -0.5 for one in found for _ in one], dtype=torch.float32)
        middle: torch.Tensor = self.table(rows, starts, each * self.rarity[rows])
        logits: torch.Tensor = self.layer(middle)
        return logits


def main() -> None:
    """Learn unless told only to measure."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--unseen", action="store_true", help="Only measure what is written.")
    if not parser.parse_args().unseen:
        write(fit(list(rows("corpus.jsonl"))))
    measure(list(rows("unseen.jsonl")))


def rows(name: str) -> Iterator[dict[str, Any]]:
    """Yield turns: ``act``, ``text``, ``by`` and, where it was no opening, ``before``."""
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def fit(corpus: Rows, seed: int = 0) -> Judge:
    """Learn from turns."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    found = [model.pieces(row["text"], not row.get("before")) for row in corpus]
    truth = torch.tensor([ACTS.index(row["act"]) for row in corpus])
    weight = torch.tensor([WEIGHTS.get(row["by"], 1.0) for row in corpus])
    seen = np.bincount(np.concatenate(found), minlength=model.ROWS)
    rarity = np.log((len(corpus) + 1) / (seen + 1))
    judge = Judge(torch.tensor(rarity / rarity[seen > 0].mean(), dtype=torch.float32))
    adam = torch.optim.Adam(judge.parameters(), lr=RATE, betas=(0.9, 0.98))
    steps = EPOCHS * -(-len(corpus) // BATCH)
    slower = torch.optim.lr_scheduler.LambdaLR(adam, lambda step: 1 - step / steps)
    for _ in range(EPOCHS):
        for batch in torch.tensor(rng.permutation(len(corpus))).split(BATCH):
            kept = [_thinned(found[i], rng) for i in batch.tolist()]
            losses = functional.cross_entropy(
                judge(kept), truth[batch], reduction="none", label_smoothing=SMOOTHED
            )
            used = torch.tensor([row for one in kept for row in one])
            decay = DECAY * judge.table.weight[used].square().sum()
            adam.zero_grad()
            ((losses * weight[batch]).mean() + decay).backward()
            adam.step()
            slower.step()
    return judge


def _thinned(found: Sequence[int], rng: np.random.Generator) -> Sequence[int]:
    kept = [
        row for row, share in zip(found, rng.random(len(found)), strict=True) if share > DROPPED
    ]
    return kept or found


def write(judge: Judge) -> None:
    """Write the weights in 8 bits."""
    table = (judge.table.weight * judge.rarity[:, None]).detach().numpy()
    layer = torch.cat([judge.layer.weight.T, judge.layer.bias[None]]).detach().numpy()
    parts = [
        (array / step, step) for array in (table, layer) if (step := np.abs(array).max() / 127)
    ]
    header = model.HEADER.pack(*(step for _, step in parts))
    model.FILE.write_bytes(
        header + b"".join(np.round(a).astype(np.int8).tobytes() for a, _ in parts)
    )
    model.learnt.cache_clear()
    model.judge.cache_clear()
    print(f"{model.FILE.name}: {model.FILE.stat().st_size / 1e3:.0f} kB")


def measure(unseen: Rows) -> None:
    """Print how many turns of an author never learnt from are judged rightly, by how sure."""
    judged = [model.judge(row["text"], not row.get("before")) for row in unseen]
    right = np.array([one.act == row["act"] for one, row in zip(judged, unseen, strict=True)])
    share = np.array([one.share for one in judged])
    print(f"{right.sum()} of {len(right)} turns ({right.mean():.1%}), {len(ACTS)} acts")
    for sure in (0.3, 0.5, 0.7, 0.9):
        held = share >= sure
        print(f"share from {sure}: {held.mean():.0%} of the turns, {right[held].mean():.1%} right")


if __name__ == "__main__":
    main()
