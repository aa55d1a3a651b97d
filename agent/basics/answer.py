"""What a turn ends with: the answer, its claims with their evidence, and the plan behind it."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from focalface.tools.types import (
    ActionUnit,
    AgeEstimate,
    Attributes,
    Box,
    EmotionEstimate,
    Frozen,
    Point,
    RegionDescription,
    Side,
)

IntentKind = Literal[
    "describe",
    "recognise",
    "compare",
    "locate",
    "why",
    "check",
    "summary",
    "faces",
    "help",
    "outside",
    "refuse",
    "empty",
]
"""What a question wants done; ``agent/understanding`` decides which."""


class Step(Frozen):
    """One region (or ``faces``) that the plan looks at, and why."""

    target: str
    reason: str


class Plan(Frozen):
    """What a question asks for and which regions of which faces answer it."""

    intent: IntentKind
    attributes: tuple[str, ...] = ()
    """AU codes, ``emotion``, ``age`` and the composites of ``agent/understanding``."""
    action_units: tuple[str, ...] = ()
    """Codes of the units that bear on the attributes."""
    regions: tuple[str, ...] = ()
    """Atlas names, or ``custom``."""
    faces: tuple[str, ...] = ()
    """Ids of faces, or ``face 2`` before detection."""
    comparison: Literal["sides", "regions", "faces", "pictures"] | None = None
    """What is held against what; None: nothing is compared."""
    steps: tuple[Step, ...] = ()
    """Where to look, in order."""


class Claim(Frozen):
    """One sentence of an answer and what it rests on."""

    text: str
    evidence: tuple[str, ...]
    """Ids of regions."""


class Table(Frozen):
    """A small table that belongs to an answer: comparisons, several faces."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Cited(Frozen):
    """A region that a claim rests on, for programs: where it is and what was read there."""

    region: str
    """Id of the region, as in :attr:`Claim.evidence`."""
    face: int
    """Number of its face, counted from 1, the largest first."""
    face_id: str
    name: str
    """Atlas name, or ``custom``."""
    side: Side
    """The subject's."""
    box: Box
    """Pixels of the image frame."""
    polygon: tuple[Point, ...]
    """Outline (x, y), pixels of the image frame."""
    visibility: float
    """Share 0..1 of the region that can be seen."""
    hidden_by: str | None = None
    """What hides it, or a part of it, in words."""
    action_units: tuple[ActionUnit, ...] = ()
    not_assessed: tuple[str, ...] = ()
    """Codes that could show here and were not judged: unknown, not absent."""
    emotion: EmotionEstimate | None = None
    age: AgeEstimate | None = None
    attributes: Attributes = Attributes()

    @classmethod
    def of(cls, found: RegionDescription, face: int) -> "Cited":
        """Return a description as evidence; ``face``: the number of its face."""
        region = found.region
        return cls(
            region=region.id,
            face=face,
            face_id=region.face_id,
            name=region.name,
            side=region.side,
            box=region.box,
            polygon=region.polygon,
            visibility=region.visibility,
            hidden_by=region.hidden_by,
            action_units=found.action_units,
            not_assessed=found.not_assessed,
            emotion=found.emotion,
            age=found.age,
            attributes=found.attributes,
        )


class Answer(Frozen):
    """What the user gets."""

    text: str
    """Only sentences that passed the check against tool results."""
    claims: tuple[Claim, ...] = ()
    """Those of its sentences that tell of a face."""
    evidence: tuple[Cited, ...] = ()
    """The regions that the claims cite."""
    plan: Plan
    refused: bool = False
    """Whether the question was declined."""
    limits: tuple[str, ...] = ()
    """What bears on the question and could not be judged, a sentence each."""
    notes: tuple[str, ...] = ()
    """What happened on the way: a model that failed, a region looked at for want of evidence."""
    table: Table | None = None
    picture: Path | None = None
    """Where the picture with the regions was saved, if it was."""
    describer: str = ""
    """Name and version of what read the regions; empty when none was described."""
    device: str = ""
    """Where the describer ran; empty when no region was described."""
    model: str = "offline"
    """The planner or the chat model that answered."""
    dropped: Annotated[int, Field(ge=0)] = 0
    """Number of sentences that did not pass the check."""
    milliseconds: Annotated[float, Field(ge=0)] = 0.0
    """Time of the whole turn."""
