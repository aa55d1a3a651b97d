"""What the tools decline: exactly what the agent declines, in the same words."""

from focalface.agent.composing.fixed_replies import refusal
from focalface.agent.understanding.read import parse


def declined(question: str) -> str | None:
    """Tell why a question gets no answer; ``None`` for one that does."""
    intent = parse(question)
    return refusal(intent.refusal) if intent.kind == "refuse" and intent.refusal else None
