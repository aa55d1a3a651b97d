"""``python -m focalface.agent`` is the command line."""

from focalface.agent.cli.app import main

main()
