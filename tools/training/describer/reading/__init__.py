"""The reading network: what coders see on a whole face, and what hides it."""
