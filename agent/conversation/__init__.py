"""A conversation about pictures: its state, the agent that answers, and who watches it."""
