"""How much of each region of a face can be seen, given what hides parts of it. Pure."""

from collections.abc import Sequence

import numpy as np

from focalface.tools.face.hiding import HIDDEN, Hiding, hidden_share
from focalface.tools.face.regions import BASIC
from focalface.tools.geometry import atlas, plane
from focalface.tools.types import Face, Region

NOTICED = 0.1
"""Share of a region that has to be hidden for ``hidden_by`` to say so (our choice)."""


def as_seen(face: Face, region: Region, hidings: Sequence[Hiding]) -> Region:
    """Return the region with its visibility lowered by what hides it, and ``hidden_by`` in words.

    A region that already says what hides it comes back as it is, unless there is no face at all.
    """
    if missing := next((hiding for hiding in hidings if hiding.cover == "no_face"), None):
        return region.model_copy(update={"visibility": 0.0, "hidden_by": missing.words})
    if not hidings or region.hidden_by:
        return region
    alone = {hiding: hidden_part(face, region, [hiding]) for hiding in hidings}
    main = max(alone, key=alone.__getitem__)
    if alone[main] < NOTICED:
        return region
    seen = region.visibility * (1 - hidden_part(face, region, hidings))
    return region.model_copy(update={"visibility": seen, "hidden_by": main.words})


def open_places(places: Sequence[str], hidings: Sequence[Hiding]) -> tuple[str, ...]:
    """Return those of some basic atlas regions of which at least half can be seen."""
    if not hidings:
        return tuple(places)
    return tuple(name for name in places if hidden_share(name, hidings) <= HIDDEN)


def facing(face: Face, places: Sequence[str]) -> tuple[str, ...]:
    """Return those of some basic atlas regions that the turn of the head does not hide."""
    return tuple(name for name in places if atlas.turned_to_us(face, name) > HIDDEN)


def hidden_part(face: Face, region: Region, hidings: Sequence[Hiding]) -> float:
    """Return the share of a region that is hidden; for unions and custom regions the mean over
    it."""
    if region.name in BASIC:
        return hidden_share(region.name, hidings)
    points = plane.sample(region.polygon)
    if not len(points):
        return 0.0
    hidden = np.zeros(len(points))
    for name in BASIC:
        share = hidden_share(name, hidings)
        if share:
            inside = plane.contains(atlas.outline(face, name), points)
            hidden = np.maximum(hidden, share * inside)
    return float(hidden.mean())
