"""Enforces the grammar of an answer while decoding; the only file that calls llguidance.

llguidance (Rust, MIT, no dependency on torch) masks in microseconds a token which tokens can still
lead to a valid answer. Without it answers are decoded freely, and the parser recovers what it can.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from focalface.tools.describers.qwen import answer_grammar
from focalface.tools.geometry.scope import Scope

Matcher = Any
"""llguidance's state of one answer."""


def available() -> bool:
    """Tell whether llguidance is installed."""
    import importlib.util

    return importlib.util.find_spec("llguidance") is not None


class Constraint:
    """The state of one answer that is being decoded.

    ``part`` makes the matcher of a part of the answer from its number and what is written so far,
    ``decode`` turns tokens into text.
    """

    def __init__(
        self,
        part: Callable[[int, str], Matcher],
        decode: Callable[[list[int]], str],
        *,
        parts: int,
        words: int,
    ) -> None:
        self._part, self._decode, self._parts = part, decode, parts
        self._number = 0
        self._matcher = part(0, "")
        self._taken: list[int] = []
        self._mask = np.zeros(words, np.int32)

    def forbid(self, logits: Any) -> None:
        """Set the logits (one row, torch, any device) of impossible next tokens to -inf."""
        import torch

        self._matcher.unsafe_compute_mask_ptr(self._mask.ctypes.data, self._mask.nbytes)
        bits = np.unpackbits(self._mask.view(np.uint8), bitorder="little")[: logits.shape[0]]
        logits.masked_fill_(torch.from_numpy(bits == 0).to(logits.device), float("-inf"))

    def take(self, token: int) -> bool:
        """Move on by a token; True when the answer is complete."""
        self._taken.append(token)
        if not self._matcher.consume_token(token):
            return True
        if not self._matcher.is_stopped():
            return False
        self._number += 1
        if self._number == self._parts:
            return True
        self._matcher = self._part(self._number, self._decode(self._taken))
        return False


class Grammars:
    """Makes constraints for one tokenizer; each part of a grammar is compiled once."""

    def __init__(self, tokenizer: Any, vocabulary: int, end_id: int) -> None:
        import llguidance.hf

        self._tokenizer = llguidance.hf.from_tokenizer(tokenizer, vocabulary, eos_token=end_id)
        self._decode = tokenizer.decode
        self._words = (vocabulary + 31) // 32
        self._compiled = lru_cache(maxsize=1024)(self._compile)

    def constraint(self, scope: Scope, *, text: bool = True) -> Constraint:
        """Return a fresh constraint to the answers that ``scope`` allows."""

        def part(number: int, written: str) -> Matcher:
            said = answer_grammar.said_in(written)
            made = answer_grammar.part(number, scope, said, text=text)
            return self._compiled(made).deep_copy()

        parts = answer_grammar.PARTS if text else answer_grammar.PARTS - 1
        return Constraint(part, self._decode, parts=parts, words=self._words)

    def _compile(self, grammar: str) -> Matcher:
        from llguidance import LLMatcher

        return LLMatcher(self._tokenizer, LLMatcher.grammar_from_lark(grammar))
