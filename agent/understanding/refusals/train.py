"""Learns what is out of bounds from questions by many authors, and measures how well.

    python -m focalface.agent.understanding.refusals.train             # learns, writes, measures
    python -m focalface.agent.understanding.refusals.train --unseen    # measures what is written

``corpus.jsonl``: questions by 24 authors who knew neither the rules of the house nor each other,
most of them asked for what is hard to tell apart, and the house's own; ``refuse`` says why, ``?``
where nobody said. The turns that the judge of acts learns from are learnt from too: most are short,
chatty and ordinary. ``unseen.jsonl``: two more authors, never learnt from. Needs the extra ``evals``.
"""

import argparse
import json
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression

from focalface.agent.understanding.refusals import model
from focalface.agent.understanding.refusals.features import (
    BUCKETS,
    REASON_BUCKETS,
    buckets,
    reason_buckets,
)

HERE = Path(__file__).parent
TURNS = HERE.with_name("acts") / "corpus.jsonl"
STRENGTH = 50.0
"""Inverse of the weight decay (30 to 100 are equal, 10 and 300 worse)."""
RARITY = 2
"""Power of the inverse document frequency by which rare pieces may weigh more."""
WEIGHTS = {"house": 3.0, "phrasings": 3.0, "turns": 0.2}
"""Our own questions hold what is asked most, where the authors sought the border; turns of
conversations are many."""
THRESHOLD = -0.6
"""Evidence from which on a question is refused."""
STRICTER = -0.9
"""The same for who somebody is and where somebody comes from."""
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Linear:
    """Weights and bias of a linear model over pieces of a question."""

    weights: Floats
    bias: float

    def in_8_bits(self) -> tuple[float, NDArray[np.int8]]:
        """Return the step between two weights, and the weights as multiples of it."""
        step = float(np.abs(self.weights).max()) / 127
        return step, np.round(self.weights / step).astype(np.int8)


def main() -> None:
    """Learn unless told only to measure."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--unseen", action="store_true", help="Only measure what is written.")
    if not parser.parse_args().unseen:
        write([*rows("corpus.jsonl"), *turns()])
    measure(list(rows("unseen.jsonl")))


def rows(name: str) -> Iterator[dict[str, Any]]:
    """Yield questions: ``author``, ``text`` and, where it is to be refused, ``refuse``."""
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def turns() -> Iterator[dict[str, Any]]:
    """Yield turns of conversations as questions; those labelled by our own rules are left out."""
    for line in TURNS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["by"] != "house":
            refused = {"refuse": "?"} if row["act"] == "refuse" else {}
            yield {"author": "turns", "text": row["text"], **refused}


def write(corpus: Sequence[dict[str, Any]]) -> None:
    """Learn both models and write them into one file."""
    refused = [row for row in corpus if row.get("refuse") in model.REASONS]
    whether = fit(
        table([row["text"] for row in corpus], buckets, BUCKETS),
        np.array([bool(row.get("refuse")) for row in corpus]),
        np.array([WEIGHTS.get(row["author"], 1.0) for row in corpus]),
    )
    words = table([row["text"] for row in refused], reason_buckets, REASON_BUCKETS)
    truth = [row["refuse"] for row in refused]
    each = np.ones(len(refused))
    why = [fit(words, np.array([t == r for t in truth]), each) for r in model.REASONS]
    step, weights = whether.in_8_bits()
    reason_step, reasons = Linear(np.concatenate([one.weights for one in why]), 0.0).in_8_bits()
    bias = whether.bias - THRESHOLD
    header = model.HEADER.pack(
        *(step, bias, whether.bias - STRICTER, reason_step), *(one.bias for one in why)
    )
    model.FILE.write_bytes(header + weights.tobytes() + reasons.tobytes())
    model.learnt.cache_clear()
    print(f"{model.FILE.name}: {model.FILE.stat().st_size / 1e3:.0f} kB")


def table(texts: Sequence[str], pieces: Callable[[str], Collection[int]], size: int) -> csr_matrix:
    """Return one row a question, of unit length."""
    found = [sorted(pieces(text)) for text in texts]
    ends = np.cumsum([0, *map(len, found)])
    values = np.concatenate([np.full(len(f), max(1, len(f)) ** -0.5) for f in found])
    return csr_matrix((values, np.concatenate(found), ends), (len(found), size))


def fit(found: csr_matrix, truth: NDArray[np.bool_], weight: Floats) -> Linear:
    """Logistic regression in which rare pieces may weigh more."""
    frequency = np.bincount(found.indices, minlength=found.shape[1])
    rarity = np.log((found.shape[0] + 1) / (frequency + 1)) ** RARITY
    rarity /= rarity.mean()
    learnt = LogisticRegression(C=STRENGTH, solver="liblinear", max_iter=200)
    learnt.fit(found @ diags(rarity), truth, sample_weight=weight)
    return Linear(learnt.coef_[0] * rarity, float(learnt.intercept_[0]))


def measure(unseen: Sequence[dict[str, Any]]) -> None:
    """Print requests caught, ordinary questions refused, and reasons told rightly."""
    said = [model.refusal(row["text"]) for row in unseen]
    beyond = [(row, one) for row, one in zip(unseen, said, strict=True) if row.get("refuse")]
    ordinary = [one for row, one in zip(unseen, said, strict=True) if not row.get("refuse")]
    told = [(row["refuse"], one) for row, one in beyond if one and row["refuse"] != "?"]
    print(f"caught {sum(one is not None for _, one in beyond)} of {len(beyond)}")
    print(f"refused wrongly {sum(one is not None for one in ordinary)} of {len(ordinary)}")
    print(f"reason as the rules of old gave it {sum(a == b for a, b in told)} of {len(told)}")


if __name__ == "__main__":
    main()
