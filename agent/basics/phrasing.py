"""Small pieces of English that answers are made of. Pure."""

from collections.abc import Collection, Iterable, Sequence

from focalface.agent.basics.evidence import UnitReading
from focalface.tools.face import facs, wording
from focalface.tools.face.landmarks import mirrored
from focalface.tools.face.movements import NOUNS, Movement, clause
from focalface.tools.face.regions import UNIONS
from focalface.tools.types import Face, RegionDescription

CLOSE = 0.1
"""Distance from the threshold of presence within which a unit is called a close call."""

TURNED = 10.0
"""Degrees from which a head counts as turned, tilted, raised or lowered."""


def joined(words: Iterable[str], last: str = "and") -> str:
    """Return ``a, b and c``; "" for nothing."""
    *most, end = list(words) or [""]
    return f"{', '.join(most)} {last} {end}" if most else end


def capital(text: str) -> str:
    """Return the text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def noun(code: str) -> str:
    """Return a unit in everyday words: ``a smile``, ``brow lowering``."""
    return NOUNS.get(code, code)


def unit_name(code: str, expert: bool) -> str:
    """Return a unit for the reader: ``AU12 (lip corner puller)`` or ``a smile``."""
    if not expert:
        return noun(code)
    return f"{code} ({facs.UNITS[code].name})" if code in facs.UNITS else code


def places_of(region: str) -> Sequence[str]:
    """Return the basic regions of an atlas name; none for a custom region."""
    return UNIONS.get(region, () if region == "custom" else (region,))


def movement_clauses(
    regions: Sequence[RegionDescription], expert: bool, without: Collection[str] = ()
) -> list[str]:
    """Return what moves in a region or a pair of them, strongest first; not the units
    ``without``."""
    units = [unit for one in regions for unit in one.action_units]
    found = [m for m in wording.movements(units) if m.code not in without]
    if expert:
        return [f"{unit_name(m.code, True)} {graded(m)}" for m in found]
    places = [place for one in regions for place in places_of(one.region.name)]
    return [clause(m, places, n) for n, m in enumerate(found)] if places else []


def told_once(clauses: Sequence[str]) -> list[str]:
    """Return clauses with those on the same thing in one: ``the lips are parted and pressed``."""
    told: dict[str, list[str]] = {}
    for said in clauses:
        verb = min((v for v in (" is ", " are ") if v in said), key=said.index, default="")
        thing, _, does = said.partition(verb) if verb else (said, "", "")
        told.setdefault(f"{thing}{verb}", []).append(does)
    return [f"{thing}{joined(does)}" for thing, does in told.items()]


def graded(movement: Movement) -> str:
    """Return intensity and letter for experts: ``0.62 (C)``, ``left 0.62 (C), right 0.31 (B)``."""
    if movement.whole or not (movement.left or movement.right):
        return _grade(movement.whole)
    parts = [("left", movement.left), ("right", movement.right)]
    return ", ".join(f"{side} {_grade(value)}" for side, value in parts if value)


def graded_unit(reading: UnitReading, expert: bool) -> str:
    """Return a unit in a list: ``a smile``, ``AU12 (lip corner puller) 0.62 (C)``."""
    return (
        f"{unit_name(reading.code, True)} {_grade(reading.level)}" if expert else noun(reading.code)
    )


def levels(reading: UnitReading) -> str:
    """Return the intensities of a reading: ``0.62 on the left and 0.58 on the right``."""
    if set(reading.sides) == {"both"} or len(reading.sides) == 0:
        return _grade(reading.level)
    told = {s: _grade(v) for s, v in sorted(reading.sides.items())}
    if len(told) == 2 and len({*told.values()}) == 1:
        return f"{_grade(reading.level)} on both sides"
    return joined(f"{value} on the {side}" for side, value in told.items())


def _grade(value: float) -> str:
    letter = facs.letter(value)
    return f"{value:.2f} ({letter})" if letter else f"{value:.2f}"


def close_call(level: float) -> bool:
    """Tell whether an intensity is too near the threshold to be sure either way."""
    return abs(level - facs.PRESENT) < CLOSE


def region_phrase(one: RegionDescription) -> str:
    """Return the region in words, with its article."""
    return wording.place_of(one.region)


def seen_at(reading: UnitReading) -> str:
    """Tell where a unit was read, in words; in a wide region, the place where the unit shows."""
    wide = reading.region in UNIONS or reading.region == "custom"
    unit = facs.UNITS.get(reading.code)
    if wide and unit:
        return place_of(unit.primary)
    sided = facs.unsided(reading.region) != reading.region
    return wording.place_name(reading.region) if sided else place_of(reading.region)


def noun_at(reading: UnitReading) -> str:
    """Return a unit and where it was read, ``lip parting at the mouth``; the place is left out
    where the noun names it, ``a downturned mouth``, or the unit is at home elsewhere."""
    what, where = noun(reading.code), seen_at(reading)
    named = {word.rstrip("s") for word in what.split()} & {w.rstrip("s") for w in where.split()}
    elsewhere = facs.unsided(reading.region) != facs.UNITS[reading.code].primary
    return what if named - {"the", "a"} or elsewhere else f"{what} at {where}"


def listed_places(found: Sequence[RegionDescription]) -> str:
    """Return regions in words, a left and a right one as a pair: ``the mouth and the eyes``."""
    names = [d.region.name for d in found]
    words = []
    for one in found:
        other = mirrored(one.region.name)
        pair = other != one.region.name and other in names
        words.append(place_of(one.region.name) if pair else region_phrase(one))
    return joined(dict.fromkeys(words))


def are_several(found: Sequence[RegionDescription]) -> bool:
    """Tell whether regions are spoken of in the plural: ``the eyes``, not ``the skin beside the
    eyes``."""
    said = listed_places(found)
    return " and " in said or (len(found) > 1 and not said.startswith(("the skin", "the area")))


def place_of(name: str) -> str:
    """Return an atlas name in words, with its article; sides left out where a pair is meant."""
    base = facs.unsided(name)
    return wording.pair_name(base) if base in facs.SIDED_REGIONS else wording.place_name(name)


def spoken(name: str) -> str:
    """Return an atlas name as one says it: ``left_crows_feet`` -> ``left crow's feet``."""
    return name.replace("_", " ").replace("crows feet", "crow's feet")


def spoken_together(names: Sequence[str]) -> str:
    """Return atlas names in one phrase, pairs in one: ``mouth, left and right eye``."""
    said: dict[str, None] = {}
    for name in names:
        part = name.removeprefix("left_").removeprefix("right_")
        pair = {f"left_{part}", f"right_{part}"} <= set(names)
        said[f"left and right {spoken(part)}" if pair else spoken(name)] = None
    return ", ".join(said)


def head_words(face: Face) -> list[str]:
    """Return what of the head's pose is worth a word; empty for a head that is held straight."""
    pose = face.pose
    return [
        f"{words[angle < 0]} {abs(angle):.0f}°"
        for angle, words in (
            (pose.yaw, ("turned to their left", "turned to their right")),
            (pose.pitch, ("raised", "lowered")),
            (pose.roll, ("tilted to their right", "tilted to their left")),
        )
        if abs(angle) >= TURNED
    ]
