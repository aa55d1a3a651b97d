"""What a question asks for: attributes, regions, faces, comparison, follow-up, refusal. Pure."""

from focalface.agent.intents.parse import parse
from focalface.agent.intents.types import Context, Intent, Last

__all__ = ["Context", "Intent", "Last", "parse"]
