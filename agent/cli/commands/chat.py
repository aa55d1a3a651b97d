"""``focalface chat``: the conversation at a terminal."""

from pathlib import Path
from typing import Annotated

import typer

from focalface.agent.cli.options import Acknowledge, NoEmotion


def register(app: typer.Typer) -> None:
    """Adds ``chat``."""
    app.command("chat")(chat)


def chat(
    image: Annotated[Path | None, typer.Argument(help="A picture to begin with.")] = None,
    model: Annotated[
        str | None,
        typer.Option(help="A chat model such as openai:NAME; default: offline."),
    ] = None,
    base_url: Annotated[
        str | None, typer.Option(help="Address of an OpenAI-compatible server for --model.")
    ] = None,
    describer: Annotated[
        str | None, typer.Option(help="embedded, qwen[:FOLDER] or remote:MODEL.")
    ] = None,
    expert: Annotated[bool, typer.Option("--expert", help="Answers in FACS terms.")] = False,
    no_emotion: NoEmotion = False,
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
            emotion=False if no_emotion else None,
            plain=plain,
        )
    )
    raise typer.Exit(1 if failures else 0)
