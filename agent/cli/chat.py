"""Puts a chat together: console, lines, session."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from focalface.agent.cli.first_run import notice
from focalface.agent.terminal.completion import LineCompleter
from focalface.agent.terminal.image import draws_pixels
from focalface.agent.terminal.prompt_input import Lines, PipedLines, PromptLines, open_history
from focalface.agent.terminal.render import View, make_console
from focalface.agent.terminal.repl import Repl
from focalface.agent.terminal.signals import tidy_end
from focalface.tools import paths

if TYPE_CHECKING:
    from focalface.agent.conversation.session import Session


async def talk(
    image: Path | None,
    *,
    model: str | None,
    base_url: str | None,
    describer: str | None,
    expert: bool,
    emotion: bool | None,
    plain: bool,
    acknowledged: bool = False,
) -> int:
    """Run a conversation on stdin and stdout; return how many lines of a script failed."""
    console = make_console(plain=plain)
    view = View(console, plain=plain, pixels=not plain and draws_pixels(console))
    if told := notice(acknowledged=acknowledged):
        view.say(told, "yellow")
        view.say()

    def make_session() -> "Session":
        from focalface.agent.clips.session import ClipSession  # imports what takes long

        return ClipSession(
            model=model,
            base_url=base_url,
            describer=describer,
            expert=expert,
            emotion=emotion,
            isolated=True,
        )

    repl = Repl(make_session, view)
    lines = _lines(repl)
    with tidy_end():
        await repl.run(lines, image)
    return repl.failures if lines.scripted else 0


def _lines(repl: Repl) -> Lines:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return PipedLines(repl.view.console)
    return PromptLines(
        LineCompleter(lambda: len(repl.session.faces) if repl.session else 0),
        open_history(paths.home() / "history"),
        lambda: _toolbar(repl.session),
        plain=repl.view.plain or os.environ.get("TERM") == "dumb",
    )


def _toolbar(session: "Session | None") -> str:
    names = [session.describer_name, session.model_name] if session else ["starting"]
    return " · ".join([*names, "/help"])
