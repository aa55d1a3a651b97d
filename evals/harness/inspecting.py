"""The border to Inspect: cases become samples, plain functions become solvers and scorers.

A suite gives ``run(case) -> record`` (both JSON) and this file does the rest: the call happens in
a worker thread, an exception marks the sample as errored *and* failed (it is scored as wrong, never
reused by a resumed run), and the record goes into the score's metadata.
"""

import random
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import anyio.to_thread
from inspect_ai import Task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.model import ModelOutput
from inspect_ai.scorer import Metric, SampleScore, Score, Scorer, Target, metric, scorer
from inspect_ai.solver import Generate, Solver, TaskState, solver

from focalface.evals.harness.provenance import provenance
from focalface.tools.errors import UsageError

Json = dict[str, Any]
T = TypeVar("T")
RECORD = "record"


def make_task(
    name: str,
    cases: Sequence[Json],
    run: Callable[[Json], Json],
    *,
    failed: Callable[[Json, str], Json],
    worth: Callable[[Json], dict[str, float]],
    show: Callable[[Json], str],
    subject: Json,
) -> Task:
    """Return an Inspect task over JSON cases, each with a unique ``id``.

    ``run``: case to record. ``failed``: case and reason to the record of a dead sample. ``worth``:
    record to per-sample numbers for the viewer. ``show``: record to a text for the viewer.
    ``subject``: what is evaluated (names, hashes, prompts), kept with the log.
    """
    return Task(
        name=name,
        dataset=MemoryDataset([_sample(case) for case in cases], name=name),
        solver=tools(run, show),
        scorer=recorded(failed, worth),
        metadata={**provenance(), **subject},
        fail_on_error=False,
        score_on_error=True,
    )


def take(cases: Iterable[T], limit: int | None, seed: int) -> list[T]:
    """Return a seeded sample of at most ``limit`` cases, in their own order; all without a
    limit."""
    everything = list(cases)
    if limit is not None and limit < 1:
        raise UsageError("The limit must be 1 or more.")
    if limit is None or limit >= len(everything):
        return everything
    chosen = sorted(random.Random(seed).sample(range(len(everything)), limit))
    return [everything[i] for i in chosen]


def records_of(log: Any) -> list[Json]:
    """Return the records of a log's samples, dead ones included, in the order of the data set."""
    scores = [s for sample in log.samples or [] for s in (sample.scores or {}).values()]
    return [s.metadata[RECORD] for s in scores if s.metadata and RECORD in s.metadata]


def _sample(case: Json) -> Sample:
    words = case.get("question") or case.get("text") or case.get("picture") or case["id"]
    return Sample(id=str(case["id"]), input=str(words), metadata={"case": case})


@solver
def tools(run: Callable[[Json], Json], show: Callable[[Json], str]) -> Solver:
    """Run the suite's function on the case in a worker thread; no model is called."""

    async def solve(state: TaskState, generate: Generate) -> TaskState:
        record = await anyio.to_thread.run_sync(run, state.metadata["case"])
        state.store.set(RECORD, record)
        state.output = ModelOutput.from_content("focalface", show(record))
        state.completed = True
        return state

    return solve


@metric(scores="unreduced")
def mean_worth() -> Metric:
    """Return means of the samples' numbers for Inspect's viewer; reports compute their own."""

    def compute(scores: list[SampleScore]) -> dict[str, float]:
        sums: dict[str, list[float]] = {}
        for sample in scores:
            for name, value in sample.score.as_dict().items():
                if isinstance(value, int | float):
                    sums.setdefault(name, []).append(float(value))
        return {name: sum(values) / len(values) for name, values in sums.items()}

    return compute


@scorer(metrics=[mean_worth()])
def recorded(
    failed: Callable[[Json, str], Json], worth: Callable[[Json], dict[str, float]]
) -> Scorer:
    """Put the record into the log, or the record of a dead sample when the run raised."""

    async def score(state: TaskState, target: Target) -> Score:
        record = state.store.get(RECORD)
        if record is None:
            record = failed(state.metadata["case"], "the sample raised an error")
        return Score(value=worth(record) or {"scored": 1.0}, metadata={RECORD: record})

    return score
