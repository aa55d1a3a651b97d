"""The report as Markdown, for terminals, pull requests and documents."""

from collections.abc import Mapping, Sequence
from typing import Any

from focalface.evals.compare import Change
from focalface.evals.figures import Figure

_ARROWS = {"higher": "↑", "lower": "↓", "none": ""}


def markdown(data: Mapping[str, Any], reasons: Sequence[str] = ()) -> str:
    """Headline figures of each suite, then all others, then the worst cases."""
    parts = [_suite(name, entry) for name, entry in data["suites"].items()]
    if reasons:
        parts.insert(0, "**Not passed:**\n\n" + "\n".join(f"- {why}" for why in reasons))
    return "\n\n".join(parts) + "\n"


def _suite(name: str, entry: Mapping[str, Any]) -> str:
    headline = entry["headline"]
    rest = [figure for figure in entry["figures"] if figure not in headline]
    lines = [f"## {name}", "", f"{entry['about']}.", "", _line_of_facts(entry), ""]
    lines += _table(entry["figures"], headline)
    if rest:
        lines += ["", "<details><summary>All figures</summary>", ""]
        lines += [*_table(entry["figures"], rest), "", "</details>"]
    if entry["worst"]:
        lines += ["", "Worst cases:", ""]
        lines += [f"- `{case['id']}`: {case['why']}" for case in entry["worst"]]
    return "\n".join(lines)


def _line_of_facts(entry: Mapping[str, Any]) -> str:
    facts, arguments = entry["facts"], entry["arguments"]
    parts = [f"{entry['samples']} samples, {entry['failed']} failed"]
    parts += [f"data {arguments['data']}"] if arguments.get("data") else ["built-in data"]
    parts += [f"seed {arguments['seed']}"] if "seed" in arguments else []
    parts += [f"{k} {facts[k]}" for k in ("describer", "planner", "device") if facts.get(k)]
    parts += [f"commit {facts['commit'][:10]}"] if facts.get("commit") else []
    return " · ".join(parts)


def _table(figures: Mapping[str, Any], names: Sequence[str]) -> list[str]:
    rows = ["| figure | value | 95 % interval | n |", "| --- | ---: | --- | ---: |"]
    for name in names:
        f = Figure.from_json(figures[name])
        arrow = _ARROWS[f.better]
        interval = f"{number(f.low)} to {number(f.high)}"
        rows.append(f"| {name} {arrow} | {number(f.value)} | {interval} | {f.n} |")
    return rows


def number(value: float) -> str:
    """Three decimals for small numbers, one for large ones."""
    return f"{value:.3f}" if abs(value) < 10 else f"{value:.1f}"


def changes_table(changes: Sequence[Change]) -> str:
    """A comparison; unchanged figures are only counted."""
    shown = [c for c in changes if c.verdict != "same"]
    rows = ["| figure | before | after | verdict |", "| --- | ---: | ---: | --- |"]
    for c in shown:
        before = number(c.before.value) if c.before else "–"
        after = number(c.after.value) if c.after else "–"
        gap = "" if c.low is None else f" ({c.low:+.3f} to {c.high:+.3f})"
        rows.append(f"| {c.suite}.{c.figure} | {before} | {after} | {c.verdict}{gap} |")
    same = f"{len(changes) - len(shown)} figures are the same within their intervals."
    return "\n".join([*rows, "", same] if shown else [same]) + "\n"
