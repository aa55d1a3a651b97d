"""Whether the numbers of a sentence are in the tool results: figures, ages, counts of faces."""

import re
from collections.abc import Callable, Sequence

from focalface.agent.basics.evidence import Evidence
from focalface.tools.face import combinations, facs
from focalface.tools.question.text import Text
from focalface.tools.types import RegionDescription

_NUMBER = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)(\s?%| ?percent)?(?![\w]|\.\d)")
_UNIT_TEXT = re.compile(r"\bAU\s?-?\d+\b", re.I)
_DECADE = re.compile(
    r"\b(twenties|thirties|forties|fifties|sixties|seventies|eighties)\b|\b([2-8]0)s\b"
)
_DECADES = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70,
    "eighties": 80,
}  # fmt: skip
AGE_SHARE = 0.8
"""The share of real ages that an interval holds."""
HALF = 0.51
"""Half of the last place, with room for rounding."""


def numbers_fault(
    text: Text, ground: Sequence[RegionDescription], found: Sequence[Evidence]
) -> str:
    """Tell which number of a sentence no tool returned; "" when all are known."""
    plain = _UNIT_TEXT.sub("", text.raw)
    plain = _without_counts(plain, ground, found)
    plain = re.sub(
        r"\b[Ff]aces? (?:\d+(?:, | and | or )?)+|\b\d+ faces?\b", _known_faces(found), plain
    )
    of_ten = re.search(r"\bof 10\b", plain)  # a figure on 0 to 10, beside its own scale
    stated = _NUMBER.findall(re.sub(r"\bof 10\b", "", plain))
    allowed = _allowed(ground, found) if stated else []
    if of_ten:
        scores = [v / 16 for v in allowed if 1 < v <= 16]
        allowed += [round(10 * v) for v in (*allowed, *scores) if v <= 1]
    for value, percent in stated:
        if not _is_known(value, bool(percent), allowed):
            return f"the number {value}{percent} is in no tool result"
    for word, digits in _DECADE.findall(plain.lower()):
        start = int(digits) if digits else _DECADES[word]
        ages = [d.age for d in ground if d.age]
        if not any(a.low <= start + 9 and a.high >= start for a in ages):
            return f"the decade '{word or digits + 's'}' fits no age in the tool results"
    return ""


_COUNT = re.compile(r"\b(\d+) of the (\d+) faces(?P<rest>.*?)(?: \((\d+)%\))?(?=[:.]|$)")


def _without_counts(
    plain: str, ground: Sequence[RegionDescription], found: Sequence[Evidence]
) -> str:
    """``plain`` without "12 of the 30 faces show a smile" where so many faces show something."""
    match = _COUNT.search(plain)
    if match is None:
        return plain
    yes, judged = int(match[1]), int(match[2])
    right = judged in _judged(ground) and yes in _counts(ground, judged)
    percent = match[4] is None or abs(100 * yes / max(judged, 1) - int(match[4])) <= HALF
    return plain.replace(match[0], match["rest"]) if right and percent else plain


def _judged(ground: Sequence[RegionDescription]) -> set[int]:
    """On how many faces each unit, and an emotion, could be judged."""
    by: dict[str, set[str]] = {}
    for d in ground:
        for key in (*(u.code for u in d.action_units), *(["emotion"] if d.emotion else [])):
            by.setdefault(key, set()).add(d.region.face_id)
    return {len(faces) for faces in by.values()}


def _counts(ground: Sequence[RegionDescription], judged: int) -> set[int]:
    """On how many faces each unit or emotion shows, and on how many it does not."""
    by: dict[str, set[str]] = {}
    for d in ground:
        shown = [u.code for u in d.action_units if u.intensity >= facs.PRESENT]
        shown += [d.emotion.label] if d.emotion else []
        for key in shown:
            by.setdefault(key, set()).add(d.region.face_id)
    counts = {len(faces) for faces in by.values()} | {0}
    opened = by.get("AU25", set()) | by.get("AU26", set())
    return counts | {judged - n for n in counts} | {len(opened), judged - len(opened)}


def _known_faces(found: Sequence[Evidence]) -> Callable[[re.Match[str]], str]:
    """For ``re.sub``: takes away the face numbers that there are."""
    most = max((len(ev.scene.faces) for ev in found), default=0)

    def keep(match: re.Match[str]) -> str:
        numbers = [int(n) for n in re.findall(r"\d+", match.group())]
        return "" if all(0 <= n <= most for n in numbers) else match.group()

    return keep


def _allowed(ground: Sequence[RegionDescription], found: Sequence[Evidence]) -> list[float]:
    """Return every number that may be stated: intensities, probabilities, ages, their mean,
    PSPI."""
    values: list[float] = [0.0, 1.0]
    for d in ground:
        values += [u.intensity for u in d.action_units]
        values += [u.presence for u in d.action_units if u.presence is not None]
        values += list(d.emotion.probabilities.values()) if d.emotion else []
        values += [d.age.years, d.age.low, d.age.high, AGE_SHARE] if d.age else []
    if ages := [d.age.years for d in ground if d.age]:
        values += [sum(ages) / len(ages), max(ages) - min(ages)]
    for ev in found:
        values += [v for face in ev.scene.faces for v in face.box.xyxy]
        for face in ev.scene.faces:
            mine = Evidence(ev.scene, tuple(d for d in ground if d.region.face_id == face.id))
            if mine.found:
                values.append(combinations.pspi(mine.levels()).at_least)
                values += [value for _, value in combinations.pspi_addends(mine.levels())]
    return values


def _is_known(value: str, percent: bool, allowed: Sequence[float]) -> bool:
    number, digits = float(value), len(value.partition(".")[2])
    if percent:
        return any(abs(number - 100 * a) <= HALF for a in allowed if a <= 1)
    if digits:
        return any(abs(number - a) <= HALF * 10**-digits for a in allowed)
    return value == "16" or any(abs(number - a) <= HALF for a in allowed if a > 1 or number <= 1)
