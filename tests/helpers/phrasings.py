"""Questions with what they ask for, by authors who knew none of the rules, and how to ask them.

The rules were made and mended with all of them, so they tell what a change changes (see
``tests/golden.py``), not how good the understanding is. How well requests out of bounds are told
from ordinary ones is measured on two authors whom nothing has learnt from
(``agent/understanding/refusals/unseen.jsonl``).
"""

import json
from functools import cache
from pathlib import Path

from focalface.agent.understanding import Intent, parse

_HERE = Path(__file__).parents[1] / "agent" / "understanding"


def rows(name: str) -> list[dict]:
    """The rows of a set: ``text`` and what it asks for."""
    lines = (_HERE / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@cache
def parsed(text: str) -> Intent:
    """A question of a set, read once for all tests that ask about it."""
    return parse(text)
