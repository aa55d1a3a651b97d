"""The command line: puts the commands together; our errors become one sentence and a code."""

import importlib
import importlib.util
import os
import sys
from typing import Annotated

import typer

from focalface.tools.errors import FocalFaceError, UsageError

COMMANDS = (
    "faces",
    "batch",
    "ask",
    "chat",
    "serve",
    "install",
    "models",
    "doctor",
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
        add_completion=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_root)
    for name in COMMANDS:
        module = f"focalface.agent.commands.{name}"
        if importlib.util.find_spec(module):
            importlib.import_module(module).register(app)
    return app


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"focalface {version('focalface')}")
        raise typer.Exit


def _root(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="Show the version and stop."
        ),
    ] = False,
) -> None:
    """Ask about a part of a face and get an answer you can check."""


def main() -> None:
    """Runs the command line; exit 0 on success, 2 for wrong use, 1 for failure."""
    try:
        build()()
    except FocalFaceError as error:
        print(f"focalface: {error}", file=sys.stderr)  # noqa: T201
        raise SystemExit(2 if isinstance(error, UsageError) else 1) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except BrokenPipeError:
        # The reader (head, a pager) is gone; without this, closing stdout would complain again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
