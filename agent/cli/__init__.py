"""The command line: the commands, what they share, and what is told before the first use."""

from focalface.agent.cli.app import main

__all__ = ["main"]
