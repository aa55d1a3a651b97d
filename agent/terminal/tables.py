"""Faces, regions and readings as small tables of words, for the terminal and for saved files."""

from collections.abc import Iterable, Mapping, Sequence

from focalface.agent.basics.answer import Table
from focalface.agent.basics.phrasing import head_words, spoken
from focalface.agent.basics.scene import Scene
from focalface.tools.face import facs, wording
from focalface.tools.types import (
    ActionUnit,
    AgeEstimate,
    EmotionEstimate,
    Face,
    Region,
    RegionDescription,
)

NOTHING = "–"
"""What an empty cell says: not judged, or nothing there."""


def head(face: Face) -> str:
    """Return the head's pose in words, sides the subject's: ``turned to their left 20°``."""
    return ", ".join(head_words(face)) or "straight"


SHOWN, LARGEST = 20, 8
"""Faces up to which all are listed, and how many of a larger crowd."""


def faces_table(faces: Sequence[Face], chosen: int | None = None) -> Table:
    """Return one row a face: number (with ``*`` when chosen), place, size in pixels, head, score.

    Of a crowd the largest few, and the chosen one.
    """
    few = len(faces) <= SHOWN
    shown = [(n, f) for n, f in enumerate(faces, 1) if few or n <= LARGEST or n == chosen]
    rows = tuple(
        (
            f"{number}*" if number == chosen else str(number),
            place(face, faces),
            f"{face.box.width:.0f} × {face.box.height:.0f}",
            head(face),
            f"{face.score:.2f}",
        )
        for number, face in shown
    )
    title = "1 face" if len(faces) == 1 else f"{len(faces)} faces, largest first"
    title += "" if few else f"; the first {LARGEST}"
    return Table(title=title, columns=("#", "Where", "Size", "Head", "Score"), rows=rows)


def place(face: Face, faces: Sequence[Face]) -> str:
    """Tell where a face is: in words among others, alone the pixel at its centre."""
    if len(faces) < 2:
        return f"{face.box.center[0]:.0f}, {face.box.center[1]:.0f}"
    width, height = max(f.box.x2 for f in faces), max(f.box.y2 for f in faces)
    scene = Scene(face.image_id, round(width), round(height), tuple(faces))
    where = scene.where(face.id)
    return where.removeprefix("in the ") if " row" in where else where


def regions_table(regions: Sequence[Region]) -> Table:
    """Return one row a region: number, name, how much of it can be seen, why it matters if
    proposed."""
    why = any(region.reason for region in regions)
    rows = tuple(
        (str(number), spoken(region.name), f"{region.visibility:.0%}")
        + ((region.reason or NOTHING,) if why else ())
        for number, region in enumerate(regions, 1)
    )
    columns = ("#", "Region", "Visible", "Why") if why else ("#", "Region", "Visible")
    return Table(title="Regions", columns=columns, rows=rows)


def readings_table(
    readings: Sequence[RegionDescription],
    *,
    expert: bool = False,
    numbers: Mapping[str, int] | None = None,
) -> Table:
    """Return one row a reading: what moves, what it suggests, apparent age.

    ``numbers`` gives region ids their numbers, else they count from 1. With ``expert`` in FACS
    codes with letters and intensities, else in everyday words.
    """
    numbers = numbers or {reading.region.id: n for n, reading in enumerate(readings, 1)}
    rows = tuple(
        (
            str(numbers.get(reading.region.id, NOTHING)),
            spoken(reading.region.name),
            movements(reading, expert=expert),
            suggestion(reading.emotion, expert=expert),
            age(reading.age, expert=expert),
        )
        for reading in readings
    )
    movement = "Action units" if expert else "Movement"
    unjudged = any(NOTHING in row for row in rows)
    title = f"Readings ({NOTHING}: cannot be judged there)" if unjudged else "Readings"
    return Table(title=title, columns=("#", "Region", movement, "Suggests", "Age"), rows=rows)


def movements(reading: RegionDescription, *, expert: bool) -> str:
    """Return the action units that are present in a reading, strongest first."""
    seen = sorted(
        (unit for unit in reading.action_units if unit.intensity >= facs.PRESENT),
        key=lambda unit: -unit.intensity,
    )
    if not seen:
        return "none" if reading.action_units else NOTHING
    own_side = reading.region.side
    if expert:
        return ", ".join(_expert(unit, own_side) for unit in seen)
    said: dict[tuple[str, str], list[str]] = {}
    for unit in seen:
        key = (unit.code, facs.strength(unit.intensity))
        said.setdefault(key, []).append(_side(unit, own_side))
    return ", ".join(_plain(*key, sides) for key, sides in said.items())


def _side(unit: ActionUnit, own_side: str) -> str:
    """Return the side in words, where the region does not say it already."""
    fact = facs.UNITS.get(unit.code)
    return "" if unit.side in (own_side, "both") or (fact and not fact.sided) else unit.side


def _expert(unit: ActionUnit, own_side: str) -> str:
    side = {"left": "L", "right": "R"}.get(_side(unit, own_side), "")
    return f"{side}{unit.code} {facs.letter(unit.intensity)} {unit.intensity:.2f}"


def _plain(code: str, strength: str, sides: Sequence[str]) -> str:
    """``left and right cheek raised (slight)``."""
    fact = facs.UNITS.get(code)
    side = " and ".join(sorted(filter(None, sides)))
    return f"{side} {fact.plain if fact else code} ({strength})".lstrip()


def suggestion(emotion: EmotionEstimate | None, *, expert: bool) -> str:
    """Return the likeliest emotion, hedged when it is not likely; ``expert`` adds its
    probability."""
    if emotion is None:
        return NOTHING
    if wording.is_mixed(emotion):
        return wording.mood(emotion)
    share = emotion.probabilities.get(emotion.label, 0.0)
    if expert:
        return f"{emotion.label} {share:.2f}"
    return emotion.label if share >= 0.5 else f"{emotion.label}?"


def age(estimate: AgeEstimate | None, *, expert: bool) -> str:
    """Apparent age in years, unless it could be any; with ``expert`` also its 80 % interval."""
    if estimate is None:
        return NOTHING
    if expert:
        return f"{estimate.years:.0f} ({estimate.low:.0f}–{estimate.high:.0f})"
    return "unclear" if wording.is_vague(estimate) else f"about {estimate.years:.0f}"


def limits(readings: Iterable[RegionDescription]) -> tuple[str, ...]:
    """Return what the readings could not judge, each sentence once, in order."""
    return tuple(dict.fromkeys(limit for reading in readings for limit in reading.limits))
