"""The sentences that a result begins with: what was found, and what it does not show. Pure."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby

from focalface.tools.face.regions import UNIONS
from focalface.tools.face.wording import is_mixed
from focalface.tools.server.brief import TRACE
from focalface.tools.types import ActionUnit, EmotionEstimate, Region, RegionDescription

MOST_UNITS = 8
"""Movements named for one face, the strongest first."""
HIDDEN = 0.5
"""Visibility below which a region counts as hidden."""

FACES = (
    "Boxes and poses are estimates, and a face may be missed. These tools do not identify people."
)
READINGS = (
    "Intensities (0 to 1) are estimates, not a human FACS coding; an emotion is what the "
    "expression suggests, not what the person feels; 'not assessed' is unknown, not absent. Left "
    "and right are the subject's. People must be told that they are exposed to emotion "
    "recognition; inferring emotions at work or in education is prohibited in the EU."
)
MOVEMENTS = (
    "Intensities (0 to 1) are estimates, not a human FACS coding; they say what moves, not what "
    "the person feels; 'not assessed' is unknown, not absent. Left and right are the subject's."
)
"""The caution where emotions are switched off."""
DRAWN = "Orange is the subject's left, blue the right. The picture was not written to disk."


def of_faces(name: str, size: tuple[int, int], total: int, shown: range, note: str) -> str:
    """Return what a page of faces says; ``shown`` are their numbers, ``note`` what to do next."""
    head = f"'{name}' ({size[0]} x {size[1]} pixels). "
    if not total:
        return f"{head}No face was found. {note}"
    found = f"{total} face{'s' if total > 1 else ''}, largest first"
    if len(shown) < total:
        found += f"; here are {shown.start} to {shown.stop - 1}, pass next_cursor for more"
    return f"{head}{found}. {note}"


def of_regions(regions: Sequence[Region]) -> str:
    """Return what a proposal says."""
    names = ", ".join(region.name for region in regions)
    return f"Worth looking at, most relevant first: {names}. Pass these to describe_regions."


def of_findings(found: Sequence[RegionDescription], numbers: dict[str, int | None]) -> str:
    """Return what descriptions say, a line a face; ``numbers`` are the numbers of faces by id."""
    lines = []
    for face_id, same in groupby(found, key=lambda one: one.region.face_id):
        mine = list(same)
        head = f"Face {numbers.get(face_id) or face_id}"
        lines.append(f"{head}, {_count(mine)}: {'. '.join(_told(mine))}.")
    return "\n".join(lines)


def _count(found: Sequence[RegionDescription]) -> str:
    names = [one.region.name for one in found]
    return ", ".join(names) if len(names) <= 4 else f"{len(names)} regions"


def _told(found: Sequence[RegionDescription]) -> list[str]:
    """Return movements, emotion, age, and what could not be judged, each only where there is
    some."""
    widest = sorted(found, key=_width)
    emotion = next((one for one in widest if one.emotion), None)
    age = next((one for one in widest if one.age), None)
    hidden = [one.region.name for one in found if one.region.visibility < HIDDEN]
    unknown = sorted({code for one in found for code in one.not_assessed}, key=_number)
    told = [_movements([unit for one in found for unit in one.action_units])]
    if emotion and emotion.emotion:
        told.append(f"{emotion.region.name} {_suggests(emotion.emotion)}")
    if age and age.age:
        years = f"{age.age.years:.0f} years ({age.age.low:.0f} to {age.age.high:.0f})"
        told.append(f"{age.region.name} looks {years}")
    if hidden:
        told.append(f"hidden: {', '.join(hidden)}")
    if unknown:
        told.append(f"not assessed: {', '.join(unknown)}")
    return told


def _suggests(emotion: EmotionEstimate) -> str:
    if is_mixed(emotion):
        return f"suggests no single emotion ({emotion.mixed:.2f})"
    return f"suggests {emotion.label} ({emotion.probabilities[emotion.label]:.2f})"


def _width(one: RegionDescription) -> int:
    """Return the face before the unions before its parts."""
    name = one.region.name
    return 0 if name == "face" else 1 if name in UNIONS else 2


def _movements(units: Sequence[ActionUnit]) -> str:
    sides: defaultdict[str, dict[str, float]] = defaultdict(dict)
    names = {unit.code: unit.name for unit in units}
    for unit in units:
        sides[unit.code][unit.side] = max(unit.intensity, sides[unit.code].get(unit.side, 0.0))
    strong = [code for code in sides if max(sides[code].values()) >= TRACE]
    strong.sort(key=lambda code: -max(sides[code].values()))
    if not strong:
        return "no movement shows"
    told = [f"{code} {names[code]} {_values(sides[code])}" for code in strong[:MOST_UNITS]]
    more = len(strong) - MOST_UNITS
    return "; ".join([*told, f"and {more} weaker"] if more > 0 else told)


def _values(by_side: dict[str, float]) -> str:
    return ", ".join(
        f"{value:.2f}" if side == "both" else f"{side} {value:.2f}"
        for side, value in by_side.items()
    )


def _number(code: str) -> int:
    return int(code.removeprefix("AU"))
