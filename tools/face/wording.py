"""From attributes to a short text about one region: movements, emotion, age, what is unknown.

Pure and deterministic: the same attributes always get the same words, different regions and values
get different ones. A text speaks of its region only, in words and not in decimals; emotions are
stated as what an expression suggests.
"""

import hashlib
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from operator import itemgetter

from focalface.tools.face import facs
from focalface.tools.face.combinations import UNEVEN
from focalface.tools.face.emotion_rows import EMOTION_ROWS
from focalface.tools.face.movements import NOUNS, Movement, clause
from focalface.tools.face.regions import CUSTOM, UNIONS, row_of, side_of
from focalface.tools.types import (
    ActionUnit,
    AgeEstimate,
    Attributes,
    Emotion,
    EmotionEstimate,
    Region,
    RegionDescription,
    Side,
)

EMOTION_NOUNS: dict[Emotion, str] = {row.label: row.noun for row in EMOTION_ROWS.values()}
"""Label -> how it is spoken of."""
_GAZES = {
    "left": "to the subject's left",
    "right": "to the subject's right",
    "up": "upwards",
    "down": "downwards",
}
_HAIR = {"stubble": "stubble", "moustache": "a moustache", "beard": "a beard"}
_HEAD_WEAR = {"hat": "a hat", "scarf": "a scarf or veil", "other": "headgear"}
# Region without side -> units that have to be absent, and what may then be said of it.
_RESTS = {
    "brow": (("AU1", "AU2", "AU4"), "is neither raised nor lowered"),
    "eye": (("AU5", "AU6", "AU7", "AU43"), "is open, neither widened nor narrowed"),
    "under_eye": (("AU6", "AU7"), "is neither bunched nor tautened"),
    "crows_feet": (("AU6",), "does not gather"),
    "nose_bridge": (("AU9",), "is not creased"),
    "cheek": (("AU6", "AU12"), "is neither lifted nor bunched"),
    "nasolabial_fold": (("AU10", "AU12"), "is not deepened by anything"),
    "mouth": (("AU12", "AU15", "AU25"), "is closed, its corners neither drawn up nor pulled down"),
    "lip_corner": (("AU12", "AU15"), "is neither drawn up nor pulled down"),
    "chin": (("AU17",), "is neither pushed up nor bunched"),
    "jaw": (("AU26",), "is not dropped"),
}
NO_SINGLE = "no single emotion"
"""What a face suggests of which an onlooker would name no emotion, or several."""
DENIED = 0.15
"""Below this intensity a movement may be denied; from here to ``facs.PRESENT`` it is left open."""
_NO_HINTS = ("does not tell which emotion is shown", "gives no clear hint of an emotion")
MIXED_PHRASES = ("suggests no single emotion", "fits no single emotion")
CERTAIN = 0.999
"""From here on the other labels got nothing: a model that names one label without a distribution,
so there is no probability to be sure by."""
WIDE_AGE = 40.0
"""Width in years from which an 80 % interval tells too little to name an age (our choice)."""


def describe(
    region: Region,
    action_units: Sequence[ActionUnit],
    not_assessed: Sequence[str],
    emotion: EmotionEstimate | None,
    age: AgeEstimate | None,
    limits: Sequence[str],
    *,
    places: Sequence[str] | None = None,
    attributes: Attributes | None = None,
    variant: int | None = None,
) -> str:
    """Return a few sentences about ``region``.

    ``action_units``: the assessed units of the region, absent ones with low intensity;
    ``not_assessed``: codes that were not judged; ``limits``: sentences that are added as they
    stand. ``places``: the basic atlas regions that a custom region covers (``atlas.covered``);
    ``attributes``: what else it shows.
    ``variant``: chooses among wordings; by default a hash of region and values does.
    """
    if places is None:
        places = _own_places(region)
    if variant is None:
        variant = _hash(region, action_units, emotion, age)
    moved = movements(action_units)
    sentences = _movement_sentences(region, action_units, moved, places, variant)
    subject = place_of(region)
    if sentences:
        subject = _pick(("this", "that"), variant // 3) if moved else "it"
    sentences += _feeling_and_age(region, subject, emotion, age, variant)
    if attributes:
        sentences += sign_sentences(attributes, _eyes_side(region, places))
    if not_assessed:
        sentences.append(_not_assessed(not_assessed, bool(action_units)))
    return " ".join([*sentences, *limits]) or f"Nothing can be told about {place_of(region)}."


def without_emotion(found: RegionDescription) -> RegionDescription:
    """Return the same reading of movements, age and what hides them, without any word of emotion.

    The text is made anew from the other fields: what a language model wrote may name emotions.
    """
    limits = tuple(limit for limit in found.limits if "emotion" not in limit.lower())
    text = describe(
        found.region,
        found.action_units,
        found.not_assessed,
        None,
        found.age,
        limits,
        attributes=found.attributes,
    )
    return found.model_copy(update={"emotion": None, "limits": limits, "text": text})


def _eyes_side(region: Region, places: Sequence[str]) -> Side:
    """Return whose eyes are spoken of: one where only that one can be seen."""
    eyes = [side_of(name) for name in places if name in ("left_eye", "right_eye")]
    return eyes[0] if len(eyes) == 1 else region.side


def place_of(region: Region) -> str:
    """Return a region in words, with its article: ``the area under the left eye``."""
    if region.name == CUSTOM:
        side = f" on the {region.side}" if region.side != "both" else ""
        return f"the marked area{side}"
    return place_name(region.name)


@cache
def place_name(name: str) -> str:
    """Return an atlas name in words, with its article: ``the area under the left eye``."""
    side = side_of(name)
    return row_of(name).place.replace("@", f"{side} " if side != "both" else "")


def pair_name(base: str) -> str:
    """Return an atlas name without its side in words, both where a face has two: ``the eyes``."""
    row = row_of(base)
    return row.pair or row.place.replace("@", "")


def emotion_phrase(emotion: EmotionEstimate, variant: int = 0) -> str:
    """Return what the distribution suggests, as a verb phrase: ``suggests happiness``.

    Hedged by probability; a distribution that tells nothing says so.
    """
    if is_mixed(emotion):
        return _pick(MIXED_PHRASES, variant)
    ranked = sorted(emotion.probabilities.items(), key=itemgetter(1), reverse=True)
    (first, p), (second, q) = ranked[0], ranked[1]
    noun = EMOTION_NOUNS[first]
    if p >= CERTAIN:
        return f"suggests {noun}"
    if p >= 0.75:
        return _pick((f"strongly suggests {noun}", f"clearly suggests {noun}"), variant)
    if p >= 0.5:
        return _pick(
            (f"suggests {noun}", f"points to {noun}", f"is in keeping with {noun}"), variant
        )
    if p + q >= 0.6:
        either = f"{noun} or {EMOTION_NOUNS[second]}"
        return _pick((f"could suggest {either}", f"may be read as {either}"), variant)
    if p >= 0.35 and p - q >= 0.1:
        return _pick((f"faintly suggests {noun}", f"hints at {noun}"), variant)
    return _pick(_NO_HINTS, variant)


def is_mixed(emotion: EmotionEstimate) -> bool:
    """Tell whether an onlooker would rather name no emotion, or several, than one."""
    return emotion.mixed is not None and emotion.mixed >= 0.5


def mood(emotion: EmotionEstimate) -> str:
    """Return the label of what is suggested, or ``mixed``, as a table has it."""
    return "mixed" if is_mixed(emotion) else emotion.label


def mood_noun(emotion: EmotionEstimate) -> str:
    """Return what is suggested as a noun: ``happiness``, ``no single emotion``."""
    return NO_SINGLE if is_mixed(emotion) else EMOTION_NOUNS[emotion.label]


def _tells_nothing(emotion: EmotionEstimate) -> bool:
    return emotion_phrase(emotion) in _NO_HINTS


def age_phrase(age: AgeEstimate, variant: int = 0) -> str:
    """Return the apparent age as a verb phrase: ``looks about 34 years old (27 to 42)``."""
    if is_vague(age):
        return _pick(("gives little away about age", "hardly tells an age"), variant)
    years, low, high = round(age.years), round(age.low), round(age.high)
    span = f"({low} to {high})" if low < high else ""
    word = _pick(("about", "around", "roughly"), variant)
    year = "year" if years == 1 else "years"
    if years < 1:
        return f"looks like that of a baby {span}".rstrip()
    return f"looks {word} {years} {year} old {span}".rstrip()


def is_vague(age: AgeEstimate) -> bool:
    """Tell whether the interval is too wide to name an age."""
    return age.high - age.low >= WIDE_AGE


def confidence_word(probability: float) -> str:
    """Return a word for a probability: ``very likely``, ``likely``, ``possibly`` or ``uncertain``.

    From 0.85, 0.65 and 0.45 on (our choice).
    """
    for least, word in ((0.85, "very likely"), (0.65, "likely"), (0.45, "possibly")):
        if probability >= least:
            return word
    return "uncertain"


def movements(action_units: Sequence[ActionUnit]) -> list[Movement]:
    """Return the units that are present, both sides of a unit joined, strongest first."""
    present = {unit.code for unit in action_units if unit.intensity >= facs.PRESENT}
    if not present:
        return []
    sides: dict[str, dict[str, float]] = {}
    for unit in action_units:
        if unit.code in present:
            sides.setdefault(unit.code, {})[unit.side] = unit.intensity
    found = [_movement(code, by) for code, by in sides.items()]
    return sorted(found, key=lambda m: -m.intensity)


def _movement(code: str, by: dict[str, float]) -> Movement:
    left, right, whole = by.get("left", 0.0), by.get("right", 0.0), by.get("both", 0.0)
    low, high = sorted((left, right))
    alone = len(by) == 2 and low < facs.PRESENT <= high and high - low >= UNEVEN
    return Movement(code, left, right, whole, alone)


def _movement_sentences(
    region: Region,
    units: Sequence[ActionUnit],
    moved: Sequence[Movement],
    places: Sequence[str],
    variant: int,
) -> list[str]:
    if moved:
        clauses = [clause(m, places, variant + i) for i, m in enumerate(moved)]
        pairs = [clauses[i : i + 2] for i in range(0, len(clauses), 2)]
        return [_capital(_joined(pair)) + "." for pair in pairs]
    if units:
        return [_at_rest(region, units, variant)]
    return []


def _joined(pair: Sequence[str]) -> str:
    """Return two clauses as one; of the same thing only once, where the second names its unit
    itself."""
    for verb in (" is ", " are "):
        things = [said.partition(verb)[0] for said in pair if verb in said]
        if len(things) == 2 and things[0] == things[1] and pair[1].endswith(")"):
            return f"{pair[0]} and {pair[1].partition(verb)[2]}"
    return ", and ".join(pair)


def _at_rest(region: Region, units: Sequence[ActionUnit], variant: int) -> str:
    here = _capital(place_of(region))
    known, predicate = _RESTS.get(facs.unsided(region.name), ((), ""))
    denied = {unit.code for unit in units if unit.intensity < DENIED}
    own = [f"{here} {predicate}."] * 2 if known and denied.issuperset(known) else []
    forms = [*own, f"{here} looks at rest.", f"{here} shows no marked movement."]
    return _pick(forms, variant)


def _own_places(region: Region) -> Sequence[str]:
    return UNIONS.get(region.name, () if region.name == CUSTOM else (region.name,))


def _feeling_and_age(
    region: Region,
    subject: str,
    emotion: EmotionEstimate | None,
    age: AgeEstimate | None,
    variant: int,
) -> list[str]:
    """Return one sentence for each; one for both where neither can be told."""
    if emotion and age and is_vague(age) and _tells_nothing(emotion):
        words = (
            "Neither an emotion nor an age can be read here.",
            "No emotion and no age show here.",
        )
        return [_pick(words, variant // 5)]
    said = []
    if emotion:
        said.append(_sentence(subject, emotion_phrase(emotion, variant)))
    if age:
        said.append(_age_sentence(region, age, variant))
    return said


def _age_sentence(region: Region, age: AgeEstimate, variant: int) -> str:
    if is_vague(age):
        words = ("Age can hardly be told here.", "There is little here to tell an age by.")
        return _pick(words, variant // 5)
    looks = ("the face", "the person") if region.name == "face" else ("the skin", "the skin here")
    return _sentence(_pick(looks, variant // 5), age_phrase(age, variant))


def sign_sentences(attributes: Attributes, side: Side) -> list[str]:
    """Return what there is: ``The teeth show. Clear glasses and a hat are worn.``

    What is not there, and a gaze into the camera, go without saying.
    """
    said = []
    if attributes.gaze in _GAZES:
        look = "eyes look" if side == "both" else "eye looks"
        said.append(f"The {look} {_GAZES[attributes.gaze]}.")
    if shown := _shown(attributes):
        said.append(f"{_capital(_list(shown))} {'shows' if shown == ['the tongue'] else 'show'}.")
    if attributes.facial_hair in _HAIR:
        said.append(f"There is {_HAIR[attributes.facial_hair]}.")
    if worn := _worn(attributes):
        many = len(worn) > 1 or worn[0].endswith("glasses")
        said.append(f"{_capital(_list(worn))} {'are' if many else 'is'} worn.")
    return said


def _shown(attributes: Attributes) -> list[str]:
    said = (("the teeth", attributes.teeth), ("the tongue", attributes.tongue))
    return [noun for noun, shows in said if shows]


def _worn(attributes: Attributes) -> list[str]:
    glasses = attributes.glasses in ("clear", "dark")
    head = _HEAD_WEAR.get(attributes.head_wear or "")
    return [worn for worn in (f"{attributes.glasses} glasses" if glasses else None, head) if worn]


def _not_assessed(codes: Sequence[str], some_were: bool) -> str:
    """A few are named, many are counted: the structure beside the text has them all."""
    nouns = [NOUNS[code].removeprefix("a ") for code in codes]
    if len(codes) > 4 and not some_were:
        return "Muscle movements were not assessed here."
    if len(codes) > 5:
        return f"Not assessed here: {', '.join(nouns[:4])} and {len(codes) - 4} other movements."
    return f"Not assessed here: {_list(nouns)}."


def _sentence(subject: str, predicate: str) -> str:
    return f"{_capital(subject)} {predicate}."


def _list(words: Iterable[str]) -> str:
    """``a, b and c``."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _pick(choices: Sequence[str], variant: int) -> str:
    return choices[variant % len(choices)]


def _hash(
    region: Region,
    units: Sequence[ActionUnit],
    emotion: EmotionEstimate | None,
    age: AgeEstimate | None,
) -> int:
    """Different for different readings, equal on every run (Python's own ``hash`` is not)."""
    parts = [region.name, *(_mark(u.code, u.side, u.intensity) for u in units)]
    parts += [emotion.label if emotion else "", f"{age.years:.0f}" if age else ""]
    return int.from_bytes(hashlib.blake2b("|".join(parts).encode(), digest_size=4).digest(), "big")


@lru_cache(maxsize=512)  # many regions of a face show the same unit
def _mark(code: str, side: str, intensity: float) -> str:
    return f"{code}{side}{intensity:.1f}"
