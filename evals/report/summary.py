"""The report as plain data: what JSON prints and what the other formats show."""

from collections.abc import Sequence
from typing import Any

from focalface.evals.harness.reading import Result, without_paths
from focalface.evals.harness.suite import suite

FORMAT = 1


def summary(results: Sequence[Result]) -> dict[str, Any]:
    """Return all results; figures with interval and n, facts on code, weights, prompts and
    machine."""
    return {"format": FORMAT, "suites": {r.suite: _entry(r) for r in results}}


def _entry(result: Result) -> dict[str, Any]:
    known = suite(result.suite)
    return {
        "about": known.about,
        "log": result.log,
        "status": result.status,
        "samples": result.wanted,
        "failed": result.failed,
        "errors": list(result.errors[:5]),
        "arguments": without_paths(result.arguments),
        "facts": result.facts,
        "headline": [name for name in known.headline if name in result.figures],
        "figures": {name: figure.as_json() for name, figure in result.figures.items()},
        "notes": known.notes(result.records),
        "worst": known.worst(result.records),
    }
