"""The MCP server and the four face tools behind it."""
