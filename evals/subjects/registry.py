"""What is evaluated: describers and planners by name or by import path, always checked."""

import threading
from collections.abc import Sequence
from functools import cache
from typing import Any

from focalface.tools.errors import ModelError
from focalface.tools.interfaces import Describer
from focalface.tools.settings import Settings
from focalface.tools.types import Region, RegionDescription
from focalface.tools.workbench import Workbench

_making = threading.Lock()


class BadSubjectError(ModelError):
    """What is evaluated broke its contract; the sample counts as failed."""


def workbench(describer: str | None) -> Workbench:
    """Return a workbench with the describer of that name or import path; made once per process.

    Raises ``UsageError`` when an import path leads nowhere.
    """
    with _making:
        return _workbench(describer)


@cache
def _workbench(describer: str | None) -> Workbench:
    bench = Workbench(Settings(describer=describer) if describer else Settings())
    if bench.settings.reader == "own":
        _ = bench.describer  # a path that leads nowhere is told before anything runs
    return bench


def facts(describer: Describer) -> dict[str, Any]:
    """Return what the log says of a describer."""
    return {
        "describer": describer.name,
        "device": describer.device,
        "supported_aus": sorted(describer.supported_aus),
    }


def checked(
    regions: Sequence[Region], found: Sequence[RegionDescription]
) -> Sequence[RegionDescription]:
    """Return the descriptions, if they keep the contract.

    Raises ``BadSubjectError``: a broken describer must fail its samples, not shape the score.
    """
    if len(found) != len(regions):
        raise BadSubjectError(f"{len(found)} descriptions came back for {len(regions)} regions.")
    for region, description in zip(regions, found, strict=True):
        if problem := _problem(region, description):
            raise BadSubjectError(f"The description of '{region.name}' {problem}.")
    return found


def _problem(region: Region, found: Any) -> str | None:
    if not isinstance(found, RegionDescription):
        return f"is a {type(found).__name__}, not a RegionDescription"
    if found.region.id != region.id:
        return "is of another region: the order of the input must be kept"
    if not found.text.strip():
        return "has no text"
    codes = {unit.code for unit in found.action_units}
    if both := codes & set(found.not_assessed):
        return f"gives a value for a unit that it says is not assessed ({sorted(both)[0]})"
    if found.emotion is not None:
        chances = found.emotion.probabilities
        if abs(sum(chances.values()) - 1) > 0.02:
            return f"has emotion probabilities that sum to {sum(chances.values()):.2f}"
        if chances.get(found.emotion.label, 0.0) < max(chances.values()) - 1e-6:
            return "has an emotion label that is not its likeliest one"
    if found.age is not None and not found.age.low <= found.age.years <= found.age.high:
        return "has an age outside its own interval"
    return None
