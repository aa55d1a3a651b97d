"""The files of a batch on Ray: one workbench a worker, on this machine or on a cluster.

Ray Data spreads the work, keeps memory bounded and reads a killed worker's block again. The
machines of a cluster must see the files under the same paths and have the same focalface
installed.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from focalface.tools.batch.columns import column_names, flatten
from focalface.tools.batch.job import Job
from focalface.tools.batch.rows import Item, as_line, rows_of
from focalface.tools.batch.tables import arrow_table
from focalface.tools.batch.workers import Done
from focalface.tools.errors import ModelMissingError, RemoteError
from focalface.tools.workbench import Workbench

NOT_STARTED = (
    "Ray did not start ({}); run it again, check that /dev/shm and the temporary folder have "
    "room, or start it by itself with 'ray start --head' and add --address auto."
)
BLOCK = 16
"""Files a block: what a worker that dies costs."""


class _Worker:
    """Lives in a Ray worker and turns a file into its rows."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._bench = Workbench(job.settings)

    def __call__(self, row: dict[str, Any]) -> Iterator[dict[str, Any]]:
        # As text: Ray would guess a type for each column, and lists of faces differ in depth.
        item = Item(Path(os.fsdecode(row["path"])), row["name"])
        for made in rows_of(self._bench, item, self._job):
            yield {
                "name": item.name,
                "line": as_line(made),
                "faces": len(made["faces"]),
                "failed": made["error"] is not None,
            }


class _TableWorker:
    """Lives in a Ray worker and turns a table with a column of paths into one of readings."""

    def __init__(self, job: Job, column: str) -> None:
        self._job, self._column = job, column
        self._bench = Workbench(job.settings)
        self._columns = column_names(job.region_names, emotion=job.settings.emotion)

    def __call__(self, table: Any) -> Any:
        names = [str(name) for name in table.column(self._column).to_pylist()]
        rows = [
            flat
            for name in names
            for row in rows_of(self._bench, Item(Path(name), name), self._job)
            for flat in flatten(row)
        ]
        return arrow_table(rows, self._columns)


def describe_paths(paths: Any, job: Job, column: str = "path", *, workers: int) -> Any:
    """Describe the files that a column of a Ray Data set names; returns a set: a row a face.

    Nothing passes through this process, so tables of any size are read (``read_parquet``) and
    written (``write_parquet``) by the cluster itself; the columns are those of
    :mod:`focalface.tools.batch.columns`. Lazy, as all of Ray Data is.
    """
    import ray

    return paths.map_batches(
        _TableWorker,
        fn_constructor_args=(replace(_of_one_thread(job), lean=True), column),
        batch_size=BLOCK,
        batch_format="pyarrow",
        compute=ray.data.ActorPoolStrategy(size=workers),
        **_resources(job),
    )


def engine(address: str | None) -> Callable[[Iterable[Item], Job, int], Iterator[Done]]:
    """Yield an engine on the cluster at ``address``, or on a Ray of our own on this machine."""
    return partial(_run, address)


def _run(address: str | None, items: Iterable[Item], job: Job, jobs: int) -> Iterator[Done]:
    """Read files with ``jobs`` workers; raises ``ModelMissingError`` and ``RemoteError``."""
    waiting = list(items)
    if not waiting:
        return
    data = _started(address, jobs)
    rows = data.from_items(
        [{"path": os.fsencode(one.path.absolute()), "name": one.name} for one in waiting],
        override_num_blocks=-(-len(waiting) // BLOCK),
    )
    found = rows.flat_map(
        _Worker,
        fn_constructor_args=(_of_one_thread(job),),
        compute=data.ActorPoolStrategy(size=jobs),
        **_resources(job),
    )
    by_name = {one.name: one for one in waiting}
    for name, group in groupby(found.iter_rows(), key=lambda row: str(row["name"])):
        lines = list(group)
        yield Done(
            by_name[name],
            [bytes(row["line"]) for row in lines],
            sum(int(row["faces"]) for row in lines),
            any(bool(row["failed"]) for row in lines),
        )


def _of_one_thread(job: Job) -> Job:
    """Workers share the machine by being many."""
    settings = job.settings.model_copy(update={"threads": job.settings.threads or 1})
    return replace(job, settings=settings)


def _resources(job: Job) -> dict[str, float]:
    """Return what a worker holds: a CPU, a GPU for Qwen, next to nothing to wait for an
    endpoint."""
    kind = job.settings.describer.partition(":")[0]
    if kind == "qwen" and job.settings.device in ("auto", "cuda") and _gpus():
        return {"num_gpus": 1}
    return {"num_cpus": 0.25 if kind == "remote" else 1}


def _gpus() -> float:
    import ray

    return float(ray.cluster_resources().get("GPU", 0))


def _started(address: str | None, jobs: int) -> Any:
    """Ray Data, on a running Ray."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # no telemetry
    try:
        import ray
        import ray.data
    except ImportError:
        raise ModelMissingError(
            "Ray is not installed; install it with: pip install 'focalface[ray]'."
        ) from None
    if not ray.is_initialized():
        _start(ray, address, jobs)
    context = ray.data.DataContext.get_current()
    context.execution_options.preserve_order = True
    context.enable_progress_bars = False
    return ray.data


def _start(ray: Any, address: str | None, jobs: int) -> None:
    local = address in (None, "local")
    options = {"num_cpus": max(jobs, os.cpu_count() or 1)} if local else {"address": address}
    attempts = 2 if local else 1  # starting its processes fails now and then
    for attempt in range(attempts):
        try:
            ray.init(log_to_driver=False, include_dashboard=False if local else None, **options)
        except Exception as error:  # noqa: BLE001 - Ray has no base of errors for this
            ray.shutdown()
            if attempt + 1 == attempts:
                said = str(error).strip().splitlines() or [type(error).__name__]
                raise RemoteError(NOT_STARTED.format(said[0][:160])) from None
        else:
            return
