"""Enforces the answer's JSON schema while decoding; the only file that calls llguidance.

llguidance (Rust, MIT, no dependency on torch) masks in microseconds a token which tokens can still
lead to a valid answer. Without it answers are decoded freely, and the parser recovers what it can.
"""

import json
from functools import lru_cache
from typing import Any

import numpy as np

from focalface.tools.describers.language.answer_format import schema
from focalface.tools.geometry.scope import Scope


def available() -> bool:
    """Tell whether llguidance is installed."""
    import importlib.util

    return importlib.util.find_spec("llguidance") is not None


class Constraint:
    """The state of one answer that is being decoded."""

    def __init__(self, matcher: Any, words: int) -> None:
        self._matcher = matcher
        self._mask = np.zeros(words, np.int32)

    def forbid(self, logits: Any) -> None:
        """Set the logits (one row, torch, any device) of impossible next tokens to -inf."""
        import torch

        self._matcher.unsafe_compute_mask_ptr(self._mask.ctypes.data, self._mask.nbytes)
        bits = np.unpackbits(self._mask.view(np.uint8), bitorder="little")[: logits.shape[0]]
        logits.masked_fill_(torch.from_numpy(bits == 0).to(logits.device), float("-inf"))

    def take(self, token: int) -> bool:
        """Move on by a token; True when the answer is complete."""
        return not self._matcher.consume_token(token) or bool(self._matcher.is_stopped())


class Grammars:
    """Makes constraints for one tokenizer; grammars are compiled once a scope."""

    def __init__(self, tokenizer: Any, vocabulary: int, end_id: int) -> None:
        import llguidance.hf

        self._tokenizer = llguidance.hf.from_tokenizer(tokenizer, vocabulary, eos_token=end_id)
        self._words = (vocabulary + 31) // 32
        self._compiled = lru_cache(maxsize=256)(self._compile)

    def constraint(self, scope: Scope, *, text: bool = True) -> Constraint:
        """Return a fresh constraint to the answers that ``scope`` allows."""
        matcher = self._compiled(json.dumps(schema(scope, text=text)))
        return Constraint(matcher.deep_copy(), self._words)

    def _compile(self, schema_json: str) -> Any:
        from llguidance import LLMatcher

        return LLMatcher(self._tokenizer, LLMatcher.grammar_from_json_schema(schema_json))
