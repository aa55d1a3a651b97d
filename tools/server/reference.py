"""The atlas and the action units as plain data, for clients that want to know what can be asked."""

from collections.abc import Collection
from typing import Any

from focalface.tools.face import facs, regions


def atlas() -> dict[str, Any]:
    """Return every region name with its aliases and the action units and muscles that can show
    there."""
    return {
        "sides": "left and right are the subject's",
        "regions": [_region(name) for name in regions.ATLAS],
    }


def _region(name: str) -> dict[str, Any]:
    parts = regions.UNIONS.get(name, ())
    codes = facs.in_order(code for part in parts or (name,) for code in facs.shown_in(part))
    muscles = dict.fromkeys(muscle for code in codes for muscle in facs.UNITS[code].muscles)
    return {
        "name": name,
        "aliases": list(regions.aliases(name)),
        "covers": list(parts),
        "action_units": list(codes),
        "muscles": list(muscles),
    }


def action_units(supported: Collection[str]) -> dict[str, Any]:
    """Return every FACS unit that we speak of; ``supported``: codes that the describer can
    assess."""
    return {
        "source": facs.SOURCE,
        "intensity": "0 to 1, an estimate; FACS letters A to E are a human judgement",
        "units": [
            {
                "code": unit.code,
                "name": unit.name,
                "plain": unit.plain,
                "muscles": list(unit.muscles),
                "sided": unit.sided,
                "regions": list(facs.regions_of(unit.code)),
                "assessed": unit.code in supported,
            }
            for unit in facs.UNITS.values()
        ],
    }
