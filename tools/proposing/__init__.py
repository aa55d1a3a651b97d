"""Which regions bear on a question, and why. Pure."""
