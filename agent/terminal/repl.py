"""The conversation at a terminal: reads lines, does what they mean, survives errors and Esc."""

import asyncio
import importlib
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from focalface.agent.terminal import slash
from focalface.agent.terminal.keys import watched_keys
from focalface.agent.terminal.prompt_input import LineDropped, Lines
from focalface.agent.terminal.render import View
from focalface.agent.terminal.signals import on_interrupt
from focalface.agent.terminal.slash_commands import ChatCommands
from focalface.tools.errors import FocalFaceError

if TYPE_CHECKING:
    from focalface.agent.conversation.session import Session

ASSISTANT = "focalface.agent.conversation.assistant"
"""Takes a second to import, which the first question need not wait for."""

WELCOME = "Ask about a part of a face. /help lists the commands, Esc stops, Ctrl-D leaves."


class Repl:
    """One conversation. ``make_session`` is called in a thread: it may import what is slow."""

    def __init__(self, make_session: "Callable[[], Session]", view: View) -> None:
        self.view = view
        self.session: Session | None = None
        """The session, once it has started."""
        self.failures = 0
        """How many lines could not be done."""
        self._make_session = make_session
        self._started = asyncio.Event()
        self._leave = asyncio.Event()
        self._pages = AsyncExitStack()

    async def run(self, lines: Lines, image: Path | None = None) -> None:
        """Talk until ``lines`` end or somebody quits.

        The prompt is there at once: the session starts, and ``image`` opens, meanwhile. Raises
        ``FocalFaceError`` when the session cannot start; later errors are shown and survived.
        """
        self.view.say(WELCOME)
        keeper = asyncio.create_task(self._keep_session())
        opening = asyncio.create_task(self._open_first(lines, image))
        talking = asyncio.create_task(self._talk(lines, opening))
        try:
            await asyncio.wait({keeper, talking}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (talking, opening):
                task.cancel()
            self._leave.set()
            ended = await asyncio.gather(keeper, talking, opening, return_exceptions=True)
        for error in ended:
            if isinstance(error, Exception):
                raise error

    async def _keep_session(self) -> None:
        """Enters and leaves the session in one task, as its connections demand."""
        async with await asyncio.to_thread(self._make_session) as session, self._pages:
            self.session = session
            self._started.set()
            await self._leave.wait()

    async def _open_first(self, lines: Lines, image: Path | None) -> ChatCommands:
        await self._started.wait()
        assert self.session is not None
        commands = ChatCommands(self.session, self.view, self._pages)
        show = await self._first_faces(commands, image) if image else commands.ask_for_picture
        await lines.above(show)
        await asyncio.to_thread(importlib.import_module, ASSISTANT)
        return commands

    async def _first_faces(self, commands: ChatCommands, image: Path) -> Callable[[], None]:
        try:
            await commands.session.open(image)
            return await commands.seen_faces()
        except FocalFaceError as error:
            self.failures += 1
            sentence = str(error)
            return lambda: self.view.error(sentence)

    async def _talk(self, lines: Lines, opening: asyncio.Task[ChatCommands]) -> None:
        leave = False
        while not leave:
            if lines.scripted:
                await asyncio.wait({opening})
            try:
                line = await lines.read(lambda: self.prompt)
            except EOFError:
                break
            except LineDropped:
                self.view.say("Ctrl-D or /quit leaves.")
                continue
            if not opening.done():
                with self.view.busy("Starting the face tools"):
                    await self._stoppable(_finished(opening))
            if opening.done():
                leave = await self._line(line, opening.result())
            self.view.say()

    @property
    def prompt(self) -> str:
        """What stands before the cursor: the picture and the chosen face."""
        if self.session is None or self.session.image is None:
            return "> "
        face = f" face {self.session.face}" if self.session.face else ""
        return f"{self.session.image.name[-24:]}{face} > "

    async def _line(self, line: str, commands: ChatCommands) -> bool:
        """Does what one line asks for and tells whether that is to leave.

        Errors are shown, Esc or Ctrl-C stops it.
        """
        try:
            meant = slash.read_line(line)
            if meant is not None:
                await self._stoppable(commands.run(meant))
        except FocalFaceError as error:
            self.failures += 1
            self.view.error(str(error))
        except Exception as error:  # noqa: BLE001  # a bug must not cost the conversation
            self.failures += 1
            self.view.error(
                f"That went wrong inside focalface ({type(error).__name__}: {error}); "
                "the conversation is kept."
            )
        return commands.leave

    async def _stoppable(self, work: Awaitable[None]) -> None:
        """Awaits ``work``; Esc or Ctrl-C cancels it and says so."""
        task = asyncio.ensure_future(work)
        with on_interrupt(task.cancel), watched_keys(task.cancel):
            try:
                await task
            except asyncio.CancelledError:
                here = asyncio.current_task()
                if here is not None and here.cancelling():
                    raise  # the whole conversation ends, not only this piece of work
                self.view.say("Stopped.")


async def _finished(task: asyncio.Task[ChatCommands]) -> None:
    await asyncio.wait({task})
