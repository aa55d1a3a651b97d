"""What is true of one region: a face's labels restricted to what the region can show. Pure.

Nothing here is the paper's: how MFRF restricts labels to regions is not published, so this is our
own choice.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from focalface.tools.datasets import Record, UnitLabel
from focalface.tools.describers.language import results
from focalface.tools.describers.language.answer_format import write_answer
from focalface.tools.describers.language.values import UNSTATED_INTENSITY
from focalface.tools.face import facs, wording
from focalface.tools.face.combinations import UNEVEN
from focalface.tools.geometry.scope import Scope
from focalface.tools.types import (
    EMOTIONS,
    ActionUnit,
    AgeGroup,
    Emotion,
    EmotionEstimate,
    Region,
    Side,
    age_group_of,
)

LABEL_PROBABILITY = 0.6
"""How sure the texts sound of a label: enough for "suggests", not for "clearly suggests"."""
NO_EMOTION_HERE = "The emotion cannot be told from this region."
NO_AGE_HERE = "The age cannot be told from this region."

CONFLICTS = (("AU24", "AU25"), ("AU24", "AU26"), ("AU5", "AU43"), ("AU18", "AU20"))
"""Pairs of units that exclude each other: lips pressed and parted, eyes wide and closed."""
PARTS: Mapping[str, str] = MappingProxyType(
    {
        "eye": "eyes",
        "brow": "brows",
        "mouth": "mouth",
        "upper_lip": "mouth",
        "lower_lip": "mouth",
        "lip_corner": "mouth",
    }
)
"""Basic region without side -> the part whose visibility is coded."""
_SHOWN_SIGNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "eye": ("gaze", "spectacles"),
        "mouth": ("teeth", "tongue"),
        "chin": ("facial_hair",),
        "forehead": ("head_wear",),
    }
)


@dataclass(frozen=True, slots=True)
class Truth:
    """The labels of one region.

    ``units``: present ones with intensity; ``absent``: labelled absent. A unit in neither has no
    label. ``emotion`` and ``age_group`` are None when the region cannot show them *or* when the
    face has no label; ``cannot_tell`` holds the former, ``unlabelled`` the latter. ``cannot_tell``
    also holds units that a coder looked for and could not judge.

    ``shares``: of the emotions, where people or passes differ. ``hidden``: part to what hides it,
    of the parts in this region. ``signs``: coded attributes that the region shows.
    """

    units: dict[tuple[str, Side], float]
    absent: tuple[str, ...]
    emotion: Emotion | None
    years: float | None
    cannot_tell: tuple[str, ...]
    unlabelled: tuple[str, ...]
    shares: Mapping[Emotion, float] = field(default_factory=dict)
    hidden: Mapping[str, str] = field(default_factory=dict)
    signs: Mapping[str, str] = field(default_factory=dict)

    @property
    def age_group(self) -> AgeGroup | None:
        """The age group of ``years``."""
        return None if self.years is None else age_group_of(self.years)


def truth_of(record: Record, scope: Scope) -> Truth:
    """Restrict a face's labels to a region's scope.

    What hides every part of a region leaves nothing to judge in it.
    """
    hidden = hidden_parts(record.hidden, scope.places)
    if hidden and all(_is_hidden(place, hidden) for place in scope.places):
        return Truth({}, (), None, None, ("emotion", "age"), (), hidden=hidden)
    units, absent = _units(without_conflicts(record.units), scope)
    unreadable = facs.in_order(record.unreadable & scope.units.keys())
    emotion, years = emotion_of(record), _years(record)
    return Truth(
        units=units,
        absent=absent,
        emotion=emotion if scope.emotion else None,
        years=years if scope.age else None,
        cannot_tell=(*unreadable, *_cannot_tell(scope)),
        unlabelled=tuple(
            name
            for name, can, label in (("emotion", scope.emotion, emotion), ("age", scope.age, years))
            if can and label is None
        ),
        shares=record.emotions if scope.emotion else {},
        hidden=hidden,
        signs=_signs(record.attributes, scope.places),
    )


def emotion_of(record: Record) -> Emotion | None:
    """Return people's label, else the one that most coders gave; None where they are divided."""
    if record.emotion is not None:
        return record.emotion
    best = max(record.emotions, key=record.emotions.__getitem__, default=None)
    return best if best is not None and record.emotions[best] > 0.5 else None


def without_conflicts(labels: Sequence[UnitLabel]) -> list[UnitLabel]:
    """Drop labels of units that cannot act together: the weaker one of such a pair is unknown.

    Where both are equally strong neither is known. Rules between units before texts are written
    are an idea of BP4D-AUText (arXiv 2603.18588); the pairs are our own.
    """
    strength = {u.code: 0.0 for u in labels}
    for label in labels:
        strength[label.code] = max(strength[label.code], _strength(label))
    dropped: set[str] = set()
    for one, two in CONFLICTS:
        first, second = strength.get(one, 0.0), strength.get(two, 0.0)
        if first and second:
            dropped |= {c for c, own in ((one, first), (two, second)) if own <= min(first, second)}
    return [label for label in labels if label.code not in dropped]


def hidden_parts(hidden: Mapping[str, str], places: Sequence[str]) -> dict[str, str]:
    """Return the hidden ones of the parts that some basic regions belong to; a beard hides no
    part."""
    parts = {PARTS.get(facs.unsided(place)) for place in places}
    return {p: words for p, words in hidden.items() if p in parts and words != "a beard"}


def own_text(truth: Truth, scope: Scope, region: Region, variant: int) -> str:
    """Return sentences by the wording module; ``variant`` chooses among its phrasings."""
    hides = [f"The {part} {_be(part)} hidden by {words}." for part, words in truth.hidden.items()]
    if scope.empty or (hides and not truth.units and not truth.absent):
        return " ".join(hides) or wording.describe(region, (), (), None, None, (), variant=variant)
    limits = list(hides)
    if "emotion" in truth.cannot_tell:
        limits.append(NO_EMOTION_HERE)
    if "age" in truth.cannot_tell:
        limits.append(NO_AGE_HERE)
    return wording.describe(
        region,
        [*_said_units(truth)],
        (),
        None if truth.emotion is None else _estimate(truth.emotion),
        results.age_of(truth.age_group, truth.years) if truth.age_group else None,
        limits,
        places=scope.places,
        variant=variant,
    )


def answer(truth: Truth, text: str | None) -> tuple[str, list[tuple[int, int]]]:
    """Return the JSON answer, and the character spans in it that nothing is known about.

    Values without a label stand as ``null``; their spans must not be trained on, or a model would
    learn that a source without age labels shows no age.
    """
    written = write_answer(
        units=truth.units,
        absent=truth.absent,
        emotion=truth.emotion,
        age_group=truth.age_group,
        cannot_tell=truth.cannot_tell,
        text=text,
    )
    spans = []
    for name, key in (("emotion", "emotion"), ("age", "age_group")):
        if name in truth.unlabelled:
            start = written.index(f'"{key}": null') + len(key) + 3
            spans.append((start, start + len(" null")))
    return written, spans


def comparison(first: Truth, second: Truth) -> str | None:
    """Return the JSON answer that compares two regions on units labelled in both; None without
    any."""
    one, two = _strengths(first), _strengths(second)
    shared = [code for code in facs.CODES if code in one and code in two]
    if not shared:
        return None
    both = [c for c in shared if one[c] > 0 and two[c] > 0]
    only = (
        [c for c in shared if one[c] > 0 and two[c] == 0],
        [c for c in shared if two[c] > 0 and one[c] == 0],
    )
    stronger = {
        c: "same" if abs(one[c] - two[c]) < UNEVEN else "first" if one[c] > two[c] else "second"
        for c in both
    }
    return json.dumps(
        {
            "both": both,
            "first_only": only[0],
            "second_only": only[1],
            "stronger": stronger,
            "text": _compared(both, *only),
        }
    )


def _by_side(labels: list[UnitLabel], sides: tuple[Side, ...]) -> dict[Side, float] | None:
    """Present sides with intensity; empty: absent; None: no label that covers these sides."""
    said = {u.side: _strength(u) for u in labels if u.side in (*sides, "both")}
    if not said:
        return None
    if "both" in said and len(said) == 1:
        whole: Side = sides[0] if len(sides) == 1 else "both"
        return {whole: said["both"]} if said["both"] > 0 else {}
    present = {side: value for side, value in said.items() if value > 0}
    if not present:
        return {} if all(side in said for side in sides) else None
    if len(present) == 2 and abs(present["left"] - present["right"]) < UNEVEN:
        return {"both": (present["left"] + present["right"]) / 2}
    return present


def _units(
    labels: Sequence[UnitLabel], scope: Scope
) -> tuple[dict[tuple[str, Side], float], tuple[str, ...]]:
    """Present units by side with intensity, and absent codes, of what a scope can show."""
    units: dict[tuple[str, Side], float] = {}
    absent: list[str] = []
    for code, sides in scope.units.items():
        found = _by_side([u for u in labels if u.code == code], sides)
        if found:
            units |= {(code, side): strength for side, strength in found.items()}
        elif found is not None:
            absent.append(code)
    return units, tuple(absent)


def _years(record: Record) -> float | None:
    return record.apparent_age if record.age is None else record.age


def _is_hidden(place: str, hidden: Mapping[str, str]) -> bool:
    return PARTS.get(facs.unsided(place)) in hidden


def _signs(attributes: Mapping[str, str], places: Sequence[str]) -> dict[str, str]:
    shown = {name for place in places for name in _SHOWN_SIGNS.get(facs.unsided(place), ())}
    return {name: value for name, value in attributes.items() if name in shown}


def _be(part: str) -> str:
    return "are" if part.endswith("s") else "is"


def _strength(label: UnitLabel) -> float:
    if not label.present:
        return 0.0
    return UNSTATED_INTENSITY if label.intensity is None else max(label.intensity, 0.1)


def _strengths(truth: Truth) -> dict[str, float]:
    found = dict.fromkeys(truth.absent, 0.0)
    for (code, _), value in truth.units.items():
        found[code] = max(found.get(code, 0.0), value)
    return found


def _cannot_tell(scope: Scope) -> tuple[str, ...]:
    return tuple(name for name, can in (("emotion", scope.emotion), ("age", scope.age)) if not can)


def _said_units(truth: Truth) -> list[ActionUnit]:
    found = [_unit(code, side, value) for (code, side), value in truth.units.items()]
    return found + [_unit(code, "both", 0.0) for code in truth.absent]


def _unit(code: str, side: Side, value: float) -> ActionUnit:
    return ActionUnit(code=code, name=facs.UNITS[code].name, side=side, intensity=value)


def _estimate(label: Emotion) -> EmotionEstimate:
    rest = (1 - LABEL_PROBABILITY) / (len(EMOTIONS) - 1)
    return EmotionEstimate(
        label=label,
        probabilities={e: LABEL_PROBABILITY if e == label else rest for e in EMOTIONS},
    )


def _compared(both: list[str], first: list[str], second: list[str]) -> str:
    said = [
        f"{words} {_names(codes)}."
        for words, codes in (
            ("Both regions show", both),
            ("Only the first region shows", first),
            ("Only the second region shows", second),
        )
        if codes
    ]
    return " ".join(said) or "Neither region shows a movement that the other lacks."


def _names(codes: list[str]) -> str:
    return ", ".join(f"{code} ({facs.UNITS[code].name})" for code in codes)
