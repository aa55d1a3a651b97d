"""One conversation about pictures: its state, and turns as streams of events."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import PIL.Image

from focalface.agent.answer import Answer
from focalface.agent.events import Event
from focalface.tools.types import Face, Region, RegionDescription


@dataclass(frozen=True, slots=True)
class Turn:
    """A question, the answer it got, and everything that happened on the way."""

    question: str
    answer: Answer
    events: tuple[Event, ...]


class Session:
    """A conversation: picture, face, selection, model, history. Use it as ``async with``.

    One turn at a time. ``isolated`` runs the MCP server as a process of its own (``chat``);
    else it lives in this process (``ask``). Errors are ``FocalFaceError`` and leave the state as
    it was. Cancelling the task that iterates :meth:`ask` cancels the running tool call too.
    """

    def __init__(
        self,
        *,
        model: str | None = None,
        base_url: str | None = None,
        describer: str | None = None,
        expert: bool = False,
        isolated: bool = False,
    ) -> None:
        self.expert = expert
        """Answers in FACS terms; may be set between turns."""

    image: Path | None
    """The picture that questions are about."""
    faces: tuple[Face, ...]
    """Its faces, largest first."""
    face: int | None
    """Number of the chosen face, counted from 1 in ``faces``; None: the question decides."""
    selection: tuple[Region, ...]
    """What "here" means."""
    numbered: tuple[Region, ...]
    """What the numbers on the last picture mean: "3" is ``numbered[2]``."""
    turns: list[Turn]
    """The conversation so far."""

    @property
    def model_name(self) -> str:
        """The chat model as the user named it, or ``offline``."""
        raise NotImplementedError

    @property
    def describer_name(self) -> str:
        """The describer as the settings name it."""
        raise NotImplementedError

    async def __aenter__(self) -> Self:
        raise NotImplementedError

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        raise NotImplementedError

    async def open(self, path: str | Path) -> tuple[Face, ...]:
        """Makes ``path`` the picture and finds its faces; the picture before stays as "before"."""
        raise NotImplementedError

    def choose_face(self, number: int | None) -> None:
        """Chooses a face by its number from 1; None lets questions decide again."""
        raise NotImplementedError

    async def regions(self) -> tuple[RegionDescription, ...]:
        """All atlas regions of the chosen (or largest) face, described; they get the numbers."""
        raise NotImplementedError

    async def select(self, target: str) -> tuple[Region, ...]:
        """Makes ``here`` mean a region name or alias, a number, ``x1,y1,x2,y2`` or ``x,y[,r]``."""
        raise NotImplementedError

    async def picture(self, *, numbers: bool = True) -> PIL.Image.Image:
        """The picture with the faces and the regions of the last turn drawn, numbered or named."""
        raise NotImplementedError

    async def set_model(self, model: str | None, base_url: str | None = None) -> None:
        """Another chat model, or None for the offline planner; the conversation is kept."""
        raise NotImplementedError

    async def set_describer(self, describer: str) -> None:
        """Another describer; the server is restarted, the conversation is kept."""
        raise NotImplementedError

    def ask(self, question: str) -> AsyncIterator[Event]:
        """One turn; the last event is ``Answered``. A turn that is cancelled leaves no trace."""
        raise NotImplementedError

    async def forget(self) -> None:
        """Drops the conversation, the pictures and the selection."""
        raise NotImplementedError
