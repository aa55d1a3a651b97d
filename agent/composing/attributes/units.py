"""Action units: whether each is there, how much, and on which side. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from focalface.agent.basics.evidence import Evidence, UnitReading
from focalface.agent.basics.phrasing import (
    capital,
    close_call,
    graded_unit,
    joined,
    levels,
    listed_places,
    places_of,
    seen_at,
    unit_name,
)
from focalface.agent.basics.sentence import Sentence, Verdict
from focalface.agent.understanding.intent import Degree
from focalface.tools.face import combinations, facs
from focalface.tools.face.movements import Movement, clause, denial

TRACE = 0.1


def cites(reading: UnitReading) -> tuple[str, ...]:
    """Return the region ids of a reading (a pair of regions has two)."""
    return tuple(reading.region_id.split(","))


def cited(readings: Iterable[UnitReading]) -> tuple[str, ...]:
    """Return the region ids of several readings, each once."""
    return tuple(dict.fromkeys(i for reading in readings for i in cites(reading)))


def as_movement(reading: UnitReading) -> Movement:
    """Return a reading in the form that the describer's wording takes."""
    s = reading.sides
    low, high = sorted((s.get("left", 0.0), s.get("right", 0.0)))
    alone = len(s) == 2 and low < facs.PRESENT <= high and high - low >= combinations.UNEVEN
    return Movement(
        reading.code, s.get("left", 0.0), s.get("right", 0.0), s.get("both", 0.0), alone
    )


def moving(reading: UnitReading, expert: bool) -> str:
    """Return what a unit that shows does, in words: ``both lip corners are strongly pulled up``."""
    if expert:
        return f"{unit_name(reading.code, True)} reaches {levels(reading)}"
    return clause(as_movement(reading), places_of(reading.region))


MUCH = 0.5
"""Intensity from which a movement is much of it: our C."""
VERY_MUCH = 0.7
"""Intensity from which it is more than a little: our D."""


def unit(
    code: str, ev: Evidence, *, expert: bool, numbers: bool, degree: Degree = ""
) -> list[Sentence]:
    """Tell whether a unit is there, how much, and on which side; ``degree``: how much is asked
    for."""
    reading = read(code, ev)
    if reading is None:
        return []
    return [measured(judged(reading, ev, expert, numbers), reading.level, degree)]


_LIPS = ("upper_lip", "lower_lip")


def read(code: str, ev: Evidence) -> UnitReading | None:
    """Return a unit where it is judged best; what both lips show is of the mouth."""
    reading = ev.reading(code)
    if reading is None or reading.region not in _LIPS or not {*_LIPS} <= {*ev.names()}:
        return reading
    ids = ",".join(d.region.id for d in ev if d.region.name in _LIPS)
    return replace(reading, region="mouth", region_id=ids)


def measured(said: Sentence, level: float, degree: Degree) -> Sentence:
    """Return a sentence with whether what it affirms is as much as was asked."""
    if said.verdict != "yes" or not degree:
        return said
    if degree == "much":
        return said if level >= MUCH else replace(said, verdict="less")
    return replace(said, verdict="more") if level >= VERY_MUCH else said


def units(
    codes: Sequence[str], ev: Evidence, expert: bool, *, polar: bool = False
) -> list[Sentence]:
    """Tell of several units together: first those that show, then hints, the rest, the unknown;
    empty where none was read. ``polar``: those that show are answer enough."""
    known = [r for code in codes if (r := read(code, ev))]
    if not known:
        return []
    seen = [r for r in known if r.visible]
    says = [Sentence(f"{capital(moving(r, expert))}.", cites(r)) for r in seen]
    if seen:
        about = tuple(r.code for r in seen[:1])
        says[0] = replace(says[0], verdict="yes", about=about, led=not expert)
    if seen and polar and not expert:
        return says
    if not seen and not expert and (does := contrary(known[0], ev)):
        return [Sentence(f"{does[0]}.", does[1], verdict="no", about=(known[0].code,))]
    hints = [r for r in known if not r.visible and close_call(r.level)]
    absent = [r for r in known if not r.visible and r not in hints]
    says += _together("There is at most a hint of {}.", hints, "and", expert)
    quiet = frozenset(r.code for r in absent)
    if not expert and (text := _BROWS.get(quiet, "")):
        says.append(Sentence(text, tuple(dict.fromkeys(i for r in absent for i in cites(r)))))
    else:
        says += _together("I see no clear sign of {}.", absent, "or", expert)
    if says and not seen:
        says[0] = replace(says[0], verdict="probably not" if hints else "no", led=not expert)
    unknown = [code for code in codes if code in facs.UNITS and not ev.reading(code)]
    if unknown:
        what, where = joined((unit_name(c, expert) for c in unknown), "or"), listed_places(ev.found)
        says.append(
            Sentence(f"I cannot tell whether there is {what}: not assessed at {where}.", ev.ids())
        )
    return says


_BROWS = {
    frozenset({"AU1", "AU2", "AU4"}): "The brows are neither raised nor drawn together.",
    frozenset({"AU1", "AU2"}): "The brows are not raised.",
}
"""Units of the brows -> what is said where none of them shows."""


def _together(frame: str, found: Sequence[UnitReading], last: str, expert: bool) -> list[Sentence]:
    if not found:
        return []
    ids = tuple(dict.fromkeys(i for r in found for i in cites(r)))
    return [Sentence(frame.format(joined((graded_unit(r, expert) for r in found), last)), ids)]


def judged(reading: UnitReading, ev: Evidence, expert: bool, numbers: bool) -> Sentence:
    """Tell whether one unit is there, how much, and on which side; what is there instead."""
    what = unit_name(reading.code, expert)
    figures = f", {levels(reading)}" if expert or numbers else ""
    place = seen_at(reading)
    verdict: Verdict
    ids = cites(reading)
    if reading.visible:
        hedge = " It is a close call." if close_call(reading.level) and not expert else ""
        word = facs.strength(reading.level)
        does = f"{what} is present: {word}" if expert else moving(reading, False)
        verdict, text = "yes", f"{does}{figures}.{hedge}"
    elif not figures and (instead := contrary(reading, ev)):
        verdict = "probably not" if close_call(reading.level) else "no"
        text, ids = f"{instead[0]}.", instead[1]
    elif close_call(reading.level):
        verdict, text = "probably not", f"there is only a hint of {what} at {place}{figures}."
    elif reading.level >= TRACE:
        verdict, text = "hardly", f"at most a trace of {what} shows at {place}{figures}."
    elif figures:
        verdict, text = "no", f"there is no sign of {what} at {place}{figures}."
    else:
        verdict, text = "no", f"{denial(reading.code, places_of(reading.region))}."
    led = not (expert and reading.visible)
    return Sentence(text, ids, verdict=verdict, about=(reading.code,), led=led)


_CONTRARY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "AU1": ("AU4",), "AU2": ("AU4",), "AU4": ("AU1", "AU2"),
        "AU5": ("AU43", "AU7"), "AU7": ("AU5",), "AU43": ("AU5",),
        "AU12": ("AU15",), "AU15": ("AU12",), "AU18": ("AU20",), "AU20": ("AU18",),
        "AU23": ("AU25",), "AU24": ("AU26", "AU25"), "AU25": ("AU24", "AU23", "AU28"),
    }
)  # fmt: skip
"""Unit -> those that move the same part the other way, or keep it from moving."""


def contrary(reading: UnitReading, ev: Evidence) -> tuple[str, tuple[str, ...]] | None:
    """Return what the part does instead of a unit that does not show, and the regions that tell;
    None where it does nothing of the kind."""
    others = [r for code in _CONTRARY.get(reading.code, ()) if (r := read(code, ev))]
    seen = max((r for r in others if r.visible), key=lambda r: r.level, default=None)
    if seen is None:
        return None
    return moving(seen, False), tuple(dict.fromkeys((*cites(seen), *cites(reading))))
