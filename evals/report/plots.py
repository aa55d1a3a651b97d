"""Which plots a suite's figures are drawn as."""

from collections.abc import Callable

from focalface.evals.harness.reading import Result
from focalface.evals.metrics import classification
from focalface.evals.metrics.statistics import Estimate
from focalface.evals.report import svg
from focalface.evals.suites import describing, fairness
from focalface.evals.suites.changes import CHANGES, SEVERITIES
from focalface.tools.face.regions import BASIC
from focalface.tools.types import EMOTIONS

Plot = tuple[str, str]
"""A title and a drawing as SVG."""


def plots_of(result: Result) -> list[Plot]:
    """Return the plots of a result; a suite without any has none."""
    drawn = _PLOTS.get(result.suite)
    return drawn(result) if drawn else []


def _describe_plots(result: Result) -> list[Plot]:
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


def _named(result: Result, start: str) -> dict[str, Estimate]:
    return {
        name[len(start) : -1]: figure
        for name, figure in result.figures.items()
        if name.startswith(start) and name.endswith("]")
    }


def _robustness_plots(result: Result) -> list[Plot]:
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


def _regions_plots(result: Result) -> list[Plot]:
    values = {r: f.value for r in BASIC if (f := result.figures.get(f"points_inside@{r}"))}
    title = "Share of true points outside their region"
    errors = {r: 1 - v for r, v in values.items()}
    return [(title, svg.face(errors, 0.0, 1.0, title))] if errors else []


def _fairness_plots(result: Result) -> list[Plot]:
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


def _speed_plots(result: Result) -> list[Plot]:
    ratios = {n: f for n, f in result.figures.items() if "@" not in n}
    if not ratios:
        return []
    top = max(f.high for f in ratios.values())
    return [("Times as ratios; below 1 is faster", svg.bars(ratios, "times as ratios", top))]


def _size_plots(result: Result) -> list[Plot]:
    sizes = {n[7:]: f for n, f in result.figures.items() if n.startswith("recall@") and "px" in n}
    return [("Recall by size of the face", svg.bars(sizes, "recall by size"))] if sizes else []


_PLOTS: dict[str, Callable[[Result], list[Plot]]] = {
    "describe": _describe_plots,
    "robustness": _robustness_plots,
    "regions": _regions_plots,
    "detection": _size_plots,
    "fairness": _fairness_plots,
    "speed": _speed_plots,
}
