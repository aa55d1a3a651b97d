"""What a suite is to the runner and the report, and the list of them.

A suite has an Inspect task (data set, solver, scorer; in the file of its name) and a pure function
from logged records to statistics. The scorer writes each sample's *record* (truth and outcome) into
the log, so that every figure can be computed again from the log alone.
"""

import importlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from focalface.evals.metrics.statistics import Bootstrap, Estimate, Statistic
from focalface.tools.errors import UsageError

NAMES = (
    "detection",
    "regions",
    "describe",
    "closer",
    "planning",
    "answers",
    "judge",
    "robustness",
    "fairness",
    "protocol",
    "speed",
)
"""All suites; each is the module ``focalface.evals.suites.NAME`` with a ``SUITE``."""

DEFAULT = tuple(n for n in NAMES if n not in ("judge", "closer"))
"""What runs when no suite is named; the judge needs a chat model, ``closer`` coded faces."""

Raw = Mapping[str, Any]
Statistics = Callable[[Sequence[Raw]], Mapping[str, Statistic]]
Worst = Callable[[Sequence[Raw]], list[dict[str, str]]]
Notes = Callable[[Sequence[Raw]], list[str]]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of values that are easier to read side by side than one a line."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Grids = Callable[[Mapping[str, Estimate]], list[Grid]]
SHOWN = 8
"""Worst cases in a report."""


def dead_ones(records: Sequence[Raw]) -> list[dict[str, str]]:
    """Return failed samples as worst cases, for suites that have no better idea."""
    dead = [r for r in records if r.get("failure")]
    return [{"id": str(r["case"]["id"]), "why": str(r["failure"])} for r in dead[:SHOWN]]


@dataclass(frozen=True, slots=True)
class Suite:
    """``task``: builds the Inspect task; ``statistics``: figures from the records of a log.

    ``headline``: the figures that stand on top of a report, in order. ``accepts``: the options of
    the front end that the task understands. ``worst``: the cases to look at first, with the reason.
    ``notes``: sentences that a reader of the figures must know. ``grids``: tables made of figures.
    """

    name: str
    about: str
    task: Callable[..., Any]
    statistics: Statistics
    headline: tuple[str, ...]
    accepts: frozenset[str]
    worst: Worst = dead_ones
    notes: Notes = lambda records: []
    grids: Grids = lambda figures: []

    def figures(self, records: Sequence[Raw], *, seed: int = 0) -> dict[str, Estimate]:
        """Return every figure with its bootstrap interval; the same records and seed give the
        same."""
        if not records:
            return {}
        return Bootstrap(len(records), seed=seed).figures(self.statistics(records))


def suite(name: str) -> Suite:
    """Return the suite of that name. Raises ``UsageError`` with the known names."""
    if name not in NAMES:
        raise UsageError(f"There is no suite '{name}'; choose from {', '.join(NAMES)}.")
    module = importlib.import_module(f"focalface.evals.suites.{name}")
    found = module.SUITE
    assert isinstance(found, Suite)
    return found
