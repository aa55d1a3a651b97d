"""What can be followed over time: movements, looks of an emotion, regions that move."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from focalface.agent.clips.analysis import TrackedPerson, strongest
from focalface.agent.understanding import Intent
from focalface.tools.clips.series import Episode, Series, episodes
from focalface.tools.face import facs
from focalface.tools.types import Side

NOUNS: Mapping[str, str] = {
    "AU1": "raising of the inner brows",
    "AU2": "raising of the outer brows",
    "AU4": "frown",
    "AU5": "widening of the eyes",
    "AU6": "raising of the cheeks",
    "AU7": "tightening of the lids",
    "AU9": "wrinkling of the nose",
    "AU10": "raising of the upper lip",
    "AU12": "smile",
    "AU14": "dimpling of the lip corners",
    "AU15": "drop of the lip corners",
    "AU17": "raising of the chin",
    "AU18": "puckering of the lips",
    "AU20": "stretching of the lips",
    "AU22": "funnelling of the lips",
    "AU23": "tightening of the lips",
    "AU24": "pressing of the lips",
    "AU25": "parting of the lips",
    "AU26": "dropping of the jaw",
    "AU28": "sucking in of the lips",
    "AU43": "closing of the eyes",
}
"""Each unit as a movement that begins and ends."""
SURE = 0.5
"""Probability from which an expression counts as suggesting an emotion."""
_TOPICS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "genuineness": ("smile", ("AU12",)),
    "mouth_openness": ("opening of the mouth", ("AU25", "AU26")),
}
"""What people ask about -> its name and the units of which the strongest counts."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that may come and go: its name after "the", and how strong it is over time.

    ``series`` is None where it is not assessed; ``codes`` are the units behind it.
    """

    name: str
    codes: tuple[str, ...]
    series: Series | None
    least: float = facs.PRESENT

    @property
    def episodes(self) -> list[Episode]:
        """When it shows."""
        return episodes(self.series, self.least) if self.series is not None else []


def wanted_things(intent: Intent, person: TrackedPerson) -> list[Thing]:
    """Return what a question asks to be followed; empty where it names nothing that can be."""
    side = _side(intent.named)
    found: list[Thing] = []
    for attribute in intent.attributes:
        if attribute in facs.UNITS:
            found.append(_unit(person, attribute, side))
        elif attribute in _TOPICS:
            name, codes = _TOPICS[attribute]
            found.append(Thing(name, codes, _together(person, codes, None)))
        elif attribute == "eye_openness":
            found.append(_unit(person, "AU43" if intent.shut else "AU5", side))
        elif attribute == "emotion":
            found += [_look(person, label) for label in intent.emotions]
    return found or _regions(intent.named, person) if not intent.attributes else found


def everything(person: TrackedPerson) -> list[Thing]:
    """Return all units of a face that were assessed."""
    codes = sorted({code for code, _ in person.units}, key=lambda code: int(code[2:]))
    return [_unit(person, code, None) for code in codes if code in NOUNS]


def _side(named: Sequence[str]) -> Side | None:
    sides = {name.partition("_")[0] for name in named} & {"left", "right"}
    return None if len(sides) != 1 else "left" if "left" in sides else "right"


def _unit(person: TrackedPerson, code: str, side: Side | None) -> Thing:
    sided = side if facs.UNITS[code].sided else None
    name = f"{NOUNS[code]} on the {sided} side" if sided else NOUNS[code]
    return Thing(name, (code,), person.unit(code, sided))


def _together(person: TrackedPerson, codes: Sequence[str], side: Side | None) -> Series | None:
    """Return the strongest of several units at each time."""
    found = [line for code in codes if (line := person.unit(code, side)) is not None]
    return strongest(found)


def _look(person: TrackedPerson, label: str) -> Thing:
    return Thing(f"look of {label}", (), person.emotions.get(label), SURE)


def _regions(named: Sequence[str], person: TrackedPerson) -> list[Thing]:
    """For regions without any movement named: all that moves there."""
    found: list[Thing] = []
    for region in dict.fromkeys(facs.unsided(name) for name in named if name != "custom"):
        codes = tuple(code for code, unit in facs.UNITS.items() if region in unit.regions)
        if codes:
            plain = region.replace("_", " ")
            found.append(Thing(f"movement of the {plain}", codes, _together(person, codes, None)))
    return found
