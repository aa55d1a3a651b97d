"""``focalface install``: writes our entry into the configuration of an MCP host."""

import json
from pathlib import Path
from typing import Annotated

import typer

from focalface.agent.cli.options import BaseUrl, Describer, Detector
from focalface.tools.paths import expand

HostName = Annotated[
    str,
    typer.Argument(
        metavar="HOST",
        help="claude-desktop, claude-code, cursor, vscode, windsurf, lm-studio or gemini-cli.",
    ),
]
Print = Annotated[bool, typer.Option("--print", help="Show the entry; write nothing.")]
Folders = Annotated[
    list[Path] | None,
    typer.Option("--folder", help="Let the server open pictures below this folder only."),
]
Config = Annotated[Path | None, typer.Option("--config", help="Another file than the usual one.")]


def register(app: typer.Typer) -> None:
    """Adds ``install``."""
    app.command()(install)


def install(
    host: HostName,
    print_only: Print = False,
    folder: Folders = None,
    config: Config = None,
    describer: Describer = None,
    detector: Detector = None,
    base_url: BaseUrl = None,
) -> None:
    """Set up the face tools in an assistant; other servers there stay as they are."""
    from dataclasses import replace

    from focalface.agent.cli import hosts

    chosen = hosts.find_host(host)
    if config:
        chosen = replace(chosen, path=config)
    options = {"--describer": describer, "--detector": detector, "--base-url": base_url}
    arguments = [part for flag, value in options.items() if value for part in (flag, value)]
    for path in folder or []:
        arguments += ["--folder", str(expand(path).resolve())]
    server = hosts.entry(chosen, arguments)
    if print_only:
        typer.echo(json.dumps({chosen.key: {hosts.SERVER: server}}, indent=2, ensure_ascii=False))
        return
    backup = hosts.install(chosen, hosts.merged(chosen, server))
    typer.echo(f"{chosen.title}: wrote '{hosts.SERVER}' to {chosen.path}; restart it to use it.")
    if backup:
        typer.echo(f"The file as it was is kept as {backup}.")
