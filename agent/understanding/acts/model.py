"""The learnt judge of acts: what a turn is made of, averaged as vectors, then one linear layer.

That is fastText's classifier (Joulin et al., "Bag of Tricks for Efficient Text Classification",
2017): two linear maps with a narrow middle, so that wordings which nobody wrote share what their
neighbours learnt. Weights are in 8 bits. Figures are in ``tools/training/LOG.md``;
:mod:`focalface.agent.understanding.acts.train` makes the file.
"""

import math
import struct
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from focalface.agent.understanding.acts.names import ACTS, Act
from focalface.agent.understanding.refusals.features import row_of, tokens, words_and_pairs

FILE = Path(__file__).with_name("weights.bin")
ROWS = 1 << 15
WIDTH = 32
HEADER = struct.Struct("<2f")
"""Step between two weights of the table, and of the layer."""
_LONG = 9
"""Words from which on a turn is simply long."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The likeliest act of a turn, and its probability."""

    act: Act
    share: float


@dataclass(frozen=True, slots=True)
class Weights:
    """``table`` (ROWS, WIDTH), ``layer`` (WIDTH, acts), ``bias`` (acts,).

    The table holds whole numbers, of which sums are exact.
    """

    table: NDArray[np.float32]
    layer: NDArray[np.float32]
    bias: NDArray[np.float32]


@lru_cache(maxsize=64)  # several readers of one turn
def judge(turn: str, opening: bool) -> Judged:
    """Return what a turn wants; ``opening``: nothing was answered before it."""
    weights = learnt()
    found = pieces(turn, opening)
    middle = weights.table.take(found, axis=0).sum(axis=0) / math.sqrt(len(found))
    logits = middle @ weights.layer + weights.bias
    best = int(logits.argmax())
    return Judged(ACTS[best], 1 / float(np.exp(logits - logits[best]).sum()))


def pieces(turn: str, opening: bool) -> list[int]:
    """Return rows of what a turn is made of: words and their letters, words in twos and threes,
    and how long it is."""
    typed = tokens(turn)
    ended = ["^", *typed, "$"]
    length = f"len {min(len(typed), _LONG)}"
    told = [f"tri {' '.join(ended[at : at + 3])}" for at in range(len(ended) - 2)]
    told += [length, f"{length} {opening}", "first" if opening else "after"]
    rows = {row_of(one, ROWS) for one in told} | {row % ROWS for row in words_and_pairs(turn)}
    return sorted(rows)  # an order that training can repeat


@cache
def learnt() -> Weights:
    """Return the weights, read once."""
    read = FILE.read_bytes()
    step, layer_step = HEADER.unpack_from(read)
    numbers = np.frombuffer(read, np.int8, offset=HEADER.size)
    table = numbers[: ROWS * WIDTH].reshape(ROWS, WIDTH).astype(np.float32)
    layer = numbers[ROWS * WIDTH :].reshape(WIDTH + 1, len(ACTS)).astype(np.float32) * layer_step
    return Weights(table, layer[:WIDTH] * step, layer[WIDTH])
