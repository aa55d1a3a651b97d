"""One conversation about pictures: its state, and turns as streams of events."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import PIL.Image

from focalface.agent.basics.answer import Answer, Plan
from focalface.agent.basics.events import Answered, Event, Exchange, Notice, ToolFinished
from focalface.agent.basics.evidence import Evidence, merge
from focalface.agent.conversation.chosen_model import ChosenModel
from focalface.agent.conversation.history import History, cited, referred_to
from focalface.agent.conversation.pictures import Pictures
from focalface.agent.mcp_client.face_tools import FaceTools, targets_of
from focalface.agent.planning import plan as planning
from focalface.agent.planning.turn_context import Picture, Turn, TurnContext, turn_of
from focalface.agent.understanding import expressions_only
from focalface.agent.understanding.changes import BY_SESSION, OTHER_PICTURE
from focalface.agent.understanding.intent import Recall
from focalface.tools.errors import UsageError
from focalface.tools.face.regions import BASIC
from focalface.tools.paths import expand, from_text, readable
from focalface.tools.settings import Settings
from focalface.tools.types import Face, Region, RegionDescription

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from mcp.client.stdio import StdioServerParameters
    from mcp.server import MCPServer
    from mcp.types import CallToolResult

    from focalface.agent.conversation.assistant import Assistant


def said(answer: Answer, text: str) -> Answer:
    """Return an answer about the conversation, which claims nothing of a face beyond ``answer``."""
    kept = answer.claims if answer.text in text else ()
    return Answer(text=text, claims=kept, plan=answer.plan, model=answer.model)


class Session:
    """A conversation: picture, face, selection, model, history. Use it as ``async with``.

    One turn at a time. ``isolated`` runs the MCP server as a process of its own (``chat``);
    else it lives in this process (``ask``). ``chat_model`` takes a made LangChain model in place
    of a name, ``server`` the face tools in place of our own server. Errors are ``FocalFaceError``
    and leave the state as it was. Cancelling the task that iterates :meth:`ask` cancels the
    running tool call too.
    """

    def __init__(
        self,
        *,
        model: str | None = None,
        base_url: str | None = None,
        describer: str | None = None,
        expert: bool = False,
        isolated: bool = False,
        emotion: bool | None = None,
        chat_model: "BaseChatModel | None" = None,
        server: "MCPServer | StdioServerParameters | None" = None,
    ) -> None:
        self.expert = expert
        """Answers in FACS terms; may be set between turns."""
        self.emotion = Settings().emotion if emotion is None else emotion
        """Whether emotions are told; without them questions are read as about movements."""
        self.image: Path | None = None
        """The picture that questions are about."""
        self.faces: tuple[Face, ...] = ()
        """Its faces, largest first."""
        self.face: int | None = None
        """Number of the chosen face, counted from 1 in ``faces``; None: the question decides."""
        self.selection: tuple[Region, ...] = ()
        """What "here" means."""
        self.numbered: tuple[Region, ...] = ()
        """What the numbers on the last picture mean: "3" is ``numbered[2]``."""
        self._model = ChosenModel(model, base_url, chat_model)
        self._tools = FaceTools(
            self._heard,
            describer=describer or Settings().describer,
            isolated=isolated,
            emotion=self.emotion,
            server=server,
        )
        self._pictures = Pictures()
        self._history = History()
        self._found: list[RegionDescription] = []
        self._note = ""
        self._events: asyncio.Queue[Event | None] = asyncio.Queue()
        self._assistant: Assistant | None = None

    @property
    def turns(self) -> list[Exchange]:
        """The conversation so far."""
        return self._history.turns

    @property
    def model_name(self) -> str:
        """The chat model as the user named it, or ``offline``."""
        return self._model.called

    @property
    def describer_name(self) -> str:
        """The describer as the settings name it."""
        return self._tools.describer

    async def __aenter__(self) -> Self:
        self._model.load()
        await self._tools.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._tools.__aexit__()
        self._assistant = None

    def _heard(self, event: Event) -> None:
        """Pass an event on and keep what it says about regions."""
        if isinstance(event, ToolFinished) and not event.failed:
            found = event.result.get("descriptions", ())
            self._found += [RegionDescription.model_validate(d) for d in found]
        self._events.put_nowait(event)

    async def open(self, path: str | Path, *, crop: bool = False) -> tuple[Face, ...]:
        """Make ``path`` the picture and find its faces; the picture before stays as "before".

        ``crop``: the whole picture is one face.
        """
        absolute = expand(path).absolute()
        picture = await self._tools.open(absolute, crop=crop)
        self._pictures.add(picture)
        self._show(picture)
        return self.faces

    def _show(self, picture: Picture) -> None:
        """Make an opened picture the one that questions are about."""
        self._pictures.show(picture)
        self.image, self.faces = from_text(picture.path), picture.faces
        self.face, self.selection, self.numbered = None, (), ()
        self._note = picture.note
        self._history.leave_faces(several=len(picture.faces) > 1)

    def tell_note(self) -> str:
        """Return what was left out of the picture's file, where nobody has been told of it yet.

        The first answer tells it, unless somebody has asked for it before.
        """
        told, self._note = self._note, ""
        return told

    def _name(self) -> str:
        return self.image.name if self.image else ""

    def choose_face(self, number: int | None) -> None:
        """Chooses a face by its number from 1; None lets questions decide again."""
        if number is not None and not 1 <= number <= len(self.faces):
            many = f"1 to {len(self.faces)}" if self.faces else "none yet"
            raise UsageError(f"There is no face {number}; the faces are {many}.")
        self.face = number
        self._history.leave_faces()

    @property
    def source(self) -> dict[str, str | bool]:
        """The picture (of a clip: the frame that is shown) as a tool takes it; empty: none yet."""
        picture = self._pictures.current
        return picture.source if picture else {}

    async def call_tool(self, name: str, arguments: dict[str, Any]) -> "CallToolResult":
        """Call a face tool for somebody else, such as the page: no step of the conversation."""
        return await self._tools.pass_on(name, arguments)

    def _opened(self) -> tuple[Picture, Face]:
        picture = self._opened_picture()
        if not self.faces:
            raise UsageError("No face was found in this picture; open another one.")
        return picture, self.faces[(self.face or 1) - 1]

    def _opened_picture(self) -> Picture:
        if self._pictures.current is None:
            raise UsageError("There is no picture yet; open one first.")
        return self._pictures.current

    async def regions(self) -> tuple[RegionDescription, ...]:
        """Return all atlas regions of the chosen (or largest) face, described; they get the
        numbers."""
        found = await self._describe({"regions": list(BASIC)})
        self.numbered = tuple(d.region for d in found)
        return found

    async def look(self, names: Sequence[str]) -> tuple[RegionDescription, ...]:
        """Describe atlas regions of the chosen (or largest) face."""
        return await self._describe({"regions": list(names)})

    async def select(self, target: str) -> tuple[Region, ...]:
        """Make ``here`` mean a region name or alias, a number, ``x1,y1,x2,y2`` or ``x,y[,r]``."""
        if target.strip().isdigit():
            number = int(target)
            if not self.numbered:
                await self.regions()
            if not 1 <= number <= len(self.numbered):
                many = len(self.numbered)
                raise UsageError(f"There is no region {number}; the regions are 1 to {many}.")
            self.selection = (self.numbered[number - 1],)
            return self.selection
        found = await self._describe(targets_of(target))
        self.selection = tuple(d.region for d in found)
        return self.selection

    async def _describe(self, targets: dict[str, Any]) -> tuple[RegionDescription, ...]:
        return await self._tools.describe(*self._opened(), targets)

    async def picture(self, *, numbers: bool = True) -> PIL.Image.Image:
        """Return the picture with the faces and the regions of the last turn drawn, numbered or
        named."""
        return await self._tools.draw(self._opened_picture(), self.numbered, numbers=numbers)

    async def set_model(self, model: str | None, base_url: str | None = None) -> None:
        """Another chat model, or None for the offline planner.

        The turns, the picture and what was found are kept; the wording of earlier answers is not
        shown to the new model. A model of the same provider stays at the session's ``base_url``.
        """
        chosen = self._model.changed_to(model, base_url)
        chosen.load()
        self._model, self._assistant = chosen, None

    async def set_describer(self, describer: str) -> None:
        """Another describer; the server is restarted, the conversation is kept.

        With a face at hand it is tried on that at once: one that cannot work raises, and the
        describer before stays.
        """
        face = self._opened()[1] if self.faces else None
        await self._tools.change_describer(describer, self._pictures.current, face)
        self._found, self._assistant = [], None

    def turn(self, question: str) -> Turn:
        """Read a question in the light of the conversation."""
        turn = self._read(question)
        if self.emotion:
            return turn
        return turn.model_copy(update={"intent": expressions_only.without_emotion(turn.intent)})

    def _read(self, question: str) -> Turn:
        return turn_of(
            TurnContext(
                question=readable(question),
                picture=self._pictures.current,
                before=self._pictures.before,
                opened=tuple(self._pictures.opened),
                face=self.face,
                selection=self.selection,
                numbered=self.numbered,
                last=self._history.last,
                expert=self.expert,
                answers=tuple(turn.answer.text for turn in self.turns),
            )
        )

    def plan(self, question: str) -> Plan:
        """Return what a question would look at; nothing is looked at."""
        return planning.plan(self.turn(question))

    async def ask(self, question: str) -> AsyncIterator[Event]:
        """Yield one turn; the last event is ``Answered``. A turn that is cancelled leaves no
        trace."""
        turn = self.turn(question)
        question = turn.context.question
        recall = turn.intent.recall
        if recall in OTHER_PICTURE and self._pictures.opened:
            yield Answered(self._back_to(turn))
            return
        if recall in BY_SESSION and self.turns:
            answer = self._recalled(recall)
            if recall == "repeat":
                repeated = Exchange(question, answer, (Answered(answer),), self._name())
                self._history.add(repeated, self._history.last)
            yield Answered(answer)
            return
        self._events = asyncio.Queue()
        assistant = await self._ready()
        events: list[Event] = []
        if told := self._model.warning():
            self._events.put_nowait(Notice(told))
        work = asyncio.create_task(self._work(assistant, turn))
        try:
            while (event := await self._events.get()) is not None:
                events.append(event)
                yield event
            answer = await work
        finally:
            if not work.done():
                work.cancel()
                await asyncio.wait({work})
        if not self.emotion and expressions_only.asks_emotion(self._read(question).intent):
            limits = (expressions_only.OFF, *answer.limits)
            answer = answer.model_copy(update={"limits": limits})
        if note := self.tell_note():
            answer = answer.model_copy(update={"notes": (note, *answer.notes)})
        self._remember(turn, answer, events)
        yield Answered(answer)

    async def answer(self, question: str) -> Answer:
        """Run one turn without its events."""
        async with aclosing(self.ask(question)) as events:  # type: ignore[type-var]
            async for event in events:
                if isinstance(event, Answered):
                    return event.answer
        raise AssertionError("a turn ends with an answer")

    async def _work(self, assistant: "Assistant", turn: Turn) -> Answer:
        queue = self._events
        try:
            return await assistant.ask(turn)
        finally:
            queue.put_nowait(None)

    async def _ready(self) -> "Assistant":
        """Return the agent, made on the first question: its library takes a second to import."""
        if self._assistant is None:
            from focalface.agent.conversation.assistant import Assistant

            self._assistant = Assistant(
                await self._tools.tools(),
                self._heard,
                self.evidence,
                model=self._model.made,
                name=self.model_name,
            )
        return self._assistant

    def evidence(self) -> list[Evidence]:
        """Return everything that the tools found in this conversation, by picture, newest first."""
        shown = (self._pictures.current, self._pictures.before)
        pictures = [picture for picture in shown if picture]
        pictures += [picture for picture in self._pictures.opened if picture not in pictures]
        return [merge(picture.scene, [self._found]) for picture in pictures]

    def _remember(self, turn: Turn, answer: Answer, events: list[Event]) -> None:
        last = referred_to(turn, answer, self._found, self._history.last)
        spoken_of = self._pictures.of_face(last.subject[0]) if last and last.subject else None
        asked = spoken_of or turn.context.picture
        if asked and asked != self._pictures.current:
            self._show(asked)  # questions go on with the picture that was named
        heard = (*events, Answered(answer))
        exchange = Exchange(turn.context.question, answer, heard, self._name())
        self._history.add(exchange, last)
        self.numbered = cited(answer, self._found, self.faces) or self.numbered

    def _recalled(self, recall: Recall) -> Answer:
        """Return what needs no look at a face: the last answer again, or the turn before."""
        return self.turns[-1].answer if recall == "repeat" else self._undone()

    def _back_to(self, turn: Turn) -> Answer:
        """Show another picture: the one that is named, else the first one or the one before."""
        first = turn.intent.recall == "first picture"
        meant = self._pictures.meant(turn.intent.photo, first=first)
        plain = Answer(text="", plan=planning.plan(turn), model=self.model_name)
        if meant is None:
            only = len(self._pictures.opened) < 2
            self._history.leave_faces(several=len(self.faces) > 1)
            already = f"{self._name() or 'That picture'} is the one that is shown."
            return said(plain, "There is only one picture so far." if only else already)
        self._show(meant)
        many = "1 face" if len(self.faces) == 1 else f"{len(self.faces)} faces"
        return said(plain, f"Back to {self._name() or 'the picture'}, with {many}.")

    def _undone(self) -> Answer:
        """Take the last turn back; the answer before it, if there is one."""
        last = self.turns[-1].answer
        before = self._history.take_back()
        if before is None:
            return said(last, "That is taken back; nothing was asked before it.")
        return said(before.answer, f"Back to \u201c{before.question}\u201d: {before.answer.text}")

    async def forget(self) -> None:
        """Drop the conversation, the pictures and the selection."""
        self.image, self.faces, self.face = None, (), None
        self.selection = self.numbered = ()
        self._pictures, self._history, self._found = Pictures(), History(), []
        self._assistant = None


async def ask(question: str, *, image: str | Path, **options: Any) -> Answer:
    """Ask one question about one picture; ``options`` are those of :class:`Session`."""
    async with Session(**options) as session:
        await session.open(image)
        return await session.answer(question)


def ask_sync(question: str, *, image: str | Path, **options: Any) -> Answer:
    """:func:`ask` for programs without an event loop."""
    return asyncio.run(ask(question, image=image, **options))
