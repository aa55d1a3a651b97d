"""``focalface serve``: the MCP server."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from focalface.agent.cli import options
from focalface.agent.cli.options import BaseUrl, Describer, Detector, Device, Emotion, Threads
from focalface.tools.errors import UsageError
from focalface.tools.paths import expand, is_folder
from focalface.tools.settings import Settings

TOKEN = "FOCALFACE_TOKEN"

Http = Annotated[bool, typer.Option("--http", help="Streamable HTTP instead of stdio.")]
Host = Annotated[str, typer.Option(help="Address to listen on, with --http.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on, with --http.")]
AllowHosts = Annotated[
    list[str] | None,
    typer.Option(
        "--allow-host", help="A name or address by which clients call this machine; repeatable."
    ),
]
Folders = Annotated[
    list[Path] | None,
    typer.Option("--folder", help="Only open pictures below this folder; repeatable."),
]


def register(app: typer.Typer) -> None:
    """Add ``serve``."""
    app.command()(serve)


def serve(
    http: Http = False,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    allow_host: AllowHosts = None,
    folder: Folders = None,
    describer: Describer = None,
    detector: Detector = None,
    base_url: BaseUrl = None,
    device: Device = None,
    threads: Threads = None,
    emotion: Emotion = None,
) -> None:
    """Serve the face tools over MCP, on stdio unless --http is given.

    Over HTTP, FOCALFACE_TOKEN is the secret that clients have to send."""
    settings = options.make_settings(
        describer=describer,
        detector=detector,
        base_url=base_url,
        device=device,
        threads=threads,
        emotion=emotion,
        folders=tuple(folder) if folder else None,
    )
    if missing := [path for path in settings.folders if not is_folder(expand(path))]:
        raise UsageError(f"--folder '{missing[0]}' is not a folder; name one that exists.")
    if http:
        _over_http(settings, host, port, allow_host or [])
        return
    if sys.stdin.isatty():
        print(  # noqa: T201
            "focalface MCP server on stdio: it waits for an MCP client on standard input "
            "('focalface install' sets one up); Ctrl-D ends it.",
            file=sys.stderr,
        )
    from focalface.tools.server import protocol

    protocol.serve_stdio(settings)


def _over_http(settings: Settings, host: str, port: int, allowed: list[str]) -> None:
    from focalface.tools.server import http, protocol
    from focalface.tools.server.work import Workers

    token = os.environ.get(TOKEN) or None
    http.check_address(host, token)
    if host not in http.LOOPBACK and not settings.folders:
        raise UsageError(
            f"On {host} others can reach this server; say with --folder what they may open."
        )
    server = protocol.create_server(settings, workers=Workers(queue=http.QUEUE))
    listening = http.listen(host, port)
    print(f"focalface MCP server at http://{host}:{port}/mcp", file=sys.stderr)  # noqa: T201
    http.serve(http.make_app(server, host, allowed, token), listening)
