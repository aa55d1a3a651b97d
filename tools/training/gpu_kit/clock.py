"""How much of the time given is used, and how it is shared out: the kit adapts to its clock."""

import time
from dataclasses import dataclass
from typing import Protocol

TOWER, EVALUATION = 0.35, 0.12
"""Shares of the whole time for teaching the tower to see, and for evaluating and saving."""
STAGES = {"attributes": 0.15, "recognition": 0.35, "description": 0.4, "conversation": 0.1}
"""Shares of the rest, stage by stage."""


class Clock(Protocol):
    """Seconds used, of seconds given."""

    given: float

    def used(self) -> float:
        """Return seconds since the start, those before a break included."""
        ...


@dataclass(slots=True)
class WallClock:
    """Wall time; ``before``: seconds that a run used before it was broken off."""

    given: float
    before: float = 0.0
    started: float = 0.0

    def __post_init__(self) -> None:
        self.started = time.monotonic()

    def used(self) -> float:
        """Return seconds since the start, those before a break included."""
        return self.before + time.monotonic() - self.started


@dataclass(slots=True)
class StepClock:
    """A clock that every look at it moves on by ``tick``: dry runs that take equal steps."""

    given: float
    tick: float = 1.0
    before: float = 0.0

    def used(self) -> float:
        """Return ticks so far."""
        self.before += self.tick
        return self.before


@dataclass(frozen=True, slots=True)
class Span:
    """When a phase begins and ends, in seconds of the clock."""

    name: str
    start: float
    end: float

    def share(self, used: float) -> float:
        """Tell how much of the phase is over, 0..1."""
        return min(max((used - self.start) / (self.end - self.start), 0.0), 1.0)


def spans(given: float) -> list[Span]:
    """Return the phases of a run of ``given`` seconds: the tower, then the four stages."""
    at = given * TOWER
    found = [Span("tower", 0.0, at)]
    rest = given * (1 - TOWER - EVALUATION)
    for name, share in STAGES.items():
        found.append(Span(name, at, at + rest * share))
        at += rest * share
    return found
