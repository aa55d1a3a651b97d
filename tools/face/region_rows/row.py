"""What is known of one region in one place: its outline, its words, what it shows, what hides it.

A row is all that a region needs: every other table of regions is made from the rows. Adding a
region is adding a row.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product

Corner = str | tuple[str, str, float]
"""A landmark, or ``(start, end, t)``: the point ``start + t * (end - start)`` on the line through
two landmarks (t > 1 lies beyond ``end``)."""
Outline = tuple[Corner, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One region; of a region that a face has twice both are meant, and ``name`` has no side.

    Words are phrases with ``"; "`` between them, written as one says them. Number, articles and a
    side within a phrase do not matter ("corner of the eye": "corners of her left eye"); ``|``
    stands between words of which any will do, ``%`` where a side may stand although the region has
    none.
    """

    name: str
    """Atlas name without its side."""
    place: str
    """The region in words, with its article; ``@`` stands for its side."""
    outline: Outline
    """The corners of the left one, or of the left half from the top to the bottom middle."""
    words: str
    """What people call it wherever they speak of it."""
    asked: str = ""
    """What else means it in a question, but not in a description."""
    told: str = ""
    """What else means it in a description; in a question it is something that the face does."""
    typed: str = ""
    """What else means it when it is all that was typed; in a sentence it means something else."""
    sided: bool = False
    """Whether a face has two of them."""
    pair: str = ""
    """Both together in words, where that is more than ``place`` without its side."""
    facing: tuple[float, float] = (0.0, 0.0)
    """Rough direction of its surface on a head that looks into the camera: azimuth towards its own
    side and elevation upwards, in degrees, by eye from the canonical face model."""
    unions: tuple[str, ...] = ()
    """The thirds of the face that it belongs to."""
    shows: Mapping[str, str] = field(default_factory=dict)
    """Units that show here besides those whose own row names this region -> how it looks here (as
    in ``unit_rows``)."""
    signs: frozenset[str] = frozenset()
    """What it shows beside movements: fields of ``types.Attributes``."""
    emotion: bool = False
    """Whether an emotion can be suggested from it at all (our choice)."""
    age: bool = False
    """Whether its skin or outline changes with age (our choice; ``combinations.SOURCES``)."""
    hidden: Mapping[str, float] = field(default_factory=dict)
    """Cover (``hiding.COVERS``) -> the share 0..1 of the region that it hides, by eye."""
    inside: str = ""
    """The basic region that it is a part of."""
    around: tuple[str, ...] = ()
    """What is left out with it when a question leaves it out."""
    overview: str = ""
    """Why it is looked at when nothing was asked for; empty for regions that tell less."""


def phrases(*listed: str) -> tuple[str, ...]:
    """Return the phrases of some lists of words, every choice of words written out."""
    each = (phrase.split() for words in listed if words for phrase in words.split("; "))
    return tuple(
        " ".join(chosen) for words in each for chosen in product(*(w.split("|") for w in words))
    )
