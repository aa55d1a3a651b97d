"""``focalface ask`` and ``focalface demo``: one question, one answer that can be checked."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from focalface.agent.cli.options import (
    Acknowledge,
    AsJson,
    ChatModel,
    ChatUrl,
    Crop,
    Describer,
    Emotion,
    Expert,
    FaceNumber,
    Save,
)

Before = Annotated[
    Path | None, typer.Option("--before", help="An earlier picture to compare with.")
]


def register(app: typer.Typer) -> None:
    """Add ``ask`` and ``demo``."""
    app.command()(ask)
    app.command()(demo)


def ask(
    image: Annotated[Path, typer.Argument(metavar="IMAGE", help="Path of a picture.")],
    question: Annotated[str, typer.Argument(help="What you want to know, in quotes.")],
    face: FaceNumber = None,
    crop: Crop = False,
    before: Before = None,
    model: ChatModel = None,
    base_url: ChatUrl = None,
    describer: Describer = None,
    expert: Expert = False,
    emotion: Emotion = None,
    acknowledge: Acknowledge = False,
    plan_only: Annotated[
        bool, typer.Option("--plan-only", help="Show what would be looked at, and stop.")
    ] = False,
    save: Save = None,
    trace: Annotated[
        bool, typer.Option("--trace", help="Show every call and what each claim rests on.")
    ] = False,
    why: Annotated[
        bool, typer.Option("--why", help="Show the plan and the steps before the answer.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Ask one question about the faces in a picture."""
    import asyncio

    from focalface.agent.cli.ask import Request, answer_once

    wanted = Request(
        image=image,
        question=question,
        face=face,
        crop=crop,
        before=before,
        plan_only=plan_only,
        save=save,
        trace=trace,
        why=why,
        as_json=as_json,
        acknowledged=acknowledge,
    )
    options = {"model": model, "base_url": base_url, "describer": describer, "expert": expert}
    options["emotion"] = emotion
    asyncio.run(answer_once(wanted, options))


def demo(
    group: Annotated[
        bool, typer.Option("--group", help="A picture of several people in place of one.")
    ] = False,
    out: Annotated[
        Path, typer.Option("--out", help="Where the picture with the regions goes.")
    ] = Path("focalface-demo.png"),
    expert: Expert = False,
    as_json: AsJson = False,
) -> None:
    """Run the whole job on a picture that came with the installed packages; nothing is
    downloaded."""
    import asyncio

    from focalface.agent.cli.demo import show

    try:
        asyncio.run(show(group=group, out=out, expert=expert, as_json=as_json))
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)  # noqa: T201
        raise typer.Exit(1) from None
