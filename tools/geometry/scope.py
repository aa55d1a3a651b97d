"""What a region lets one judge: its action units by side, emotion, and age."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from focalface.tools.face import facs
from focalface.tools.face.hiding import HIDDEN, Hiding
from focalface.tools.face.region_rows import ROWS
from focalface.tools.geometry import atlas, visible
from focalface.tools.types import Face, Region, Side

EXPRESSIVE = frozenset(row.name for row in ROWS.values() if row.emotion)
"""Basic regions from which an emotion can be suggested at all."""

AGEING = frozenset(row.name for row in ROWS.values() if row.age)
"""Basic regions whose skin and outline change with age."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What can be judged in one region: code -> sides on which it can show; emotion; age.

    ``places``: the basic atlas regions that it is about.
    """

    units: Mapping[str, tuple[Side, ...]]
    emotion: bool
    age: bool
    places: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether the region shows nothing that could be judged."""
        return not (self.units or self.emotion or self.age)


NOTHING_TO_SEE = Scope(units={}, emotion=False, age=False)


def scope_of(face: Face, region: Region, hidings: Sequence[Hiding] = ()) -> Scope:
    """Return the scope of a region; empty where it is hidden, turned away or off the face.

    ``hidings``: what hides parts of the face; a region is only about the parts that can be seen.
    """
    if region.visibility < HIDDEN:
        return NOTHING_TO_SEE
    places = visible.open_places(atlas.covered(face, region), hidings)
    return _scope(places, region.side)


@lru_cache(maxsize=512)
def _scope(places: tuple[str, ...], side: Side) -> Scope:
    bases = {facs.unsided(name) for name in places}
    return Scope(
        units=MappingProxyType(atlas.shown_in(places, side)),
        emotion=bool(bases & EXPRESSIVE),
        age=bool(bases & AGEING),
        places=places,
    )
