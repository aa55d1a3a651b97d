"""Units over time as SVG, by hand: a line, a scale and three marks need no plotting library."""

from collections.abc import Mapping, Sequence
from html import escape

from focalface.tools.clips.series import Episode, Series
from focalface.tools.face.facs import PRESENT

WIDTH, HEIGHT = 420, 120
_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 22, 10, 22
_COLOURS = {"left": "#0b6e99", "right": "#c2571a", "": "#0b6e99"}
_TICKS = 5


def caption(one: Episode) -> str:
    """Return a movement in words: ``begins 1.2 s, strongest 1.6 s (0.74), over 2.3 s``."""
    begins = "there from the start" if one.onset is None else f"begins {one.onset:.2f} s"
    ends = "there to the end" if one.offset is None else f"over {one.offset:.2f} s"
    return f"{begins}, strongest {one.apex:.2f} s ({one.intensity:.2f}), {ends}"


def draw(
    lines: Mapping[str, Series], movements: Mapping[str, Sequence[Episode]], end: float
) -> str:
    """Return one plot: intensity 0..1 upwards, seconds 0..``end`` to the right, a line a side.

    The dashed line is the intensity from which a unit counts as present; triangles mark onset and
    offset, dots the apex.
    """
    span = max(end, 1e-6)

    def x(seconds: float) -> float:
        return _LEFT + seconds / span * (WIDTH - _LEFT - _RIGHT)

    def y(value: float) -> float:
        return _TOP + (1 - value) * (HEIGHT - _TOP - _BOTTOM)

    parts = [_line(_LEFT, y(0), WIDTH - _RIGHT, y(0), "axis")]
    parts += [_line(_LEFT, y(PRESENT), WIDTH - _RIGHT, y(PRESENT), "present")]
    parts += [_text(_LEFT - 6, y(value) + 3, f"{value:g}", "end") for value in (0, 0.5, 1)]
    parts += [_text(x(at), HEIGHT - 6, _seconds(at), "middle") for at in _ticks(span)]
    for side, series in lines.items():
        colour = _COLOURS[side]
        points = " ".join(
            f"{x(s):.1f},{y(v):.1f}" for s, v in zip(series.seconds, series.values, strict=True)
        )
        parts.append(f'<polyline points="{points}" stroke="{colour}" class="line"/>')
        for one in movements.get(side, ()):
            marks = [("▲", one.onset), ("●", one.apex), ("▼", one.offset)]
            parts += [
                f'<text x="{x(at):.1f}" y="{y(series.at(at) or 0) + 3:.1f}" fill="{colour}" '
                f'text-anchor="middle" class="mark">{mark}</text>'
                for mark, at in marks
                if at is not None
            ]
    label = "; ".join(
        f"{side} {caption(one)}".strip() for side in movements for one in movements[side]
    )
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(label)}">'
        f"{''.join(parts)}</svg>"
    )


def _ticks(span: float) -> list[float]:
    """Round times at about ``_TICKS`` places."""
    steps = [base * 10**power for power in range(-2, 5) for base in (1, 2, 5)]
    step = next((step for step in steps if span / step <= _TICKS), steps[-1])
    return [number * step for number in range(int(span / step + 1e-9) + 1)]


def _seconds(at: float) -> str:
    return f"{at:g} s" if at < 120 else f"{at / 60:g} min"


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" class="{kind}"/>'


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'
