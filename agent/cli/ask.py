"""One question from the command line: shows what happens, prints the answer, saves the picture."""

import io
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from focalface.agent.basics.answer import Answer
from focalface.agent.basics.events import Answered
from focalface.agent.cli.first_run import notice
from focalface.agent.clips.session import ClipSession
from focalface.agent.conversation.session import Session
from focalface.agent.terminal.render import View, make_console
from focalface.tools.errors import UsageError
from focalface.tools.files import write_whole
from focalface.tools.paths import printable


@dataclass(frozen=True, slots=True)
class Request:
    """What ``focalface ask`` was told."""

    image: Path
    question: str
    face: int | None = None
    crop: bool = False
    before: Path | None = None
    plan_only: bool = False
    save: Path | None = None
    trace: bool = False
    why: bool = False
    as_json: bool = False
    acknowledged: bool = False


async def answer_once(wanted: Request, options: dict[str, Any]) -> None:
    """Answer ``wanted``; ``options`` are those of :class:`Session`. Raises ``FocalFaceError``."""
    view = View(make_console(), steps=wanted.why)
    if told := notice(acknowledged=wanted.acknowledged):
        View(make_console(stream=sys.stderr)).say(told)
    async with ClipSession(**options) as session:
        with view.busy("Looking for faces"):
            if wanted.before:
                await session.open(wanted.before)
            await session.open(wanted.image, crop=wanted.crop)
            session.choose_face(wanted.face)
        if wanted.plan_only:
            _show_plan(wanted, session, view)
            return
        answer = await _ask(session, wanted.question, view, quiet=wanted.as_json)
        if wanted.save:
            answer = answer.model_copy(update={"picture": await save(session, wanted.save)})
        if wanted.as_json:
            print(answer.model_dump_json(indent=2))  # noqa: T201
            return
        view.answer(answer, session.numbered)
        if wanted.trace:
            view.trace(session.turns[-1])
        if answer.picture:
            view.say(f"Saved {answer.picture}")


def _show_plan(wanted: Request, session: Session, view: View) -> None:
    plan = session.plan(wanted.question)
    if wanted.as_json:
        print(plan.model_dump_json(indent=2))  # noqa: T201
    else:
        view.plan(plan)


async def _ask(session: Session, question: str, view: View, *, quiet: bool) -> Answer:
    with view.busy("Thinking"):
        async for event in session.ask(question):
            if isinstance(event, Answered):
                return event.answer
            if not quiet:
                view.event(event)
    raise AssertionError("a turn ends with an answer")


async def save(session: Session, path: Path) -> Path:
    """Write the picture with the regions of the last answer; return where it lies.

    The suffix chooses the format. Raises ``UsageError`` when it cannot be written.
    """
    picture = await session.picture(numbers=True)
    kinds = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"}
    kind = kinds.get(path.suffix.lower())
    if kind is None:
        raise UsageError(f"'{path}' is no picture name; end it with .png, .jpg or .webp.")
    if session.image and path.exists() and path.samefile(session.image):
        raise UsageError(f"'{path}' is the picture itself; save under another name.")
    buffer = io.BytesIO()
    picture.save(buffer, kind)
    try:
        write_whole(path, buffer.getvalue())
    except OSError as error:
        raise UsageError(
            f"'{path}' cannot be written ({error.strerror}); choose another place."
        ) from None
    return Path(printable(path.resolve(), longest=5000))
