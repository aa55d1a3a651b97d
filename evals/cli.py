"""``focalface eval``: run the suites, report their logs, compare them."""

import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from focalface.agent.cli.options import AsJson, Describer
from focalface.tools.errors import FocalFaceError, ModelMissingError, UsageError

if TYPE_CHECKING:
    from focalface.evals.harness.reading import Result


class Format(StrEnum):
    """What a report is written as."""

    MD = "md"
    JSON = "json"
    HTML = "html"


Suites = Annotated[
    list[str] | None,
    typer.Argument(metavar="[SUITE]...", help="Default: all but judge, or those for --data."),
]
Limit = Annotated[int | None, typer.Option(min=1, help="At most this many samples a suite.")]
Seed = Annotated[int, typer.Option(help="Chooses the samples under --limit, and the intervals.")]
Jobs = Annotated[int, typer.Option(min=1, help="Samples at a time.")]
Resume = Annotated[bool, typer.Option("--resume", help="Go on where the last run was cut off.")]
Planner = Annotated[str | None, typer.Option(help="A planner of your own: package.module:factory.")]
Model = Annotated[str | None, typer.Option(help="Chat model of planning, answers and judge.")]
Thresholds = Annotated[
    list[str] | None,
    typer.Option("--threshold", help="Such as 'describe.emotion_accuracy>=0.65'; repeatable."),
]
Baseline = Annotated[
    Path | None, typer.Option(help="A log or a baseline JSON; worse beyond its interval fails.")
]
Data = Annotated[
    str | None, typer.Option(help="A folder of labelled pictures, packs or a built corpus.")
]
Fold = Annotated[
    int | None, typer.Option(help="Test on this fold of DISFA or BP4D: 1, 2 or 3. Default: all.")
]
Bertscore = Annotated[
    str | None,
    typer.Option(help="Folder of a language model (FOLDER or FOLDER@LAYER) for BERTScore."),
]
As = Annotated[Format, typer.Option("--format", help="How to write the report.")]
Out = Annotated[Path | None, typer.Option(help="Write the report to this file.")]
Logs = Annotated[Path, typer.Option(help="Where Inspect keeps its logs.")]
LogFiles = Annotated[list[Path], typer.Argument(metavar="LOG...", help="Inspect logs.")]
Before = Annotated[Path, typer.Argument(metavar="BEFORE", help="A log or a baseline JSON.")]
After = Annotated[Path, typer.Argument(metavar="AFTER", help="A log.")]


def register(app: typer.Typer) -> None:
    """Add the group ``eval``."""
    group = typer.Typer(help="Eval suites on Inspect.", no_args_is_help=True)
    group.command("list")(list_suites)
    group.command()(run)
    group.command()(report)
    group.command()(compare)
    app.add_typer(group, name="eval")


def list_suites(as_json: AsJson = False) -> None:
    """Show the suites and what each measures."""
    _needs_inspect()
    from focalface.evals.harness.suite import NAMES, suite

    found = {name: suite(name).about for name in NAMES}
    if as_json:
        typer.echo(json.dumps(found, indent=2))
        return
    for name, about in found.items():
        typer.echo(f"{name:<11} {about}")


def run(
    suites: Suites = None,
    limit: Limit = None,
    seed: Seed = 0,
    jobs: Jobs = 1,
    resume: Resume = False,
    describer: Describer = None,
    planner: Planner = None,
    model: Model = None,
    threshold: Thresholds = None,
    baseline: Baseline = None,
    data: Data = None,
    fold: Fold = None,
    bertscore: Bertscore = None,
    as_: As = Format.MD,
    out: Out = None,
    logs: Logs = Path("logs"),
) -> None:
    """Run suites and report them. Exit 0: passed; 1: missed; 2: nothing could be concluded."""
    _needs_inspect()
    from focalface.evals.harness import reading, runner, thresholds

    demands = [thresholds.parse(text) for text in threshold or ()]
    before = reading.baseline(baseline) if baseline else None
    options = {
        "data": str(Path(data).expanduser().resolve()) if data else None,
        "limit": limit,
        "seed": seed,
        "describer": describer,
        "planner": planner,
        "model": model,
        "fold": fold,
        "bertscore": bertscore,
    }
    plan = runner.Plan(tuple(suites or _fitting(options["data"])), options, logs, jobs, resume)
    try:
        results = runner.run(plan, say=lambda text: typer.echo(text, err=True))
    except FocalFaceError as error:
        typer.echo(f"focalface: {error}", err=True)
        raise typer.Exit(runner.BROKEN) from None
    except Exception as error:
        typer.echo(f"focalface: the run broke: {type(error).__name__}: {error}", err=True)
        raise typer.Exit(runner.BROKEN) from error
    verdict = runner.verdict(results, demands, before)
    _write(_rendered(results, as_, verdict.reasons), out)
    for result in results:
        typer.echo(f"log: {logs / result.log}", err=True)
    for reason in verdict.reasons:
        typer.echo(f"focalface: {reason}", err=True)
    raise typer.Exit(verdict.code)


def _fitting(data: object) -> tuple[str, ...]:
    """Return the suites to run when none is named: all, or those that the data is for."""
    from focalface.evals.datasets.scenes import holds_scenes
    from focalface.evals.datasets.talks import holds_codes
    from focalface.evals.harness.suite import DEFAULT
    from focalface.evals.suites.regions import holds_points

    if data is None:
        return DEFAULT
    folder = Path(str(data))
    if holds_scenes(folder):
        return ("detection",)
    if holds_codes(folder):
        return ("answers",)
    faces = ("describe", "robustness", "fairness")
    return ("regions", *faces) if holds_points(folder) else faces


def report(log: LogFiles, as_: As = Format.MD, out: Out = None) -> None:
    """Write a report of one or more logs. Nothing is run."""
    _needs_inspect()
    from focalface.evals.harness import reading

    _write(_rendered([reading.read_log(path) for path in log], as_, ()), out)


def compare(before: Before, after: After, as_: As = Format.MD, out: Out = None) -> None:
    """Say what changed between two logs; exit 1 when something got worse."""
    _needs_inspect()
    from focalface.evals.harness import compare as comparing
    from focalface.evals.harness import reading
    from focalface.evals.report.markdown import changes_table

    if before.suffix == ".json":
        new = reading.read_log(after)
        changes = comparing.unpaired(reading.baseline(before), {new.suite: new.figures})
    else:
        old, new = reading.read_log(before), reading.read_log(after)
        if old.suite != new.suite:
            raise UsageError(
                f"'{old.suite}' and '{new.suite}' are different suites; compare two logs of one."
            )
        changes = comparing.paired(old, new)
    if as_ is Format.HTML:
        raise UsageError("A comparison is written as md or json; choose one with --format.")
    text = (
        json.dumps([c.as_json() for c in changes], indent=2) + "\n"
        if as_ is Format.JSON
        else changes_table(changes)
    )
    _write(text, out)
    raise typer.Exit(1 if comparing.regressions(changes) else 0)


def _rendered(results: Sequence["Result"], as_: Format, reasons: Sequence[str]) -> str:
    from focalface.evals.report import html, markdown, summary

    if as_ is Format.HTML:
        return html.html(results, reasons)
    data: Mapping[str, object] = summary.summary(results)
    if as_ is Format.JSON:
        return json.dumps({**data, "reasons": list(reasons)}, indent=2) + "\n"
    return markdown.markdown(data, reasons)


def _write(text: str, out: Path | None) -> None:
    if out is None:
        typer.echo(text, nl=False)
        return
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"'{out}' cannot be written ({error.strerror}); choose another."
        ) from error


def _needs_inspect() -> None:
    """Raises ``ModelMissingError`` when the optional packages are missing."""
    try:
        import inspect_ai  # noqa: F401
        import sacrebleu  # noqa: F401
    except ModuleNotFoundError as error:
        raise ModelMissingError(
            f"The eval suites need the package '{error.name}'; "
            "install it with: pip install 'focalface[evals]'."
        ) from None
