"""A question read against the state of the dialogue: what it changes, or what it asks by itself."""

from focalface.agent.understanding import focus, read, recalls, weighing
from focalface.agent.understanding.intent import Context, Intent

_NO_CONTEXT = Context()


def parse(question: str, context: Context = _NO_CONTEXT) -> Intent:
    """What ``question`` asks for, given what the conversation knows. Pure; never fails."""
    made = recalls.resolve(question, context) or focus.resolve(question, context)
    if made is not None:
        return made
    heard = read.parse(focus.spelt_out(question, context), context)
    return weighing.weighed(focus.settled(heard, question, context), question, context)
