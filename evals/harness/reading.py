"""Reads logs back: one Inspect log is the truth for every format of the report."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inspect_ai.log import EvalLog, read_eval_log

from focalface.evals.harness.inspecting import records_of
from focalface.evals.harness.suite import suite
from focalface.evals.metrics.statistics import Estimate
from focalface.tools.errors import UsageError

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Result:
    """One suite's outcome, computed from its log.

    ``wanted``: samples of the data set; ``records``: what the log holds; ``failed``: how many of
    them died; ``problem``: why the run as a whole is worth nothing, if so.
    """

    suite: str
    log: str
    status: str
    wanted: int
    records: tuple[Json, ...]
    errors: tuple[str, ...]
    figures: Mapping[str, Estimate]
    arguments: Json
    facts: Json

    @property
    def failed(self) -> int:
        """Samples that raised or never ran."""
        dead = sum(record.get("failure") is not None for record in self.records)
        return dead + max(self.wanted - len(self.records), 0)

    @property
    def scored(self) -> int:
        """Samples that were scored without an error."""
        return self.wanted - self.failed

    @property
    def problem(self) -> str | None:
        """Why nothing can be concluded: it did not finish, or nothing was scored."""
        if self.status != "success":
            return f"{self.suite}: the run did not finish ({self.status})"
        if self.scored < 1 or not self.figures:
            why = f": {self.errors[0]}" if self.errors else ""
            return f"{self.suite}: nothing was scored{why}"
        return None


def read_log(path: Path) -> Result:
    """Return the result in an Inspect log. Raises ``UsageError`` when the file is none of ours."""
    if not path.is_file():
        raise UsageError(f"There is no log '{path}'; 'focalface eval run' prints where they are.")
    try:
        log = read_eval_log(str(path))
    except Exception as error:
        raise UsageError(
            f"'{path}' is not an Inspect log ({error}); give one of 'focalface eval run'."
        ) from error
    return result_of(log)


def result_of(log: EvalLog) -> Result:
    """Return the result in a log that is already read."""
    name = log.eval.task.rpartition("/")[2]
    records = tuple(records_of(log))
    arguments = dict(log.eval.task_args)
    errors = tuple(dict.fromkeys(s.error.message for s in log.samples or [] if s.error))
    if log.error is not None:
        errors = (log.error.message, *errors)
    return Result(
        suite=name,
        log=Path(log.location).name if log.location else "",
        status=log.status,
        wanted=log.results.total_samples if log.results else log.eval.dataset.samples or 0,
        records=records,
        errors=errors,
        figures=suite(name).figures(records, seed=int(arguments.get("seed") or 0)),
        arguments=arguments,
        facts=dict(log.eval.metadata or {}),
    )


def baseline(path: Path) -> dict[str, dict[str, Estimate]]:
    """Return figures by suite from a log or from a baseline JSON file. Raises ``UsageError``."""
    if path.suffix != ".json":
        found = read_log(path)
        return {found.suite: dict(found.figures)}
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return {
            name: {f: Estimate.from_json(v) for f, v in entry["figures"].items()}
            for name, entry in data["suites"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(
            f"'{path}' is no baseline ({error!r}); give one of 'focalface eval report'."
        ) from error


def without_paths(arguments: Mapping[str, Any]) -> Json:
    """Return arguments fit to be published: of a folder only its name."""
    folders = ("data", "bertscore")
    return {k: Path(v).name if k in folders and v else v for k, v in arguments.items()}
