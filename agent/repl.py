"""The conversation at a terminal: reads lines, does what they mean, survives errors and Ctrl-C."""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from focalface.agent import slash
from focalface.agent.chat_commands import NO_PICTURE, ChatCommands
from focalface.agent.lines import LineDropped, Lines
from focalface.agent.render import View
from focalface.agent.session import Session
from focalface.tools.errors import FocalFaceError

WELCOME = "Ask about a part of a face. /help lists the commands, Ctrl-D leaves."


class Repl:
    """One conversation. ``lines`` gives what is typed, ``view`` shows, ``session`` answers."""

    def __init__(self, session: Session, view: View, lines: Lines) -> None:
        self.session = session
        self.view = view
        self.lines = lines
        self.commands = ChatCommands(session, view)
        self.failures = 0
        """How many lines could not be done."""
        self._started = asyncio.Event()
        self._leave = asyncio.Event()

    async def run(self, image: Path | None = None) -> None:
        """Talks until the lines end or somebody quits.

        The prompt is there at once: the session starts, and ``image`` opens, meanwhile. Raises
        ``FocalFaceError`` when the session cannot start; later errors are shown and survived.
        """
        self.view.say(WELCOME)
        keeper = asyncio.create_task(self._keep_session())
        opening = asyncio.create_task(self._open_first(image))
        talking = asyncio.create_task(self._talk(opening))
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
        async with self.session:
            self._started.set()
            await self._leave.wait()

    async def _open_first(self, image: Path | None) -> None:
        await self._started.wait()
        if image is None:
            show = lambda: self.view.say(NO_PICTURE)  # noqa: E731
        else:
            show = await self._first_faces(image)
        await self.lines.above(show)

    async def _first_faces(self, image: Path) -> Callable[[], None]:
        try:
            await self.session.open(image)
            return await self.commands.seen_faces()
        except FocalFaceError as error:
            self.failures += 1
            sentence = str(error)
            return lambda: self.view.error(sentence)

    async def _talk(self, opening: asyncio.Task[None]) -> None:
        while not self.commands.leave:
            if self.lines.scripted:
                await asyncio.wait({opening})
            try:
                line = await self.lines.read(lambda: self.prompt)
            except EOFError:
                break
            except LineDropped:
                self.view.say("Ctrl-D or /quit leaves.")
                continue
            if not opening.done():
                with self.view.busy("Starting the face tools"):
                    await self._stoppable(_done(opening))
            await self.line(line)
            self.view.say()

    @property
    def prompt(self) -> str:
        """What stands before the cursor: the picture and the chosen face."""
        parts = [self.session.image.name[-24:]] if self.session.image else []
        parts += [f"face {self.session.face}"] if self.session.face else []
        return " ".join([*parts, "> "])

    async def line(self, line: str) -> None:
        """Does what one line asks for; errors are shown, Ctrl-C stops it."""
        try:
            meant = slash.read_line(line)
            if meant is not None:
                await self._stoppable(self.commands.run(meant))
        except FocalFaceError as error:
            self.failures += 1
            self.view.error(str(error))
        except Exception as error:  # noqa: BLE001  # a bug must not cost the conversation
            self.failures += 1
            self.view.error(
                f"That went wrong inside focalface ({type(error).__name__}: {error}); "
                "the conversation is kept."
            )

    async def _stoppable(self, work: Awaitable[None]) -> None:
        """Awaits ``work``; Ctrl-C cancels it and says so."""
        task = asyncio.ensure_future(work)
        with _on_interrupt(task.cancel):
            try:
                await task
            except asyncio.CancelledError:
                here = asyncio.current_task()
                if here is not None and here.cancelling():
                    raise  # the whole conversation ends, not only this piece of work
                self.view.say("Stopped.")


async def _done(task: asyncio.Task[None]) -> None:
    await asyncio.wait({task})


@contextmanager
def _on_interrupt(stop: Callable[[], object]) -> Iterator[None]:
    """While inside, Ctrl-C calls ``stop`` in the running loop in place of ending the program."""
    loop = asyncio.get_running_loop()

    def interrupted(_signal: int, _frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(stop)

    before = signal.signal(signal.SIGINT, interrupted)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
