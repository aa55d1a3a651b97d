"""The action units, a row each; all tables of units are made from these rows."""

from dataclasses import replace
from types import MappingProxyType

from focalface.tools.face import region_rows
from focalface.tools.face.unit_rows import lips, mouth, upper
from focalface.tools.face.unit_rows.row import Unit

__all__ = ["UNITS", "Unit"]


def _with_regions(unit: Unit) -> Unit:
    """The unit with the regions whose own rows say that it shows there."""
    also = tuple(row.name for row in region_rows.ROWS.values() if unit.code in row.shows)
    return replace(unit, also=also)


UNITS = MappingProxyType(
    {
        unit.code: _with_regions(unit)
        for unit in sorted((*upper.UNITS, *mouth.UNITS, *lips.UNITS), key=lambda u: u.number)
    }
)
"""Code -> facts, in the order of the FACS numbers."""
