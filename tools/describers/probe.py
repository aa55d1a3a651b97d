"""The model's own probabilities of the eight emotions, read where its answer names one."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from focalface.tools.describers.chatml import Codec
from focalface.tools.types import EMOTIONS

_LEAD = '"emotion": "'


@dataclass(frozen=True, slots=True)
class EmotionProbe:
    """Where an answer names an emotion, and which token opens each label.

    ``tail``: the last tokens before the label. ``watch``: the first token of each label, in the
    order of ``EMOTIONS``.
    """

    tail: tuple[int, ...]
    watch: tuple[int, ...]

    @classmethod
    def of(cls, codec: Codec) -> Self | None:
        """The probe for a tokenizer; None when two labels begin with the same token."""
        written = [codec.text_ids(_LEAD + label) for label in EMOTIONS]
        shared = 0
        while len({ids[shared] for ids in written if shared < len(ids)}) == 1:
            shared += 1
        first = [ids[shared] for ids in written if shared < len(ids)]
        if len(set(first)) < len(EMOTIONS) or shared == 0:
            return None
        return cls(tail=tuple(written[0][max(0, shared - 3) : shared]), watch=tuple(first))

    def read(self, ids: Sequence[int], watched: Sequence[Sequence[float]]) -> list[float] | None:
        """Probabilities over the eight (sum 1) from the log-probabilities at the label's place."""
        size = len(self.tail)
        for at in range(size, min(len(ids), len(watched))):
            if tuple(ids[at - size : at]) == self.tail:
                top = max(watched[at])
                parts = [math.exp(value - top) for value in watched[at]]
                return [part / sum(parts) for part in parts]
        return None
