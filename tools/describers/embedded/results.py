"""From what the region network says of one region to its description."""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from focalface.tools.describers.embedded.networks import About
from focalface.tools.describers.language import results
from focalface.tools.face import facs, wording
from focalface.tools.geometry import atlas
from focalface.tools.geometry.scope import scope_of
from focalface.tools.types import (
    EMOTIONS,
    ActionUnit,
    AgeEstimate,
    EmotionEstimate,
    Face,
    Region,
    RegionDescription,
    Side,
    age_group_of,
)

TELLS_LITTLE = "The region is very small, so it tells little."


@dataclass(frozen=True, slots=True)
class Reading:
    """One region's numbers: emotion odds, age quantiles, unit intensities; how it was read."""

    emotion: list[float]
    age: list[float]
    units: list[float]
    whole: bool
    tiny: bool


class _Sight(NamedTuple):
    """An action unit that a region shows, and the channels whose mean is its intensity."""

    code: str
    name: str
    side: Side
    channels: tuple[int, ...]


def described(
    about: About, face: Face, region: Region, reading: Reading, made: results.Made
) -> RegionDescription:
    """The description of one region; hidden ones say why nothing was judged."""
    scope = scope_of(face, region)
    if scope.empty:
        return results.unfinished(region, scope, made, results.hidden(region))
    sights, missing = _sights(about, scope.places, region.side, reading.whole)
    values = reading.units
    units = tuple(
        ActionUnit(
            code=code,
            name=name,
            side=side,
            intensity=sum([values[i] for i in channels]) / len(channels),
        )
        for code, name, side, channels in sights
    )
    limits = (*made.notes, TELLS_LITTLE) if reading.tiny else made.notes
    emotion = _emotion(about, reading.emotion) if scope.emotion else None
    age = _age(reading.age) if scope.age else None
    return RegionDescription(
        region=region,
        text=wording.describe(region, units, missing, emotion, age, limits, places=scope.places),
        action_units=units,
        not_assessed=missing,
        emotion=emotion,
        age=age,
        limits=limits,
        describer=made.describer,
        device=made.device,
        milliseconds=made.milliseconds,
    )


@lru_cache(maxsize=512)
def _sights(
    about: About, places: tuple[str, ...], side: Side, whole: bool
) -> tuple[tuple[_Sight, ...], tuple[str, ...]]:
    """A region's units in FACS order, each on the sides that the region and the network know; and
    the codes that cannot be assessed there."""
    assessable = about.on_face if whole else about.assessed_in(places)
    sights: list[_Sight] = []
    missing = []
    for code, sides in atlas.shown_in(places, side).items():
        if code not in assessable:
            missing.append(code)
            continue
        name, own = facs.UNITS[code].name, about.channels[code]
        every = tuple(own.values())
        if "both" in sides or ("both" in own and len(sides) > 1):
            sights.append(_Sight(code, name, "both", every))
        else:
            sights += [_Sight(code, name, s, (own[s],) if s in own else every) for s in sides]
    return tuple(sights), tuple(missing)


def _emotion(about: About, odds: list[float]) -> EmotionEstimate:
    """The distribution over the eight labels; a class that was never learnt has 0."""
    probabilities = dict.fromkeys(EMOTIONS, 0.0) | dict(zip(about.emotions, odds, strict=True))
    return EmotionEstimate(
        label=max(probabilities, key=probabilities.__getitem__), probabilities=probabilities
    )


def _age(quantiles: list[float]) -> AgeEstimate:
    """The median of the distribution and its middle 80 %."""
    low, years, high = quantiles
    return AgeEstimate(years=years, low=low, high=high, group=age_group_of(years))
