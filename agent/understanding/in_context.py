"""A question read against the state of the dialogue: what it changes, or what it asks by itself."""

from focalface.agent.understanding import (
    appearance,
    carried,
    covering,
    focus,
    persons,
    photos,
    playful,
    read,
    recalls,
    weighing,
    who_then,
)
from focalface.agent.understanding.intent import Context, Intent

_NO_CONTEXT = Context()


def parse(question: str, context: Context = _NO_CONTEXT) -> Intent:
    """Return what ``question`` asks for, given what the conversation knows. Pure; never fails."""
    made = (
        recalls.resolve(question, context)
        or focus.resolve(question, context)
        or carried.resolve(question, context)
    )
    if made is not None:
        return made
    spelt_out = focus.spelt_out(question, context)
    whom, unseen, spelt_out = (
        ((), False, spelt_out) if context.count == 1 else persons.find_persons(spelt_out)
    )
    heard = who_then.split(spelt_out, context, read.parse) or read.parse(spelt_out, context)
    if heard.kind not in ("refuse", "help", "empty") and (whom or unseen) and not heard.parts:
        chosen: dict[str, object] = {
            "faces": whom or ("all",),
            "by_looks": unseen,
            "comparison": None,
            "among": "",
        }
        heard = _named_only(heard, context).model_copy(update=chosen)
    heard = covering.asked(appearance.asked(heard, question, context), spelt_out, context)
    heard = photos.asked(focus.settled(heard, question, context), question, context)
    heard = playful.asked(weighing.weighed(heard, question, context), question, context)
    return _as_before(heard, context)


def _named_only(intent: Intent, context: Context) -> Intent:
    """ "And the man with the hat?" names somebody: the last question, on him."""
    last = context.last.intent if context.last else None
    if intent.kind != "outside" or intent.beyond or last is None:
        return intent
    return last.model_copy(update={"follow_up": True, "ranked": False, "parts": (), "recall": None})


def _as_before(intent: Intent, context: Context) -> Intent:
    """Return a follow-up in the codes in which the last answer was told."""
    coded = context.last is not None and context.last.coded and intent.follow_up
    return intent.model_copy(update={"expert": True}) if coded else intent
