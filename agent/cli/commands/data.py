"""``focalface data``: builds a corpus for fine-tuning from labelled face data."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from focalface.agent.cli.options import AsJson

if TYPE_CHECKING:
    from focalface.tools.training.corpus.build import Source

Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE...", help="Folders of data sets; LAYOUT=FOLDER where it is not recognised."
    ),
]
Out = Annotated[
    Path, typer.Option("--out", help="Folder of the corpus; an unfinished one goes on.")
]
Limit = Annotated[int | None, typer.Option(min=1, help="Take the first records of each source.")]
Share = Annotated[
    float, typer.Option(min=0.0, max=1.0, help="Share of the training records that is taken.")
]
Regions = Annotated[int, typer.Option(min=0, help="Regions a face besides the whole face.")]
FaceSize = Annotated[int, typer.Option(help="Side of the face pictures, a multiple of 28.")]
CropSize = Annotated[int, typer.Option(help="Side of the region crops, a multiple of 28.")]
Model = Annotated[
    str | None,
    typer.Option("--annotator", help="Chat model (provider:name) that writes the texts."),
]
Workers = Annotated[int, typer.Option(min=1, help="Processes at work.")]
Upright = Annotated[
    bool, typer.Option(help="Turn and frame faces by eyes and mouth, as the base 'hybrid' needs.")
]
OwnSplits = Annotated[
    bool, typer.Option(help="Keep the sets' splits even where a subject is on both sides.")
]
Silver = Annotated[
    bool, typer.Option(help="Units of uncoded faces from the embedded describer, marked so.")
]
WithParquet = Annotated[bool, typer.Option("--parquet/--no-parquet", help="Write Parquet as well.")]


def register(app: typer.Typer) -> None:
    """Add the group ``data``."""
    group = typer.Typer(help="Data sets for fine-tuning.", no_args_is_help=True)
    group.command()(build)
    group.command()(layouts)
    app.add_typer(group, name="data")


def build(
    sources: Sources,
    out: Out,
    seed: int = 0,
    limit: Limit = None,
    share: Share = 1.0,
    regions: Regions = 5,
    face_size: FaceSize = 448,
    crop_size: CropSize = 224,
    upright: Upright = False,
    own_splits: OwnSplits = False,
    silver: Silver = False,
    annotator: Model = None,
    workers: Workers = 1,
    parquet: WithParquet = False,
    as_json: AsJson = False,
) -> None:
    """Build an MFRF-style corpus: regions, labels, texts and chats out of labelled faces."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from focalface.tools.describers.language.focal import Sizes
    from focalface.tools.errors import UsageError
    from focalface.tools.training.corpus import build as corpus
    from focalface.tools.training.corpus import write
    from focalface.tools.training.corpus.faces import Options

    try:
        sizes = Sizes(face_size, crop_size, upright)
    except ValueError as error:
        raise UsageError(f"{error}; use --face-size 448 --crop-size 224.") from None
    options = Options(
        seed=seed,
        regions=regions,
        sizes=sizes,
        annotator=annotator,
        own_splits=own_splits,
        silver=silver,
    )
    console = Console(stderr=True)
    if annotator is not None:
        console.print(f"Labels (no pictures) are sent to {annotator}.")
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("reading")
        found = corpus.build(
            [_source(text, limit, share) for text in sources],
            out,
            options,
            workers=workers,
            progress=lambda done, made: bar.update(
                task, description=f"{done} records, {made} samples"
            ),
        )
        if parquet:
            bar.update(task, description="writing Parquet")
            write.parquet(out)
    if as_json:
        typer.echo(json.dumps(found, indent=2))
        return
    typer.echo(f"{found['faces']} faces of {found['records']} records; card: {out / 'README.md'}")
    if found["skipped"]:
        typer.echo(f"{found['skipped']} records left out, reasons in {out / 'skipped.jsonl'}")


def layouts() -> None:
    """List the layouts that can be read."""
    from focalface.tools.datasets import LAYOUTS

    for name, layout in LAYOUTS.items():
        about = layout.about or sys.modules[layout.read.__module__].__doc__ or ""
        typer.echo(f"{name:10} {about.partition(chr(10))[0].replace('``', '')}")


def _source(text: str, limit: int | None, share: float) -> "Source":
    from focalface.tools.datasets import LAYOUTS
    from focalface.tools.training.corpus.build import Source

    layout, mark, folder = text.partition("=")
    if mark and layout in LAYOUTS:
        return Source(Path(folder), layout, limit, share)
    return Source(Path(text), "auto", limit, share)
