"""A conversation that takes clips as well as pictures.

A question of time is answered from the series of the whole clip; every other question is asked
about one frame: the one at the moment that it names, or where what it asks about is strongest.
"""

import asyncio
import re
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from focalface.agent.basics.answer import Answer
from focalface.agent.basics.events import Answered, Event, Notice
from focalface.agent.clips.analysis import ClipAnalysis, TrackedPerson, analyse, frame_at
from focalface.agent.clips.answers import clock
from focalface.agent.clips.moments import liveliest, moment_of
from focalface.agent.clips.replies import from_series
from focalface.agent.clips.time_words import Timing, read_timing
from focalface.agent.conversation.session import Session
from focalface.agent.understanding import Intent, LastTurn
from focalface.tools.clips.frames import is_clip
from focalface.tools.paths import expand
from focalface.tools.settings import Settings
from focalface.tools.stopping import Stop, stoppable
from focalface.tools.types import Face
from focalface.tools.workbench import Workbench

_IT = re.compile(r"\b(?:it|that|they|again)\b|^\W*(?:and\b|when\W*$)", re.IGNORECASE)
Made = TypeVar("Made")
NOT_OF_TIME = frozenset({"refuse", "help", "empty"})
"""Kinds of questions whose answer does not depend on the clip."""


class ClipSession(Session):
    """As :class:`Session`; ``open`` takes a film or an animated GIF too, and ``ask`` minds time."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.clip: ClipAnalysis | None = None
        """The clip that questions are about, read; None while it is a picture."""
        self._moment: float | None = None
        self._frames = tempfile.TemporaryDirectory(prefix="focalface-")

    async def __aexit__(self, *error: object) -> None:
        await super().__aexit__(*error)
        self._frames.cleanup()

    async def open(self, path: str | Path, *, crop: bool = False) -> tuple[Face, ...]:
        """Open as :class:`Session` does; of a clip the frame is shown where the face moves most."""
        found = expand(path).absolute()
        if crop or not await asyncio.to_thread(is_clip, found):
            faces = await super().open(path, crop=crop)
            self.clip = self._moment = None
            return faces
        bench = Workbench(Settings(describer="embedded", emotion=self.emotion))
        clip = await _stoppable(analyse, bench, found)
        self.clip, self._moment = clip, None
        await self._show_moment(liveliest(clip.people[0]) if clip.people else 0.0)
        return self.faces

    async def _show_moment(self, seconds: float) -> float:
        """Make the frame at a time the picture; return when it begins."""
        assert self.clip is not None
        begins, image = await asyncio.to_thread(frame_at, self.clip.path, seconds)
        if begins != self._moment:
            place = Path(self._frames.name) / f"{self.clip.path.stem[:60]}-{begins:.3f}s.png"
            await asyncio.to_thread(image.to_pil().save, place)
            chosen = self._person()
            await super().open(place)
            self.image, self._moment = self.clip.path, begins
            self.face = self._number(chosen, begins) if chosen else None
        return begins

    def _person(self) -> TrackedPerson | None:
        """Return the face that was chosen by the user, if one was."""
        if self.clip is None or self.face is None or self._moment is None:
            return None
        face = self.faces[self.face - 1]
        return next(
            (p for p in self.clip.people if p.nearest(self._moment).face_id == face.id), None
        )

    def _number(self, person: TrackedPerson, seconds: float) -> int | None:
        """Return the number of a face of the clip in the frame that is shown."""
        wanted_id = person.nearest(seconds).face_id
        return next((n for n, face in enumerate(self.faces, 1) if face.id == wanted_id), None)

    async def ask(self, question: str) -> AsyncIterator[Event]:
        """Ask as :class:`Session` does."""
        clip = self.clip
        turn = self.turn(question)
        question = turn.context.question
        intent = turn.intent
        if clip is None or not clip.people or intent.kind in NOT_OF_TIME or intent.recall:
            async for event in super().ask(question):
                yield event
            return
        timing = read_timing(question)
        intent = _continued(intent, question, self._history.last)
        people = self._people(intent, clip)
        if timing.asked and (made := from_series(intent, timing.asked, people, clip)):
            self._remember(turn.model_copy(update={"intent": intent}), made, [])
            yield Answered(made)
            return
        async for event in self._at_moment(question, intent, timing, people[0]):
            yield event

    async def _at_moment(
        self, question: str, intent: Intent, timing: Timing, person: TrackedPerson
    ) -> AsyncIterator[Event]:
        clip = self.clip
        assert clip is not None
        seconds, why = moment_of(timing, intent, person, clip)
        begins = await self._show_moment(seconds)
        yield Notice(f"Looking at {clock(begins)}{why}.")
        if self.face is None and len(clip.people) > 1 and not intent.faces:
            self.face = self._number(person, begins)
        async with aclosing(super().ask(question)) as events:  # type: ignore[type-var]
            async for event in events:
                if isinstance(event, Answered):
                    event = Answered(_placed(event.answer, begins, why))
                    last = self.turns[-1]
                    heard = (*last.events[:-1], event)
                    self.turns[-1] = replace(last, answer=event.answer, events=heard)
                yield event

    def _people(self, intent: Intent, clip: ClipAnalysis) -> list[TrackedPerson]:
        """Return the faces that a question means; the chosen or largest one where it does not
        say."""
        by_place = sorted(clip.people, key=lambda one: one.sightings[0].center)
        named = {
            "all": list(clip.people),
            "leftmost": by_place[:1],
            "rightmost": by_place[-1:],
            "largest": list(clip.people[:1]),
            "smallest": list(clip.people[-1:]),
        }
        found = [
            person
            for selector in intent.faces
            for person in named.get(selector, self._numbered(selector, clip))
        ]
        chosen = self._person()
        return found or ([chosen] if chosen else list(clip.people[:1]))

    def _numbered(self, selector: str, clip: ClipAnalysis) -> list[TrackedPerson]:
        person = clip.person(int(selector)) if selector.isdigit() else None
        return [person] if person else []


async def _stoppable(work: Callable[..., Made], *of: object) -> Made:
    """Long work in a thread, which ends there too when this task is cancelled."""
    stop = Stop()
    with stoppable(stop):
        try:
            return await asyncio.to_thread(work, *of)
        except asyncio.CancelledError:
            stop.set()
            raise


def _continued(intent: Intent, question: str, last: LastTurn | None) -> Intent:
    """A question that names nothing but "it" asks on about what the one before did."""
    if last is None or intent.attributes or intent.named or not _IT.search(question):
        return intent
    return intent.model_copy(update={"attributes": last.attributes, "kind": last.kind})


def _placed(answer: Answer, seconds: float, why: str) -> Answer:
    """Return the answer about a frame, with the time at which it holds."""
    if answer.refused or not answer.claims:
        return answer
    return answer.model_copy(update={"text": f"At {clock(seconds)}{why}: {answer.text}"})
