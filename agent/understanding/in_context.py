"""A question read against the state of the dialogue: what it changes, or what it asks by itself."""

from focalface.agent.understanding import (
    appearance,
    focus,
    persons,
    read,
    recalls,
    weighing,
    who_then,
)
from focalface.agent.understanding.intent import Context, Intent

_NO_CONTEXT = Context()


def parse(question: str, context: Context = _NO_CONTEXT) -> Intent:
    """What ``question`` asks for, given what the conversation knows. Pure; never fails."""
    made = recalls.resolve(question, context) or focus.resolve(question, context)
    if made is not None:
        return made
    spelt_out = focus.spelt_out(question, context)
    whom, unseen, spelt_out = (
        ((), False, spelt_out) if context.count == 1 else persons.find_persons(spelt_out)
    )
    heard = who_then.split(spelt_out, context, read.parse) or read.parse(spelt_out, context)
    if heard.kind not in ("refuse", "help", "empty") and (whom or unseen) and not heard.parts:
        heard = heard.model_copy(
            update={"faces": whom or ("all",), "by_looks": unseen, "comparison": None, "among": ""}
        )
    heard = focus.settled(appearance.asked(heard, question, context), question, context)
    return weighing.weighed(heard, question, context)
