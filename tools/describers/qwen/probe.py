"""The model's own probabilities of the eight emotions, read where its answer names one."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from focalface.tools.describers.qwen.chatml import Codec
from focalface.tools.types import EMOTIONS

_LEAD = '"emotion": "'


@dataclass(frozen=True, slots=True)
class EmotionProbe:
    """Finds where an answer names an emotion, and knows which token opens each label.

    ``watch``: the first token of each label, in the order of ``EMOTIONS``.
    """

    codec: Codec
    watch: tuple[int, ...]

    @classmethod
    def of(cls, codec: Codec) -> Self | None:
        """Return the probe for a tokenizer; None when two labels begin with the same token."""
        written = [codec.text_ids(_LEAD + label) for label in EMOTIONS]
        shared = 0
        while len({ids[shared] for ids in written if shared < len(ids)}) == 1:
            shared += 1
        first = [ids[shared] for ids in written if shared < len(ids)]
        if len(set(first)) < len(EMOTIONS) or shared == 0:
            return None
        return cls(codec, tuple(first))

    def read(self, ids: Sequence[int], watched: Sequence[Sequence[float]]) -> list[float] | None:
        """Return probabilities over the eight (sum 1) from the log-probabilities at the label's
        place."""
        written = ""
        for at, token in enumerate(ids[: len(watched)]):
            # The text decides and not the tokens: the same text can be cut into other tokens.
            if written.endswith(_LEAD):
                top = max(watched[at])
                parts = [math.exp(value - top) for value in watched[at]]
                return [part / sum(parts) for part in parts]
            written += self.codec.decode([token])
        return None
