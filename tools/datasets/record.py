"""The one record that every reader yields, and what a reader is."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from focalface.tools.types import Box, Emotion, Point, Side

Split = Literal["train", "validation", "test"]
Coder = Literal["people", "vision-language model", "silver"]


@dataclass(frozen=True, slots=True)
class UnitLabel:
    """What a coder (or a teacher model) said of one action unit.

    ``intensity`` 0..1, None when only presence was coded; absent units have ``present`` False.
    A unit without a label is *unknown*, which is not the same as absent.
    """

    code: str
    present: bool
    intensity: float | None = None
    side: Side = "both"


@dataclass(frozen=True, slots=True)
class RegionText:
    """What somebody wrote on one region of a face, looking at that region.

    ``region``: an atlas name, or ``custom`` for a box. ``polygon``: the outline that was shown, in
    pixels of the picture.
    """

    region: str
    polygon: tuple[Point, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Record:
    """One labelled face, whatever set it came from.

    ``id`` is unique within its source and does not change between runs. ``picture``: a file, or
    encoded bytes where the set keeps pictures inside archives or tables. ``box`` and ``landmarks``
    (order of ``focalface.tools.face.landmarks.NAMES``): image frame, None when the set has none.
    ``whole_face``: the picture is a crop of one face, so that its face needs no search.
    ``subject``: who is shown, None when the set does not say. ``split``: the set's own, if any.
    ``labelled_by``: who coded the units; ``silver`` are readings of a network that nobody checked.

    ``unreadable``: units that a coder looked for and could not judge. ``hidden``: ``eyes``,
    ``brows``, ``mouth`` to what hides them. ``emotions``: shares of the labels that people and
    coders gave together. ``apparent_age``: years that the face looks like, corrected for the
    coder's mean error.
    ``attributes``: ``gaze`` (the subject's side), ``teeth``, ``tongue``, ``spectacles``,
    ``facial_hair``, ``head_wear`` as they were coded. ``texts``: regions in words.
    """

    id: str
    source: str
    picture: Path | bytes
    units: tuple[UnitLabel, ...] = ()
    emotion: Emotion | None = None
    age: float | None = None
    subject: str | None = None
    split: Split | None = None
    box: Box | None = None
    landmarks: tuple[Point, ...] | None = None
    whole_face: bool = False
    labelled_by: Coder = "people"
    unreadable: frozenset[str] = frozenset()
    hidden: Mapping[str, str] = field(default_factory=dict)
    emotions: Mapping[Emotion, float] = field(default_factory=dict)
    apparent_age: float | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    texts: tuple[RegionText, ...] = ()

    def unit(self, code: str) -> UnitLabel | None:
        """Return the strongest label of a unit over its sides; None: unknown."""
        found = [u for u in self.units if u.code == code]
        return max(found, key=lambda u: (u.present, u.intensity or 0.0), default=None)

    @property
    def key(self) -> str:
        """Unique over all sources; what splits, caches and files are named after."""
        return f"{self.source}/{self.id}"


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was skipped: where it stands, and why in a sentence."""

    where: str
    why: str


Report = Callable[[BadRow], None]
Reader = Callable[[Path, Report], Iterator[Record]]
"""``reader(root, report)`` yields records in a fixed order and reports each row that it skips."""


def lines_of(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield (``file:line``, fields) of each non-empty line, split at commas or white space."""
    text = path.read_text(encoding="utf-8-sig")
    for number, line in enumerate(text.splitlines(), start=1):
        if fields := line.replace(",", " ").split():
            yield f"{path.name}:{number}", fields


def whole_number(text: str, low: int, high: int) -> int | None:
    """Return a whole number written in any way (``3``, ``3.0``, ``3.0e+00``) within bounds, or
    None."""
    try:
        value = float(text)
    except ValueError:
        return None
    return int(value) if value == int(value) and low <= value <= high else None
