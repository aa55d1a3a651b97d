"""What a question asks of a face: units, topics, regions and their sides. Pure.

The MCP tool ``propose_regions`` and the agent read questions by the same modules, so that both look
in the same places. What a conversation adds (follow-ups, refusals, several parts) is the agent's.
"""
