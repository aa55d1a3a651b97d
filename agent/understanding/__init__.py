"""What a question asks for: attributes, regions, faces, comparison, follow-up, refusal. Pure."""

from focalface.agent.understanding.in_context import parse
from focalface.agent.understanding.intent import Context, Intent, LastTurn

__all__ = ["Context", "Intent", "LastTurn", "parse"]
