"""A conversation that takes clips as well as pictures.

A question of time is answered from the series of the whole clip; every other question is asked
about one frame: the one at the moment that it names, or where what it asks about is strongest.
"""

import asyncio
import re
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import aclosing
from pathlib import Path
from typing import Any, TypeVar

from focalface.agent.basics.answer import Answer, Claim, Plan, Table
from focalface.agent.basics.events import Answered, Event, Exchange, Notice
from focalface.agent.clips import answers
from focalface.agent.clips.analysis import ClipAnalysis, TrackedPerson, analyse, frame_at
from focalface.agent.clips.answers import TimedRow, TimedSentence, clock
from focalface.agent.clips.things import Thing, everything, wanted_things
from focalface.agent.clips.time_words import Timing, read_timing
from focalface.agent.conversation.session import Session
from focalface.agent.understanding import Intent, LastTurn
from focalface.tools.clips.frames import is_clip
from focalface.tools.face import facs
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
        await self._show_moment(_liveliest(clip.people[0]) if clip.people else 0.0)
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
        if timing.asked and (made := self._of_time(question, intent, timing, clip)):
            self._remember(turn.model_copy(update={"intent": intent}), made, [])
            yield Answered(made)
            return
        async for event in self._at_moment(question, intent, timing, clip):
            yield event

    async def _at_moment(
        self, question: str, intent: Intent, timing: Timing, clip: ClipAnalysis
    ) -> AsyncIterator[Event]:
        person = self._people(intent, clip)[0]
        seconds, why = _moment(timing, intent, person, clip)
        begins = await self._show_moment(seconds)
        yield Notice(f"Looking at {clock(begins)}{why}.")
        if self.face is None and len(clip.people) > 1 and not intent.faces:
            self.face = self._number(person, begins)
        async with aclosing(super().ask(question)) as events:  # type: ignore[type-var]
            async for event in events:
                if isinstance(event, Answered):
                    event = Answered(_placed(event.answer, begins, why))
                    last = self.turns[-1]
                    events_of = (*last.events[:-1], event)
                    self.turns[-1] = Exchange(last.question, event.answer, events_of)
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

    def _of_time(
        self, question: str, intent: Intent, timing: Timing, clip: ClipAnalysis
    ) -> Answer | None:
        """Return the answer from the series; None where the question names nothing that is
        followed."""
        started = time.perf_counter()
        assert timing.asked is not None
        people = self._people(intent, clip)
        rows: list[TimedRow] = []
        things = [thing for person in people for thing in wanted_things(intent, person)]
        if timing.asked == "course" and not things:
            found = [answers.course(person, clip) for person in people]
            said = [sentence for sentences, _ in found for sentence in sentences]
            rows = [row for _, more in found for row in more]
        elif (
            timing.asked == "order"
            and len(people) > 1
            and len(wanted_things(intent, people[0])) == 1
        ):
            said = answers.first_of(lambda person: wanted_things(intent, person)[0], clip)
        elif things:
            asked = "when" if timing.asked == "course" else timing.asked
            said = [
                s for p in people for s in answers.answer(asked, wanted_things(intent, p), p, clip)
            ]
            rows = _rows(people, intent)
        elif "emotion" in intent.attributes:
            said = [sentence for person in people for sentence in answers.looks(person)]
        else:
            return None
        spent = (time.perf_counter() - started) * 1000
        return _answer(intent, said, rows, things, clip, spent)


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


def _liveliest(person: TrackedPerson) -> float:
    """When a face moves most."""
    tops = [one for thing in everything(person) for one in thing.episodes]
    best = max(tops, key=lambda one: one.intensity, default=None)
    return best.apex if best else person.sightings[0].seconds


def _moment(
    timing: Timing, intent: Intent, person: TrackedPerson, clip: ClipAnalysis
) -> tuple[float, str]:
    """Return the time of the frame that a question is about, and why that, in words."""
    if timing.seconds is not None:
        return min(timing.seconds, clip.seconds), ""
    if timing.frame is not None:
        share = timing.frame / max(clip.frames - 1, 1)
        return min(share, 1.0) * clip.seconds, f" (frame {timing.frame})"
    ends = {"start": 0.0, "middle": clip.seconds / 2, "end": clip.seconds}
    if timing.point in ends:
        return ends[timing.point], f", the {timing.point} of the clip"
    things = [thing for thing in wanted_things(intent, person) if thing.episodes]
    if not things:
        return _calmest_or_liveliest(intent, person)
    thing = things[0]
    top = max(thing.episodes, key=lambda one: one.intensity)
    if timing.point == "onset" and top.onset is not None:
        return top.onset, f", where the {thing.name} begins"
    if timing.point == "offset" and top.offset is not None:
        return top.offset, f", where the {thing.name} ends"
    return top.apex, f", where the {thing.name} is strongest"


def _calmest_or_liveliest(intent: Intent, person: TrackedPerson) -> tuple[float, str]:
    """Apparent age is read best where nothing moves, all else where most does."""
    if intent.attributes != ("age",):
        return _liveliest(person), ", where the face moves most"
    lines = [thing.series for thing in everything(person) if thing.series is not None]
    moving = {one.seconds: 0.0 for one in person.sightings}
    for seconds in moving:
        moving[seconds] = sum(line.at(seconds) or 0.0 for line in lines)
    return min(moving, key=lambda at: moving[at]), ", where the face moves least"


def _placed(answer: Answer, seconds: float, why: str) -> Answer:
    """Return the answer about a frame, with the time at which it holds."""
    if answer.refused or not answer.claims:
        return answer
    return answer.model_copy(update={"text": f"At {clock(seconds)}{why}: {answer.text}"})


def _rows(people: Sequence[TrackedPerson], intent: Intent) -> list[TimedRow]:
    return [
        TimedRow(person.number, thing.name, one)
        for person in people
        for thing in wanted_things(intent, person)
        for one in thing.episodes
    ]


def _answer(
    intent: Intent,
    said: Sequence[TimedSentence],
    rows: Sequence[TimedRow],
    things: Sequence[Thing],
    clip: ClipAnalysis,
    milliseconds: float,
) -> Answer:
    several = len(clip.people) > 1
    claims = [_claim(sentence, several=several) for sentence in said]
    faces = dict.fromkeys(s.person.nearest(at).face_id for s in said for at in s.times)
    codes = dict.fromkeys(code for thing in things for code in thing.codes)
    text = " ".join(claim.text for claim in claims) or "That is not assessed here."
    return Answer(
        text=text,
        claims=tuple(claims),
        plan=Plan(
            intent=intent.kind,
            attributes=intent.attributes,
            action_units=tuple(codes),
            regions=("face",),
            faces=tuple(faces),
        ),
        limits=_limits(things, clip),
        table=_table(rows) if len(rows) > 1 else None,
        describer=clip.describer,
        device=clip.device,
        milliseconds=milliseconds,
    )


def _claim(sentence: TimedSentence, *, several: bool) -> Claim:
    seen = dict.fromkeys(sentence.person.nearest(at).region_id for at in sentence.times)
    text = sentence.text
    if several and "face " not in text:
        text = f"Face {sentence.person.number}: {text[0].lower()}{text[1:]}"
    return Claim(text=text, evidence=tuple(seen))


def _limits(things: Sequence[Thing], clip: ClipAnalysis) -> tuple[str, ...]:
    limits = [
        f"{code} ({facs.UNITS[code].name}) is not assessed here: unknown, not absent."
        for thing in things
        if thing.series is None
        for code in thing.codes
    ]
    if clip.step:
        limits.append(
            f"One frame in {clip.step:.2f} s was read; what is shorter may have been missed."
        )
    return tuple(dict.fromkeys(limits))


def _table(rows: Sequence[TimedRow]) -> Table:
    def cell(seconds: float | None) -> str:
        return "–" if seconds is None else clock(seconds)

    return Table(
        title="Movements (–: beyond the clip)",
        columns=("Face", "Movement", "Begins", "Strongest", "Over", "Intensity"),
        rows=tuple(
            (
                str(row.person),
                row.name,
                cell(row.episode.onset),
                cell(row.episode.apex),
                cell(row.episode.offset),
                f"{row.episode.intensity:.2f}",
            )
            for row in rows
        ),
    )
