"""Texts on a region from its labels, varied by rule: words, order, length, register.

The texts of one template are all alike, and a model that learns them learns the template. Here each
text is put together at random out of what is true of the region: movements in everyday words or in
FACS terms, what is *not* there, what the expression suggests and how surely, age, signs, and what
cannot be told. A text is used only if the parser of answers finds in it the units of the truth and
no other; otherwise the plain wording stands.
"""

import random
from collections.abc import Sequence

from focalface.tools.describers.language import phrases
from focalface.tools.face import facs, movements, wording
from focalface.tools.face.movements import NOUNS, Movement
from focalface.tools.geometry.scope import Scope
from focalface.tools.training.corpus.truth import Truth, own_text
from focalface.tools.types import Emotion, Region, Side

TRIES = 8
"""Texts that are put together before the plain wording is taken."""

_WORDS: dict[Emotion, tuple[str, ...]] = {
    "neutral": ("a neutral expression", "calm", "a face at rest"),
    "happiness": ("happiness", "joy", "amusement"),
    "sadness": ("sadness", "sorrow"),
    "surprise": ("surprise", "astonishment"),
    "fear": ("fear", "fright"),
    "disgust": ("disgust", "revulsion"),
    "anger": ("anger", "irritation"),
    "contempt": ("contempt", "scorn"),
}
_AGES = {
    "0-2": ("a baby or toddler",),
    "3-9": ("a child",),
    "10-19": ("a teenager", "somebody in the teens"),
    "20-29": ("a young adult", "somebody in the twenties"),
    "30-39": ("somebody in the thirties", "an adult of 30 to 39 years"),
    "40-49": ("somebody in the forties", "middle age"),
    "50-59": ("somebody in the fifties", "later middle age"),
    "60-69": ("somebody in the sixties", "an older adult"),
    "70+": ("somebody beyond 70", "old age"),
}
_SIGNS = {
    ("gaze", "camera"): ("the gaze meets the camera", "the eyes look at the viewer"),
    ("gaze", "left"): ("the gaze goes to the person's left",),
    ("gaze", "right"): ("the gaze goes to the person's right",),
    ("gaze", "up"): ("the gaze goes up",),
    ("gaze", "down"): ("the gaze goes down",),
    ("spectacles", "clear"): ("glasses are worn", "seen through clear glasses"),
    ("spectacles", "dark"): ("dark glasses are worn",),
    ("tongue", "1"): ("the tongue shows",),
    ("facial_hair", "beard"): ("a beard grows here",),
    ("facial_hair", "stubble"): ("there is stubble",),
    ("facial_hair", "moustache"): ("a moustache grows here",),
    ("head_wear", "hat"): ("a hat is worn above it",),
    ("head_wear", "scarf"): ("a scarf frames it",),
}


def varied_text(truth: Truth, scope: Scope, region: Region, rng: random.Random) -> str:
    """Return a text of at most six statements that agrees with the truth in every unit."""
    for _ in range(TRIES):
        text = _put_together(truth, scope, region, rng)
        if text and agrees(text, truth):
            return text
    return own_text(truth, scope, region, rng.randrange(1000))


def agrees(text: str, truth: Truth) -> bool:
    """Tell whether the parser finds no unit that is not there, and none denied that is."""
    present = {code for code, _ in truth.units}
    said = phrases.settled(text)
    claimed = {code for code, stance in said.items() if stance == "present"}
    denied = {code for code, stance in said.items() if stance == "absent"}
    return claimed <= present and denied <= set(truth.absent) and claimed == _told(truth)


def _told(truth: Truth) -> set[str]:
    """Return units that every text names: those that count as present, or else mere traces."""
    strong = {code for (code, _), value in truth.units.items() if value >= facs.PRESENT}
    return strong or {code for code, _ in truth.units}


def _put_together(truth: Truth, scope: Scope, region: Region, rng: random.Random) -> str:
    moves = _movements(truth, scope, region, rng)
    rest = [
        *_absent(truth, region, rng),
        *_emotion(truth, rng),
        *_age(truth, rng),
        *_signs(truth, rng),
    ]
    rng.shuffle(rest)
    untold = limits(truth, rng)
    kept = rest[: rng.choice((1, 2, 2, 3, 4))]
    parts = [*moves, *kept] if rng.random() < 0.75 else [*kept, *moves]
    return _joined([*parts, *untold], rng)


def _movements(truth: Truth, scope: Scope, region: Region, rng: random.Random) -> list[str]:
    told = _told(truth)
    by_code: dict[str, dict[Side, float]] = {}
    for (code, side), value in truth.units.items():
        if code in told:
            by_code.setdefault(code, {})[side] = value
    names = list(by_code)
    rng.shuffle(names)
    technical = rng.random()
    return [_movement(code, by_code[code], scope.places, technical, rng) for code in names]


def _movement(
    code: str,
    sides: dict[Side, float],
    places: Sequence[str],
    technical: float,
    rng: random.Random,
) -> str:
    """``the lip corners are drawn up (AU12)``, or ``AU12, a marked lip corner puller``."""
    both = sides.get("both", 0.0)
    left, right = sides.get("left", both), sides.get("right", both)
    unit = facs.UNITS[code]
    made = Movement(code, left, right) if unit.sided else Movement(code, whole=max(sides.values()))
    if technical < 0.15:
        side = "" if made.side == "both" else f" on the {made.side}"
        return f"{code} ({unit.name}) is {facs.strength(max(made.intensity, 0.1))}{side}"
    said = movements.clause(made, places, rng.randrange(60))
    return f"{said} ({code})" if technical < 0.4 else said


def _absent(truth: Truth, region: Region, rng: random.Random) -> list[str]:
    """Return one sentence that names what does not show: the commonest thing that a region says."""
    codes = [c for c in truth.absent if c not in ("AU22", "AU23", "AU28")]
    if not codes:
        return []
    named = rng.sample(codes, min(len(codes), rng.choice((1, 1, 2, 3))))
    nouns = [NOUNS[code].removeprefix("a ") for code in named]
    listed = " or ".join(nouns) if len(nouns) < 3 else f"{nouns[0]}, {nouns[1]} or {nouns[2]}"
    here = wording.place_of(region)
    forms = [f"there is no {listed}", f"no {listed} shows in {here}", f"no sign of {listed}"]
    if not truth.units:
        forms += [f"{here} is at rest, without {listed}", f"{here} looks relaxed: no {listed}"]
    return [rng.choice(forms)]


def _emotion(truth: Truth, rng: random.Random) -> list[str]:
    if truth.emotion is None:
        return []
    word = rng.choice(_WORDS[truth.emotion])
    others = sorted((e for e in truth.shares if e != truth.emotion), key=truth.shares.__getitem__)
    if others and truth.shares.get(truth.emotion, 1.0) < 0.8:
        second = rng.choice(_WORDS[others[-1]])
        return [
            rng.choice((f"it suggests {word}, perhaps {second}", f"{word} or {second}, it seems"))
        ]
    forms = (
        f"it suggests {word}",
        f"this fits {word}",
        f"one would read {word} in it",
        f"the impression is {word}",
    )
    return [rng.choice(forms)]


def _age(truth: Truth, rng: random.Random) -> list[str]:
    if truth.age_group is None:
        return []
    who = rng.choice(_AGES[truth.age_group])
    years = "" if truth.years is None else f"about {round(truth.years)} years old"
    forms = [f"the skin is that of {who}", f"it looks like {who}"]
    if years and truth.years and truth.years >= 1.5:
        forms += [f"it looks {years}", f"the skin looks {years}"]
    return [rng.choice(forms)]


def _signs(truth: Truth, rng: random.Random) -> list[str]:
    found = [rng.choice(_SIGNS[sign]) for sign in truth.signs.items() if sign in _SIGNS]
    return found if rng.random() < 0.6 else []


def limits(truth: Truth, rng: random.Random) -> list[str]:
    """Return clauses on what hides parts and on what cannot be told."""
    said = [
        rng.choice((f"{words} {_hides(words)} the {part}", f"the {part} cannot be seen: {words}"))
        for part, words in truth.hidden.items()
    ]
    names = [name for name in truth.cannot_tell if name in ("emotion", "age")]
    if names:
        what = " and ".join(f"the {name}" for name in names)
        forms = (f"{what} cannot be told from here", f"this part does not tell {what}")
        said.append(rng.choice(forms))
    return said


def _hides(words: str) -> str:
    """Return the verb for what hides something: several things where the last of them is."""
    return "hide" if words.rpartition(" ")[2] in ("glasses", "rims") else "hides"


def _joined(parts: Sequence[str], rng: random.Random) -> str:
    """Return sentences of one or two statements."""
    sentences: list[str] = []
    rest = list(parts)
    while rest:
        take = 2 if len(rest) > 1 and rng.random() < 0.45 else 1
        joint = rng.choice((", and ", "; ", ", "))
        said = joint.join(rest[:take])
        sentences.append(f"{said[:1].upper()}{said[1:]}.")
        rest = rest[take:]
    return " ".join(sentences)
