"""Answers to questions of time, from the series of a whole clip."""

import time
from collections.abc import Sequence

from focalface.agent.basics.answer import Answer, Claim, Plan, Table
from focalface.agent.clips import answers
from focalface.agent.clips.analysis import ClipAnalysis, TrackedPerson
from focalface.agent.clips.answers import TimedRow, TimedSentence, clock
from focalface.agent.clips.things import Thing, wanted_things
from focalface.agent.clips.time_words import Asked
from focalface.agent.understanding import Intent
from focalface.tools.face import facs


def from_series(
    intent: Intent, asked: Asked, people: Sequence[TrackedPerson], clip: ClipAnalysis
) -> Answer | None:
    """Return the answer about some faces; None where the question names nothing that is
    followed."""
    started = time.perf_counter()
    things = [thing for person in people for thing in wanted_things(intent, person)]
    rows: list[TimedRow] = []
    if asked == "course" and not things:
        found = [answers.course(person, clip) for person in people]
        said = [sentence for sentences, _ in found for sentence in sentences]
        rows = [row for _, more in found for row in more]
    elif asked == "order" and len(people) > 1 and len(wanted_things(intent, people[0])) == 1:
        said = answers.first_of(lambda person: wanted_things(intent, person)[0], clip)
    elif things:
        kind = "when" if asked == "course" else asked
        said = [s for p in people for s in answers.answer(kind, wanted_things(intent, p), p, clip)]
        rows = _rows(people, intent)
    elif "emotion" in intent.attributes:
        said = [sentence for person in people for sentence in answers.looks(person)]
    else:
        return None
    spent = (time.perf_counter() - started) * 1000
    return _answer(intent, said, rows, things, clip, spent)


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
