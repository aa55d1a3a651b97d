"""``focalface batch``: many pictures to one JSONL file."""

import json
from pathlib import Path
from typing import Annotated

import typer

from focalface.agent.cli import options
from focalface.agent.cli.options import (
    AsJson,
    BaseUrl,
    Boxes,
    Describer,
    Detector,
    Device,
    Points,
    Regions,
    Threads,
)

Inputs = Annotated[
    list[Path], typer.Argument(metavar="INPUT...", help="Pictures, or folders of pictures.")
]
Out = Annotated[Path, typer.Option("--out", "-o", help="JSONL file, one line a picture.")]
OnRay = Annotated[
    bool, typer.Option("--ray", help="Spread over Ray, with --jobs workers; RAY_ADDRESS: where.")
]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, max=64, help="Pictures at a time.")]


def register(app: typer.Typer) -> None:
    """Adds ``batch``."""
    app.command()(batch)


def batch(
    inputs: Inputs,
    out: Out,
    region: Regions = None,
    box: Boxes = None,
    point: Points = None,
    jobs: Jobs = 1,
    ray: OnRay = False,
    describer: Describer = None,
    detector: Detector = None,
    base_url: BaseUrl = None,
    device: Device = None,
    threads: Threads = None,
    as_json: AsJson = False,
) -> None:
    """Describe regions of every face on many pictures; run it again to go on after a stop."""
    from rich.console import Console
    from rich.progress import Progress

    from focalface.tools.batch import run as engine

    targets = options.targets(region, box, point) or ["face"]
    settings = options.make_settings(
        describer=describer, detector=detector, base_url=base_url, device=device, threads=threads
    )
    pictures = engine.find_pictures(inputs)
    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("Pictures", total=len(pictures))
        for state in engine.run(pictures, out, settings, targets, jobs=jobs, on_ray=ray):
            bar.update(task, completed=state.skipped + state.done)
    summary = {
        "out": str(out),
        "pictures": state.total,
        "done": state.done,
        "skipped": state.skipped,
        "failed": state.failed,
    }
    said = (
        f"{state.done} pictures described, {state.skipped} were there already, "
        f"{state.failed} failed; results in {out}"
    )
    typer.echo(json.dumps(summary) if as_json else said)
    if state.failed:
        typer.echo(
            f"focalface: {state.failed} of {state.total} pictures failed; see 'error' in {out}.",
            err=True,
        )
        raise typer.Exit(1)
