"""Action units: whether each is there, how much, and on which side. Pure."""

from collections.abc import Sequence

from focalface.agent.basics.evidence import Evidence, Reading
from focalface.agent.basics.phrasing import (
    Say,
    capital,
    close_call,
    joined,
    levels,
    listed_places,
    named,
    places_of,
    seen_at,
    shown,
)
from focalface.tools.face import combinations, facs
from focalface.tools.face.movements import Movement, clause

TRACE = 0.1


def cites(reading: Reading) -> tuple[str, ...]:
    """The region ids of a reading (a pair of regions has two)."""
    return tuple(reading.region_id.split(","))


def as_movement(reading: Reading) -> Movement:
    """A reading in the form that the describer's wording takes."""
    s = reading.sides
    low, high = sorted((s.get("left", 0.0), s.get("right", 0.0)))
    alone = len(s) == 2 and low < facs.PRESENT <= high and high - low >= combinations.UNEVEN
    return Movement(
        reading.code, s.get("left", 0.0), s.get("right", 0.0), s.get("both", 0.0), alone
    )


def moving(reading: Reading, expert: bool) -> str:
    """What a unit that shows does, in words: ``both lip corners are strongly pulled up``."""
    if expert:
        return f"{named(reading.code, True)} reaches {levels(reading)}"
    return clause(as_movement(reading), places_of(reading.region))


def unit(code: str, ev: Evidence, *, expert: bool, numbers: bool) -> list[Say]:
    """Whether a unit is there, how much, and on which side."""
    reading = ev.reading(code)
    if reading is None:
        return []
    return [Say(_verdict(reading, expert, numbers), cites(reading))]


def units(codes: Sequence[str], ev: Evidence, expert: bool) -> list[Say]:
    """Several units together: first those that show, then hints, the rest, the unknown."""
    known = [r for code in codes if (r := ev.reading(code))]
    says = [Say(f"{capital(moving(r, expert))}.", cites(r)) for r in known if r.visible]
    hints = [r for r in known if not r.visible and close_call(r.level)]
    absent = [r for r in known if not r.visible and r not in hints]
    says += _together("There is at most a hint of {}.", hints, "and", expert)
    says += _together("I see no clear sign of {}.", absent, "or", expert)
    unknown = [code for code in codes if code in facs.UNITS and not ev.reading(code)]
    if unknown:
        what, where = joined((named(c, expert) for c in unknown), "or"), listed_places(ev.found)
        says.append(
            Say(f"I cannot tell whether there is {what}: not assessed at {where}.", ev.ids())
        )
    return says


def _together(frame: str, found: Sequence[Reading], last: str, expert: bool) -> list[Say]:
    if not found:
        return []
    ids = tuple(dict.fromkeys(i for r in found for i in cites(r)))
    return [Say(frame.format(joined((shown(r, expert) for r in found), last)), ids)]


def _verdict(reading: Reading, expert: bool, numbers: bool) -> str:
    what = named(reading.code, expert)
    figures = f", {levels(reading)}" if expert or numbers else ""
    place = seen_at(reading)
    if reading.visible:
        word = facs.strength(reading.level)
        if expert:
            return f"{capital(what)} is present: {word}{figures}."
        hedge = " It is a close call." if close_call(reading.level) else ""
        return f"Yes, {moving(reading, False)}{figures}.{hedge}"
    if close_call(reading.level):
        return f"Probably not, there is only a hint of {what} at {place}{figures}."
    if reading.level >= TRACE:
        return f"Hardly, at most a trace of {what} shows at {place}{figures}."
    return f"No, there is no sign of {what} at {place}{figures}."
