"""What a turn ends with: the answer, its claims with their evidence, and the plan behind it."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from focalface.tools.types import Frozen

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


class Answer(Frozen):
    """What the user gets.

    ``text`` holds only sentences that passed the check against tool results; ``dropped`` counts
    those that did not. ``limits`` is everything that bears on the question and could not be judged;
    ``general_limits`` are those of them that hold for every picture with this describer and hardly
    change the answer, so that telling them once in a conversation will do. ``notes`` tell what
    happened on the way (a model that failed, a region looked at because evidence was weak).
    ``describer`` and ``device`` come from the tool results and are empty when no region was
    described; ``model`` names the planner or chat model.
    """

    text: str
    claims: tuple[Claim, ...] = ()
    plan: Plan
    refused: bool = False
    limits: tuple[str, ...] = ()
    general_limits: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    table: Table | None = None
    picture: Path | None = None
    describer: str = ""
    device: str = ""
    model: str = "offline"
    dropped: Annotated[int, Field(ge=0)] = 0
    milliseconds: Annotated[float, Field(ge=0)] = 0.0
