"""Questions where emotions are switched off: what can be seen stays, what it suggests goes.

Recital 18 of the EU AI Act tells readily apparent expressions and movements from the inference of
emotions; this is the reading of questions for who may use only the former.
"""

from focalface.agent.understanding.intent import Intent
from focalface.tools.face.topics import TOPICS

OFF = "Emotions are switched off here (--no-emotion): only what can be seen is told."
_SEEN = {name: topic.seen for name, topic in TOPICS.items() if topic.inferred}
"""What people infer from a face -> the units that are seen where it is inferred."""


def without_emotion(intent: Intent) -> Intent:
    """Return the same question about movements alone; one of emotion alone asks for a description."""
    kept = [unit for one in intent.attributes for unit in _SEEN.get(one, (one,))]
    changes: dict[str, object] = {
        "attributes": tuple(dict.fromkeys(kept)),
        "emotions": (),
        "parts": tuple(without_emotion(part) for part in intent.parts),
    }
    if intent.attributes and not kept:
        changes |= {"kind": "describe", "polar": False, "ranked": False, "motion": True}
    return intent.model_copy(update=changes)


def asks_emotion(intent: Intent) -> bool:
    """Tell whether a question asks for anything that is inferred."""
    return bool({*intent.attributes} & {*_SEEN}) or any(map(asks_emotion, intent.parts))
