"""The face tools over MCP, as a conversation uses them."""
