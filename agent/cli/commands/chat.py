"""``focalface chat``: the conversation at a terminal."""

from pathlib import Path
from typing import Annotated

import typer

from focalface.agent.cli.options import (
    Acknowledge,
    ChatModel,
    ChatUrl,
    Describer,
    Emotion,
    Expert,
)


def register(app: typer.Typer) -> None:
    """Add ``chat``."""
    app.command("chat")(chat)


def chat(
    image: Annotated[Path | None, typer.Argument(help="A picture to begin with.")] = None,
    model: ChatModel = None,
    base_url: ChatUrl = None,
    describer: Describer = None,
    expert: Expert = False,
    emotion: Emotion = None,
    acknowledge: Acknowledge = False,
    plain: Annotated[
        bool,
        typer.Option("--plain", help="For screen readers: no tables, no colour."),
    ] = False,
) -> None:
    """Talk about the faces in a picture; questions may also come through a pipe, one a line."""
    import asyncio

    from focalface.agent.cli.chat import talk

    failures = asyncio.run(
        talk(
            image,
            model=model,
            base_url=base_url,
            describer=describer,
            expert=expert,
            acknowledged=acknowledge,
            emotion=emotion,
            plain=plain,
        )
    )
    raise typer.Exit(1 if failures else 0)
