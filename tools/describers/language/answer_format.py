"""The JSON answer of one region, both ways: written for training, and as a schema for endpoints.

Structure comes before text, so that an answer that was cut off keeps its structure, and the
sentences can only speak of what the structure says. Key order, separators and steps of intensity
are the same in training and in decoding.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from focalface.tools.face import facs
from focalface.tools.geometry.scope import Scope
from focalface.tools.types import AGE_GROUPS, EMOTIONS, AgeGroup, Emotion, Side

STEPS = tuple(round(0.1 * step, 1) for step in range(1, 11))
"""Intensities that an answer can state."""


def unit_key(code: str, side: Side) -> str:
    """Return ``AU12`` for both sides, ``AU12 left`` or ``AU12 right`` for one."""
    return code if side == "both" else f"{code} {side}"


def write_answer(
    *,
    units: Mapping[tuple[str, Side], float],
    absent: Sequence[str],
    emotion: Emotion | None,
    age_group: AgeGroup | None,
    cannot_tell: Sequence[str],
    text: str | None,
) -> str:
    """Return the answer as training teaches it; ``text`` None leaves that key out.

    Intensities are rounded to the nearest step, at least 0.1; units stand in FACS order.
    """
    shown = {
        unit_key(code, side): min(max(round(strength, 1), STEPS[0]), 1.0)
        for (code, side), strength in sorted(
            units.items(), key=lambda item: (facs.CODES.index(item[0][0]), item[0][1])
        )
    }
    answer: dict[str, Any] = {
        "action_units": shown,
        "absent": list(facs.in_order(absent)),
        "emotion": emotion,
        "age_group": age_group,
        "cannot_tell": list(cannot_tell),
    }
    if text is not None:
        answer["text"] = text
    return json.dumps(answer, ensure_ascii=False)


def schema(scope: Scope) -> dict[str, Any]:
    """Return the JSON schema of a region's answer: only what the region can show can be said."""
    codes = list(scope.units)
    step: dict[str, Any] = {"enum": list(STEPS)}
    keys = [unit_key(code, side) for code in codes for side in _sides(scope.units[code])]
    group_names = [group for _, group in AGE_GROUPS]
    properties: dict[str, Any] = {
        "action_units": {
            "type": "object",
            "properties": dict.fromkeys(keys, step),
            "additionalProperties": False,
        },
        "absent": _some_of(codes),
        "emotion": {"enum": [*EMOTIONS, None]} if scope.emotion else {"type": "null"},
        "age_group": {"enum": [*group_names, None]} if scope.age else {"type": "null"},
        "cannot_tell": _some_of([*codes, "emotion", "age"]),
        "text": {"type": "string", "maxLength": 700},
    }
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _sides(sides: tuple[Side, ...]) -> tuple[Side, ...]:
    """Where both sides can show a unit, an answer names both at once or one of them."""
    return ("both", "left", "right") if len(sides) == 2 else sides


def _some_of(names: Sequence[str]) -> dict[str, Any]:
    if not names:
        return {"type": "array", "maxItems": 0}
    return {"type": "array", "items": {"enum": list(names)}, "maxItems": len(names)}
