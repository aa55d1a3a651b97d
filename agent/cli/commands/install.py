"""``focalface install`` and ``uninstall``: our entry in the configuration of an MCP host."""

import json
from pathlib import Path
from typing import Annotated, Literal

import typer

from focalface.agent.cli.options import BaseUrl, Describer, Detector
from focalface.tools.paths import expand, is_folder

HostName = Annotated[
    str,
    typer.Argument(
        metavar="HOST",
        help="claude-desktop, claude-code, cursor, vscode, gemini-cli, codex, goose, zed, copilot, "
        "opencode, windsurf, lm-studio, or print to see the entry.",
    ),
]
Scope = Annotated[
    Literal["user", "project"] | None,
    typer.Option("--scope", help="Your own configuration (default), or that of this project."),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Show what would be written; write it not.")
]
Folders = Annotated[
    list[Path] | None,
    typer.Option("--folder", help="Let the server open pictures below this folder only."),
]
Config = Annotated[Path | None, typer.Option("--config", help="Another file than the usual one.")]


Print = Annotated[bool, typer.Option("--print", help="Show the entry alone; write nothing.")]


def register(app: typer.Typer) -> None:
    """Add ``install``, ``uninstall`` and ``bundle``."""
    app.command()(install)
    app.command()(uninstall)
    app.command()(bundle)


def install(
    host: HostName,
    scope: Scope = None,
    dry_run: DryRun = False,
    print_only: Print = False,
    folder: Folders = None,
    config: Config = None,
    describer: Describer = None,
    detector: Detector = None,
    base_url: BaseUrl = None,
) -> None:
    """Set up the face tools in an assistant; everything else there stays as it is."""
    from dataclasses import replace

    from focalface.agent.cli import host_files, hosts
    from focalface.tools.errors import UsageError

    options = {"--describer": describer, "--detector": detector, "--base-url": base_url}
    arguments = [part for flag, value in options.items() if value for part in (flag, value)]
    for path in folder or []:
        real = expand(path).resolve()
        if not is_folder(real):
            raise UsageError(f"--folder '{path}' is not a folder; name one that exists.")
        arguments += ["--folder", str(real)]
    server = hosts.entry(arguments)
    if host == "print":
        typer.echo(json.dumps({"mcpServers": {hosts.SERVER: server}}, indent=2, ensure_ascii=False))
        return
    chosen = hosts.find_host(host, scope)
    chosen = replace(chosen, path=config) if config else chosen
    if print_only:
        typer.echo(host_files.with_entry(chosen, "", server), nl=False)
        return
    text = host_files.read_config(chosen.path)
    _change(chosen.path, chosen.title, text, host_files.with_entry(chosen, text, server), dry_run)


def uninstall(
    host: HostName, scope: Scope = None, dry_run: DryRun = False, config: Config = None
) -> None:
    """Take the face tools out of an assistant again; everything else there stays as it is."""
    from dataclasses import replace

    from focalface.agent.cli import host_files, hosts

    chosen = hosts.find_host(host, scope)
    chosen = replace(chosen, path=config) if config else chosen
    text = host_files.read_config(chosen.path)
    _change(chosen.path, chosen.title, text, host_files.without_entry(chosen, text), dry_run)


def bundle(
    out: Annotated[Path, typer.Option("--out", help="Where it goes.")] = Path("focalface.mcpb"),
) -> None:
    """Make the .mcpb file that Claude Desktop and others install by a double click."""
    from focalface.agent.cli.bundle import make_bundle
    from focalface.tools.errors import FocalFaceError
    from focalface.tools.files import write_whole

    try:
        write_whole(out, make_bundle())
    except OSError as error:
        raise FocalFaceError(
            f"'{out}' cannot be written ({error.strerror}); name another place with --out."
        ) from None
    typer.echo(f"Wrote {out}.")


def _change(path: Path, title: str, before: str, after: str, dry_run: bool) -> None:
    """Writes what has changed, or shows it."""
    import difflib

    from focalface.agent.cli import host_files

    if before == after:
        typer.echo(f"{title}: nothing to change in {path}.")
        return
    if dry_run:
        lines = (before.splitlines(), after.splitlines(), str(path), str(path))
        typer.echo("\n".join(difflib.unified_diff(*lines, "now", "then", lineterm="")))
        return
    backup = host_files.write(path, after)
    typer.echo(f"{title}: wrote {path}; restart it to use the change.")
    if backup:
        typer.echo(f"The file as it was is kept as {backup}.")
