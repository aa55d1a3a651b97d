"""Sentences about time, each with the frames that it rests on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from focalface.agent.clips.analysis import ClipAnalysis, TrackedPerson
from focalface.agent.clips.things import SURE, Thing, everything
from focalface.agent.clips.time_words import Asked
from focalface.tools.clips.series import Episode
from focalface.tools.face import facs

IN_WORDS = 5
"""Movements that a sentence names; the table has all."""


@dataclass(frozen=True, slots=True)
class TimedSentence:
    """One sentence and the times, in seconds, of the frames that it rests on."""

    text: str
    person: TrackedPerson
    times: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class TimedRow:
    """A movement as a row of a table."""

    person: int
    name: str
    episode: Episode


def clock(seconds: float) -> str:
    """Return a time as people read it: ``1.28 s``, ``2:05.3``."""
    if seconds < 60:
        return f"{seconds:.2f} s"
    return f"{int(seconds // 60)}:{seconds % 60:04.1f}"


def answer(
    asked: Asked, things: Sequence[Thing], person: TrackedPerson, clip: ClipAnalysis
) -> list[TimedSentence]:
    """Return what ``asked`` wants to know of ``things`` on one face; things not assessed are left
    out."""
    assessed = [thing for thing in things if thing.series is not None]
    if asked == "order" and len(assessed) > 1:
        return [_order(assessed, person)]
    tell = _TELLING.get(asked, _span)
    return [_about(thing, person, tell) for thing in assessed]


def first_of(thing_of: Callable[[TrackedPerson], Thing], clip: ClipAnalysis) -> list[TimedSentence]:
    """Tell who shows something first."""
    shown = [(person, thing_of(person).episodes) for person in clip.people]
    starts = [(_begin(found[0]), person, found[0]) for person, found in shown if found]
    if not starts:
        person = clip.people[0]
        return [TimedSentence(f"Nobody shows a {thing_of(person).name}.", person, (0.0,))]
    starts.sort(key=lambda one: one[0])
    told = [f"face {person.number} at {clock(at)}" for at, person, _ in starts]
    name = thing_of(starts[0][1]).name
    also = f", then {', '.join(told[1:])}" if told[1:] else ", nobody else"
    text = f"The {name} comes first on {told[0]}{also}."
    return [TimedSentence(text, starts[0][1], (starts[0][2].apex,))]


def _begin(one: Episode) -> float:
    return one.onset or 0.0


def _about(
    thing: Thing, person: TrackedPerson, tell: Callable[[Thing, Sequence[Episode]], str]
) -> TimedSentence:
    found = thing.episodes
    assert thing.series is not None
    if not found:
        values = thing.series.values
        top = float(values.max()) if len(values) else 0.0
        at = float(thing.series.seconds[int(values.argmax())]) if len(values) else 0.0
        text = f"The {thing.name} never shows in this clip; at most {top:.2f}, at {clock(at)}."
        return TimedSentence(text, person, (at,))
    times = [at for one in found[:IN_WORDS] for at in (one.onset, one.apex, one.offset)]
    kept = tuple(dict.fromkeys(at for at in times if at is not None))
    return TimedSentence(tell(thing, found), person, kept)


def _onset(thing: Thing, found: Sequence[Episode]) -> str:
    first, *later = found
    if first.onset is None:
        text = f"The {thing.name} is there when the clip begins"
    else:
        text = f"The {thing.name} begins at {clock(first.onset)}"
    again = [clock(one.onset) for one in later if one.onset is not None]
    return f"{text}{_again(again)}; it is strongest at {clock(_strongest(found).apex)}."


def _again(times: Sequence[str]) -> str:
    return f", and again at {_listed(times)}" if times else ""


def _apex(thing: Thing, found: Sequence[Episode]) -> str:
    top = _strongest(found)
    how = f"{top.intensity:.2f}"
    if thing.codes:
        how = f"{facs.strength(top.intensity)}, {how}"
    return f"The {thing.name} is strongest at {clock(top.apex)} ({how})."


def _offset(thing: Thing, found: Sequence[Episode]) -> str:
    ends = [clock(one.offset) for one in found if one.offset is not None]
    if found[-1].offset is None:
        before = f"ends at {_listed(ends)}, and " if ends else ""
        return f"The {thing.name} {before}is still there when the clip ends."
    return f"The {thing.name} is over at {ends[0]}{_again(ends[1:])}."


def _span(thing: Thing, found: Sequence[Episode]) -> str:
    spans = _listed([span(one) for one in found[:IN_WORDS]])
    more = f" and {len(found) - IN_WORDS} more times" if len(found) > IN_WORDS else ""
    return f"The {thing.name} shows {spans}{more}; it is strongest at {_at_top(found)}."


def span(one: Episode) -> str:
    """Return from when to when: ``from 1.28 s to 2.32 s``."""
    begins = "from the start" if one.onset is None else f"from {clock(one.onset)}"
    ends = "to the end" if one.offset is None else f"to {clock(one.offset)}"
    return f"{begins} {ends}"


def _at_top(found: Sequence[Episode]) -> str:
    top = _strongest(found)
    return f"{clock(top.apex)} ({top.intensity:.2f})"


def _duration(thing: Thing, found: Sequence[Episode]) -> str:
    if len(found) == 1 and found[0].onset is not None and found[0].offset is not None:
        long = found[0].offset - found[0].onset
        return f"The {thing.name} lasts {clock(long)}, {span(found[0])}."
    if len(found) == 1:
        return f"The {thing.name} shows {span(found[0])}, so it may last longer than that."
    whole = [one.offset - one.onset for one in found if one.onset is not None and one.offset]
    told = _listed([clock(long) for long in whole[:IN_WORDS]])
    return f"The {thing.name} shows {len(found)} times, for {told or 'longer than the clip'}."


def _count(thing: Thing, found: Sequence[Episode]) -> str:
    times = "once" if len(found) == 1 else "twice" if len(found) == 2 else f"{len(found)} times"
    return f"The {thing.name} shows {times}, at {_listed([clock(one.apex) for one in found])}."


_TELLING: dict[Asked, Callable[[Thing, Sequence[Episode]], str]] = {
    "onset": _onset,
    "apex": _apex,
    "offset": _offset,
    "duration": _duration,
    "count": _count,
    "order": _onset,
}


def _order(things: Sequence[Thing], person: TrackedPerson) -> TimedSentence:
    moved = [(thing, thing.episodes[0]) for thing in things if thing.episodes]
    moved.sort(key=lambda one: _begin(one[1]))
    still = [f"the {thing.name}" for thing in things if not thing.episodes]
    never = f"; {_listed(still)} never {'shows' if len(still) == 1 else 'show'}" if still else ""
    if not moved:
        return TimedSentence(f"Neither of them shows: {_listed(still)}.", person, (0.0,))
    (first, begin), *later = moved
    text = f"The {first.name} comes first, {_since(begin)}"
    for thing, one in later:
        text += f", then the {thing.name}, {_since(one)}"
    return TimedSentence(f"{text}{never}.", person, tuple(one.apex for _, one in moved))


def _since(one: Episode) -> str:
    return "from the start" if one.onset is None else f"at {clock(one.onset)}"


def course(person: TrackedPerson, clip: ClipAnalysis) -> tuple[list[TimedSentence], list[TimedRow]]:
    """Return all that happens on one face: sentences on the first and strongest, all movements as
    rows."""
    rows = [
        TimedRow(person.number, thing.name, one)
        for thing in everything(person)
        for one in thing.episodes
    ]
    rows.sort(key=lambda row: (_begin(row.episode), -row.episode.intensity))
    strong = sorted(rows, key=lambda row: -row.episode.intensity)[:IN_WORDS]
    sentences = [
        TimedSentence(
            f"The {row.name} shows {span(row.episode)}, strongest at {clock(row.episode.apex)}.",
            person,
            (row.episode.apex,),
        )
        for row in rows
        if row in strong
    ]
    if not rows:
        text = "Nothing moves beyond a trace in this clip."
        sentences.append(TimedSentence(text, person, (clip.seconds / 2,)))
    return [*sentences, *looks(person)], rows


def looks(person: TrackedPerson) -> list[TimedSentence]:
    """Tell which emotions the expression suggests, in the order of time."""
    parts: list[tuple[str, float, float]] = []
    if not person.emotions:
        return []
    times = next(iter(person.emotions.values())).seconds
    for seconds in times:
        shares = {label: line.at(float(seconds)) or 0.0 for label, line in person.emotions.items()}
        label = max(shares, key=lambda one: shares[one])
        label = label if shares[label] >= SURE else "nothing clear"
        if parts and parts[-1][0] == label:
            parts[-1] = (label, parts[-1][1], float(seconds))
        else:
            parts.append((label, float(seconds), float(seconds)))
    kept = [part for part in parts if part[2] - part[1] >= 0.1] or parts[:1]
    told = [f"{label} from {clock(begin)} to {clock(end)}" for label, begin, end in kept[:IN_WORDS]]
    text = f"The expression suggests {_listed(told)}."
    return [TimedSentence(text, person, tuple((b + e) / 2 for _, b, e in kept[:IN_WORDS]))]


def _strongest(found: Sequence[Episode]) -> Episode:
    return max(found, key=lambda one: one.intensity)


def _listed(parts: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
