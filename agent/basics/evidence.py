"""What the tools found in this conversation, ready to be cited. Pure; no tool is called here."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from focalface.agent.basics.scene import Scene
from focalface.tools.face import combinations, facs, wording
from focalface.tools.face.landmarks import mirrored
from focalface.tools.face.regions import BASIC, UNIONS, row_of
from focalface.tools.types import AgeEstimate, EmotionEstimate, RegionDescription

LEAST_SHARE = 0.15
"""Probability below which an emotion is not said to be suggested; chance is one in eight."""

_INSIDE = {
    whole: tuple(name for name in BASIC if row_of(name).inside == whole)
    for whole in {row_of(name).inside for name in BASIC} - {""}
}
"""Basic region -> the basic regions that are parts of it."""


@dataclass(frozen=True, slots=True)
class UnitReading:
    """One unit in one region: intensities 0..1 by the subject's side (``both`` for unsided)."""

    code: str
    region: str
    region_id: str
    sides: dict[str, float]

    @property
    def level(self) -> float:
        """The larger side."""
        return max(self.sides.values())

    @property
    def visible(self) -> bool:
        """Whether the unit counts as present."""
        return self.level >= facs.PRESENT


@dataclass(frozen=True)
class Evidence:
    """Descriptions of regions, the newest of each region; the only ground for claims."""

    scene: Scene
    found: tuple[RegionDescription, ...] = field(default=())

    def __iter__(self) -> Iterator[RegionDescription]:
        return iter(self.found)

    def of(self, face_id: str) -> "Evidence":
        """Return only what was found on one face."""
        return self._only(d for d in self.found if d.region.face_id == face_id)

    def at(self, names: Sequence[str]) -> "Evidence":
        """Return only these regions (by name or id), in the order of ``names``, each once."""
        kept = [d for n in names for d in self.found if n in (d.region.name, d.region.id)]
        return self._only({d.region.id: d for d in kept}.values())

    def _only(self, kept: Iterable[RegionDescription]) -> "Evidence":
        return Evidence(self.scene, tuple(kept))

    def ids(self) -> tuple[str, ...]:
        """Return ids of the regions."""
        return tuple(dict.fromkeys(d.region.id for d in self.found))

    def names(self) -> tuple[str, ...]:
        """Return names of the regions."""
        return tuple(dict.fromkeys(d.region.name for d in self.found))

    def reading(self, code: str) -> UnitReading | None:
        """Return the unit where it is judged best: at or around its primary region, then the
        strongest."""
        return self._best.get(code)

    @cached_property
    def _best(self) -> dict[str, UnitReading]:
        return {code: _best_of(code, readings) for code, readings in self._by_code.items()}

    def readings(self, code: str) -> Sequence[UnitReading]:
        """Return the unit in every region where it was assessed."""
        return self._by_code.get(code, ())

    @cached_property
    def _by_code(self) -> dict[str, list[UnitReading]]:
        found: dict[str, list[UnitReading]] = {}
        for one in self.found:
            sides: dict[str, dict[str, float]] = {}
            for unit in one.action_units:
                sides.setdefault(unit.code, {})[unit.side] = unit.intensity
            for code, by_side in sides.items():
                reading = UnitReading(code, one.region.name, one.region.id, by_side)
                found.setdefault(code, []).append(reading)
        return found

    def levels(self) -> dict[str, float]:
        """Return code -> intensity where a unit is judged best; codes not assessed are missing."""
        return {code: reading.level for code, reading in self._best.items()}

    def unassessed(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Return those of ``codes`` for which no region gave an intensity."""
        known = {u.code for d in self.found for u in d.action_units}
        return facs.in_order(c for c in codes if c not in known)

    def nowhere(self, codes: Iterable[str]) -> bool:
        """Tell whether the whole face was looked at, nothing hides any of it, and it lacks them:
        then no region has them."""
        face = next((d for d in self.found if d.region.name == "face"), None)
        if face is None or face.region.hidden_by:
            return False
        return {*codes} <= {*face.not_assessed}

    def emotion(self) -> tuple[RegionDescription, EmotionEstimate] | None:
        """Return the emotion of the widest region that has one."""
        return next(((d, d.emotion) for d in self._widest() if d.emotion), None)

    def rival(self) -> combinations.Suggestion | None:
        """Return the emotion that goes with the movements in full where the whole face is likelier,
        but not surely, to suggest another one."""
        found = self.emotion()
        if found is None or found[0].region.name != "face" or wording.is_mixed(found[1]):
            return None
        return combinations.rival(found[1].probabilities, self.levels())

    def in_part(self) -> combinations.Suggestion | None:
        """Return the emotion that goes with what can be seen of a face where a part is hidden and
        nothing bears out the likeliest one."""
        found = self.emotion()
        if found is None or found[0].region.name != "face":
            return None
        return combinations.in_part(found[1].probabilities, self.levels())

    def age(self) -> tuple[RegionDescription, AgeEstimate] | None:
        """Return the age of the widest region that has one."""
        return next(((d, d.age) for d in self._widest() if d.age), None)

    def _widest(self) -> list[RegionDescription]:
        """Return the face, then its thirds and halves, then the rest in the order of the
        question."""
        return sorted(
            self.found, key=lambda d: (d.region.name != "face", d.region.name not in UNIONS)
        )

    def covers(self, name: str) -> bool:
        """Tell whether a region, or a wider or narrower one that contains it, was described."""
        return any(name in reach(known) or known in reach(name) for known in self.names())


def reach(name: str) -> tuple[str, ...]:
    """Return a region and those that lie inside it."""
    inside = _INSIDE.get(name, ())
    return (name, *inside, *UNIONS.get(name, ()), *_halves(name))


def _halves(name: str) -> tuple[str, ...]:
    return ("left_half", "right_half", "upper_face", "mid_face", "lower_face") * (name == "face")


def _nearness(region: str, primary: str) -> tuple[bool, bool]:
    """Tell whether a region is a unit's primary one, and whether it at least contains that."""
    return facs.unsided(region) == primary, primary in map(facs.unsided, reach(region))


def _best_of(code: str, readings: Sequence[UnitReading]) -> UnitReading:
    """Return the reading of one unit that is nearest to its primary region, both sides joined."""
    primary = facs.UNITS[code].primary if code in facs.UNITS else ""
    sides: dict[str, UnitReading] = {}
    for one in readings:
        if facs.unsided(one.region) == primary and one.region.startswith(("left_", "right_")):
            sides.setdefault(one.region, one)
    if len(sides) == 2:
        return _joined(list(sides.values()))
    best = max(readings, key=lambda r: (*_nearness(r.region, primary), len(r.sides), r.level))
    other = next((r for r in readings if r.region == mirrored(best.region)), best)
    return best if other is best or {*best.sides} & {*other.sides} else _joined([best, other])


def _joined(readings: list[UnitReading]) -> UnitReading:
    """Return left and right region of one unit as one reading."""
    sides = {s: v for r in readings for s, v in r.sides.items() if r.region.startswith(s)}
    first = readings[0]
    name = facs.unsided(first.region)
    return UnitReading(
        first.code, name, ",".join(r.region_id for r in readings), sides or first.sides
    )


def merge(scene: Scene, batches: Iterable[Sequence[RegionDescription]]) -> Evidence:
    """Join evidence of several results; a later description of a region replaces the earlier."""
    known: dict[str, RegionDescription] = {}
    for batch in batches:
        for one in batch:
            known.pop(one.region.id, None)
            known[one.region.id] = one
    mine = {face.id for face in scene.faces}
    return Evidence(scene, tuple(d for d in known.values() if d.region.face_id in mine))
