"""``focalface models``: what weights there are, whether they are whole, and fetching more."""

import json
import sys
from typing import Annotated

import typer

from focalface.agent.cli.options import AsJson, make_settings
from focalface.tools.errors import ModelDamagedError
from focalface.tools.models import catalog as weights

Names = Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help="Default: all.")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="A pack of 'focalface models list'.")]
Accept = Annotated[
    bool, typer.Option("--accept-licence", help="You have read the licence and it fits your use.")
]


def register(app: typer.Typer) -> None:
    """Add the group ``models``."""
    group = typer.Typer(help="Weights: list, verify, fetch.", no_args_is_help=True)
    group.command("list")(list_models)
    group.command()(verify)
    group.command()(fetch)
    app.add_typer(group, name="models")


def list_models(as_json: AsJson = False) -> None:
    """Show all models with size, licence, and where they are."""
    found = weights.catalogue()
    if as_json:
        typer.echo(json.dumps([m.model_dump(mode="json") for m in found], indent=2))
        return
    from focalface.agent.basics.answer import Table
    from focalface.agent.terminal.render import View, make_console

    rows = tuple(
        (m.name, "yes" if m.installed else "no", _size(m.bytes), m.purpose, m.licence)
        for m in found
    )
    columns = ("Name", "Installed", "Size", "Purpose", "Licence")
    View(make_console()).table(Table(title="Models", columns=columns, rows=rows))


def _size(count: int | None) -> str:
    return f"{count / 1e6:.1f} MB" if count else "–"


def verify(names: Names = None, as_json: AsJson = False) -> None:
    """Check size and hash of the installed weights."""
    checks = weights.verify(names or [])
    if as_json:
        typer.echo(json.dumps([check.model_dump(mode="json") for check in checks], indent=2))
    else:
        for check in checks:
            if check.problem is None:
                typer.echo(f"{check.model}: {check.file.name} is whole")
    if problems := [check.problem for check in checks if check.problem]:
        for problem in problems[:-1]:
            typer.echo(f"focalface: {problem}", err=True)
        raise ModelDamagedError(problems[-1])


def fetch(name: Name, accept_licence: Accept = False) -> None:
    """Download a pack, check it, and say how to use it. The only command that does so."""
    from focalface.tools.models.fetch import fetch as download

    folder = download(
        name,
        accept_licence=accept_licence,
        offline=make_settings().offline,
        progress=sys.stderr.isatty(),
    )
    typer.echo(f"{name} is in {folder}; use it with: --detector {name}")
