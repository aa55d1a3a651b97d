"""The regions of the atlas, a row each; all tables of regions are made from these rows."""

from types import MappingProxyType

from focalface.tools.face.region_rows import lower, middle, upper, wider
from focalface.tools.face.region_rows.row import Corner, Outline, Row, phrases

__all__ = [
    "ROWS",
    "SEVERAL",
    "SEVERAL_TYPED",
    "SIDED",
    "WIDER",
    "Corner",
    "Outline",
    "Row",
    "phrases",
]

ROWS = MappingProxyType({row.name: row for row in (*upper.ROWS, *middle.ROWS, *lower.ROWS)})
"""Name without side -> the row of a basic region, from top to bottom."""
WIDER = MappingProxyType({row.name: row for row in wider.ROWS})
"""Name without side -> the row of a region that is made of basic ones."""
SIDED: tuple[str, ...] = tuple(row.name for row in ROWS.values() if row.sided)
"""Basic regions of which a face has two."""
SEVERAL, SEVERAL_TYPED = wider.SEVERAL, wider.SEVERAL_TYPED


def nouns() -> tuple[str, ...]:
    """Return single words that name a basic region, for inflections and for typing errors."""
    listed = [words for row in ROWS.values() for words in phrases(row.words)]
    return tuple(words for words in listed if words.isalpha())
