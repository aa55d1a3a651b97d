"""What the product gives out for an answer: decoded under the grammar, stray sentences left out."""

import json
from typing import Any

from focalface.tools.describers.language import results
from focalface.tools.describers.language.parse import ParsedAnswer, parse
from focalface.tools.describers.language.sentences import Structure, kept
from focalface.tools.face import facs
from focalface.tools.face.regions import BASIC, CUSTOM, UNIONS, side_of
from focalface.tools.geometry.scope import Scope
from focalface.tools.types import EMOTIONS, Emotion, EmotionEstimate, Side


def scope_of(truth: dict[str, Any]) -> Scope:
    """Return the scope of a region as it stands in the corpus."""
    name, codes = truth["region"], truth["can_show"]
    places = _places(name, codes)
    own = "both" if name == CUSTOM else side_of(name)
    sides: tuple[Side, ...] = ("left", "right") if own == "both" else (own,)
    return Scope(
        units={code: sides if facs.UNITS[code].sided else ("both",) for code in codes},
        emotion="emotion" not in truth["cannot_tell"],
        age="age" not in truth["cannot_tell"],
        places=places,
    )


def given_out(answer: str, truth: dict[str, Any]) -> str:
    """Return the answer with those sentences that the product keeps."""
    reading = parse(answer)
    if reading.how != "json":
        return answer
    scope = scope_of(truth)
    text = kept(reading.text, scope.places, scope.units.keys(), _structure(reading)).text
    return json.dumps(json.loads(answer) | {"text": text}, ensure_ascii=False)


def _structure(reading: ParsedAnswer) -> Structure:
    units = dict.fromkeys(reading.absent, 0.0)
    for unit in reading.units:
        units[unit.code] = max(units.get(unit.code, 0.0), unit.intensity)
    emotion = None if reading.emotion is None else _label(reading.emotion)
    age = results.age_of(reading.age_group) if reading.age_group else None
    return Structure(units, emotion, age)


def _label(label: Emotion) -> EmotionEstimate:
    return EmotionEstimate(label=label, probabilities={e: float(e == label) for e in EMOTIONS})


def _places(name: str, codes: list[str]) -> tuple[str, ...]:
    """Return the basic regions of a name; of a box those that show one of its units."""
    if name != CUSTOM:
        return tuple(UNIONS.get(name, (name,)))
    return tuple(place for place in BASIC if set(facs.shown_in(place)) & set(codes))
