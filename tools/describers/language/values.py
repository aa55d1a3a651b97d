"""Values as models write them -> codes, intensities, labels, ages. Pure; None when unreadable."""

import re
from typing import Any

from focalface.tools.describers.language.phrases import PHRASES, clauses, codes_in
from focalface.tools.face.emotion_rows import emotion_words
from focalface.tools.types import AGE_GROUPS, AgeGroup, Emotion, Side, age_group_of

UNSTATED_INTENSITY = 0.5
"""Intensity of a unit that is said to be there without saying how strongly."""

_EMOTIONS = emotion_words(described=True)
_LETTERS = {"a": 0.1, "b": 0.3, "c": 0.5, "d": 0.7, "e": 0.9}
_STRENGTHS = {
    "trace": 0.1, "barely": 0.1, "faint": 0.2, "slight": 0.3, "slightly": 0.3, "weak": 0.3,
    "low": 0.3, "mild": 0.3, "moderate": 0.5, "medium": 0.5, "moderately": 0.5, "clear": 0.7,
    "clearly": 0.7, "marked": 0.7, "strong": 0.8, "strongly": 0.8, "high": 0.8, "pronounced": 0.8,
    "severe": 0.9, "extreme": 0.9, "maximum": 1.0,
}  # fmt: skip
_DECADES = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties")


def read_code(value: Any) -> tuple[str | None, Side]:
    """Read ``AU12``, ``au 12``, ``12``, ``L12``, ``AU12L`` or ``lip corner puller``: code and side.

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
    """Return a strength on 0..1, percent, FACS letter, word or truth value; None when it is none of
    them.

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
    return _unit_scale(value) if isinstance(value, int | float) else None


def _unit_scale(number: float) -> float | None:
    if not 0 <= number <= 100:  # compared before it is converted: an int may be beyond any float
        return None
    number = float(number)
    if number <= 1:
        return number
    return number / 5 if number <= 5 else number / 100


def read_emotion(value: Any) -> Emotion | None:
    """Return one of the eight labels from a label, a synonym, or a map of labels to scores."""
    if isinstance(value, dict):
        scored = {k: v for k, v in value.items() if isinstance(v, int | float) and v >= 0}
        if scored:  # compared as they are: an int may be beyond any float
            return read_emotion(max(scored, key=lambda k: scored[k]))
        return read_emotion(value.get("label"))
    if isinstance(value, list):
        return read_emotion(value[0]) if len(value) == 1 else None
    if not isinstance(value, str):
        return None
    labels = {_EMOTIONS[w] for w in re.findall(r"[a-z]+", value.lower()) if w in _EMOTIONS}
    return labels.pop() if len(labels) == 1 else None


def read_age(value: Any) -> tuple[AgeGroup | None, float | None]:
    """Read ``30-39``, ``30s``, ``34``, ``around 34``: age group, and years where they were said."""
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


def codes_of(value: Any) -> set[str]:
    """Return the codes in one value or a list of them; what is none is left out."""
    items = value if isinstance(value, list | tuple | set) else [value]
    return {code for item in items for code in [read_code(item)[0]] if code}


def strength_in(clause: str) -> float:
    """Return the strength that a clause states in words, else that of a unit without one."""
    said = [_STRENGTHS[w] for w in re.findall(r"[a-z]+", clause) if w in _STRENGTHS]
    return said[0] if said else UNSTATED_INTENSITY


def said_emotion(text: str) -> Emotion | None:
    """Return an emotion that sentences name without negation, if there is exactly one."""
    labels = {
        _EMOTIONS[word]
        for clause in clauses(text)
        if not re.search(r"\b(?:no|not|without|nor|neither|cannot|unclear)\b", clause)
        for word in re.findall(r"[a-z]+", clause)
        if word in _EMOTIONS
    }
    return labels.pop() if len(labels) == 1 else None


def said_age(text: str) -> AgeGroup | None:
    """Return an age that sentences state in words that mean nothing else."""
    said = text.lower()
    years = r"(\d{1,3}(?:\s?(?:-|–|to)\s?\d{1,3})?)"
    for pattern in (rf"\baged? (?:about |around )?{years}\b", rf"\b{years}[ -]years?\b",
                    r"\b([1-9]0['’]?s)\b", rf"\b({'|'.join(_DECADES)})\b"):  # fmt: skip
        if match := re.search(pattern, said):
            return read_age(match.group(1))[0]
    return None
