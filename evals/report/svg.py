"""Small plots as SVG text: bars, matrix, reliability, lines, a face in colours.

By hand on purpose: colours are CSS variables of the page, so that plots follow its light and dark
themes, and a plotting library would be larger than everything else that the report needs.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path

from focalface.evals.metrics.statistics import Estimate
from focalface.tools.face.outlines import OUTLINES
from focalface.tools.face.regions import BASIC

_MEAN_FACE = Path(__file__).parents[1] / "suites" / "data" / "mean_face.json"


def _svg(width: float, height: float, parts: Sequence[str], label: str) -> str:
    body = "".join(parts)
    return (
        f'<svg viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}" '
        f'role="img" aria-label="{escape(label)}">{body}</svg>'
    )


def _text(x: float, y: float, words: str, anchor: str = "start", kind: str = "label") -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text {place} class="{kind}">{escape(words)}</text>'


def _rect(x: float, y: float, w: float, h: float, kind: str, share: float | None = None) -> str:
    style = "" if share is None else f' style="--share:{share:.3f}"'
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}" class="{kind}"{style}/>'


def bars(figures: Mapping[str, Estimate], label: str, top: float = 1.0) -> str:
    """Draw horizontal bars from 0 to ``top`` with their intervals, in the order given."""
    left, wide, step = max(90.0, 16 + 6.5 * max(map(len, figures))), 330.0, 22.0
    parts = [_grid(left, wide, len(figures) * step, top)]
    for i, (name, figure) in enumerate(figures.items()):
        y = i * step + 4
        low, high, end = (
            left + wide * _unit(v / top) for v in (figure.low, figure.high, figure.value)
        )
        parts += [
            _text(left - 8, y + 12, name, "end"),
            _rect(left, y, end - left, 15, "bar"),
            f'<path d="M{low:.1f} {y + 7.5}H{high:.1f}" class="whisker"/>',
            _text(left + wide + 10, y + 12, f"{figure.value:.2f}  n={figure.n}", kind="value"),
        ]
    return _svg(left + wide + 110, len(figures) * step + 24, parts, label)


def _grid(left: float, wide: float, height: float, top: float) -> str:
    lines = []
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        x, tick = left + wide * share, round(top * share, 2)
        lines.append(f'<path d="M{x:.1f} 0V{height + 4:.1f}" class="grid"/>')
        lines.append(_text(x, height + 18, f"{tick:g}", "middle", "tick"))
    return "".join(lines)


def _unit(value: float) -> float:
    return min(max(value, 0.0), 1.0)


def matrix(table: Sequence[Sequence[int]], rows: Sequence[str], columns: Sequence[str]) -> str:
    """Return a confusion matrix, coloured by the share of its row."""
    left, top, cell = 120.0, 84.0, 44.0
    parts = [_text(left + len(columns) * cell / 2, 12, "said", "middle", "tick")]
    parts.append(_text(4, top + len(rows) * cell / 2, "true", kind="tick"))
    for j, name in enumerate(columns):
        x = left + j * cell + cell / 2
        parts.append(
            f'<text transform="translate({x + 4:.1f} {top - 8}) rotate(-40)" class="label">'
            f"{escape(name)}</text>"
        )
    for i, name in enumerate(rows):
        total = max(sum(table[i]), 1)
        y = top + i * cell
        parts.append(_text(left - 8, y + cell / 2 + 4, name, "end"))
        for j, count in enumerate(table[i]):
            share = count / total
            parts.append(_rect(left + j * cell, y, cell - 2, cell - 2, "cell", share))
            kind = "value on" if share > 0.5 else "value"
            if count:
                at = left + j * cell + cell / 2 - 1
                parts.append(_text(at, y + cell / 2 + 4, str(count), "middle", kind))
    return _svg(
        left + len(columns) * cell + 40, top + len(rows) * cell + 8, parts, "confusion matrix"
    )


def reliability(bins: Sequence[tuple[float, float, int]]) -> str:
    """Draw confidence against accuracy; the area of a dot is the count of its bin."""
    left, side = 44.0, 260.0
    most = max((n for _, _, n in bins), default=1)

    def at(x: float, y: float) -> tuple[float, float]:
        return left + side * x, 8 + side * (1 - y)

    (x0, y0), (x1, y1) = at(0, 0), at(1, 1)
    parts = [
        _rect(x0, y1, side, side, "frame"),
        f'<path d="M{x0} {y0}L{x1} {y1}" class="ideal"/>',
        _text(left + side / 2, side + 42, "confidence", "middle", "tick"),
        f'<text transform="translate(12 {side / 2 + 8}) rotate(-90)" text-anchor="middle" '
        'class="tick">share right</text>',
    ]
    for tick in (0.0, 0.5, 1.0):
        parts.append(_text(at(tick, 0)[0], side + 24, f"{tick:g}", "middle", "tick"))
        parts.append(_text(left - 6, at(0, tick)[1] + 4, f"{tick:g}", "end", "tick"))
    points = [at(confidence, right) for confidence, right, _ in bins]
    if len(points) > 1:
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        parts.append(f'<path d="M{path}" class="line"/>')
    for (x, y), (_, _, n) in zip(points, bins, strict=True):
        radius = 3 + 9 * (n / most) ** 0.5
        title = f"<title>n={n}</title>"
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" class="dot">{title}</circle>'
        )
    return _svg(left + side + 20, side + 52, parts, "reliability diagram")


def lines(series: Mapping[str, Sequence[tuple[float, float]]], label: str, top: float) -> str:
    """Return lines over severity 0..5; ``top`` is the value at the upper edge."""
    left, wide, high = 44.0, 330.0, 200.0
    parts = [_rect(left, 8, wide, high, "frame")]
    for tick in range(6):
        x = left + wide * tick / 5
        parts.append(_text(x, high + 24, str(tick), "middle", "tick"))
    parts += [
        _text(left - 6, 12 + high * (1 - share), f"{top * share:g}", "end", "tick")
        for share in (0.0, 0.5, 1.0)
    ]
    for k, (name, points) in enumerate(series.items()):
        path = "L".join(
            f"{left + wide * x / 5:.1f} {8 + high * (1 - _unit(y / top)):.1f}" for x, y in points
        )
        parts.append(f'<path d="M{path}" class="line s{k % 9}"/>')
        y = 16 + k * 18
        parts.append(f'<path d="M{left + wide + 14} {y - 4}h18" class="line s{k % 9}"/>')
        parts.append(_text(left + wide + 38, y, name))
    return _svg(left + wide + 140, max(high + 36, len(series) * 18 + 20), parts, label)


def face(values: Mapping[str, float], low: float, high: float, label: str) -> str:
    """Return the atlas on a face as one sees it (the subject's left is on the right), coloured by
    value.

    Regions without a value stay empty; large regions are drawn first so that small ones show.
    """
    outlines = {name: _outline(name) for name in BASIC}
    oval = _outline("face")
    parts = [f'<polygon points="{_points(oval)}" class="oval"/>']
    for name in sorted(outlines, key=lambda n: -_area(outlines[n])):
        value = values.get(name)
        title = f"{name}: {'no figure' if value is None else format(value, '.3f')}"
        share = None if value is None else _share(value, low, high)
        style = "" if share is None else f' style="--share:{share:.3f}"'
        shape = f'<polygon points="{_points(outlines[name])}" class="part"{style}>'
        parts.append(f"{shape}<title>{escape(title)}</title></polygon>")
    parts += [_rect(20 + i * 16, 236, 16, 10, "part", i / 10) for i in range(11)]
    parts.append(_text(20, 262, f"{low:.2f}", "start", "tick"))
    parts.append(_text(196, 262, f"{high:.2f}", "end", "tick"))
    return _svg(240, 270, parts, label)


def _outline(name: str) -> list[tuple[float, float]]:
    """Return an atlas region of the average face, in the units of the drawing."""
    points = _mean_face()
    corners = [c if isinstance(c, tuple) else (c, c, 0.0) for c in OUTLINES[name]]
    lines = [(*points[start], *points[end], t) for start, end, t in corners]
    return [(x1 + t * (x2 - x1), y1 + t * (y2 - y1)) for x1, y1, x2, y2, t in lines]


@cache
def _mean_face() -> dict[str, tuple[float, float]]:
    """Landmark -> where it is in the drawing, 174 wide from (20, 20)."""
    face: dict[str, list[float]] = json.loads(_MEAN_FACE.read_text(encoding="utf-8"))
    xs = [x for name, (x, _) in face.items() if "_oval_" in name]
    left, top, scale = min(xs), face["forehead_top"][1], 174 / (max(xs) - min(xs))
    return {
        name: (round(20 + scale * (x - left), 1), round(20 + scale * (y - top), 1))
        for name, (x, y) in face.items()
    }


def _share(value: float, low: float, high: float) -> float:
    """Tell where the value lies between the ends; the middle when they are one."""
    return 0.5 if high - low < 1e-9 else _unit((value - low) / (high - low))


def _points(polygon: Sequence[Sequence[float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in polygon)


def _area(polygon: Sequence[Sequence[float]]) -> float:
    following = [*polygon[1:], polygon[0]]
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(polygon, following, strict=True))) / 2
