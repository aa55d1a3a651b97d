"""One conversation about pictures: its state, and turns as streams of events."""

import asyncio
import base64
import io
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import PIL.Image

from focalface.agent import briefing as briefings
from focalface.agent import planning
from focalface.agent.answer import Answer, Plan
from focalface.agent.briefing import Briefing, Picture
from focalface.agent.events import Answered, Event, Notice, ToolFinished
from focalface.agent.evidence import Evidence, merge
from focalface.agent.intents import Last, parse, regions
from focalface.agent.toolbox import Toolbox, isolated_server, picture_of, text_of
from focalface.tools.errors import ImageError, SettingsError, UsageError
from focalface.tools.region_names import BASIC, names_for
from focalface.tools.settings import Settings
from focalface.tools.types import Face, Region, RegionDescription

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from mcp.client.stdio import StdioServerParameters
    from mcp.server import MCPServer

    from focalface.agent.assistant import Assistant


@dataclass(frozen=True, slots=True)
class Turn:
    """A question, the answer it got, and everything that happened on the way."""

    question: str
    answer: Answer
    events: tuple[Event, ...]


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
        chat_model: "BaseChatModel | None" = None,
        server: "MCPServer | StdioServerParameters | None" = None,
    ) -> None:
        self.expert = expert
        """Answers in FACS terms; may be set between turns."""
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
        self.turns: list[Turn] = []
        """The conversation so far."""
        self._model, self._base_url = model, base_url
        self._chat_model = chat_model
        self._describer = describer or Settings().describer
        self._isolated, self._given_server = isolated, server
        self._picture: Picture | None = None
        self._before: Picture | None = None
        self._found: list[RegionDescription] = []
        self._last: Last | None = None
        self._told = False
        self._events: asyncio.Queue[Event | None] = asyncio.Queue()
        self._toolbox: Toolbox | None = None
        self._assistant: Assistant | None = None

    @property
    def model_name(self) -> str:
        """The chat model as the user named it, or ``offline``."""
        if self._chat_model is not None:
            return self._model or self._chat_model._llm_type
        return self._model or "offline"

    @property
    def describer_name(self) -> str:
        """The describer as the settings name it."""
        return self._describer

    async def __aenter__(self) -> Self:
        if self._model is not None and self._chat_model is None:
            from focalface.agent.chat_models import load_chat_model

            self._chat_model = load_chat_model(self._model, self._base_url)
        self._toolbox = Toolbox(self._server(self._describer), self._heard)
        await self._toolbox.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._toolbox is not None:
            await self._toolbox.__aexit__(kind, error, trace)
        self._toolbox = self._assistant = None

    def _server(self, describer: str) -> "MCPServer | StdioServerParameters":
        if self._given_server is not None:
            return self._given_server
        if self._isolated:
            chosen = {k: v for k, v in os.environ.items() if k.startswith("FOCALFACE_")}
            return isolated_server(os.environ | chosen | {"FOCALFACE_DESCRIBER": describer})
        from focalface.tools.server import create_server

        return create_server(Settings(describer=describer))

    def _heard(self, event: Event) -> None:
        """Passes an event on and keeps what it says about regions."""
        if isinstance(event, ToolFinished) and not event.failed:
            found = event.result.get("descriptions", ())
            self._found += [RegionDescription.model_validate(d) for d in found]
        self._events.put_nowait(event)

    async def _call(self, name: str, arguments: dict[str, Any]) -> Any:
        if self._toolbox is None:
            raise UsageError("The session is not open; use it with 'async with'.")
        result = await self._toolbox.call(name, arguments)
        if result.is_error:
            said = text_of(result)
            raise ImageError(said) if name == "detect_faces" else UsageError(said)
        return result

    async def open(self, path: str | Path, *, crop: bool = False) -> tuple[Face, ...]:
        """Makes ``path`` the picture and finds its faces; the picture before stays as "before".

        ``crop``: the whole picture is one face.
        """
        absolute = Path(path).expanduser().absolute()
        arguments = {"path": str(absolute), **({"whole_image_is_face": True} if crop else {})}
        found = (await self._call("detect_faces", arguments)).structured_content
        picture = Picture(
            path=str(absolute),
            image_id=found["image_id"],
            width=found["width"],
            height=found["height"],
            faces=tuple(Face.model_validate(f) for f in found["faces"]),
        )
        if self._picture is not None and self._picture.image_id != picture.image_id:
            self._before = self._picture
        self._picture, self.image, self.faces = picture, absolute, picture.faces
        self.face, self.selection, self.numbered = None, (), ()
        return self.faces

    def choose_face(self, number: int | None) -> None:
        """Chooses a face by its number from 1; None lets questions decide again."""
        if number is not None and not 1 <= number <= len(self.faces):
            many = f"1 to {len(self.faces)}" if self.faces else "none yet"
            raise UsageError(f"There is no face {number}; the faces are {many}.")
        self.face = number

    def _opened(self) -> tuple[Picture, Face]:
        if self._picture is None:
            raise UsageError("There is no picture yet; open one first.")
        if not self.faces:
            raise UsageError("No face was found in this picture; open another one.")
        return self._picture, self.faces[(self.face or 1) - 1]

    async def regions(self) -> tuple[RegionDescription, ...]:
        """All atlas regions of the chosen (or largest) face, described; they get the numbers."""
        found = await self._describe({"regions": list(BASIC)})
        self.numbered = tuple(d.region for d in found)
        return found

    async def look(self, names: Sequence[str]) -> tuple[RegionDescription, ...]:
        """These atlas regions of the chosen (or largest) face, described."""
        return await self._describe({"regions": list(names)})

    async def select(self, target: str) -> tuple[Region, ...]:
        """Makes ``here`` mean a region name or alias, a number, ``x1,y1,x2,y2`` or ``x,y[,r]``."""
        if target.strip().isdigit():
            number = int(target)
            if not 1 <= number <= len(self.numbered):
                raise UsageError(f"No region has the number {number}; show the regions first.")
            self.selection = (self.numbered[number - 1],)
            return self.selection
        found = await self._describe(_target(target))
        self.selection = tuple(d.region for d in found)
        return self.selection

    async def _describe(self, targets: dict[str, Any]) -> tuple[RegionDescription, ...]:
        picture, face = self._opened()
        arguments = {"image_id": picture.image_id, "face_id": face.id, **targets}
        result = await self._call("describe_regions", arguments)
        found = result.structured_content["descriptions"]
        return tuple(RegionDescription.model_validate(d) for d in found)

    async def picture(self, *, numbers: bool = True) -> PIL.Image.Image:
        """The picture with the faces and the regions of the last turn drawn, numbered or named."""
        if self._picture is None:
            raise UsageError("There is no picture yet; open one first.")
        arguments: dict[str, Any] = {
            "image_id": self._picture.image_id,
            "labels": "numbers" if numbers else "names",
            "max_side": 4096,
        }
        if self.numbered:
            arguments["region_ids"] = [r.id for r in self.numbered]
        data = picture_of(await self._call("annotate_image", arguments))
        return PIL.Image.open(io.BytesIO(base64.b64decode(data or ""))).convert("RGB")

    async def set_model(self, model: str | None, base_url: str | None = None) -> None:
        """Another chat model, or None for the offline planner.

        The turns, the picture and what was found are kept; the wording of earlier answers is not
        shown to the new model.
        """
        made = None
        if model is not None:
            from focalface.agent.chat_models import load_chat_model

            made = load_chat_model(model, base_url)
        self._model, self._base_url, self._chat_model = model, base_url, made
        self._assistant, self._told = None, False

    async def set_describer(self, describer: str) -> None:
        """Another describer; the server is restarted, the conversation is kept.

        With a face at hand it is tried on that at once: one that cannot work raises, and the
        describer before stays.
        """
        if not describer.strip():
            raise SettingsError("Name a describer: embedded, qwen[:FOLDER] or remote:MODEL.")
        if self._toolbox is None:
            raise UsageError("The session is not open; use it with 'async with'.")
        before = self._describer
        try:
            await self._serve(describer)
            if self.faces:
                await self._describe({"regions": ["mouth"]})
        except BaseException:
            await self._serve(before)
            raise
        self._describer = describer
        self._found, self._assistant = [], None

    async def _serve(self, describer: str) -> None:
        """Starts a server with ``describer`` and opens the picture there."""
        assert self._toolbox is not None
        await self._toolbox.restart(self._server(describer))
        if self.image is not None:
            await self._call("detect_faces", {"path": str(self.image)})

    def briefing(self, question: str) -> Briefing:
        """What the turn of a question starts from."""
        return Briefing(
            question=question,
            picture=self._picture,
            before=self._before,
            face=self.face,
            selection=self.selection,
            numbered=self.numbered,
            last=self._last,
            expert=self.expert,
        )

    def plan(self, question: str) -> Plan:
        """What a question would look at; nothing is looked at."""
        briefing = self.briefing(question)
        return planning.plan(parse(question, briefing.context), briefing)

    async def ask(self, question: str) -> AsyncIterator[Event]:
        """One turn; the last event is ``Answered``. A turn that is cancelled leaves no trace."""
        assistant = await self._ready()
        self._events = asyncio.Queue()
        events: list[Event] = []
        briefing = self.briefing(question)
        if told := self._privacy():
            self._events.put_nowait(told)
        work = asyncio.create_task(self._work(assistant, briefing))
        try:
            while (event := await self._events.get()) is not None:
                events.append(event)
                yield event
            answer = await work
        finally:
            if not work.done():
                work.cancel()
                await asyncio.wait({work})
        self._remember(briefing, answer, events)
        yield Answered(answer)

    async def answer(self, question: str) -> Answer:
        """One turn without its events."""
        async with aclosing(self.ask(question)) as events:  # type: ignore[type-var]
            async for event in events:
                if isinstance(event, Answered):
                    return event.answer
        raise AssertionError("a turn ends with an answer")

    async def _work(self, assistant: "Assistant", briefing: Briefing) -> Answer:
        queue = self._events
        try:
            return await assistant.ask(briefing)
        finally:
            queue.put_nowait(None)

    async def _ready(self) -> "Assistant":
        """The agent, made on the first question: its library takes a second to import."""
        if self._toolbox is None:
            raise UsageError("The session is not open; use it with 'async with'.")
        if self._assistant is None:
            from focalface.agent.assistant import Assistant

            self._assistant = Assistant(
                await self._toolbox.tools(),
                self._heard,
                self.evidence,
                model=self._chat_model,
                name=self.model_name,
            )
        return self._assistant

    def evidence(self) -> list[Evidence]:
        """Everything that the tools found in this conversation, by picture, newest first."""
        pictures = [p for p in (self._picture, self._before) if p]
        return [merge(p.scene, [self._found]) for p in pictures]

    def _privacy(self) -> Notice | None:
        """Said once a model, before words leave the machine."""
        from focalface.agent.chat_models import leaves_machine

        if self._model is None or self._told or not leaves_machine(self._model, self._base_url):
            return None
        self._told = True
        return Notice(
            f"The question and the tool results go to {self._model} as text; the picture stays."
        )

    def _remember(self, briefing: Briefing, answer: Answer, events: list[Event]) -> None:
        intent = parse(briefing.question, briefing.context)
        if intent.kind not in ("refuse", "help", "outside", "empty", "faces"):
            self._last = briefings.remembered(intent, answer.plan.faces)
            used = {i for claim in answer.claims for i in claim.evidence}
            mine = {d.region.id: d.region for d in self._found if d.region.id in used}
            order = {face.id: n for n, face in enumerate(self.faces)}
            by_face = sorted(mine.values(), key=lambda r: order.get(r.face_id, len(order)))
            self.numbered = tuple(by_face) or self.numbered
        self.turns.append(Turn(briefing.question, answer, (*events, Answered(answer))))

    async def forget(self) -> None:
        """Drops the conversation, the pictures and the selection."""
        self.image, self.faces, self.face = None, (), None
        self.selection = self.numbered = ()
        self.turns, self._found = [], []
        self._picture = self._before = None
        self._last = self._assistant = None


def _target(target: str) -> dict[str, Any]:
    """Arguments of ``describe_regions`` for what a user typed."""
    boxes, points, _ = regions.numbers(f"at {target}")
    if boxes:
        x1, y1, x2, y2 = boxes[0]
        return {"boxes": [{"x1": x1, "y1": y1, "x2": x2, "y2": y2}]}
    if points:
        x, y, radius = points[0]
        return {"points": [{"x": x, "y": y, "radius": radius or planning.SPOT}]}
    return {"regions": list(names_for(target))}
