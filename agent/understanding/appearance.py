"""A question with what it asks of the appearance: glasses, beard, hat, mask, gaze, teeth."""

import re

from focalface.agent.understanding.intent import Context, Intent
from focalface.tools.question.appearance import (
    LOOKED_AT,
    SEEN_NOW,
    attributes_with,
    find_topics,
    places_with,
    topics_asked,
)
from focalface.tools.question.out_of_scope import Beyond

_EVERYBODY = re.compile(
    r"\b(?:who|which(?! (?:way|direction|side)\b)|anyone|anybody|everyone|how many|they all"
    r"|(?:all|both|each) of (?:them|these|those)"
    r"|any (?:\w+ )?(?:beards|moustaches|mustaches|hats|caps|glasses|spectacles|shades|masks)(?!.*\b(?:him|her|his|she|he)\b))\b",
    re.I,
)
_OF_LOOKS = frozenset(
    {"glasses", "facial_hair", "head_wear", "mask", "teeth", "tongue", "hidden", "seen"}
)
"""What is asked of a face at one place and means nothing at another."""
_POLAR = re.compile(r"\W*(?:and |so )?(?:is|are|does|do|has|have|can|could|isn't|doesn't)\b", re.I)


def asked(intent: Intent, raw: str, context: Context) -> Intent:
    """Return the question with what it asks of the appearance, where the tools can tell it."""
    intent = _not_carried(intent, raw, context)
    if intent.kind == "refuse" and {*intent.beyond} & SEEN_NOW and intent.refusal:
        intent = _half_declined(intent)
    if intent.kind in ("refuse", "help", "empty") or intent.recall:
        return intent
    if intent.parts:
        return _in_parts(intent, find_topics(raw))
    if intent.kind == "why" and (found := find_topics(raw)):
        return _why(intent, found)
    found = topics_asked(raw, intent.attributes, intent.beyond, of_somebody=bool(intent.faces))
    if not found:
        return _not_gazed(intent, raw)
    several = context.count is None or context.count > 1
    everybody = several and _EVERYBODY.search(raw)
    places = () if intent.kind == "summary" else intent.regions
    return intent.model_copy(
        update={
            "kind": "recognise",
            "attributes": attributes_with(found, intent.attributes),
            "regions": places_with(found, places),
            "beyond": _left_over(intent, raw),
            "faces": intent.faces or (("all",) if everybody else ()),
            "polar": bool(_POLAR.match(raw)),
            "counted": intent.counted or "how many" in raw.lower(),
            "comparison": None,
        }
    )


def _not_carried(intent: Intent, raw: str, context: Context) -> Intent:
    """Return a question without what it only has from the turn before: glasses were asked for, then
    what the eyes do; a smile, then who wears glasses."""
    last = context.last.attributes if context.last else ()
    if not intent.follow_up or not last or intent.attributes != last:
        return intent
    if intent.named and {*last} <= _OF_LOOKS:
        update = {"attributes": (), "kind": "describe", "regions": intent.named, "polar": False}
        return intent.model_copy(update=update)
    return intent.model_copy(update={"attributes": ()}) if find_topics(raw) else intent


def _not_gazed(intent: Intent, raw: str) -> Intent:
    """ "Just looking at her mouth" asks where to look, not where she does."""
    if "gaze" not in intent.beyond or not LOOKED_AT.search(raw):
        return intent
    return intent.model_copy(update={"beyond": tuple(b for b in intent.beyond if b != "gaze")})


_ROW_OF_TEETH = re.compile(r"\b(?:upper|lower|top|bottom)\b(?: \w+)? (?:teeth|tooth)\b", re.I)


def _left_over(intent: Intent, raw: str) -> tuple[Beyond, ...]:
    """Return what is asked besides and no tool sees, such as which row of teeth shows."""
    kept = tuple(b for b in intent.beyond if b not in SEEN_NOW)
    return ("teeth", *kept) if _ROW_OF_TEETH.search(raw) else kept


def _half_declined(intent: Intent) -> Intent:
    """ "Is he sick? Why the mask?": what is out of bounds is declined, the rest is answered."""
    assert intent.refusal is not None
    declined = (intent.refusal, *intent.declined)
    return intent.model_copy(update={"kind": "outside", "refusal": None, "declined": declined})


def _why(intent: Intent, found: tuple[str, ...]) -> Intent:
    """ "How do you know there's a beard?"."""
    update = {"attributes": found, "regions": places_with(found, ()), "named": (),
              "emotions": (), "beyond": ()}  # fmt: skip
    return intent.model_copy(update=update)


def _in_parts(intent: Intent, found: tuple[str, ...]) -> Intent:
    """Several questions in one, of which one asks of the appearance: that is a part of its own."""
    teeth = "teeth" in found
    parts = [_of_teeth(p) if teeth and p.attributes == ("AU25",) else p for p in intent.parts]
    if found and {*intent.beyond} & SEEN_NOW:
        places, whom = places_with(found, ()), intent.parts[-1].faces
        parts.append(
            Intent(kind="recognise", attributes=found, regions=places, faces=whom, polar=True)
        )
    if parts == [*intent.parts]:
        return intent
    update = {
        "parts": tuple(parts),
        "attributes": tuple(dict.fromkeys(a for p in parts for a in p.attributes)),
        "regions": tuple(dict.fromkeys(r for p in parts for r in p.regions)),
        "beyond": tuple(b for b in intent.beyond if b not in SEEN_NOW),
    }
    return intent.model_copy(update=update)


def _of_teeth(part: Intent) -> Intent:
    """Return the part that asks for the teeth themselves, not for the lips that show them."""
    regions = places_with(("teeth",), part.regions)
    return part.model_copy(update={"attributes": ("teeth",), "regions": regions})
