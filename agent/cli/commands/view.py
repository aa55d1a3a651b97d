"""``focalface view``: a picture in the browser, with regions to point at and a question box."""

from pathlib import Path
from typing import Annotated

import typer

from focalface.agent.cli import options
from focalface.agent.cli.options import (
    BaseUrl,
    ChatModel,
    Crop,
    Describer,
    Detector,
    Emotion,
    Threads,
)

Picture = Annotated[Path, typer.Argument(metavar="PICTURE", help="Path of a picture.")]
Port = Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0: any free one.")]
Browse = Annotated[bool, typer.Option("--open/--no-open", help="Open the page in the browser.")]


def register(app: typer.Typer) -> None:
    """Add ``view``."""
    app.command()(view)


def view(
    picture: Picture,
    port: Port = 0,
    browse: Browse = True,
    crop: Crop = False,
    model: ChatModel = None,
    describer: Describer = None,
    detector: Detector = None,
    base_url: BaseUrl = None,
    threads: Threads = None,
    emotion: Emotion = None,
) -> None:
    """Look at a face in the browser: point at regions, draw your own, ask. Ctrl-C ends it."""
    import asyncio
    from contextlib import suppress

    from focalface.agent.cli import view as viewer

    settings = options.make_settings(
        describer=describer,
        detector=detector,
        base_url=base_url,
        threads=threads,
        emotion=emotion,
    )
    with suppress(KeyboardInterrupt):
        asyncio.run(
            viewer.view(
                picture,
                settings,
                port=port,
                crop=crop,
                model=model,
                told=lambda address: typer.echo(f"Open {address} (Ctrl-C ends it)."),
                open_browser=browse,
            )
        )
