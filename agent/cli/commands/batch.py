"""``focalface batch``: many pictures and films to one file of results."""

import json
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from focalface.agent.cli import options
from focalface.agent.cli.options import (
    AsJson,
    BaseUrl,
    Boxes,
    Describer,
    Detector,
    Device,
    Emotion,
    Points,
    Regions,
    Threads,
)
from focalface.tools.errors import UsageError

if TYPE_CHECKING:
    from focalface.tools.batch.inputs import InputFiles
    from focalface.tools.batch.job import Job
    from focalface.tools.batch.outputs import Output
    from focalface.tools.batch.run import Engine as RunEngine
    from focalface.tools.batch.run import Progress

Inputs = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[INPUT]...",
        help="Pictures, films, folders, patterns such as '**/*.jpg', Parquet with a column of "
        "paths; - for a list of paths on standard input.",
    ),
]
Lists = Annotated[
    list[str] | None,
    typer.Option("--list", help="A file of paths, one a line; - for standard input; repeatable."),
]
Column = Annotated[
    str | None, typer.Option(help="The column of paths in Parquet inputs; default: found by name.")
]
Out = Annotated[
    str,
    typer.Option("--out", "-o", help="FILE.jsonl, FILE.csv, FILE.parquet, or - for stdout."),
]
Format = Annotated[
    str | None, typer.Option("--format", help="jsonl, csv or parquet, whatever the name says.")
]
Every = Annotated[
    str | None,
    typer.Option(help="Of films, one frame in so much time, such as 0.2s; default: all frames."),
]
Smooth = Annotated[
    str | None,
    typer.Option(
        help="Smooth units over time before movements are looked for: median or savgol, with a "
        "window, such as median:0.3s; default: not at all."
    ),
]
Page = Annotated[
    Path | None, typer.Option("--html", help="A page of all faces; of films, plots over time.")
]
Copies = Annotated[
    Path | None, typer.Option("--pictures", help="A folder for copies with the regions drawn.")
]
EachPath = Annotated[
    bool, typer.Option("--each-path", help="A row a path, also where two lead to the same file.")
]
Engine = Annotated[str, typer.Option(help="local, or ray to spread over a cluster.")]
Address = Annotated[
    str | None, typer.Option(help="Of a running Ray, or auto; default: one of our own.")
]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, max=10_000, help="Files at a time.")]


def register(app: typer.Typer) -> None:
    """Add ``batch``."""
    app.command()(batch)


def batch(
    out: Out,
    inputs: Inputs = None,
    lists: Lists = None,
    column: Column = None,
    format_: Format = None,
    region: Regions = None,
    box: Boxes = None,
    point: Points = None,
    every: Every = None,
    smooth: Smooth = None,
    html: Page = None,
    pictures: Copies = None,
    each_path: EachPath = False,
    jobs: Jobs = 1,
    engine: Engine = "local",
    address: Address = None,
    describer: Describer = None,
    detector: Detector = None,
    base_url: BaseUrl = None,
    device: Device = None,
    threads: Threads = None,
    emotion: Emotion = None,
    as_json: AsJson = False,
) -> None:
    """Describe regions of every face on many pictures; run it again to go on after a stop."""
    from focalface.tools.batch import inputs as places
    from focalface.tools.batch import outputs, run
    from focalface.tools.batch.job import Job
    from focalface.tools.clips.series import parse_smoothing

    if not inputs and not lists:
        raise UsageError("Say what to read: pictures, films, folders, or --list FILE.")
    kind = outputs.format_of(out, format_)
    job = Job(
        options.make_settings(
            describer=describer,
            detector=detector,
            base_url=base_url,
            device=device,
            threads=threads,
            emotion=emotion,
        ),
        options.targets(region, box, point) or ["face"],
        every=parse_seconds(every) if every else None,
        smoothing=parse_smoothing(smooth) if smooth else None,
        pictures=_folder(pictures),
        lean=kind != "jsonl",
    )
    output = outputs.open_output(out, job, job.region_names, format_)
    chosen = _engine(engine, address)
    state = run.Progress(0)
    try:
        with _ends_tidily():
            found = places.find_files(
                inputs or [], lists=lists or [], column=column, twice=each_path
            )
            with output:
                states = run.run(
                    found.files, job, output, jobs=jobs, engine=chosen, twice=each_path
                )
                for state in _shown(states):  # noqa: B007 - the last one counts
                    pass
                left = _write_page(html, output, job)
    except KeyboardInterrupt as stop:
        _tell(f"Stopped; {state.done} files were done now. Run the same command again to go on.")
        raise typer.Exit(143 if isinstance(stop, _Terminated) else 130) from None
    except BrokenPipeError:  # whoever read our output has seen enough
        sys.stdout = None
        raise typer.Exit(1) from None
    _report(state, found, out, left, as_json=as_json)
    if state.failed:
        raise typer.Exit(1)


def parse_seconds(text: str) -> float:
    """Return seconds from ``0.2s``, ``0.2`` or ``200ms``; raises ``UsageError``."""
    found = re.fullmatch(r"\s*(\d+(?:\.\d*)?|\.\d+)\s*(ms|s|sec|seconds)?\s*", text)
    seconds = float(found[1]) * (0.001 if found[2] == "ms" else 1) if found else 0.0
    if not 0 < seconds < 1e9:
        raise UsageError(f"--every takes a time above 0 such as 0.2s, not '{text[:40]}'.")
    return seconds


def _folder(path: Path | None) -> Path | None:
    """A folder for copies, made if need be."""
    if path is not None:
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(
                f"--pictures '{path}' cannot be made ({error.strerror}); choose another."
            ) from None
    return path


def _engine(name: str, address: str | None) -> "RunEngine":
    from focalface.tools.batch import ray_engine, workers

    if name not in ("local", "ray"):
        raise UsageError(f"There is no engine '{name[:40]}'; choose local or ray.")
    if address is not None and name != "ray":
        raise UsageError("--address is that of a Ray; add --engine ray.")
    return ray_engine.engine(address) if name == "ray" else workers.run


class _Terminated(KeyboardInterrupt):
    """A request to end came as SIGTERM."""


@contextmanager
def _ends_tidily() -> Iterator[None]:
    """While inside, SIGTERM ends the work as Ctrl-C does."""

    def asked(_number: int, _frame: object) -> None:
        raise _Terminated

    before = signal.signal(signal.SIGTERM, asked)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _shown(states: "Iterator[Progress]") -> "Iterator[Progress]":
    """Passes on how far the batch is, and shows it where somebody looks."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    console = Console(stderr=True)
    columns = (TextColumn("Files"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("Files", total=None)
        for state in states:
            bar.update(task, total=state.total, completed=state.skipped + state.done)
            yield state


def _write_page(html: Path | None, output: "Output", job: "Job") -> int:
    if html is None:
        return 0
    from focalface.tools.batch.page import write_page

    try:
        emotion = job.settings.emotion
        return write_page(html, output.flat(), smoothing=job.smoothing, emotion=emotion)
    except OSError as error:
        raise UsageError(
            f"--html '{html}' cannot be written ({error.strerror}); choose another."
        ) from None


def _report(state: "Progress", found: "InputFiles", out: str, left: int, *, as_json: bool) -> None:
    """What came of it: on stdout, unless the results are there."""
    summary = {
        "out": out,
        "pictures": state.total,
        "done": state.done,
        "skipped": state.skipped,
        "failed": state.failed,
        "faces": state.faces,
        "left_out": {**found.left_out},
    }
    good = state.done - state.failed
    said = f"{good} files described ({state.faces} faces), {state.skipped} were there already, "
    said += f"{state.failed} failed; "
    said += "results on standard output." if out == "-" else f"results in {out}."
    typer.echo(json.dumps(summary) if as_json else said, err=out == "-")
    if remark := found.remark():
        _tell(remark)
    if left:
        _tell(f"{left} files are not on the page, which holds the first only.")
    if state.failed:
        _tell(f"{state.failed} of {state.total} files failed; see 'error' in {out}.")


def _tell(sentence: str) -> None:
    typer.echo(f"focalface: {sentence}", err=True)
