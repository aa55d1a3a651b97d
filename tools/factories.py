"""Objects of other people's code, by import path: ``package.module:factory``."""

import importlib
import re
from typing import Any

from focalface.tools.errors import UsageError

_PATH = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*:[A-Za-z_]\w*", re.ASCII)


def is_import_path(text: str) -> bool:
    """Tell whether ``text`` has the form ``package.module:factory``."""
    return _PATH.fullmatch(text) is not None


def made_by(path: str, what: str, others: str) -> Any:
    """Return the object that ``package.module:factory`` makes when called without arguments.

    ``what`` is made (a describer, a planner); ``others`` are the names that may stand in place of
    a path. Raises ``UsageError`` for what is no such path and for one that leads nowhere.
    """
    if not is_import_path(path):
        raise UsageError(f"There is no {what} '{path}'; choose {others}.")
    module, _, name = path.partition(":")
    try:
        factory = getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError) as error:
        raise UsageError(
            f"The {what} '{path}' cannot be imported ({error}); choose {others}."
        ) from error
    return factory()
