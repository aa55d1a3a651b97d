"""The command line: puts the commands together; our errors become one sentence and a code."""

import errno
import gc
import importlib
import os
import sys
from typing import Annotated

import typer
from typer.exceptions import TyperException

from focalface.tools.errors import FocalFaceError, UsageError

_OURS = "focalface.agent.cli.commands"
COMMANDS = (
    f"{_OURS}.faces",
    f"{_OURS}.batch",
    f"{_OURS}.ask",
    f"{_OURS}.chat",
    f"{_OURS}.view",
    f"{_OURS}.serve",
    f"{_OURS}.install",
    f"{_OURS}.models",
    f"{_OURS}.doctor",
    f"{_OURS}.licences",
    f"{_OURS}.forget",
    f"{_OURS}.watch",
    "focalface.evals.cli",
    f"{_OURS}.data",
    f"{_OURS}.finetune",
)
"""Modules with ``register(app)``, which adds their commands. The suites bring their own: they stand
above this room, and only their name is known here."""

GARBAGE = 100_000
"""New objects between two searches for garbage. Imports make many objects and no garbage, and
Python's own 700 makes every start a seventh slower."""


def build() -> typer.Typer:
    """Return the application with every command."""
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
        importlib.import_module(name).register(app)
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
    """Run the command line; exit 0 on success, 2 for wrong use, 1 for failure."""
    gc.set_threshold(GARBAGE)
    _open_closed_streams()
    try:
        code = build()(standalone_mode=False)
        sys.stdout.flush()  # here, where a full disk can still be told
    except FocalFaceError as error:
        _tell(str(error))
        code = 2 if isinstance(error, UsageError) else 1
    except TyperException as error:
        _tell(_in_one_sentence(error))
        code = error.exit_code
    except typer.Abort:
        code = 130
    except OSError as error:
        _tell(_lost_output(error))
        code = 1
    raise SystemExit(code or 0)


def _open_closed_streams() -> None:
    """Give what was closed before the start (``<&-``, a service without a console) an end."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115


def _lost_output(error: OSError) -> str:
    """Return what is said where standard output takes no more; raises what is anything else."""
    if error.errno not in (errno.EPIPE, errno.ENOSPC, errno.EDQUOT):
        raise error
    # What is still to be written would fail again at the very end.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if error.errno == errno.EPIPE:
        return ""  # whoever read our output has seen enough
    return f"The output cannot be written ({error.strerror}); make room and run it again."


def _tell(sentence: str) -> None:
    if sentence:
        print(f"focalface: {sentence}", file=sys.stderr)  # noqa: T201


def _in_one_sentence(error: TyperException) -> str:
    """Return what the parser says of wrong use; empty where it has shown the help instead."""
    told = error.format_message().rstrip(".")
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "focalface"
    return f"{told}; see '{command} --help'." if told else ""


if __name__ == "__main__":
    main()
