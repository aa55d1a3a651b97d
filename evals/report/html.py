"""The report as one HTML file: no scripts, nothing loaded from elsewhere, no pictures of people."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from focalface.evals.harness.reading import Result
from focalface.evals.harness.suite import Grid, suite
from focalface.evals.metrics.statistics import Estimate, short
from focalface.evals.report.markdown import sentence
from focalface.evals.report.plots import Plot, plots_of
from focalface.evals.report.summary import summary
from focalface.tools.pages import template

_PAGE = Path(__file__).with_name("page.html")
_ARROWS = {"higher": "↑", "lower": "↓", "none": ""}


@dataclass(frozen=True, slots=True)
class Row:
    """One figure as it is shown."""

    name: str
    value: str
    interval: str
    n: int


@dataclass(frozen=True, slots=True)
class Section:
    """What the page shows of one suite."""

    name: str
    about: str
    facts: Sequence[str]
    headline: Sequence[Row]
    others: Sequence[Row]
    notes: Sequence[str]
    plots: Sequence[Plot]
    grids: Sequence[Grid]
    worst: Sequence[Mapping[str, str]]
    origin: Sequence[tuple[str, str]]


def html(results: Sequence[Result], reasons: Sequence[str] = ()) -> str:
    """Return the whole page; ``reasons`` say what did not pass."""
    data = summary(results)
    sections = [_section(result, data["suites"][result.suite]) for result in results]
    return template(_PAGE).render(sections=sections, reasons=reasons)


def _section(result: Result, entry: Mapping[str, Any]) -> Section:
    figures, headline = entry["figures"], entry["headline"]
    return Section(
        name=result.suite,
        about=sentence(entry["about"]),
        facts=list(_facts(entry)),
        headline=_rows(figures, headline),
        others=_rows(figures, [name for name in figures if name not in headline]),
        notes=entry["notes"],
        plots=plots_of(result),
        grids=suite(result.suite).grids(result.figures),
        worst=entry["worst"],
        origin=list(_origin(entry)),
    )


def _rows(figures: Mapping[str, Any], names: Sequence[str]) -> list[Row]:
    found = [(name, Estimate.from_json(figures[name])) for name in names]
    return [
        Row(
            f"{name} {_ARROWS[figure.better]}".rstrip(),
            short(figure.value),
            f"{short(figure.low)} – {short(figure.high)}",
            figure.n,
        )
        for name, figure in found
    ]


def _facts(entry: Mapping[str, Any]) -> Iterator[str]:
    facts, arguments = entry["facts"], entry["arguments"]
    yield f"{entry['samples']} samples"
    yield f"{entry['failed']} failed"
    yield f"data: {arguments.get('data') or 'built in'}"
    for name in ("fold", "seed"):
        if arguments.get(name) is not None:
            yield f"{name}: {arguments[name]}"
    for name in ("describer", "planner", "judge", "device"):
        if facts.get(name):
            yield f"{name}: {facts[name]}"


def _origin(entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in {"log": entry["log"], **entry["arguments"], **entry["facts"]}.items():
        if value not in (None, ""):
            yield name, _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{k} {v}" for k, v in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
