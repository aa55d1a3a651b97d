"""``focalface forget``: takes away what focalface keeps of its user on this machine."""

import json
import shutil
from pathlib import Path
from typing import Annotated

import typer

from focalface.agent.cli.options import AsJson
from focalface.tools import paths
from focalface.tools.errors import UsageError
from focalface.tools.models.catalog import packs_folder

KEPT = ("history", "server.log")
"""Files in the user's folder that tell of what was done: lines of chats, the server's log."""


def register(app: typer.Typer) -> None:
    """Add ``forget``."""
    app.command()(forget)


def forget(
    models: Annotated[
        bool, typer.Option("--models", help="Also the weights that were fetched.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Delete the history of chats and the server's log; results that you saved stay."""
    chosen = [paths.home() / name for name in KEPT]
    chosen += [packs_folder()] if models else []
    gone = [str(path) for path in chosen if _delete(path)]
    said = f"Deleted: {', '.join(gone)}." if gone else "There was nothing to delete."
    typer.echo(json.dumps({"deleted": gone}) if as_json else said)


def _delete(path: Path) -> bool:
    """Deletes a file or folder; tells whether there was one."""
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise UsageError(f"'{path}' cannot be deleted ({error.strerror}); do it by hand.") from None
    return True
