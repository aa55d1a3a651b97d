"""What happens during a turn, in order, for whoever shows it: the REPL, ``ask`` and ``demo``."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from focalface.agent.basics.answer import Answer, Plan


@dataclass(frozen=True, slots=True)
class PlanMade:
    """The plan of this turn, before any region is looked at."""

    plan: Plan


@dataclass(frozen=True, slots=True)
class ToolStarted:
    """A tool call goes to the server; ``call`` numbers the calls of a session from 1."""

    call: int
    name: str
    arguments: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ToolProgress:
    """``done`` of ``total`` parts of a running call are finished."""

    call: int
    done: float
    total: float | None


@dataclass(frozen=True, slots=True)
class ToolFinished:
    """A call came back: ``summary`` is one line for people, ``failed`` a tool error."""

    call: int
    name: str
    summary: str
    failed: bool
    milliseconds: float
    result: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that the user should know: another planner took over, the server was restarted."""

    text: str


@dataclass(frozen=True, slots=True)
class Answered:
    """The last event of a turn that ran to its end."""

    answer: Answer


Event = PlanMade | ToolStarted | ToolProgress | ToolFinished | Notice | Answered
Emit = Callable[[Event], None]
"""Takes events as they happen."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question, the answer it got, and everything that happened on the way."""

    question: str
    answer: Answer
    events: tuple[Event, ...]
    image: str = ""
    """The name of the picture that it was asked of."""
