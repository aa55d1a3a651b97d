"""Model text -> typed attributes. Pure; never guesses what the text does not say.

The answer that the prompts ask for is one JSON object::

    {"text": "The lip corners are pulled up ...",
     "action_units": [{"code": "AU12", "side": "both", "intensity": 0.6}],
     "absent": ["AU15"],
     "emotion": "happiness",            # or null
     "age_group": "30-39",              # or null
     "cannot_tell": ["AU25", "age"]}

Everything else that models write instead is read as far as its meaning is plain: fences, cut-off
JSON, other key names, FACS letters, percentages, synonyms, and at last bare sentences.
A unit in no list is *not mentioned*, which is neither absent nor present.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from focalface.tools.describers.language.loose_json import find_object
from focalface.tools.describers.language.phrases import mentions, settled
from focalface.tools.describers.language.values import (
    UNSTATED_INTENSITY,
    codes_of,
    read_age,
    read_code,
    read_emotion,
    read_intensity,
    said_age,
    said_emotion,
    strength_in,
)
from focalface.tools.types import AgeGroup, Emotion, Side

How = Literal["json", "recovered", "prose", "nothing"]
_NOISE = re.compile(r"[\ufffd\x00-\x08\x0b-\x1f]")
"""What no sentence contains: bytes that are no text, and control characters."""
_SIDES: tuple[Side, ...] = get_args(Side)
_UNKNOWN_WORDS = {"", "none", "null", "unknown", "n/a", "na", "unclear", "uncertain", "cannot tell",
                  "not assessed", "not visible", "unspecified"}  # fmt: skip
_KEYS = {
    "text": ("text", "description", "caption", "summary"),
    "units": ("action_units", "aus", "au", "actionunits", "facs", "present", "units"),
    "absent": ("absent", "absent_aus", "not_present"),
    "emotion": ("emotion", "emotions", "expression", "emotion_label"),
    "age": ("age_group", "age", "agegroup", "age_range", "apparent_age"),
    "cannot_tell": ("cannot_tell", "unknown", "not_assessed", "not_visible", "uncertain"),
}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that the model says is there; ``intensity`` 0..1."""

    code: str
    side: Side
    intensity: float


@dataclass(frozen=True, slots=True)
class ParsedAnswer:
    """What a model's answer says of one region.

    ``how``: valid ``json``, ``recovered`` JSON, ``prose``, or ``nothing`` that could be read.
    ``unknown`` holds codes, ``emotion`` and ``age`` that the model said it cannot tell, and units
    on which it contradicts itself. ``repairs`` says what the reader had to do.
    """

    how: How
    text: str = ""
    units: tuple[Unit, ...] = ()
    absent: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()
    emotion: Emotion | None = None
    age_group: AgeGroup | None = None
    years: float | None = None
    repairs: tuple[str, ...] = ()

    @property
    def says_something(self) -> bool:
        """Whether anything at all could be read."""
        return self.how != "nothing"


NOTHING = ParsedAnswer(how="nothing")
LONGEST = 20_000
"""Characters of an answer that are read; a region takes about 600."""


def parse(answer: str) -> ParsedAnswer:
    """Read a model's answer: JSON first, then sentences; ``NOTHING`` when neither is there.

    Only the first ``LONGEST`` characters count: a model that has gone astray may write for ever.
    """
    answer = answer[:LONGEST]
    found = find_object(answer)
    fields = _known(found.value) if found else {}
    if found and fields:
        return _from_fields(fields, found.repairs)
    if answer.lstrip().startswith(("{", "[", "```")) or _NOISE.search(answer):
        return NOTHING
    return _from_prose(answer)


@dataclass(slots=True)
class _Draft:
    """Units as they are gathered; ``settle`` sorts out contradictions."""

    units: dict[tuple[str, Side], float] = field(default_factory=dict)
    absent: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)
    repairs: list[str] = field(default_factory=list)

    def settle(self) -> None:
        """Make a unit unknown that is both present and absent."""
        present = {code for code, _ in self.units}
        if clash := present & self.absent:
            self.repairs.append(f"contradiction on {', '.join(sorted(clash))}")
        self.unknown |= clash
        self.absent -= self.unknown
        self.units = {key: v for key, v in self.units.items() if key[0] not in self.unknown}

    def present(self) -> tuple[Unit, ...]:
        """Return units in order of their number; a unit listed for both sides apart stays apart."""
        order = sorted(self.units.items(), key=lambda kv: (int(kv[0][0][2:]), kv[0][1]))
        return tuple(Unit(code, side, strength) for (code, side), strength in order)


def _known(value: dict[str, Any]) -> dict[str, Any]:
    """Return the object's fields under our own names."""
    flat = {re.sub(r"[\s-]+", "_", str(k).strip().lower()): v for k, v in value.items()}
    return {
        ours: flat[theirs]
        for ours, names in _KEYS.items()
        for theirs in [next((n for n in names if n in flat), None)]
        if theirs is not None
    }


def _from_fields(fields: dict[str, Any], repairs: tuple[str, ...]) -> ParsedAnswer:
    draft = _Draft(repairs=list(repairs))
    _add_units(draft, fields.get("units"))
    for code in codes_of(fields.get("absent")):
        draft.absent.add(code)
    unsure = fields.get("cannot_tell")
    draft.unknown |= codes_of(unsure)
    words = {str(w).strip().lower() for w in unsure} if isinstance(unsure, list) else set()
    emotion = read_emotion(fields.get("emotion"))
    group, years = read_age(fields.get("age"))
    draft.settle()
    for name, value in (("emotion", emotion), ("age", group)):
        said = fields.get(name)
        if value is None and (name in words or name in fields):
            draft.unknown.add(name)
            if isinstance(said, str) and said.strip().lower() not in _UNKNOWN_WORDS:
                draft.repairs.append(f"unreadable {name} dropped")
    text = fields.get("text")
    return ParsedAnswer(
        how="recovered" if draft.repairs else "json",
        text=_plain(text) if isinstance(text, str) else "",
        units=draft.present(),
        absent=frozenset(draft.absent),
        unknown=frozenset(draft.unknown),
        emotion=emotion,
        age_group=group,
        years=years,
        repairs=tuple(draft.repairs),
    )


def _plain(text: str) -> str:
    """Return a text without what steers a terminal, turns writing around, or is half a letter."""
    shown = "".join(" " if unicodedata.category(c)[0] == "C" else c for c in text)
    return " ".join(shown.split())


def _from_prose(answer: str) -> ParsedAnswer:
    stances = settled(answer)
    draft = _Draft(repairs=["no JSON; read from sentences"])
    for mention in mentions(answer):
        if stances[mention.code] == "present" and mention.stance == "present":
            draft.units[mention.code, mention.side] = strength_in(mention.clause)
    draft.absent = {code for code, stance in stances.items() if stance == "absent"}
    draft.unknown = {code for code, stance in stances.items() if stance == "unknown"}
    emotion, group = said_emotion(answer), said_age(answer)
    if not stances and emotion is None and group is None:
        return NOTHING
    return ParsedAnswer(
        how="prose",
        text=_plain(answer),
        units=draft.present(),
        absent=frozenset(draft.absent),
        unknown=frozenset(draft.unknown),
        emotion=emotion,
        age_group=group,
        repairs=tuple(draft.repairs),
    )


def _add_units(draft: _Draft, value: Any) -> None:
    if isinstance(value, dict):
        for key, strength in value.items():
            _add_unit(draft, key, strength, None)
    elif isinstance(value, str):
        for code in sorted(codes_of(re.split(r"[,;+]", value))):
            _add_unit(draft, code, None, None)
    elif isinstance(value, list):
        for item in value:
            if isinstance(item, dict):
                flat = {str(k).lower(): v for k, v in item.items()}
                name = next((flat[k] for k in ("code", "au", "name", "unit") if k in flat), None)
                strength = next((flat[k] for k in ("intensity", "strength", "level", "present",
                                                   "value") if k in flat), None)  # fmt: skip
                _add_unit(draft, name, strength, flat.get("side"))
            else:
                _add_unit(draft, item, None, None)


def _add_unit(draft: _Draft, name: Any, said: Any, side: Any) -> None:
    code, own_side = read_code(name)
    if code is None:
        draft.repairs.append(f"unknown unit {str(name)[:30]!r} dropped")
        return
    if isinstance(said, dict):
        said = next((said[k] for k in ("intensity", "strength", "level") if k in said), None)
    strength = read_intensity(said)
    if strength is None and isinstance(said, int | float):
        draft.unknown.add(code)
        draft.repairs.append(f"{code} with an intensity that is none")
        return
    if strength is None:
        if isinstance(said, str) and said.strip().lower() in _UNKNOWN_WORDS - {"", "none"}:
            draft.unknown.add(code)
            return
        strength = UNSTATED_INTENSITY
        draft.repairs.append(f"{code} without an intensity")
    if strength == 0:
        draft.absent.add(code)
        return
    said_side = side.strip().lower() if isinstance(side, str) else own_side
    where = next((known for known in _SIDES if known == said_side), own_side)
    draft.units[code, where] = strength
