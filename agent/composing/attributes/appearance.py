"""Glasses, beard, hat, mask, gaze, teeth and tongue: what a face shows beside its movements."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from focalface.agent.basics.evidence import Evidence
from focalface.agent.basics.sentence import Sentence
from focalface.tools.types import Attributes, RegionDescription


@dataclass(frozen=True, slots=True)
class Appearance:
    """One thing that a face shows or does not: whether, in words, and on which regions."""

    there: bool
    text: str
    cites: tuple[str, ...]


def appearance_of(topic: str, ev: Evidence) -> Appearance | None:
    """Return what the evidence says of a topic; None where no region tells."""
    if topic == "mask":
        return _mask(ev)
    read = _READ[topic]
    for one in ev:
        if found := read(one.attributes):
            return Appearance(found[0], found[1], (one.region.id,))
    lips = ev.reading("AU25") if topic in _BEHIND_LIPS else None
    if lips is None or lips.visible:
        return None
    ids = tuple(lips.region_id.split(","))
    return Appearance(False, f"the lips are closed, so {_BEHIND_LIPS[topic]}", ids)


_BEHIND_LIPS = {"teeth": "no teeth show", "tongue": "the tongue does not show"}


def appearance(topic: str, ev: Evidence) -> list[Sentence]:
    """Return one sentence on a topic, with yes or no; empty where no region tells."""
    found = appearance_of(topic, ev)
    if found is None:
        return []
    return [Sentence(f"{found.text}.", found.cites, verdict="yes" if found.there else "no")]


def looks(says: list[Sentence], ev: Evidence, direction: str) -> list[Sentence]:
    """Return a sentence on the gaze as the answer to whether it goes in a direction."""
    seen = next((d.attributes.gaze for d in ev if d.attributes.gaze), None)
    if seen is None or not says:
        return says
    if direction in ("", "each other"):
        return [replace(says[0], verdict=""), *says[1:]]
    there = seen == direction or (direction == "away" and seen != "camera")
    return [replace(says[0], verdict="yes" if there else "no"), *says[1:]]


Found = tuple[bool, str] | None


def _glasses(seen: Attributes) -> Found:
    words = {
        "none": "no glasses are worn",
        "clear": "glasses are worn, clear ones",
        "dark": "dark glasses are worn",
    }
    return (seen.glasses != "none", words[seen.glasses]) if seen.glasses else None


def _facial_hair(seen: Attributes) -> Found:
    return (seen.facial_hair != "none", _HAIR[seen.facial_hair]) if seen.facial_hair else None


_HAIR = {
    "none": "there is no beard or moustache",
    "stubble": "there is stubble",
    "moustache": "there is a moustache",
    "beard": "there is a beard",
}


def hair(says: list[Sentence], ev: Evidence, asked: Sequence[str]) -> list[Sentence]:
    """Return the answer on the hair of a face by what is asked for: ``beard``, ``moustache``,
    ``stubble``, ``shaven``."""
    seen = next((d.attributes.facial_hair for d in ev if d.attributes.facial_hair), None)
    if seen is None or not says or not asked:
        return says
    if [*asked] == ["shaven"]:
        return [replace(says[0], verdict="yes" if seen == "none" else "no")]
    if len(asked) > 1 and seen != "none":
        return [replace(says[0], text=f"{_OF_SEVERAL[seen]}.", verdict="")]
    if seen in ("none", *asked):
        return says
    text = _INSTEAD.get((seen, asked[0]), _HAIR[seen])
    return [replace(says[0], text=f"{text}.", verdict="" if text.startswith("a") else "no")]


def kind_of_glasses(says: list[Sentence], ev: Evidence) -> list[Sentence]:
    """Return of what kind the glasses are, where it is asked which of two."""
    seen = next((d.attributes.glasses for d in ev if d.attributes.glasses), None)
    return [replace(says[0], text=f"{seen} glasses.", verdict="")] if seen in _KINDS else says


_KINDS = ("clear", "dark")
_OF_SEVERAL = {
    "beard": "a beard",
    "moustache": "a moustache; a full beard I do not see",
    "stubble": "only stubble",
}
_INSTEAD = {
    ("moustache", "beard"): "a moustache at least; a full beard I do not see",
    ("beard", "moustache"): "a beard; whether a moustache belongs to it I do not tell apart",
    ("stubble", "beard"): "there is only stubble",
    ("stubble", "moustache"): "there is only stubble",
}
"""What is seen, and what was asked for -> what is said."""


def _head_wear(seen: Attributes) -> Found:
    words = {
        "none": "nothing is worn on the head",
        "hat": "a hat is worn",
        "scarf": "a scarf is worn",
        "other": "something is worn on the head",
    }
    return (seen.head_wear != "none", words[seen.head_wear]) if seen.head_wear else None


def _gaze(seen: Attributes) -> Found:
    words = {
        "camera": "the eyes look into the camera",
        "left": "the eyes look to their left, the right of the picture",
        "right": "the eyes look to their right, the left of the picture",
        "up": "the eyes look up",
        "down": "the eyes look down",
    }
    return (seen.gaze == "camera", words[seen.gaze]) if seen.gaze else None


def _teeth(seen: Attributes) -> Found:
    return (
        None
        if seen.teeth is None
        else (seen.teeth, "the teeth show" if seen.teeth else "the teeth do not show")
    )


def _tongue(seen: Attributes) -> Found:
    if seen.tongue is None:
        return None
    return seen.tongue, "the tongue shows" if seen.tongue else "the tongue does not show"


_READ: dict[str, Callable[[Attributes], Found]] = {
    "glasses": _glasses,
    "facial_hair": _facial_hair,
    "head_wear": _head_wear,
    "gaze": _gaze,
    "teeth": _teeth,
    "tongue": _tongue,
}
TOPICS = (*_READ, "mask")
NAMES = {
    "glasses": "glasses",
    "facial_hair": "a beard or moustache",
    "head_wear": "what is on the head",
    "gaze": "where the eyes look",
    "teeth": "the teeth",
    "tongue": "the tongue",
    "mask": "a mask",
}
"""Topic -> what it is called where it could not be judged."""


def _mask(ev: Evidence) -> Appearance | None:
    """Return a mask as what hides a part; a mouth that can be seen wears none."""
    for one in ev:
        if one.region.hidden_by and "mask" in one.region.hidden_by:
            return Appearance(
                True, f"{one.region.hidden_by} covers a part of the face", (one.region.id,)
            )
    open_mouth = next((d for d in ev if _sees_the_mouth(d)), None)
    return (
        Appearance(False, "no mask covers the mouth", (open_mouth.region.id,))
        if open_mouth
        else None
    )


def _sees_the_mouth(one: RegionDescription) -> bool:
    codes = {u.code for u in one.action_units}
    return {"AU12", "AU25"} <= codes and not one.region.hidden_by
