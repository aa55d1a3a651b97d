"""What each slash command and each question of a chat does."""

import asyncio
import io
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from focalface.agent.basics.answer import Answer
from focalface.agent.basics.events import Answered
from focalface.agent.basics.phrasing import spoken
from focalface.agent.terminal import face_pictures, slash
from focalface.agent.terminal.answer_text import help_table
from focalface.agent.terminal.export import save
from focalface.agent.terminal.render import View
from focalface.agent.terminal.tables import faces_table, head, limits, readings_table, regions_table
from focalface.tools.errors import FocalFaceError, UsageError
from focalface.tools.types import Region

if TYPE_CHECKING:
    from focalface.agent.conversation.session import Session

NO_PICTURE = "Drop a picture here, or type /image PATH."


KEPT_SIDE = 1600
"""Longer side in pixels of the pictures that are kept for saving."""


class ChatCommands:
    """The commands of one conversation; each raises ``FocalFaceError`` and then changes nothing.

    ``pages`` closes the page of /open when the conversation ends.
    """

    def __init__(self, session: "Session", view: View, pages: AsyncExitStack) -> None:
        self.session = session
        self.view = view
        self.leave = False
        """Whether /quit was said."""
        self._saved: set[Path] = set()
        self._pictures: dict[int, bytes] = {}
        self._shown: tuple[Region, ...] = ()
        self._floor = asyncio.Lock()
        self._pages = pages
        self._address = ""
        self._by_name: dict[str, Callable[[str], Awaitable[None]]] = {
            "image": self._image,
            "faces": self._faces,
            "face": self._face,
            "regions": self._regions,
            "select": self._select,
            "describer": self._describer,
            "model": self._model,
            "expert": self._expert,
            "why": self._why,
            "open": self._open,
            "trace": self._trace,
            "save": self._save,
            "forget": self._forget,
            "help": self._help,
            "quit": self._quit,
        }

    async def run(self, meant: slash.Line) -> None:
        """Does what a line means; a question that is asked on the page is answered before."""
        async with self._floor:
            if isinstance(meant, slash.Command):
                await self._by_name[meant.name](meant.argument)
                return
            if meant.picture:
                await self._image(str(meant.picture))
            await self._ask(meant.text)

    async def _ask(self, question: str) -> None:
        with self.view.busy("Thinking"):
            async for event in self.session.ask(question):
                if isinstance(event, Answered):
                    await self._show_evidence(event.answer)
                self.view.event(event, self.session.numbered)
        await self._keep_picture()

    async def _show_evidence(self, answer: Answer) -> None:
        """The numbered regions that an answer rests on, unless they are on the screen already."""
        used = {region for claim in answer.claims for region in claim.evidence}
        regions = tuple(region for region in self.session.numbered if region.id in used)
        if regions and regions != self._shown:
            self._shown = regions
            self._draw(await face_pictures.of_regions(self.session, self.view, regions))

    async def _keep_picture(self) -> None:
        """Keep the picture of the last answer for /save, as it is now."""
        turns = self.session.turns
        if not (turns and turns[-1].answer.claims):
            return
        with suppress(FocalFaceError):  # the answer is there; a saved file may lack its picture
            drawn = await self.session.picture()
            drawn.thumbnail((KEPT_SIDE, KEPT_SIDE))
            jpeg = io.BytesIO()
            drawn.save(jpeg, "JPEG", quality=88)
            self._pictures[len(turns) - 1] = jpeg.getvalue()

    def _draw(self, drawing: face_pictures.Drawing | None) -> None:
        if drawing:
            self.view.picture(*drawing)

    async def _image(self, argument: str) -> None:
        if not argument:
            raise UsageError("Say which picture: /image PATH.")
        with self.view.busy("Looking for faces"):
            await self.session.open(slash.clean_path(argument))
        (await self.seen_faces())()

    async def seen_faces(self) -> Callable[[], None]:
        """Return what shows the faces of the picture; everything slow is done when it returns."""
        faces, chosen, note = self.session.faces, self.session.face, self.session.tell_note()
        drawing = await face_pictures.of_faces(self.session, self.view) if faces else None

        def show() -> None:
            if note:
                self.view.notice(note)
            if not faces:
                self.view.say("There is no face in this picture.")
                return
            self._draw(drawing)
            if len(faces) == 1:
                box, pose = faces[0].box, head(faces[0])
                self.view.say(f"One face, {box.width:.0f} × {box.height:.0f} pixels, head {pose}.")
            else:
                self.view.table(faces_table(faces, chosen))

        return show

    def ask_for_picture(self) -> None:
        """Say how to open one."""
        self.view.say(NO_PICTURE)

    def _need_picture(self) -> None:
        if self.session.image is None:
            raise UsageError(f"There is no picture yet. {NO_PICTURE}")

    async def _faces(self, _: str) -> None:
        self._need_picture()
        (await self.seen_faces())()

    async def _face(self, argument: str) -> None:
        if argument.lower() in {"all", "any"}:
            self.session.choose_face(None)
            self.view.say("Your questions say which face is meant.")
            return
        number = slash.read_number(argument, len(self.session.faces), "face")
        self.session.choose_face(number)
        self.view.say(f"From now on about face {number}.")

    async def _regions(self, _: str) -> None:
        self._need_picture()
        with self.view.busy("Reading regions"):
            readings = await self.session.regions()
            drawing = await face_pictures.of_regions(
                self.session, self.view, [reading.region for reading in readings]
            )
        self._draw(drawing)
        numbers = {region.id: n for n, region in enumerate(self.session.numbered, 1)}
        self.view.table(readings_table(readings, expert=self.session.expert, numbers=numbers))
        for limit in limits(readings):
            self.view.limit(limit)

    async def _select(self, argument: str) -> None:
        self._need_picture()
        if not argument:
            raise UsageError("Say what to select: a region's name or number, a box or a point.")
        with self.view.busy("Selecting"):
            regions = await self.session.select(argument)
            drawing = await face_pictures.of_regions(self.session, self.view, regions)
        self._draw(drawing)
        self.view.table(regions_table(regions))
        names = " and ".join(spoken(region.name) for region in regions)
        self.view.say(f'"here" now means: {names}.')

    async def _describer(self, argument: str) -> None:
        if argument:
            with self.view.busy("Changing the describer"):
                await self.session.set_describer(argument)
        self.view.say(f"Faces are read by: {self.session.describer_name}.")

    async def _model(self, argument: str) -> None:
        if argument:
            with self.view.busy("Changing the model"):
                await self.session.set_model(None if argument == "offline" else argument)
        self.view.say(f"Answers come from: {self.session.model_name}.")

    async def _expert(self, argument: str) -> None:
        self.session.expert = slash.read_switch(argument, self.session.expert)
        self.view.say(
            "Answers are in FACS terms." if self.session.expert else "Answers are in plain words."
        )

    async def _why(self, _: str) -> None:
        if not self.session.turns:
            raise UsageError("There is no answer yet; ask something first.")
        self.view.steps(self.session.turns[-1])

    async def _open(self, _: str) -> None:
        self._need_picture()
        from focalface.agent.conversation.page import Page, browse  # a web server takes its time

        if not self._address:
            page = await self._pages.enter_async_context(Page(self.session, self._floor))
            self._address = page.address
        opened = await browse(self._address)
        self.view.say(f"{'Opened' if opened else 'Open in a browser:'} {self._address}")
        self.view.say("It shows this picture until the chat ends.")

    async def _trace(self, _: str) -> None:
        if not self.session.turns:
            raise UsageError("There is no answer yet to trace; ask something first.")
        self.view.trace(self.session.turns[-1])

    async def _save(self, argument: str) -> None:
        if not argument:
            raise UsageError("Say where to: /save FILE, ending in .md, .html or .json.")
        path = slash.clean_path(argument).absolute()
        again = path in self._saved
        save(path, self.session.turns, self._pictures, replace=again)
        self._saved.add(path)
        how = "Saved again, over what this chat saved before," if again else "Saved"
        self.view.say(f"{how} in {slash.shown_path(path)}.")

    async def _forget(self, _: str) -> None:
        await self.session.forget()
        self._pictures.clear()
        self.view.say(f"Forgotten: picture, conversation, selection. {NO_PICTURE}")

    async def _help(self, _: str) -> None:
        self.view.table(help_table(slash.COMMANDS))
        self.view.say("Anything else is a question: is the smile genuine? what does 3 show?")

    async def _quit(self, _: str) -> None:
        self.leave = True
