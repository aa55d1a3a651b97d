"""The page on which a region is picked by hand: an MCP App, and what ``focalface view`` shows."""

from mcp.server.apps import Apps

PAGE_URI = "ui://focalface/face.html"


def extension() -> Apps:
    """The page as an MCP App."""
    return Apps()
