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
    """What a question asks for and which regions of which faces answer it.

    ``attributes``: AU codes, ``emotion``, ``age`` and the composites of ``agent/understanding``;
    ``action_units``: the units that bear on them;
    ``regions``: atlas names or ``custom``; ``faces``: face ids, or ``face 2`` before detection.
    """

    intent: IntentKind
    attributes: tuple[str, ...] = ()
    action_units: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    faces: tuple[str, ...] = ()
    comparison: Literal["sides", "regions", "faces", "pictures"] | None = None
    steps: tuple[Step, ...] = ()


class Claim(Frozen):
    """One sentence of an answer and the ids of the regions it rests on."""

    text: str
    evidence: tuple[str, ...]


class Table(Frozen):
    """A small table that belongs to an answer: comparisons, several faces."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Cited(Frozen):
    """A region that a claim rests on, for programs: where it is and what was read there.

    ``face``: its number, from 1, and ``face_id``; ``box`` (x1 y1 x2 y2) and ``polygon`` are pixels,
    image frame. Units, emotion, age and attributes are those of the description.
    """

    region: str
    face: int
    face_id: str
    name: str
    side: Side
    box: Box
    polygon: tuple[Point, ...]
    visibility: float
    hidden_by: str | None = None
    action_units: tuple[ActionUnit, ...] = ()
    not_assessed: tuple[str, ...] = ()
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
    """What the user gets.

    ``evidence``: the regions that the claims cite, with where they are and what was read there.
    ``text`` holds only sentences that passed the check against tool results; ``dropped`` counts
    those that did not. ``limits`` is what bears on the question and could not be judged.
    ``notes`` tell what happened on the way (a model that failed, a region looked at because
    evidence was weak).
    ``describer`` and ``device`` come from the tool results and are empty when no region was
    described; ``model`` names the planner or chat model.
    """

    text: str
    claims: tuple[Claim, ...] = ()
    evidence: tuple[Cited, ...] = ()
    plan: Plan
    refused: bool = False
    limits: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    table: Table | None = None
    picture: Path | None = None
    describer: str = ""
    device: str = ""
    model: str = "offline"
    dropped: Annotated[int, Field(ge=0)] = 0
    milliseconds: Annotated[float, Field(ge=0)] = 0.0
