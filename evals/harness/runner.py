"""Runs suites through Inspect, resumes what was cut off, and gives the verdict."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from inspect_ai import eval as inspect_eval
from inspect_ai import eval_retry
from inspect_ai.log import (
    EvalLog,
    RecoveryNotAvailable,
    list_eval_logs,
    read_eval_log,
    recover_eval_log,
)

from focalface.evals.harness.compare import Change, regressions, unpaired
from focalface.evals.harness.provenance import provenance
from focalface.evals.harness.reading import Result, result_of
from focalface.evals.harness.suite import Suite, suite
from focalface.evals.harness.thresholds import Threshold, missed
from focalface.evals.metrics.statistics import Estimate

PASSED, MISSED, BROKEN = 0, 1, 2
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to run: options by name (``data``, ``limit``, ``seed``, ``describer``...), and how."""

    suites: tuple[str, ...]
    options: Mapping[str, Any] = field(default_factory=dict)
    logs: Path = Path("logs")
    jobs: int = 1
    resume: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """``code`` as the process ends with: 0 passed, 1 missed, 2 nothing can be concluded."""

    code: int
    reasons: tuple[str, ...]


def run(plan: Plan, say: Say = lambda text: None) -> list[Result]:
    """Return the results of the suites, in order. Raises ``UsageError`` for wrong options."""
    known = [suite(name) for name in plan.suites]
    return [result_of(_one(s, plan, say)) for s in known]


def _one(wanted: Suite, plan: Plan, say: Say) -> EvalLog:
    """Run or resume one suite; what it does not understand of the options is left out."""
    arguments = {k: v for k, v in plan.options.items() if k in wanted.accepts and v is not None}
    earlier = _latest(wanted, arguments, plan.logs) if plan.resume else None
    if earlier is not None and _complete(earlier):
        say(f"{wanted.name}: already complete")
        return earlier
    if earlier is not None:
        say(f"{wanted.name}: resuming")
        return eval_retry(
            _whole(earlier),
            display="none",
            log_dir=str(plan.logs),
            log_buffer=1,
            max_samples=plan.jobs,
        )[0]
    say(f"{wanted.name}: running")
    return inspect_eval(
        wanted.task(**arguments),
        model=None,
        display="none",
        log_dir=str(plan.logs),
        log_buffer=1,  # every finished sample is on disk: a kill loses nothing
        max_samples=plan.jobs,
    )[0]


def _latest(wanted: Suite, arguments: Mapping[str, Any], logs: Path) -> EvalLog | None:
    """Return the newest log of this suite with the same arguments, weights and prompts."""
    if not logs.is_dir():
        return None
    for info in list_eval_logs(str(logs)):
        header = read_eval_log(info, header_only=True)
        facts = header.eval.metadata or {}
        same = all(facts.get(k) == provenance()[k] for k in ("weights", "prompts"))
        passed = {k: v for k, v in header.eval.task_args_passed.items() if v is not None}
        if header.eval.task.rpartition("/")[2] == wanted.name and passed == arguments and same:
            return read_eval_log(info)
    return None


def _whole(log: EvalLog) -> EvalLog:
    """Return a log with its samples read, those of a killed run too.

    Inspect would read them within its event loop, and to do so patches asyncio for good.
    """
    if log.status == "started":
        with suppress(RecoveryNotAvailable):
            log = recover_eval_log(log.location, overwrite=True)
    return log.model_copy(update={"samples": [*(log.samples or ())]})


def _complete(log: EvalLog) -> bool:
    """Finished, and no sample died: those are run again."""
    samples = log.samples or []
    return (
        log.status == "success"
        and len(samples) == log.eval.dataset.samples
        and not any(sample.error for sample in samples)
    )


def verdict(
    results: Sequence[Result],
    thresholds: Sequence[Threshold] = (),
    baseline: Mapping[str, Mapping[str, Estimate]] | None = None,
) -> Verdict:
    """Judge a run; nothing is green because nothing ran: no scored sample is a breakdown."""
    if broken := [r.problem for r in results if r.problem]:
        return Verdict(BROKEN, tuple(broken))
    if not results:
        return Verdict(BROKEN, ("no suite ran",))
    figures = {r.suite: r.figures for r in results}
    reasons = [
        f"{r.suite}: {r.failed} of {r.wanted} samples failed: {'; '.join(r.errors[:3])}"
        for r in results
        if r.failed
    ]
    reasons += [why for t in thresholds if (why := missed(t, figures))]
    reasons += [c.sentence() for c in against(baseline, figures)]
    return Verdict(MISSED if reasons else PASSED, tuple(reasons))


def against(
    baseline: Mapping[str, Mapping[str, Estimate]] | None,
    figures: Mapping[str, Mapping[str, Estimate]],
) -> list[Change]:
    """Return regressions of headline figures against a baseline; others are only reported."""
    if baseline is None:
        return []
    found = []
    for name, news in figures.items():
        headline = suite(name).headline
        old = {k: v for k, v in baseline.get(name, {}).items() if k in headline}
        new = {k: v for k, v in news.items() if k in headline}
        found += regressions(unpaired({name: old}, {name: new}))
    return found
