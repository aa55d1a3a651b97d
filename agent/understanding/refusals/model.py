"""The learnt judge of requests: two linear models in 8 bits, whether to refuse and why.

Who somebody is and where somebody comes from is refused on less evidence than anything else: such a
question that is answered does more harm than an ordinary one that is turned down. Figures are in
``tools/training/LOG.md``; :mod:`focalface.agent.understanding.refusals.train` makes the weights.
"""

import math
import struct
from array import array
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import get_args

from focalface.agent.understanding.intent import Refusal
from focalface.agent.understanding.refusals.features import (
    BUCKETS,
    REASON_BUCKETS,
    buckets,
    reason_buckets,
)

FILE = Path(__file__).with_name("weights.bin")
REASONS: tuple[Refusal, ...] = tuple(r for r in get_args(Refusal) if r != "person")
"""What the second model tells apart; "person" stands for all that it is not sure of."""
STRICTER: frozenset[Refusal] = frozenset({"identity", "ethnicity"})
HEADER = struct.Struct(f"<4f{len(REASONS)}f")
"""Scale and bias of the first model, its bias where ``STRICTER`` is the likeliest reason, scale of
the second model, and its biases."""
UNSURE = 0.45
"""Probability of the likeliest reason below which none is named."""

UNNAMED = 0.9
"""How far the evidence must be above the line where no reason is named. With it the unseen sets have
the same 254 of 260 caught, and 2 instead of 4 of 340 refused wrongly."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The file as numbers; ``rows`` and ``reasons`` are the tables, the latter reason by reason."""

    scale: float
    bias: float
    stricter: float
    reason_scale: float
    reason_biases: tuple[float, ...]
    rows: "array[int]"
    reasons: tuple["array[int]", ...]


@lru_cache(maxsize=64)  # a question and its parts are asked about more than once a turn
def refusal(question: str) -> Refusal | None:
    """Tell why a question is out of bounds, or None for an ordinary one."""
    weights = learnt()
    found = buckets(question)
    evidence = weights.scale * sum(map(weights.rows.__getitem__, found)) / norm(found)
    if evidence + max(weights.bias, weights.stricter) <= 0:
        return None
    reason, share = likeliest(question)
    bias = weights.stricter if reason in STRICTER and share >= UNSURE else weights.bias
    if share >= UNSURE:
        return reason if evidence + bias > 0 else None
    return "person" if evidence + bias > UNNAMED else None


def likeliest(question: str) -> tuple[Refusal, float]:
    """Return the reason that the words of a question speak for, and its probability (softmax)."""
    weights = learnt()
    found = reason_buckets(question)
    scale = weights.reason_scale / norm(found)
    logits = [
        bias + scale * sum(map(table.__getitem__, found))
        for table, bias in zip(weights.reasons, weights.reason_biases, strict=True)
    ]
    most = max(logits)
    return REASONS[logits.index(most)], 1 / sum(math.exp(one - most) for one in logits)


def norm(found: frozenset[int]) -> float:
    """Return the length of a question as a vector of zeros and ones."""
    return math.sqrt(max(1, len(found)))


@cache
def learnt() -> Weights:
    """Return the weights, read once."""
    read = FILE.read_bytes()
    scale, bias, stricter, reason_scale, *biases = HEADER.unpack_from(read)
    table = array("b", read[HEADER.size :])
    return Weights(
        *(scale, bias, stricter, reason_scale, tuple(biases)),
        rows=table[:BUCKETS],
        reasons=tuple(
            table[start : start + REASON_BUCKETS]
            for start in range(BUCKETS, len(table), REASON_BUCKETS)
        ),
    )
