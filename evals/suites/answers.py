"""Answers over several turns: claims that evidence bears out, contradictions, refusals."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Literal

from inspect_ai import Task, task

from focalface.agent.basics.answer import Claim
from focalface.evals.datasets import talks
from focalface.evals.harness import inspecting
from focalface.evals.harness.suite import Raw, Suite
from focalface.evals.metrics import focal
from focalface.evals.metrics.statistics import Better, Statistic, ratio
from focalface.evals.records import said_of
from focalface.evals.subjects.talking import Turn, talk
from focalface.tools.describers.language.statements import statements
from focalface.tools.types import Frozen

VERDICTS = {
    "yes": r"^(?:[^:.]*: )?(?:yes\b|probably:|possibly:)",
    "no": r"^(?:[^:.]*: )?(?:no\b|probably not|none\b|neither\b|there is no\b)",
}
"""How an answer begins that affirms or denies; the name of a face may stand before it."""


class AskedTurn(Frozen):
    """A question; ``regions`` that the turn must look at, a pattern the answer must hold.

    ``truth``: what is right is known of the picture; then the answer is right that begins with the
    ``verdict``, holds ``says`` and does not hold ``never``.
    """

    question: str
    regions: tuple[str, ...] = ()
    says: str = ""
    never: str = ""
    verdict: Literal["", "yes", "no"] = ""
    truth: bool = False
    refuse: bool = False


class AnswersCase(Frozen):
    """A conversation about one picture; ``kept``: nobody may tune anything on it."""

    id: str
    picture: str
    turns: tuple[AskedTurn, ...]
    kept: bool = False


class AnswersRecord(Frozen):
    """A case with its turns; none when it failed."""

    case: AnswersCase
    turns: tuple[Turn, ...] = ()
    failure: str | None = None


@task
def answers(
    limit: int | None = None,
    seed: int = 0,
    model: str | None = None,
    describer: str | None = None,
    data: str | None = None,
) -> Task:
    """Conversations with the agent, offline or with ``model``; ``data``: about coded photos."""
    return inspecting.make_task(
        "answers",
        inspecting.take(talks.conversations(data), limit, seed),
        partial(_run, model, describer),
        failed=_failed,
        worth=lambda r: {name: a / b for name, (a, b) in sums(r).items() if b},
        show=lambda r: "\n\n".join(t["answer"]["text"] for t in r["turns"]),
        subject={"planner": model or "offline"},
    )


def _run(model: str | None, describer: str | None, raw: dict[str, Any]) -> dict[str, Any]:
    case = AnswersCase.model_validate(raw)
    turns = talk(case.picture, [t.question for t in case.turns], model=model, describer=describer)
    return AnswersRecord(case=case, turns=tuple(turns)).model_dump(mode="json")


def _failed(case: Mapping[str, Any], why: str) -> dict[str, Any]:
    record = AnswersRecord(case=AnswersCase.model_validate(case), failure=why)
    return record.model_dump(mode="json")


def sums(record: Mapping[str, Any]) -> dict[str, tuple[float, float]]:
    """Name of a figure to (sum, count) of one conversation; a dead one is wrong in every turn."""
    typed = AnswersRecord.model_validate(record)
    found: dict[str, list[tuple[float, float]]] = {}

    def add(name: str, value: float, count: float = 1.0) -> None:
        found.setdefault(name, []).append((value, count))

    for i, asked in enumerate(typed.case.turns):
        turn = typed.turns[i] if i < len(typed.turns) else None
        add("refusal_accuracy", float(turn is not None and turn.answer.refused == asked.refuse))
        if asked.refuse:
            continue
        hit = _holds(asked.says, turn)
        add("answered", float(bool(hit)))
        if asked.truth:
            right = hit and _is_right(asked, turn)
            add("right_kept" if typed.case.kept else "right", float(bool(right)))
            add("words", float(len(turn.answer.text.split()) if turn else 0))
        if asked.regions:
            looked = {*turn.plan.regions} if turn else set()
            share = len({*asked.regions} & looked) / len(asked.regions)
            add("follow_up_regions" if i else "first_regions", share)
        if turn is not None:
            for claim in turn.answer.claims:
                add("claims_supported", float(is_supported(claim, turn)))
                add("contradictions", float(is_contradicted(claim, turn)))
            add("claims", float(len(turn.answer.claims)))
    return {n: (sum(a for a, _ in v), sum(b for _, b in v)) for n, v in found.items()}


def _is_right(asked: AskedTurn, turn: Turn | None) -> bool:
    """Tell whether an answer has the verdict that is true and nothing that is not."""
    verdict = not asked.verdict or _holds(VERDICTS[asked.verdict], turn)
    return verdict and not (asked.never and _holds(asked.never, turn))


def _holds(pattern: str, turn: Turn | None) -> bool:
    return turn is not None and bool(re.search(pattern, turn.answer.text, re.IGNORECASE))


def is_supported(claim: Claim, turn: Turn) -> bool:
    """Tell whether every piece of evidence exists, there is one, and what can be checked agrees
    with it."""
    known = {d.region.id for d in turn.seen}
    if not claim.evidence or not set(claim.evidence) <= known:
        return False
    right, all_ = _agreement(claim, turn)
    return right == all_


def is_contradicted(claim: Claim, turn: Turn) -> bool:
    """It cites evidence and something that it says disagrees with all of it."""
    right, all_ = _agreement(claim, turn)
    return bool(claim.evidence) and right < all_


def _agreement(claim: Claim, turn: Turn) -> tuple[float, float]:
    """Statements that at least one cited region bears out, and all that can be checked."""
    cited = [said_of(d, ()) for d in turn.seen if d.region.id in claim.evidence]
    right = all_ = 0
    for statement in statements(claim.text):
        if statement.unsure:
            continue
        verdicts = [list(focal.verdicts(statement, said)) for said in cited]
        for each in zip(*verdicts, strict=True):
            right += any(each)
            all_ += 1
    return float(right), float(all_)


_LOWER = {"contradictions", "words"}


def statistics(records: Sequence[Raw]) -> dict[str, Statistic]:
    """Return each name of :func:`sums` as a ratio over conversations."""
    each = [sums(r) for r in records]
    found = {}
    for name in sorted({n for s in each for n in s}):
        pairs = [s.get(name, (0.0, 0.0)) for s in each]
        statistic = ratio([a for a, _ in pairs], [b for _, b in pairs])
        better: Better = "lower" if name in _LOWER else "none" if name == "claims" else "higher"
        found[name] = replace(statistic, better=better)
    return found


SUITE = Suite(
    name="answers",
    about="right answers where the truth is known, claims borne out, refusals, follow-ups",
    task=answers,
    statistics=statistics,
    headline=(
        "right",
        "right_kept",
        "answered",
        "claims_supported",
        "contradictions",
        "refusal_accuracy",
        "first_regions",
        "follow_up_regions",
        "claims",
    ),
    accepts=frozenset({"limit", "seed", "model", "describer", "data"}),
)
