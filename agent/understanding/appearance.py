"""Questions on what a face shows beside its movements: glasses, beard, hat, mask, gaze, teeth."""

import re

from focalface.agent.understanding.intent import Context, Intent
from focalface.tools.question.out_of_scope import Beyond

TOPICS: dict[str, str] = {
    "glasses": r"(?:sun)?glasses|spectacles|specs|shades|eyewear|bespectacled|goggles|monocle"
    r"|(?:has?|have|wear\w*|is|are|what's|whats)\b.*\bon (?:his|her|their|the) (?:eyes?|nose)",
    "facial_hair": r"beard\w*|moustach\w+|mustach\w+|goatee|stubble|facial hair|(?:clean[- ]?|un)?shaven|shaved|sideburns",
    "head_wear": r"on (?:top of )?(?:his|her|their|(?:the )?(?:\w+ ){0,2}\w+(?:'s|s'|s)) head|headgear|hat|cap|beanie|helmet|headscarf|turban|hijab|head ?wear|bonnet|headgear",
    "mask": r"(?:face |surgical |medical )?mask",
    "gaze": r"(?:look|looking|stare|staring|gaze|gazing|glanc\w+|peer\w*|facing)\b.*\b(?:at|into|to|towards?|away|up|down|left|right|camera|lens|me|sideways|off|aside|where)"
    r"|(?:which|what) (?:way|direction|side)\b.*\b(?:look|looking|stare|staring|gaze|gazing|facing)|where\b.*\b(?:look|looking|stare|staring|gaze|gazing)|eye contact|(?:his|her|their|the) gaze|into the (?:camera|lens)",
    "teeth": r"teeth|tooth",
    "tongue": r"tongue",
}
"""Attribute -> the words that ask for it."""
HOMES: dict[str, tuple[str, ...]] = {
    "glasses": ("left_eye", "right_eye"),
    "facial_hair": ("mouth", "chin"),
    "head_wear": ("forehead",),
    "mask": ("mouth",),
    "gaze": ("left_eye", "right_eye"),
    "teeth": ("mouth",),
    "tongue": ("mouth",),
}
"""Attribute -> the parts that show it, which are looked at besides the whole face."""
_MENTIONED = re.compile(
    r"\b(?:who|that|which)?\s*(?:with|in) (?:the |a |his |her )?(?:\w+ )?(?:glasses|sunglasses|beard|hat|cap|mask|moustache)\b",
    re.I,
)
"""Words that say who is meant rather than ask."""
_LOOKS_LIKE = re.compile(
    r"\blook(?:s|ing)? (?:\w+ )?(?:like|as|happy|sad|angry|old|young|tired|surprised|scared|worried|good|at ease)\b"
    r"|\bwhat (?:should|do) (?:i|we|you) look at\b|\b(?:did|do) you look\b|\blook (?:closer|again|at (?:the|his|her|this|that|it))\b",
    re.I,
)
_INSTEAD: frozenset[Beyond] = frozenset({"wear", "hair", "gaze", "teeth", "tongue"})
_TOO_FINE = re.compile(
    r"\b(?:colou?r|what kind|brand|made of|white|crooked|clean|style|long|curly)\b", re.I
)


def asked(intent: Intent, raw: str, context: Context) -> Intent:
    """The question with what it asks of the appearance, where the tools can tell it."""
    if intent.kind == "refuse" and {*intent.beyond} & _INSTEAD and intent.refusal:
        intent = _half_declined(intent)
    if intent.kind in ("refuse", "help", "empty") or intent.recall:
        return intent
    if intent.parts:
        return _besides(intent, raw) if {*intent.beyond} & _INSTEAD else intent
    if intent.kind == "why" and (found := _topics(raw)):
        return _why(intent, tuple(found))
    if not {*intent.beyond} & _INSTEAD and intent.kind != "outside" and not _bare(intent):
        return intent
    raw = raw.replace("\u2019", "'")
    kept = _MENTIONED.sub(" ", raw) if intent.faces else raw
    found = _topics(kept)
    if not found or _TOO_FINE.search(kept):
        return intent
    several = context.count is None or context.count > 1
    everybody = several and re.search(
        r"\b(?:who|which(?! (?:way|direction|side)\b)|anyone|anybody|everyone|how many)\b",
        raw,
        re.I,
    )
    units = tuple(a for a in intent.attributes if a not in ("AU25", "AU5", "AU7"))
    polar = re.match(
        r"\W*(?:and |so )?(?:is|are|does|do|has|have|can|could|isn't|doesn't)\b", raw, re.I
    )
    kept_regions = () if intent.kind == "summary" else intent.regions
    homes = [place for topic in found for place in HOMES[topic]]
    where = dict.fromkeys([*kept_regions, *homes, "face"])
    return intent.model_copy(
        update={
            "kind": "recognise",
            "attributes": (*found, *units),
            "regions": tuple(where),
            "beyond": tuple(b for b in intent.beyond if b not in _INSTEAD),
            "faces": intent.faces or (("all",) if everybody else ()),
            "polar": bool(polar),
            "counted": intent.counted or "how many" in raw.lower(),
            "comparison": None,
        }
    )


def _half_declined(intent: Intent) -> Intent:
    """ "Is he sick? Why the mask?": what is out of bounds is declined, the rest is answered."""
    assert intent.refusal is not None
    declined = (intent.refusal, *intent.declined)
    return intent.model_copy(update={"kind": "outside", "refusal": None, "declined": declined})


def _why(intent: Intent, found: tuple[str, ...]) -> Intent:
    """ "How do you know there's a beard?"."""
    where = tuple(dict.fromkeys([*(p for t in found for p in HOMES[t]), "face"]))
    return intent.model_copy(
        update={"attributes": found, "regions": where, "named": (), "emotions": (), "beyond": ()}
    )


def _topics(text: str) -> list[str]:
    found = [t for t, words in TOPICS.items() if re.search(rf"\b(?:{words})\b", text, re.I)]
    return [t for t in found if t != "gaze" or not _LOOKS_LIKE.search(text)]


def _besides(intent: Intent, raw: str) -> Intent:
    """Several questions in one, of which one asks of the appearance: that is a part of its own."""
    found = tuple(_topics(raw))
    if not found:
        return intent
    part = Intent(
        kind="recognise",
        attributes=found,
        regions=("mouth", "face"),
        faces=intent.parts[-1].faces,
        polar=True,
    )
    update = {
        "parts": (*intent.parts, part),
        "attributes": tuple(dict.fromkeys((*intent.attributes, *found))),
        "regions": tuple(dict.fromkeys((*intent.regions, *part.regions))),
        "beyond": tuple(b for b in intent.beyond if b not in _INSTEAD),
    }
    return intent.model_copy(update=update)


def _bare(intent: Intent) -> bool:
    """Whether nothing else was understood, or lips stand in for the teeth."""
    return not intent.attributes or set(intent.attributes) <= {"AU25"}
