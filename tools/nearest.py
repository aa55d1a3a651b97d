"""Did you mean ...? The known names nearest to one that is none."""

from collections.abc import Iterable

LEAST = 60.0
"""Likeness 0..100 from which a name is worth offering (our choice)."""


def nearest(typed: str, known: Iterable[str], limit: int = 1) -> list[str]:
    """Return at most ``limit`` of the known names, the most alike first."""
    from rapidfuzz import fuzz, process  # only when something unknown was typed

    found = process.extract(typed, list(known), scorer=fuzz.ratio, limit=limit, score_cutoff=LEAST)
    return [name for name, _, _ in found]
