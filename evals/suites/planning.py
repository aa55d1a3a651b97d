"""Planning: the regions and attributes a question needs, tool calls used, refusals."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from inspect_ai import Task, task

from focalface.agent.basics.answer import Plan
from focalface.evals.datasets import corpora
from focalface.evals.harness import inspecting
from focalface.evals.harness.suite import Raw, Suite
from focalface.evals.metrics.statistics import Statistic, mean, ratio
from focalface.evals.subjects import registry
from focalface.evals.subjects.talking import talk
from focalface.tools.errors import UsageError
from focalface.tools.factories import made_by
from focalface.tools.types import Frozen

Planner = Callable[[str], Plan]
"""A planner from outside: question to plan."""


class PlanningCase(Frozen):
    """``attributes``: alternatives of which any will do; ``needs``: regions that the question
    cannot do without; ``may``: others that are sensible; ``refuse``: it must not be answered.
    """

    id: str
    question: str
    picture: str
    attributes: tuple[tuple[str, ...], ...]
    needs: tuple[str, ...]
    may: tuple[str, ...]
    refuse: bool


class PlanningRecord(Frozen):
    """A case and what was planned; ``calls`` is None for an outside planner, which calls none."""

    case: PlanningCase
    regions: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    refused: bool = False
    calls: int | None = None
    failure: str | None = None


@task
def planning(
    limit: int | None = None,
    seed: int = 0,
    planner: str | None = None,
    model: str | None = None,
    describer: str | None = None,
) -> Task:
    """Return questions planned by the agent, by ``model``, or by the outside ``planner``."""
    if planner and model:
        raise UsageError("Give either a planner or a model, not both.")
    outside = made_by(planner, "planner", "package.module:factory") if planner else None
    run = partial(_outside, outside) if outside else partial(_agent, model, describer)
    return inspecting.make_task(
        "planning",
        inspecting.take(corpora.rows("planning"), limit, seed),
        run,
        failed=_failed,
        worth=_worth,
        show=lambda r: f"{r['regions']} {r['attributes']} refused={r['refused']}",
        subject={"planner": planner or model or "offline"},
    )


def _agent(model: str | None, describer: str | None, raw: dict[str, Any]) -> dict[str, Any]:
    case = PlanningCase.model_validate(raw)
    turn = talk(case.picture, [case.question], model=model, describer=describer)[0]
    return PlanningRecord(
        case=case,
        regions=turn.plan.regions,
        attributes=turn.plan.attributes,
        refused=turn.answer.refused,
        calls=turn.calls,
    ).model_dump(mode="json")


def _outside(planner: Planner, raw: dict[str, Any]) -> dict[str, Any]:
    case = PlanningCase.model_validate(raw)
    plan = planner(case.question)
    if not isinstance(plan, Plan):
        raise registry.BadSubjectError(f"The planner returned a {type(plan).__name__}, no Plan.")
    return PlanningRecord(
        case=case,
        regions=plan.regions,
        attributes=plan.attributes,
        refused=plan.intent == "refuse",
    ).model_dump(mode="json")


def _failed(case: Mapping[str, Any], why: str) -> dict[str, Any]:
    typed = PlanningCase.model_validate(case)
    record = PlanningRecord(case=typed, refused=not typed.refuse, failure=why)
    return record.model_dump(mode="json")


def _worth(record: Mapping[str, Any]) -> dict[str, float]:
    typed = PlanningRecord.model_validate(record)
    found = {"refusal_right": float(typed.refused == typed.case.refuse)}
    if not typed.case.refuse:
        found["region_recall"] = _share(typed.case.needs, typed.regions)
    return found


def _share(wanted: Collection[str], got: Collection[str]) -> float:
    return len({*wanted} & {*got}) / max(len(wanted), 1)


def attribute_f1(alternatives: Sequence[Sequence[str]], got: Sequence[str]) -> float:
    """F1 against the best of the alternatives; nothing wanted and nothing got is 1."""
    return max(
        2 * len({*a} & {*got}) / (len({*a}) + len({*got})) if a or got else 1.0
        for a in alternatives
    )


def statistics(records: Sequence[Raw]) -> dict[str, Statistic]:
    """Return figures over the answerable questions, and over all for refusals."""
    rows = [PlanningRecord.model_validate(r) for r in records]
    asked = np.array([not r.case.refuse for r in rows], float)
    needs = np.array([len({*r.case.needs}) for r in rows], float)
    hit = np.array([len({*r.case.needs} & {*r.regions}) for r in rows], float)
    fit = np.array([len({*r.case.needs, *r.case.may} & {*r.regions}) for r in rows], float)
    chosen = np.array([len({*r.regions}) for r in rows], float)
    f1 = np.array([_attributes(r) for r in rows])
    called = np.array([r.calls is not None for r in rows], float) * asked
    calls = np.array([r.calls or 0 for r in rows], float)
    right = np.array([r.refused == r.case.refuse for r in rows], float)
    return {
        "region_recall": ratio(hit * asked, needs * asked),
        "region_precision": ratio(fit * asked, chosen * asked),
        "attribute_f1": ratio(f1 * asked, asked),
        "refusal_accuracy": mean(right),
        "refused_rightly": ratio(right * (1 - asked), 1 - asked),
        "calls": ratio(calls * called, called, "lower"),
    }


def _attributes(record: PlanningRecord) -> float:
    alive = record.failure is None
    return attribute_f1(record.case.attributes, record.attributes) if alive else 0.0


SUITE = Suite(
    name="planning",
    about="regions and attributes chosen for a question, tool calls used, refusals",
    task=planning,
    statistics=statistics,
    headline=(
        "region_recall",
        "region_precision",
        "attribute_f1",
        "refusal_accuracy",
        "refused_rightly",
        "calls",
    ),
    accepts=frozenset({"limit", "seed", "planner", "model", "describer"}),
)
