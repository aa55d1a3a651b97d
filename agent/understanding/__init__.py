"""What a question asks for: attributes, regions, faces, comparison, follow-up, refusal. Pure."""

from focalface.agent.understanding.intent import Context, Intent, Last
from focalface.agent.understanding.read import parse

__all__ = ["Context", "Intent", "Last", "parse"]
