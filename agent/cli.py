"""The command line: puts the commands together and turns our errors into one sentence and a code."""

import importlib
import sys

import typer

from focalface.tools.errors import FocalFaceError, UsageError

COMMANDS = (
    "faces",
    "serve",
    "ask",
    "chat",
    "models",
    "doctor",
    "install",
    "eval",
    "data",
    "finetune",
)
"""Modules of ``agent/commands``; each has ``register(app)`` that adds its commands."""


def build() -> typer.Typer:
    """The application with every command."""
    app = typer.Typer(
        name="focalface",
        help="Ask about a part of a face and get an answer you can check.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    for name in COMMANDS:
        importlib.import_module(f"focalface.agent.commands.{name}").register(app)
    return app


def main() -> None:
    """Runs the command line; exit 0 on success, 2 for wrong use, 1 for failure."""
    try:
        build()()
    except FocalFaceError as error:
        print(f"focalface: {error}", file=sys.stderr)  # noqa: T201
        raise SystemExit(2 if isinstance(error, UsageError) else 1) from None
