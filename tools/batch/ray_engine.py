"""The pictures of a batch on Ray: one workbench a worker, on this machine or on a cluster.

Ray Data spreads the work and keeps memory bounded; ``RAY_ADDRESS`` names a running cluster, whose
machines must see the pictures under the same paths and have the same focalface installed.
"""

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from focalface.tools.errors import ModelMissingError
from focalface.tools.settings import Settings
from focalface.tools.workbench import Target, Workbench


class _Worker:
    """Lives in a Ray worker and turns a path into a record."""

    def __init__(self, settings: Settings, targets: Sequence[Target]) -> None:
        self._bench = Workbench(settings)
        self._targets = targets

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        from focalface.tools.batch.run import record_of

        # As text: Ray would guess a column type for each field, and lists of faces differ in depth.
        return {"json": json.dumps(record_of(self._bench, Path(row["file"]), self._targets))}


def records(
    pictures: Iterable[Path], settings: Settings, targets: Sequence[Target], jobs: int
) -> Iterator[dict[str, Any]]:
    """Records in input order, from ``jobs`` workers of one CPU each.

    Raises ``ModelMissingError`` when the extra ``ray`` is not installed.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # no telemetry
    try:
        import ray
    except ImportError:
        raise ModelMissingError(
            "Ray is not installed; install it with: pip install 'focalface[ray]'"
        ) from None
    ray.init(ignore_reinit_error=True, log_to_driver=False)
    context = ray.data.DataContext.get_current()
    context.execution_options.preserve_order = True
    context.enable_progress_bars = False
    one_thread = settings.model_copy(update={"threads": settings.threads or 1})
    rows = ray.data.from_items([{"file": str(path.absolute())} for path in pictures])
    found = rows.map(
        _Worker,
        fn_constructor_args=(one_thread, list(targets)),
        compute=ray.data.ActorPoolStrategy(size=jobs),
    )
    for path, row in zip(pictures, found.iter_rows(), strict=True):
        yield {**json.loads(row["json"]), "file": str(path)}
