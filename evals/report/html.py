"""The report as one HTML file: no scripts, nothing loaded from elsewhere, no pictures of people."""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from focalface.evals.harness.reading import Result
from focalface.evals.harness.suite import Grid, suite
from focalface.evals.metrics import classification
from focalface.evals.metrics.statistics import Figure, short
from focalface.evals.report import svg
from focalface.evals.report.markdown import sentence
from focalface.evals.report.summary import summary
from focalface.evals.suites import describing, fairness
from focalface.evals.suites.changes import CHANGES, SEVERITIES
from focalface.tools.face.regions import BASIC
from focalface.tools.types import EMOTIONS

_PAGE = Path(__file__).with_name("page.html")


def html(results: Sequence[Result], reasons: Sequence[str] = ()) -> str:
    """The whole page."""
    data = summary(results)
    sections = [_section(r, data["suites"][r.suite]) for r in results]
    page = Template(_PAGE.read_text(encoding="utf-8"))
    return page.substitute(verdict=_verdict(reasons), nav=_nav(results), body="\n".join(sections))


def _verdict(reasons: Sequence[str]) -> str:
    if not reasons:
        return ""
    items = "".join(f"<li>{escape(why)}</li>" for why in reasons)
    return f'<div class="missed"><b>Not passed</b><ul>{items}</ul></div>'


def _nav(results: Sequence[Result]) -> str:
    return " ".join(f'<a href="#{r.suite}">{r.suite}</a>' for r in results)


def _section(result: Result, entry: Mapping[str, Any]) -> str:
    drawn = _PLOTS.get(result.suite, lambda r: [])(result)
    plots = "".join(f"<figure><figcaption>{escape(t)}</figcaption>{p}</figure>" for t, p in drawn)
    rest = [name for name in entry["figures"] if name not in entry["headline"]]
    more = f"<details><summary>All figures</summary>{_table(entry, rest)}</details>" if rest else ""
    grids = "".join(_grid(grid) for grid in suite(result.suite).grids(result.figures))
    about, figures = escape(sentence(entry["about"])), _table(entry, entry["headline"])
    seen = f'<div class="plots">{plots}{grids}</div>'
    return (
        f'<section id="{result.suite}"><h2>{result.suite}</h2><p>{about}</p>'
        f'<p class="facts">{escape(_facts(entry))}</p>{figures}'
        f"{_notes(entry)}{seen}{_worst(entry)}{more}{_origin(entry)}</section>"
    )


def _facts(entry: Mapping[str, Any]) -> str:
    facts, arguments = entry["facts"], entry["arguments"]
    parts = [f"{entry['samples']} samples", f"{entry['failed']} failed"]
    parts.append(f"data: {arguments.get('data') or 'built in'}")
    parts += [f"{k}: {arguments[k]}" for k in ("fold", "seed") if arguments.get(k) is not None]
    parts += [
        f"{k}: {facts[k]}" for k in ("describer", "planner", "judge", "device") if facts.get(k)
    ]
    return " · ".join(parts)


def _table(entry: Mapping[str, Any], names: Sequence[str]) -> str:
    rows = []
    for name in names:
        f = Figure.from_json(entry["figures"][name])
        arrow = {"higher": "↑", "lower": "↓", "none": ""}[f.better]
        rows.append(
            f"<tr><td>{escape(name)} {arrow}</td><td class=n>{short(f.value)}</td>"
            f"<td class=n>{short(f.low)} – {short(f.high)}</td><td class=n>{f.n}</td></tr>"
        )
    head = "<tr><th>figure</th><th>value</th><th>95 % interval</th><th>n</th></tr>"
    return f"<table>{head}{''.join(rows)}</table>" if rows else "<p>No figure.</p>"


def _grid(grid: Grid) -> str:
    head = "".join(f"<th>{escape(cell)}</th>" for cell in grid.head)
    rows = "".join(
        f"<tr><td>{escape(row[0])}</td>"
        + "".join(f"<td class=n>{escape(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in grid.rows
    )
    table = f"<table><tr>{head}</tr>{rows}</table>"
    return f"<figure><figcaption>{escape(grid.title)}</figcaption>{table}</figure>"


def _notes(entry: Mapping[str, Any]) -> str:
    items = "".join(f"<li>{escape(note)}</li>" for note in entry["notes"])
    return f"<ul>{items}</ul>" if items else ""


def _worst(entry: Mapping[str, Any]) -> str:
    rows = "".join(
        f"<tr><td><code>{escape(case['id'])}</code></td><td>{escape(case['why'])}</td></tr>"
        for case in entry["worst"]
    )
    return f"<h3>Worst cases</h3><table>{rows}</table>" if rows else ""


def _origin(entry: Mapping[str, Any]) -> str:
    rows = "".join(
        f"<tr><td>{escape(str(k))}</td><td>{escape(_plain(v))}</td></tr>"
        for k, v in {"log": entry["log"], **entry["arguments"], **entry["facts"]}.items()
        if v not in (None, "")
    )
    return f"<details><summary>Where this comes from</summary><table>{rows}</table></details>"


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{k} {v}" for k, v in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _describe_plots(result: Result) -> list[tuple[str, str]]:
    records = describing.typed(result.records)
    emotions = describing.labelled(records)
    plots = [
        (f"{prefix}F1 of each action unit, with 95 % intervals", svg.bars(units, "F1 by unit"))
        for prefix, key in (("", "au_f1["), ("Coded by a vision-language model: ", "coded_au_f1["))
        if (units := _named(result, key))
    ]
    table = classification.confusion(emotions, EMOTIONS)
    held = [i for i in range(len(EMOTIONS)) if table[i].sum()]
    if held:
        rows = [EMOTIONS[i] for i in held]
        columns = [*EMOTIONS, "no answer"]
        plots.append(("Emotion", svg.matrix(table[held].tolist(), rows, columns)))
        plots.append(
            ("Confidence and truth", svg.reliability(classification.reliability(emotions)))
        )
    for name in ("emotion_accuracy", "au_f1_macro", "coded_au_f1_macro", "age_mae"):
        values = {r: f.value for r in BASIC if (f := result.figures.get(f"{name}@{r}"))}
        if values:
            # Error is what is drawn: dark is bad in every picture.
            lower = name == "age_mae"
            errors = {r: v if lower else 1 - v for r, v in values.items()}
            title = f"Error by region: {'age in years' if lower else f'1 - {name}'}"
            plots.append(
                (title, svg.face(errors, min(errors.values()), max(errors.values()), title))
            )
    return plots


def _named(result: Result, start: str) -> dict[str, Figure]:
    return {
        name[len(start) : -1]: figure
        for name, figure in result.figures.items()
        if name.startswith(start) and name.endswith("]")
    }


def _robustness_plots(result: Result) -> list[tuple[str, str]]:
    plots = []
    for metric in ("emotion_accuracy", "au_f1_macro", "coded_au_f1_macro", "age_mae"):
        series = {}
        for change in CHANGES:
            points = [
                (float(s), figure.value)
                for s in (0, *SEVERITIES)
                if (figure := result.figures.get(f"{metric}@{change} {s}"))
            ]
            if len(points) > 1:
                series[change] = points
        if series:
            top = 1.0 if metric != "age_mae" else max(y for p in series.values() for _, y in p)
            plots.append((f"{metric} against severity", svg.lines(series, metric, top)))
    return plots


def _regions_plots(result: Result) -> list[tuple[str, str]]:
    values = {r: f.value for r in BASIC if (f := result.figures.get(f"points_inside@{r}"))}
    title = "Share of true points outside their region"
    errors = {r: 1 - v for r, v in values.items()}
    return [(title, svg.face(errors, 0.0, 1.0, title))] if errors else []


def _fairness_plots(result: Result) -> list[tuple[str, str]]:
    plots = []
    for metric in fairness.METRICS:
        groups = {
            name.partition("@")[2].replace("=", " "): figure
            for name, figure in result.figures.items()
            if name.startswith(f"{metric}@")
        }
        if len(groups) > 1:
            top = max(1.0, *(f.high for f in groups.values()))
            plots.append((f"{metric} by group", svg.bars(groups, f"{metric} by group", top)))
    return plots


def _speed_plots(result: Result) -> list[tuple[str, str]]:
    ratios = {n: f for n, f in result.figures.items() if "@" not in n}
    if not ratios:
        return []
    top = max(f.high for f in ratios.values())
    return [("Times as ratios; below 1 is faster", svg.bars(ratios, "times as ratios", top))]


def _size_plots(result: Result) -> list[tuple[str, str]]:
    sizes = {n[7:]: f for n, f in result.figures.items() if n.startswith("recall@") and "px" in n}
    return [("Recall by size of the face", svg.bars(sizes, "recall by size"))] if sizes else []


_PLOTS: dict[str, Callable[[Result], list[tuple[str, str]]]] = {
    "describe": _describe_plots,
    "robustness": _robustness_plots,
    "regions": _regions_plots,
    "detection": _size_plots,
    "fairness": _fairness_plots,
    "speed": _speed_plots,
}
