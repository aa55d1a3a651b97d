"""Which moment of a clip a question is about."""

from focalface.agent.clips.analysis import ClipAnalysis, TrackedPerson
from focalface.agent.clips.things import everything, wanted_things
from focalface.agent.clips.time_words import Timing
from focalface.agent.understanding import Intent


def liveliest(person: TrackedPerson) -> float:
    """Return when a face moves most."""
    tops = [one for thing in everything(person) for one in thing.episodes]
    best = max(tops, key=lambda one: one.intensity, default=None)
    return best.apex if best else person.sightings[0].seconds


def moment_of(
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
        return liveliest(person), ", where the face moves most"
    lines = [thing.series for thing in everything(person) if thing.series is not None]
    moving = {one.seconds: 0.0 for one in person.sightings}
    for seconds in moving:
        moving[seconds] = sum(line.at(seconds) or 0.0 for line in lines)
    return min(moving, key=lambda at: moving[at]), ", where the face moves least"
