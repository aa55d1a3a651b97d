"""What the describe-like suites write into the log for each face: the truth and what was said."""

from collections.abc import Mapping, Sequence

from pydantic import Field

from focalface.tools.describers.language.statements import FACE as FACE
from focalface.tools.describers.language.statements import basics_of
from focalface.tools.face import facs
from focalface.tools.geometry.scope import EXPRESSIVE
from focalface.tools.types import (
    AgeEstimate,
    Box,
    Emotion,
    EmotionEstimate,
    Frozen,
    RegionDescription,
)


class RegionCase(Frozen):
    """One region to describe: an atlas name or a box, with what is known of it.

    ``visible`` False: nothing can be seen there (it lies outside the picture or is covered), so
    the right answer is that it cannot be told; None: not annotated. ``units``: the region's own
    truth where it differs from the face's (a smile on one side); None: that of the face.
    """

    target: str | Box
    references: tuple[str, ...] = ()
    visible: bool | None = None
    units: Mapping[str, float] | None = None

    @property
    def name(self) -> str:
        """The atlas name, or ``custom``."""
        return self.target if isinstance(self.target, str) else "custom"


class FaceCase(Frozen):
    """One face of one picture with its truth.

    ``picture``: what :mod:`~focalface.evals.datasets.pictures` can read.
    ``box``: where the face is (image frame); None: the whole picture is the face. ``units``: code
    to intensity 0..1; a unit that is not a key is unknown, not absent. ``faint``: units that the
    coders call present although they are weaker than ``facs.PRESENT``. ``unit_source``: ``human``
    or ``coded`` (by a vision-language model, reported under other names). ``groups``: audit groups
    such as ``{"gender": "female"}``. ``protocol`` and ``fold``: see ``evals.datasets.protocols``.
    ``hidden``: eyes, brows and mouth -> whether it is hidden; None where nobody looked.
    ``change`` and ``severity``: what ``evals.suites.changes`` does to it.
    """

    id: str
    picture: str
    box: Box | None = None
    regions: tuple[RegionCase, ...] = (RegionCase(target=FACE),)
    units: Mapping[str, float] = Field(default_factory=dict)
    faint: tuple[str, ...] = ()
    unit_source: str = "human"
    emotion: Emotion | None = None
    age: float | None = None
    hidden: Mapping[str, bool] | None = None
    groups: Mapping[str, str] = Field(default_factory=dict)
    protocol: str = ""
    fold: int = 0
    change: str = "none"
    severity: int = 0

    def units_of(self, region: RegionCase) -> Mapping[str, float]:
        """Return the truth about units that holds for one of the regions."""
        return self.units if region.units is None else region.units


class Said(Frozen):
    """What a describer said of one region, reduced to what scorers need.

    ``inside``: basic atlas regions that the region overlaps; ``pixels``: its longer side;
    ``units``: the stronger side of each assessed unit; ``bertscore``: of the text against the
    case's references, where it was asked for.
    """

    name: str
    inside: tuple[str, ...]
    pixels: float
    visibility: float
    text: str
    units: dict[str, float]
    not_assessed: tuple[str, ...]
    emotion: EmotionEstimate | None
    age: AgeEstimate | None
    limits: tuple[str, ...]
    bertscore: float | None = None

    @property
    def present(self) -> frozenset[str]:
        """Codes of the units that count as present."""
        return frozenset(c for c, value in self.units.items() if value >= facs.PRESENT)

    @property
    def abstains(self) -> bool:
        """Says that it cannot tell: a limit, no emotion, and no unit present."""
        return bool(self.limits) and self.emotion is None and not self.present


class FaceRecord(Frozen):
    """A case with its outcome; ``said`` is empty and ``failure`` says why when it failed."""

    case: FaceCase
    said: tuple[Said, ...] = ()
    failure: str | None = None
    describer: str = ""
    device: str = ""
    milliseconds: float = 0.0


def said_of(description: RegionDescription, inside: Sequence[str]) -> Said:
    """Return the reduced form of a description."""
    units: dict[str, float] = {}
    for unit in description.action_units:
        units[unit.code] = max(units.get(unit.code, 0.0), unit.intensity)
    box = description.region.box
    return Said(
        name=description.region.name,
        inside=tuple(inside),
        pixels=max(box.width, box.height),
        visibility=description.region.visibility,
        text=description.text,
        units=units,
        not_assessed=description.not_assessed,
        emotion=description.emotion,
        age=description.age,
        limits=description.limits,
    )


def units_inside(inside: Sequence[str]) -> frozenset[str]:
    """Return codes that can be seen in at least one of the basic regions."""
    return frozenset(code for name in inside for code in facs.shown_in(name))


def can_show_emotion(name: str, inside: Sequence[str] = ()) -> bool:
    """Tell whether a region lets one suggest an emotion at all; ``inside`` counts for custom
    ones."""
    return any(facs.unsided(part) in EXPRESSIVE for part in basics_of(name) or inside)


def of_region(record: FaceRecord, name: str) -> Said | None:
    """Return what was said of the named region; None when the sample failed or has no such
    region."""
    return next((s for s in record.said if s.name == name), None)
