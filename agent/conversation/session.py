"""One conversation about pictures: its state, and turns as streams of events."""

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import PIL.Image

from focalface.agent.basics.answer import Answer, Plan
from focalface.agent.basics.events import Answered, Event, Exchange, Notice, ToolFinished
from focalface.agent.basics.evidence import Evidence, merge
from focalface.agent.conversation.chosen_model import ChosenModel
from focalface.agent.mcp_client.face_tools import FaceTools, targets_of
from focalface.agent.planning import plan as planning
from focalface.agent.planning.face_selection import chosen_faces
from focalface.agent.planning.turn_context import (
    Picture,
    Turn,
    TurnContext,
    of_another_picture,
    of_units,
    remembered,
    turn_of,
)
from focalface.agent.understanding import LastTurn, expressions_only
from focalface.agent.understanding.intent import Recall
from focalface.agent.understanding.recalls import BY_SESSION
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
        self.turns: list[Exchange] = []
        """The conversation so far."""
        self._model = ChosenModel(model, base_url, chat_model)
        self._tools = FaceTools(
            self._heard,
            describer=describer or Settings().describer,
            isolated=isolated,
            emotion=self.emotion,
            server=server,
        )
        self._picture: Picture | None = None
        self._before: Picture | None = None
        self._note = ""
        self._found: list[RegionDescription] = []
        self._last: LastTurn | None = None
        self._states: list[LastTurn | None] = []
        self._pictures: list[Picture] = []
        self._events: asyncio.Queue[Event | None] = asyncio.Queue()
        self._assistant: Assistant | None = None

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
        self._pictures = [*(p for p in self._pictures if p.image_id != picture.image_id), picture]
        self._show(picture)
        return self.faces

    def _show(self, picture: Picture) -> None:
        """Make an opened picture the one that questions are about."""
        if self._picture is not None and self._picture.image_id != picture.image_id:
            self._before = self._picture
        self._picture, self.image, self.faces = picture, from_text(picture.path), picture.faces
        self.face, self.selection, self.numbered = None, (), ()
        self._note = picture.note
        if self._last is not None:
            self._last = of_another_picture(self._last)

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
        if self._last is not None:
            self._last = of_another_picture(self._last)

    @property
    def source(self) -> dict[str, str | bool]:
        """The picture (of a clip: the frame that is shown) as a tool takes it; empty: none yet."""
        return self._picture.source if self._picture else {}

    async def call_tool(self, name: str, arguments: dict[str, Any]) -> "CallToolResult":
        """Call a face tool for somebody else, such as the page: no step of the conversation."""
        return await self._tools.pass_on(name, arguments)

    def _opened(self) -> tuple[Picture, Face]:
        if self._picture is None:
            raise UsageError("There is no picture yet; open one first.")
        if not self.faces:
            raise UsageError("No face was found in this picture; open another one.")
        return self._picture, self.faces[(self.face or 1) - 1]

    async def regions(self) -> tuple[RegionDescription, ...]:
        """Return all atlas regions of the chosen (or largest) face, described; they get the
        numbers."""
        found = await self._describe({"regions": list(BASIC)})
        self.numbered = tuple(d.region for d in found)
        return found

    async def look(self, names: Sequence[str]) -> tuple[RegionDescription, ...]:
        """These atlas regions of the chosen (or largest) face, described."""
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
        if self._picture is None:
            raise UsageError("There is no picture yet; open one first.")
        return await self._tools.draw(self._picture, self.numbered, numbers=numbers)

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
        await self._tools.change_describer(describer, self._picture, face)
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
                picture=self._picture,
                before=self._before,
                face=self.face,
                selection=self.selection,
                numbered=self.numbered,
                last=self._last,
                expert=self.expert,
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
        if (recall := turn.intent.recall) and recall in BY_SESSION and self.turns:
            answer = self._recalled(recall)
            if recall == "repeat":
                self.turns.append(Exchange(question, answer, (Answered(answer),), self._name()))
                self._states.append(self._last)
            yield Answered(answer)
            return
        assistant = await self._ready()
        self._events = asyncio.Queue()
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
        """One turn without its events."""
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
        pictures = [p for p in (self._picture, self._before) if p]
        return [merge(p.scene, [self._found]) for p in pictures]

    def _remember(self, turn: Turn, answer: Answer, events: list[Event]) -> None:
        intent = turn.intent
        self._states.append(self._last)
        if intent.about == "units":
            intent = of_units(intent)
        if intent.kind not in ("refuse", "help", "outside", "empty", "faces"):
            used = {i for claim in answer.claims for i in claim.evidence}
            mine = {d.region.id: d.region for d in self._found if d.region.id in used}
            told_of = self._told_of(answer, mine) if answer.claims else ()
            looked_for = intent.comparison == "faces" and intent.attributes
            if (intent.ranked or looked_for) and not intent.listed:
                told_of = told_of[:1]  # the one that was looked for, not whom it was held against
            self._last = remembered(intent, self._meant(turn), told_of, self._last)
            order = {face.id: n for n, face in enumerate(self.faces)}
            by_face = sorted(mine.values(), key=lambda r: order.get(r.face_id, len(order)))
            self.numbered = tuple(by_face) or self.numbered
        heard = (*events, Answered(answer))
        self.turns.append(Exchange(turn.context.question, answer, heard, self._name()))

    def _told_of(self, answer: Answer, regions: dict[str, Region]) -> tuple[str, ...]:
        """Return ids of the faces that the first claim names, else of those that it rests on."""
        first = answer.claims[0]
        named = [int(n) for n in re.findall(r"\bface (\d+)", first.text)]
        ids = [self.faces[n - 1].id for n in named if 1 <= n <= len(self.faces)]
        return tuple(
            dict.fromkeys(ids or [regions[i].face_id for i in first.evidence if i in regions])
        )

    def _meant(self, turn: Turn) -> tuple[str, ...]:
        """Return ids of the faces that a question meant, now that they were looked at."""
        known = merge(turn.context.picture.scene, [self._found]) if turn.context.picture else None
        return tuple(f.id for f in chosen_faces(turn.intent, turn.context, known))

    def _recalled(self, recall: Recall) -> Answer:
        """Return what needs no look at a face: the last answer again, the turn before, another
        picture."""
        last = self.turns[-1].answer
        if recall == "repeat":
            return last
        if recall == "undo":
            return self._undone()
        pictures = [p for p in self._pictures if p != self._picture]
        if not pictures:
            return said(last, "There is only one picture so far.")
        self._show(pictures[0] if recall == "first picture" else pictures[-1])
        many = "1 face" if len(self.faces) == 1 else f"{len(self.faces)} faces"
        name = self.image.name if self.image else "the picture"
        return said(last, f"Back to {name}, with {many}.")

    def _undone(self) -> Answer:
        """Take the last turn back; the answer before it, if there is one."""
        last = self.turns[-1].answer
        while self.turns and self.turns[-1].answer is last:  # with the times that it was repeated
            self.turns.pop()
            self._last = self._states.pop()
        if not self.turns:
            return said(last, "That is taken back; nothing was asked before it.")
        before = self.turns[-1]
        return said(before.answer, f"Back to \u201c{before.question}\u201d: {before.answer.text}")

    async def forget(self) -> None:
        """Drop the conversation, the pictures and the selection."""
        self.image, self.faces, self.face = None, (), None
        self.selection = self.numbered = ()
        self.turns, self._found, self._states, self._pictures = [], [], [], []
        self._picture = self._before = None
        self._last = self._assistant = None


async def ask(question: str, *, image: str | Path, **options: Any) -> Answer:
    """Ask one question about one picture; ``options`` are those of :class:`Session`."""
    async with Session(**options) as session:
        await session.open(image)
        return await session.answer(question)


def ask_sync(question: str, *, image: str | Path, **options: Any) -> Answer:
    """:func:`ask` for programs without an event loop."""
    return asyncio.run(ask(question, image=image, **options))
