"""Puts a chat together: console, lines, session."""

import os
import sys
from pathlib import Path

from focalface.agent.completing import LineCompleter
from focalface.agent.first_run import notice
from focalface.agent.lines import Lines, PipedLines, PromptLines, open_history
from focalface.agent.render import View, make_console
from focalface.agent.repl import Repl
from focalface.agent.session import Session
from focalface.tools import paths


async def talk(
    image: Path | None,
    *,
    model: str | None,
    base_url: str | None,
    describer: str | None,
    expert: bool,
    plain: bool,
) -> int:
    """Runs a conversation on stdin and stdout; returns how many lines of a script failed."""
    console = make_console(plain=plain)
    view = View(console, plain=plain)
    if told := notice():
        view.say(told, "yellow")
        view.say()
    session = Session(
        model=model, base_url=base_url, describer=describer, expert=expert, isolated=True
    )
    lines = _lines(session, view)
    repl = Repl(session, view, lines)
    await repl.run(image)
    return repl.failures if lines.scripted else 0


def _lines(session: Session, view: View) -> Lines:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return PipedLines(view.console)
    return PromptLines(
        LineCompleter(lambda: len(session.faces)),
        open_history(paths.home() / "history"),
        lambda: f"{session.describer_name} · {session.model_name} · /help",
        plain=view.plain or os.environ.get("TERM") == "dumb",
    )
