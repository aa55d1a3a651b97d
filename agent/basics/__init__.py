"""What every room of the agent speaks of: answers, events, evidence, small pieces of English."""
