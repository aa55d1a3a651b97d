"""``focalface licences``: what is installed with focalface, under which licence, how large."""

import json
from importlib.metadata import version
from typing import Annotated

import typer


def licences(
    extra: Annotated[
        list[str] | None, typer.Option("--extra", help="Count an extra too; repeatable.")
    ] = None,
    sbom: Annotated[
        bool, typer.Option("--sbom", help="A bill of materials in CycloneDX 1.6, as JSON.")
    ] = False,
) -> None:
    """List every package that focalface needs here, with licence, size and who needs it."""
    from focalface.tools import inventory

    found = inventory.packages(extras=frozenset(extra or ()))
    if sbom:
        made = inventory.sbom(found, version(inventory.PROJECT))
        typer.echo(json.dumps(made, ensure_ascii=False, indent=1))
        return
    for package in found:
        size = f"{package.bytes / 1e6:8.1f} MB"
        by = ", ".join(package.wanted_by)
        typer.echo(f"{size}  {package.name} {package.version}: {package.licence} (for {by})")
    typer.echo(f"{sum(p.bytes for p in found) / 1e6:8.1f} MB  {len(found)} packages")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(licences)
