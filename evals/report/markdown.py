"""The report as Markdown, for terminals, pull requests and documents."""

from collections.abc import Mapping, Sequence
from typing import Any

from focalface.evals.harness.compare import Change
from focalface.evals.harness.suite import suite
from focalface.evals.metrics.statistics import Estimate, short

_ARROWS = {"higher": "↑", "lower": "↓", "none": ""}


def markdown(data: Mapping[str, Any], reasons: Sequence[str] = ()) -> str:
    """Write headline figures of each suite, notes and worst cases, then all other figures."""
    parts = [_suite(name, entry) for name, entry in data["suites"].items()]
    if reasons:
        parts.insert(0, "**Not passed:**\n\n" + "\n".join(f"- {why}" for why in reasons))
    return "\n\n".join(parts) + "\n"


def _suite(name: str, entry: Mapping[str, Any]) -> str:
    headline = entry["headline"]
    rest = [figure for figure in entry["figures"] if figure not in headline]
    lines = [f"## {name}", "", f"{sentence(entry['about'])}", "", *_facts(entry), ""]
    lines += _table(entry["figures"], headline) if headline else ["No headline figure."]
    figures = {n: Estimate.from_json(f) for n, f in entry["figures"].items()}
    for grid in suite(name).grids(figures):
        sides = "l" + "r" * (len(grid.head) - 1)
        lines += ["", f"{grid.title}:", "", *aligned(grid.head, grid.rows, sides)]
    if entry["notes"]:
        lines += ["", *(f"- {note}" for note in entry["notes"])]
    if entry["worst"]:
        lines += ["", "Worst cases:", ""]
        lines += [f"- `{case['id']}`: {case['why']}" for case in entry["worst"]]
    if rest:
        lines += ["", f"### All other figures of {name}", "", *_table(entry["figures"], rest)]
    return "\n".join(lines)


def _facts(entry: Mapping[str, Any]) -> list[str]:
    facts, arguments = entry["facts"], entry["arguments"]
    data = f"data {arguments['data']}" if arguments.get("data") else "built-in data"
    drawn = [
        f"{name} {arguments[name]}" for name in ("fold", "seed") if arguments.get(name) is not None
    ]
    lines = [" · ".join([f"{entry['samples']} samples, {entry['failed']} failed", data, *drawn])]
    lines += [f"{k} {facts[k]}" for k in ("describer", "planner", "judge") if facts.get(k)]
    lines += [f"device {facts['device']}"] if facts.get("device") else []
    lines += [f"commit {facts['commit'][:10]}"] if facts.get("commit") else []
    return [f"- {line}" for line in lines]


def _table(figures: Mapping[str, Any], names: Sequence[str]) -> list[str]:
    rows = []
    for name in names:
        f = Estimate.from_json(figures[name])
        interval = f"{short(f.low)} to {short(f.high)}"
        label = f"{name} {_ARROWS[f.better]}".rstrip()
        rows.append((label, short(f.value), interval, str(f.n)))
    return aligned(("figure", "value", "95 % interval", "n"), rows, "lrlr")


def aligned(head: Sequence[str], rows: Sequence[Sequence[str]], sides: str) -> list[str]:
    """Return a Markdown table whose columns line up in a terminal too; ``sides``: l or r a
    column."""
    widths = [max(3, *(len(row[i]) for row in (head, *rows))) for i in range(len(head))]

    def line(cells: Sequence[str]) -> str:
        pairs = zip(cells, widths, sides, strict=True)
        return f"| {' | '.join(c.ljust(w) if s == 'l' else c.rjust(w) for c, w, s in pairs)} |"

    rule = ["-" * (w - 1) + (":" if s == "r" else "-") for w, s in zip(widths, sides, strict=True)]
    return [line(head), line(rule), *(line(row) for row in rows)]


def sentence(about: str) -> str:
    """Return what a suite measures, as a sentence."""
    return f"{about[0].upper()}{about[1:]}."


def changes_table(changes: Sequence[Change]) -> str:
    """Return a comparison; unchanged figures are only counted."""
    shown = [c for c in changes if c.verdict != "same"]
    rows = []
    for c in shown:
        before = short(c.before.value) if c.before else "–"
        after = short(c.after.value) if c.after else "–"
        gap = "" if c.low is None else f" ({c.low:+.3f} to {c.high:+.3f})"
        rows.append((f"{c.suite}.{c.figure}", before, after, f"{c.verdict}{gap}"))
    same = f"{len(changes) - len(shown)} figures are the same within their intervals."
    table = aligned(("figure", "before", "after", "verdict"), rows, "lrrl")
    return "\n".join([*table, "", same] if shown else [same]) + "\n"
