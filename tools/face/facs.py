"""The facial action units that focalface speaks of: names, muscles, words, where each can be seen.

Facts after the Facial Action Coding System, in words of our own: P. Ekman, W. V. Friesen, *Facial
Action Coding System* (1978) and Ekman, Friesen, J. C. Hager, *FACS* (2002). What combinations of
units suggest (emotions, kinds of smile, pain) is in :mod:`focalface.tools.face.combinations`.

A unit's regions are atlas names without their side: ``brow`` stands for ``left_brow`` and
``right_brow``. The first one is the primary region, where the unit is judged best.
"""

from bisect import bisect
from collections.abc import Iterable
from functools import lru_cache

from focalface.tools.face import region_rows
from focalface.tools.face.unit_rows import UNITS as UNITS
from focalface.tools.face.unit_rows import Unit as Unit
from focalface.tools.types import Side

SOURCE = (
    "P. Ekman, W. V. Friesen, J. C. Hager: Facial Action Coding System (1978; new edition 2002)"
)

PRESENT = 0.3
"""Intensity from which a unit counts as present: our B, as DISFA counts units from level 2 up."""

_BOUNDS = (0.1, PRESENT, 0.5, 0.7, 0.9)
_LETTERS = ("", "A", "B", "C", "D", "E")
_STRENGTHS = ("absent", "trace", "slight", "clear", "strong", "strong")


def letter(intensity: float) -> str:
    """Return the FACS intensity letter A..E nearest to an intensity 0..1; ``""`` when absent.

    FACS letters are judgements of evidence, not measurements; the bounds (0.1, 0.3, 0.5, 0.7, 0.9)
    are a choice of ours and not part of FACS.
    """
    return _LETTERS[bisect(_BOUNDS, intensity)]


def strength(intensity: float) -> str:
    """Return the word for an intensity 0..1: ``trace``, ``slight``, ``clear``, ``strong``,
    ``absent``."""
    return _STRENGTHS[bisect(_BOUNDS, intensity)]


CODES: tuple[str, ...] = tuple(UNITS)
"""All codes of the product, in order."""

SIDED_REGIONS = region_rows.SIDED
"""Regions of which a face has two; in the atlas they carry ``left_`` or ``right_``."""


@lru_cache(maxsize=256)
def unsided(region: str) -> str:
    """Return an atlas name without its side: ``left_brow`` -> ``brow``; others stay."""
    base = region.removeprefix("left_").removeprefix("right_")
    return base if base in SIDED_REGIONS else region


def shown_in(region: str) -> tuple[str, ...]:
    """Return codes that can be seen in a basic atlas region (not a union), in FACS order."""
    base = unsided(region)
    return tuple(code for code, unit in UNITS.items() if base in unit.regions)


def regions_of(code: str, side: Side = "both") -> tuple[str, ...]:
    """Return atlas regions where a unit can be seen, primary first, on one side or on both."""
    sides = ("left", "right") if side == "both" else (side,)
    return tuple(
        name
        for base in UNITS[code].regions
        for name in ([f"{s}_{base}" for s in sides] if base in SIDED_REGIONS else [base])
    )


def primary_regions(code: str, side: Side = "both") -> tuple[str, ...]:
    """Return the atlas region, or the pair of them, where a unit is judged best."""
    base = UNITS[code].primary
    return tuple(name for name in regions_of(code, side) if unsided(name) == base)


def in_order(codes: Iterable[str]) -> tuple[str, ...]:
    """Return codes without repetition, in FACS order; unknown ones are left out."""
    wanted = set(codes)
    return tuple(code for code in CODES if code in wanted)
