"""A haiku, a caption, and what would change an expression, made of readings only. Pure."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from focalface.agent.basics.evidence import Evidence, UnitReading
from focalface.agent.basics.phrasing import joined, noun
from focalface.agent.basics.sentence import Sentence
from focalface.agent.composing.attributes.units import cites
from focalface.agent.understanding import Intent
from focalface.tools.face import combinations, facs, wording
from focalface.tools.types import Emotion

_BRIEF: Mapping[str, str] = MappingProxyType(
    {
        "AU1": "brows up", "AU2": "brows up", "AU4": "brows down", "AU5": "eyes wide",
        "AU6": "cheeks up", "AU7": "eyes narrowed", "AU9": "nose wrinkled", "AU10": "lip curled",
        "AU12": "a smile", "AU14": "a dimple", "AU15": "mouth turned down", "AU17": "chin up",
        "AU18": "lips pursed", "AU20": "lips stretched", "AU22": "lips funnelled",
        "AU23": "lips tight", "AU24": "lips pressed", "AU25": "lips apart", "AU26": "mouth open",
        "AU28": "lips sucked in", "AU43": "eyes closed",
    }
)  # fmt: skip
_LOOKS: Mapping[str, str] = MappingProxyType(
    {
        "happiness": "a happy look", "sadness": "a sad look", "surprise": "a look of surprise",
        "fear": "a fearful look", "disgust": "a look of disgust", "anger": "an angry look",
        "contempt": "a look of contempt", "neutral": "a calm face",
        "mixed": "a look that is hard to read",
    }
)  # fmt: skip
_UPPER: tuple[tuple[tuple[str, ...], str], ...] = (
    (("AU43",), "Both the eyes are closed"),
    (("AU4",), "Brows drawn low and tight"),
    (("AU1", "AU2"), "Both the brows climb high"),
    (("AU5",), "Eyes are open wide"),
    (("AU6",), "Cheeks lift to the eyes"),
    (("AU7",), "Narrow lids look out"),
)
"""Five syllables each."""
_LOWER: tuple[tuple[tuple[str, ...], str], ...] = (
    (("AU12",), "the corners of the mouth rise"),
    (("AU15",), "the corners of the mouth fall"),
    (("AU9",), "the nose has gathered its folds"),
    (("AU10",), "the upper lip is lifted"),
    (("AU18", "AU22"), "the lips are gathered forward"),
    (("AU23", "AU24", "AU28"), "the lips are pressed together"),
    (("AU17",), "the chin is pushing upward"),
    (("AU25", "AU26"), "the lips have parted for air"),
)
"""Seven syllables each."""
_LAST: Mapping[str, str] = MappingProxyType(
    {
        "happiness": "this may well be joy", "sadness": "this may be sorrow",
        "surprise": "this may be surprise", "fear": "this may well be fear",
        "disgust": "this may be disgust", "anger": "this may be anger",
        "contempt": "this may be contempt", "neutral": "it does not say what",
        "mixed": "it does not say what",
    }
)  # fmt: skip
CLEAR = 0.35
"""Probability from which a text names an emotion (our choice)."""
_STERN = ("AU4", "AU9", "AU10", "AU15", "AU17", "AU23", "AU24")
"""Movements that make a face look less friendly."""


def told(intent: Intent, ev: Evidence) -> list[Sentence]:
    """Return the text that the form of the question wants; empty where nothing was read."""
    readings = [r for code in ev.levels() if (r := ev.reading(code)) and r.visible]
    readings.sort(key=lambda r: -r.level)
    if not ev.levels():
        return []
    if intent.form in ("more", "less"):
        return _advice(intent.emotions[0], intent.form == "less", ev)
    label = _label(ev)
    write = _haiku if intent.form == "haiku" else _caption
    return [write(label, readings, ev)]


def _label(ev: Evidence) -> str:
    """Return the emotion that is clear enough to be named, else neutral."""
    best = ev.emotion()
    if best is None:
        return "neutral"
    clear = best[1].probabilities[best[1].label] >= CLEAR
    return wording.mood(best[1]) if clear else "neutral"


def _haiku(label: str, readings: Sequence[UnitReading], ev: Evidence) -> Sentence:
    above, first = _line(_UPPER, "Quiet brows and eyes", readings)
    below, second = _line(_LOWER, "the mouth is resting, quite still", readings)
    text = f"{first}, / {second}; / {_LAST[label]}."
    return Sentence(text, _rests_on([*above, *below], ev))


def _line(
    lines: Sequence[tuple[tuple[str, ...], str]], rest: str, readings: Sequence[UnitReading]
) -> tuple[list[UnitReading], str]:
    """Return the line on the strongest movement of a half of the face, and what it rests on."""
    for reading in readings:
        for codes, line in lines:
            if reading.code in codes:
                return [reading], line
    return [], rest


def _caption(label: str, readings: Sequence[UnitReading], ev: Evidence) -> Sentence:
    shown = list(dict.fromkeys(_BRIEF[r.code] for r in readings[:4] if r.code in _BRIEF))[:2]
    what = joined(shown)
    text = f"Perhaps: “{what[:1].upper()}{what[1:]}: {_LOOKS[label]}”."
    if not shown:
        text = f"Perhaps: “{_LOOKS[label][:1].upper()}{_LOOKS[label][1:]}”."
    return Sentence(text, _rests_on(readings[:4], ev))


def _advice(label: Emotion, less: bool, ev: Evidence) -> list[Sentence]:
    """Return what would have to move, or to rest, for more or less of an expression."""
    fits = next((s for s in combinations.suggestions(ev.levels()) if s.emotion == label), None)
    add = list(fits.missing) if fits and not less else []
    ease = list(fits.seen) if fits and less else list(fits.against) if fits else []
    if label == "happiness" and not less:
        ease = list(_STERN)
    if label == "neutral":
        ease, add = list(ev.levels()), []
    eased = [r for code in ease if (r := ev.reading(code)) and r.visible]
    eased.sort(key=lambda r: -r.level)
    added = [r for code in add if (r := ev.reading(code)) and not r.visible]
    wish = f"less {_QUALITY[label]}" if less else _MORE[label]
    steps = [f"more {noun(r.code).removeprefix('a ')}" for r in added[:2]]
    steps += [f"less {noun(r.code).removeprefix('a ')}" for r in eased[:2]]
    if not steps:
        text = f"Hardly anything: no movement stands in the way of a {wish} look."
        return [Sentence(text, ev.ids())]
    return [Sentence(f"For a {wish} look: {joined(steps)}.", _rests_on([*added, *eased], ev))]


_QUALITY: Mapping[Emotion, str] = MappingProxyType(
    {
        "happiness": "friendly", "sadness": "sad", "surprise": "surprised", "fear": "fearful",
        "disgust": "disgusted", "anger": "angry", "contempt": "contemptuous", "neutral": "calm",
    }
)  # fmt: skip


_MORE: Mapping[Emotion, str] = MappingProxyType(
    {
        "happiness": "friendlier", "sadness": "sadder", "surprise": "more surprised",
        "fear": "more fearful", "disgust": "more disgusted", "anger": "angrier",
        "contempt": "more contemptuous", "neutral": "calmer",
    }
)  # fmt: skip


def _rests_on(readings: Sequence[UnitReading], ev: Evidence) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(i for r in readings for i in cites(r) if r.code in facs.UNITS))
    return found or ev.ids()[:1]
