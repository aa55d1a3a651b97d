"""What every language model needs to describe regions: prompts, and readers of its answers."""
