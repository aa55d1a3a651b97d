"""The workbench and the server that tests share: models load, and tools are made, once.

A server keeps the pictures that it saw; a test of what a new one does makes its own.
"""

import json
from collections.abc import Mapping
from typing import Any

from jsonschema import Draft202012Validator

from focalface.tools.server.protocol import create_server
from focalface.tools.settings import Settings
from focalface.tools.workbench import Workbench

BENCH = Workbench(Settings(threads=1))
SERVER = create_server(bench=BENCH)


def _check_schemas_once() -> None:
    """Let clients check each schema once a process.

    Every client checks those of the same four tools anew, which took half the time of a short turn.
    """
    check, checked = Draft202012Validator.check_schema, set[str]()

    def once(schema: Mapping[str, Any]) -> None:
        if (written := json.dumps(schema, sort_keys=True)) not in checked:
            check(schema)
            checked.add(written)

    Draft202012Validator.check_schema = once


_check_schemas_once()
