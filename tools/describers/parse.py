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
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from focalface.tools.describers.loose_json import find_object
from focalface.tools.describers.phrases import PHRASES, clauses, codes_in, mentions, settled
from focalface.tools.types import AGE_GROUPS, AgeGroup, Emotion, Side, age_group_of

How = Literal["json", "recovered", "prose", "nothing"]
UNSTATED_INTENSITY = 0.5
"""Intensity of a unit that is said to be there without saying how strongly."""

_NOISE = re.compile(r"[\ufffd\x00-\x08\x0b-\x1f]")
"""What no sentence contains: bytes that are no text, and control characters."""
_SIDES: tuple[Side, ...] = get_args(Side)
_WORDS: dict[Emotion, str] = {
    "neutral": "neutral calm relaxed expressionless neutrality",
    "happiness": "happiness happy joy joyful happily cheerful amused amusement delighted",
    "sadness": "sadness sad sorrow sorrowful unhappy melancholy sadly",
    "surprise": "surprise surprised astonished astonishment amazed",
    "fear": "fear fearful afraid scared frightened anxious fright",
    "disgust": "disgust disgusted revulsion disgustful",
    "anger": "anger angry annoyed mad furious irritated",
    "contempt": "contempt contemptuous scorn scornful disdain",
}
_EMOTIONS = {word: label for label, words in _WORDS.items() for word in words.split()}
_LETTERS = {"a": 0.1, "b": 0.3, "c": 0.5, "d": 0.7, "e": 0.9}
_STRENGTHS = {
    "trace": 0.1, "barely": 0.1, "faint": 0.2, "slight": 0.3, "slightly": 0.3, "weak": 0.3,
    "low": 0.3, "mild": 0.3, "moderate": 0.5, "medium": 0.5, "moderately": 0.5, "clear": 0.7,
    "clearly": 0.7, "marked": 0.7, "strong": 0.8, "strongly": 0.8, "high": 0.8, "pronounced": 0.8,
    "severe": 0.9, "extreme": 0.9, "maximum": 1.0,
}  # fmt: skip
_DECADES = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties")
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
class Reading:
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


NOTHING = Reading(how="nothing")


def parse(answer: str) -> Reading:
    """Reads a model's answer: JSON first, then sentences; ``NOTHING`` when neither is there."""
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
        """A unit both present and absent becomes unknown."""
        present = {code for code, _ in self.units}
        if clash := present & self.absent:
            self.repairs.append(f"contradiction on {', '.join(sorted(clash))}")
        self.unknown |= clash
        self.absent -= self.unknown
        self.units = {key: v for key, v in self.units.items() if key[0] not in self.unknown}

    def present(self) -> tuple[Unit, ...]:
        """Units in order of their number; a unit listed for both sides apart stays apart."""
        order = sorted(self.units.items(), key=lambda kv: (int(kv[0][0][2:]), kv[0][1]))
        return tuple(Unit(code, side, strength) for (code, side), strength in order)


def _known(value: dict[str, Any]) -> dict[str, Any]:
    """The object's fields under our own names."""
    flat = {re.sub(r"[\s-]+", "_", str(k).strip().lower()): v for k, v in value.items()}
    return {
        ours: flat[theirs]
        for ours, names in _KEYS.items()
        for theirs in [next((n for n in names if n in flat), None)]
        if theirs is not None
    }


def _from_fields(fields: dict[str, Any], repairs: tuple[str, ...]) -> Reading:
    draft = _Draft(repairs=list(repairs))
    _add_units(draft, fields.get("units"))
    for code in _codes(fields.get("absent")):
        draft.absent.add(code)
    unsure = fields.get("cannot_tell")
    draft.unknown |= _codes(unsure)
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
    return Reading(
        how="recovered" if draft.repairs else "json",
        text=" ".join(text.split()) if isinstance(text, str) else "",
        units=draft.present(),
        absent=frozenset(draft.absent),
        unknown=frozenset(draft.unknown),
        emotion=emotion,
        age_group=group,
        years=years,
        repairs=tuple(draft.repairs),
    )


def _from_prose(answer: str) -> Reading:
    stances = settled(answer)
    draft = _Draft(repairs=["no JSON; read from sentences"])
    for mention in mentions(answer):
        if stances[mention.code] == "present" and mention.stance == "present":
            draft.units[mention.code, mention.side] = _strength_in(mention.clause)
    draft.absent = {code for code, stance in stances.items() if stance == "absent"}
    draft.unknown = {code for code, stance in stances.items() if stance == "unknown"}
    emotion, group = _said_emotion(answer), _said_age(answer)
    if not stances and emotion is None and group is None:
        return NOTHING
    return Reading(
        how="prose",
        text=" ".join(answer.split()),
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
        for code in sorted(_codes(re.split(r"[,;+]", value))):
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


def read_code(value: Any) -> tuple[str | None, Side]:
    """``AU12``, ``au 12``, ``12``, ``L12``, ``AU12L`` or ``lip corner puller`` -> code and side.

    None for a unit outside the 21 of the product, or for no unit at all.
    """
    said = str(value).strip().lower() if isinstance(value, str | int) else ""
    match = re.fullmatch(
        r"(?:au)?[\s_-]*([lr]?)[\s_-]*(?:au)?0*(\d{1,2})[\s_-]*(l(?:eft)?|r(?:ight)?|)\b.*", said
    )
    if match:
        code = f"AU{match.group(2)}"
        mark = match.group(1) or match.group(3)
        side: Side = "left" if mark[:1] == "l" else "right" if mark else "both"
        return (code if code in PHRASES else None), side
    codes = codes_in(said) if said else []
    left, right = "left" in said.split(), "right" in said.split()
    where: Side = "left" if left and not right else "right" if right and not left else "both"
    return (codes[0] if len(codes) == 1 else None), where


def read_intensity(value: Any) -> float | None:
    """A strength on 0..1, percent, FACS letter, word or truth value; None when it is none of them.

    Whole numbers 2..5 are read as the five FACS steps, numbers above 5 as percent.
    """
    if isinstance(value, bool):
        return UNSTATED_INTENSITY if value else 0.0
    if isinstance(value, str):
        said = value.strip().lower().rstrip("%")
        if said in _LETTERS or said in _STRENGTHS:
            return _LETTERS.get(said) or _STRENGTHS[said]
        if said in {"absent", "no", "false"}:
            return 0.0
        if said in {"present", "yes", "true"}:
            return UNSTATED_INTENSITY
        try:
            number = float(said)
        except ValueError:
            return None
        return _unit_scale(number / 100 if value.strip().endswith("%") else number)
    return _unit_scale(float(value)) if isinstance(value, int | float) else None


def _unit_scale(number: float) -> float | None:
    if not 0 <= number <= 100:
        return None
    if number <= 1:
        return number
    return number / 5 if number <= 5 else number / 100


def read_emotion(value: Any) -> Emotion | None:
    """One of the eight labels from a label, a synonym, or a map of labels to scores."""
    if isinstance(value, dict):
        scored = {k: v for k, v in value.items() if isinstance(v, int | float)}
        if scored:
            return read_emotion(max(scored, key=lambda k: scored[k]))
        return read_emotion(value.get("label"))
    if isinstance(value, list):
        return read_emotion(value[0]) if len(value) == 1 else None
    if not isinstance(value, str):
        return None
    labels = {_EMOTIONS[w] for w in re.findall(r"[a-z]+", value.lower()) if w in _EMOTIONS}
    return labels.pop() if len(labels) == 1 else None


def read_age(value: Any) -> tuple[AgeGroup | None, float | None]:
    """Age group and, where a number was said, years: ``30-39``, ``30s``, ``34``, ``around 34``."""
    if isinstance(value, dict):
        flat = {str(k).lower(): v for k, v in value.items()}
        return read_age(next((flat[k] for k in ("years", "age", "group") if k in flat), None))
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None, None
    said = str(value).strip().lower().replace("–", "-").replace(" to ", "-")
    for _, group in AGE_GROUPS:
        if re.fullmatch(rf"(?:about |around )?{re.escape(group)}(?: years?(?: old)?)?", said):
            return group, None
    for index, decade in enumerate(_DECADES):
        if decade in said:
            return age_group_of(20 + 10 * index), None
    if match := re.search(r"\b([1-9]0)['’]?s\b", said):
        return age_group_of(int(match.group(1))), None
    numbers = [float(n) for n in re.findall(r"\d+(?:\.\d+)?", said)]
    if not numbers or len(numbers) > 2 or max(numbers) > 120:
        return None, None
    years = sum(numbers) / len(numbers)
    return age_group_of(years), years


def _codes(value: Any) -> set[str]:
    items = value if isinstance(value, list | tuple | set) else [value]
    return {code for item in items for code in [read_code(item)[0]] if code}


def _strength_in(clause: str) -> float:
    said = [_STRENGTHS[w] for w in re.findall(r"[a-z]+", clause) if w in _STRENGTHS]
    return said[0] if said else UNSTATED_INTENSITY


def _said_emotion(text: str) -> Emotion | None:
    """An emotion that sentences name without negation, if there is exactly one."""
    labels = {
        _EMOTIONS[word]
        for clause in clauses(text)
        if not re.search(r"\b(?:no|not|without|nor|neither|cannot|unclear)\b", clause)
        for word in re.findall(r"[a-z]+", clause)
        if word in _EMOTIONS
    }
    return labels.pop() if len(labels) == 1 else None


def _said_age(text: str) -> AgeGroup | None:
    """An age that sentences state in words that mean nothing else."""
    said = text.lower()
    years = r"(\d{1,3}(?:\s?(?:-|–|to)\s?\d{1,3})?)"
    for pattern in (rf"\baged? (?:about |around )?{years}\b", rf"\b{years}[ -]years?\b",
                    r"\b([1-9]0['’]?s)\b", rf"\b({'|'.join(_DECADES)})\b"):  # fmt: skip
        if match := re.search(pattern, said):
            return read_age(match.group(1))[0]
    return None
