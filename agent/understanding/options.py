"""The words among which a question lets choose, "wrinkled or smooth?", that its answer takes up."""

import re
from functools import cache

from focalface.agent.understanding import age_spans, qualities
from focalface.agent.understanding.intent import Intent
from focalface.tools.face import facs
from focalface.tools.proposing import region_selection
from focalface.tools.question.attributes import find_attributes
from focalface.tools.question.text import clean, read_text
from focalface.tools.question.vocabulary import words_of

_WORD = r"(?:a (?:lot|little|bit)|[a-z][a-z'-]+)"
_FILLER = r"(?:just |rather |more |only |quite |too |fully |very |really |a |an |the |be |is |are |off to |to )*"
_CHOICE = re.compile(
    rf"(?P<first>{_WORD}(?:, {_FILLER}{_WORD})*),? or {_FILLER}(?P<last>{_WORD})", re.I
)
_SPLIT = re.compile(rf", {_FILLER}", re.I)
_PLACE = re.compile(
    r"\b(?:forehead|eyebrows?|brows?|nose|cheeks?|lips?|mouth|corners?|eyes?|(?:eye)?lids?|chin|jaw)\b",
    re.I,
)
_REST = words_of(
    "normal neutral relaxed flat smooth still resting even unlined loose soft calm slack natural "
    "ordinary level unwrinkled neither none nothing not"
)
"""What a part is called that does not move."""
_CREASED = words_of(
    "wrinkled wrinkly creased lined furrowed crinkled crinkly scrunched crumpled folded"
)
_CREASES = {"forehead": ("AU1", "AU2", "AU4"), "brow": ("AU4",), "eyebrow": ("AU4",)}
"""Part -> the units that crease its skin, where no unit is named after that."""
_KIN = {"AU23": ("AU24",), "AU17": ("AU18", "AU22"), "AU43": ("AU7",)}
"""Unit -> others that the same word of a choice may mean: lips that are tight, a pout, heavy lids."""
_MUCH = words_of(
    "strong big broad clear pronounced intense heavy marked hard full deep huge wide severe "
    "obvious strongly broadly clearly widely heavily"
) | {"a lot"}
_LITTLE = words_of(
    "weak slight faint small subtle mild light gentle soft tiny little shallow barely narrow "
    "slightly weakly faintly mildly gently"
) | {"a little", "a bit"}
_AT_EASE = words_of(
    "relaxed calm loose awake alert rested fresh refreshed lively energetic soft slack"
)
_TOOTHY = words_of("toothy teeth")
_EVEN = words_of("even symmetric symmetrical level straight equal balanced alike same matching")
_DIRECT = words_of("direct straight ahead frontal camera lens")
_OPENNESS = frozenset({"eye_openness", "mouth_openness"})
_SHUT = frozenset({"shut", "closed", "together"})
_BESIDE_UNITS = frozenset({"tension", "eye_openness", "mouth_openness", "asymmetry"})
"""Topics that a choice among movements may be taken for."""
_UNSEEN = frozenset({"lines", "skin"})


def asked(intent: Intent, question: str) -> Intent:
    """Return a question that lets choose with the words of the choice."""
    text = clean(question).lower()
    unsure = intent.kind == "refuse" and intent.refusal in ("person", "character")
    if unsure and (made := _of_looks(text)):
        return made
    if intent.kind not in ("describe", "recognise", "compare") or intent.parts or intent.recall:
        return intent
    if intent.causes or intent.comparison not in (None, "sides") or "all" in intent.faces:
        return intent
    if "facial_hair" in intent.attributes:
        return intent.model_copy(update={"options": _bare(_hair(text))})
    if intent.attributes == ("age",) and re.search(r"\bdecades?\b", text):
        return intent.model_copy(update={"options": _bare(["decade"]), "polar": False})
    words = _words(text)
    if intent.comparison and len(words) > 1:
        return intent.model_copy(update=_of_sides(intent, words, text))
    if len(words) > 1:
        return intent.model_copy(update=_choice(intent, words, text))
    if intent.polar and not intent.attributes and (units := _creases(intent, text)):
        regions = region_selection.plan_regions(units, intent.named)
        return intent.model_copy(update={"kind": "recognise", "attributes": units, "regions": regions,
                                         "beyond": ("lines",)})  # fmt: skip
    return intent


_CREASE = re.compile(r"\b(?:wrinkl\w*|creas\w+|furrow\w*|(?<!hair)lines?|lined|crinkl\w+)\b")
_CREASED_BY = {"crows_feet": ("AU6",), "eye": ("AU6",), "under_eye": ("AU6",), "forehead": ("AU1", "AU2", "AU4"),
               "glabella": ("AU4",), "brow": ("AU4",), "nose_bridge": ("AU9",)}  # fmt: skip
"""Region -> the units whose movement creases the skin there."""


def _creases(intent: Intent, text: str) -> tuple[str, ...]:
    """Return the units that crease the skin of which wrinkles are asked; none where they are not."""
    if _CREASE.search(text) is None:
        return ()
    named = {facs.unsided(name) for name in intent.named}
    return facs.in_order(code for name in named for code in _CREASED_BY.get(name, ()))


def _words(text: str) -> list[str]:
    """Return what is to be chosen from, as it was typed."""
    match = _CHOICE.search(text)
    if match is None:
        return []
    offered = [*_SPLIT.split(match["first"]), match["last"]]
    return [f"a {word}" if word in ("lot", "little", "bit") else word for word in offered]


def _choice(intent: Intent, words: list[str], text: str) -> dict[str, object]:
    """Return what is changed by the words of a choice; nothing where they are no choice of ours."""
    topics = {*intent.attributes} - {*facs.UNITS}
    if {*words} == {*_OLD_OR_YOUNG} and topics == {"age"}:
        return {"spans": tuple(_OLD_OR_YOUNG[word] for word in words), "polar": False}
    if topics == {"glasses"}:
        return {"options": _bare(words), "polar": False}
    if {*words} == {"up", "down"} and intent.named == ("chin",):
        return {"attributes": ("head_pose",), "regions": ("face",), "polar": False}
    if any(word in _TOOTHY for word in words):
        ordered = sorted(words[-2:], key=lambda w: w not in _TOOTHY)
        return {"options": _bare(ordered), "attributes": ("teeth",), "regions": ("mouth", "face"),
                "weighing": "", "shut": False, "beyond": ()}  # fmt: skip
    if intent.emotions == ("neutral",) and _PLACE.search(text):
        topics -= {"emotion"}  # brows are neutral, not a mood
    if len(words) == 2 and {*words} <= {*qualities.QUALITIES}:
        return {"options": _bare(words), "weighing": "qualities", "polar": False}
    if topics <= {"gaze"} and topics and any(w in _DIRECT for w in words):
        return {"options": _bare(sorted(words, key=lambda w: w not in _DIRECT)), "polar": False}
    if {*words[-2:]} <= _MUCH | _LITTLE and intent.attributes:
        ordered = sorted(words[-2:], key=lambda w: w in _LITTLE)
        return {"options": _bare(ordered), "weighing": "degree", "polar": False, "degree": "",
                "numbers": False}  # fmt: skip
    of_all = topics & {"tension", "fatigue"} and not _PLACE.search(text)
    if of_all and intent.weighing == "opposites" and len({w in _AT_EASE for w in words}) == 2:
        return {"options": _bare(sorted(words[-2:], key=lambda w: w in _AT_EASE))}
    if topics & _OPENNESS and any(w in _SHUT for w in words):
        return {"options": _bare(sorted(words, key=lambda w: w in _SHUT))}
    return _of_movements(intent, words, text) if topics <= _BESIDE_UNITS else {}


_OLD_OR_YOUNG = {"young": ("young", 0.0, 40.0), "old": ("old", 60.0, 200.0)}


def _of_looks(text: str) -> Intent | None:
    """Return "kid or teen?" as a choice of ages, "serious or friendly?" as one of qualities."""
    words = _words(text)
    if len(words) == 2 and {*words} <= {*qualities.QUALITIES}:
        regions = region_selection.plan_regions(("emotion",), ())
        return Intent(kind="recognise", attributes=("emotion",), regions=regions,
                      options=_bare(words), weighing="qualities")  # fmt: skip
    spans = age_spans.find_age_spans(text)
    if len(spans) < 2:
        return None
    return Intent(kind="recognise", attributes=("age",), regions=("face",), spans=spans)


def _of_sides(intent: Intent, words: list[str], text: str) -> dict[str, object]:
    """Return a choice on both sides: "symmetric or crooked?"; of movements where it is one."""
    if any(word in ("left", "right") for word in text.split()):
        return {}
    if len(words) > 2 and (moved := _of_movements(intent, words, text)):
        return {**moved, "comparison": None}
    even = [word for word in words if word in _EVEN]
    if len(even) != 1 or len(words) != 2:
        return {}
    return {
        "options": _bare(sorted(words, key=lambda w: w in _EVEN)),
        "weighing": "",
        "polar": False,
    }


def _bare(words: list[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((word, ()) for word in words)


def _of_movements(intent: Intent, words: list[str], text: str) -> dict[str, object]:
    """Return a choice of movements: each word with the units that show it, none for rest."""
    choice = _CHOICE.search(text)
    places = _PLACE.findall(text[: choice.start()] if choice else text) or _PLACE.findall(text)
    noun = places[-1].replace("corner", "mouth corner") if places else ""
    units = [() if word in _REST else _units(word, noun) for word in words]
    moved = {group for group in units if group}
    unknown = [
        w for w, group in zip(words, units, strict=True) if not group and w not in (*_REST, "apart")
    ]
    if not moved or unknown or len({*units}) < len(units):
        return {}
    codes = facs.in_order(code for group in units for code in group)
    regions = region_selection.plan_regions(codes, intent.named)
    return {
        "kind": "recognise",
        "attributes": codes,
        "regions": regions,
        "emotions": (),
        "options": tuple(zip(words, units, strict=True)),
        "weighing": "options",
        "polar": False,
        "degree": "",
        "shut": False,
        "beyond": tuple(b for b in intent.beyond if b not in _UNSEEN),
    }


@cache
def _units(word: str, noun: str) -> tuple[str, ...]:
    """Return the units that a word asks for of a part: "pressed" of the lips."""
    if word in _CREASED and (creases := _CREASES.get(noun.rstrip("s"))):
        return creases
    found = find_attributes(read_text(f"{noun} {word}").base)[0]
    named = tuple(a for a in found if a in facs.UNITS)
    if "tension" in found:
        tight = region_selection.UNITS_OF["tension"]
        near = [c for c in tight if noun.rstrip("s") in " ".join(facs.UNITS[c].regions)]
        named = facs.in_order((*named, *near))
    return facs.in_order((*named, *(kin for code in named for kin in _KIN.get(code, ()))))


_HAIR = re.compile(
    r"\b(?:moustach\w+|mustach\w+|beard\w*|goatee|stubble|(?:clean[- ]?|un)?shaven|shaved)\b"
)


def _hair(text: str) -> list[str]:
    """Return which hair of a face is named: ``beard``, ``moustache``, ``stubble``, ``shaven``."""
    return list(dict.fromkeys(_kind_of_hair(m[0]) for m in _HAIR.finditer(text)))


def _kind_of_hair(word: str) -> str:
    if word.startswith("m"):
        return "moustache"
    if "shave" in word:
        return "stubble" if word.startswith("un") else "shaven"
    return "stubble" if word == "stubble" else "beard"
