"""A chat model as judge, with published rubrics; optional, and never needed for a verdict.

Two kinds of samples: *references* are pairs of which one text is plainly better, shown in both
orders (how far is this judge to be trusted?), *scores* grade what the describer says of the
built-in faces from 1 to 10. Published judge scores depend on the judge: name the model with them.
The crop of the region is sent to the model that the user chose.
"""

import base64
import io
import json
import re
from collections.abc import Mapping, Sequence
from functools import cache, partial
from typing import Any, Literal

from inspect_ai import Task, task
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage
from pydantic import Field

from focalface.agent.conversation.chat_models import load_chat_model
from focalface.evals.datasets import corpora
from focalface.evals.harness import inspecting
from focalface.evals.harness.suite import Raw, Suite
from focalface.evals.metrics.statistics import Statistic, mean
from focalface.evals.records import FaceCase
from focalface.evals.subjects import registry
from focalface.evals.suites import describing
from focalface.prompts import load
from focalface.tools.errors import UsageError
from focalface.tools.factories import made_by
from focalface.tools.types import Frozen
from focalface.tools.workbench import Workbench

RUBRICS = (
    "consistency_with_picture",
    "consistency_with_truth",
    "completeness",
    "focus",
    "fluency",
)
Preference = Literal["better", "worse", "tie"]


class JudgeCase(Frozen):
    """``pair``: a reference with its ``better`` and ``worse`` text; ``score``: one region."""

    id: str
    kind: Literal["pair", "score"]
    region: str
    truth: str
    better: str = ""
    worse: str = ""
    face: FaceCase | None = None


class JudgeRecord(Frozen):
    """``preferred`` in both orders (better first, worse first), or the grades by rubric."""

    case: JudgeCase
    preferred: tuple[Preference, ...] = ()
    grades: Mapping[str, float] = Field(default_factory=dict)
    text: str = ""
    failure: str | None = None


@task
def judge(
    limit: int | None = None,
    seed: int = 0,
    model: str | None = None,
    describer: str | None = None,
) -> Task:
    """``model``: a chat model (``openai:NAME``...) or ``package.module:factory`` that makes one.

    ``limit``: of each kind, so that grades never stand without the judge's own test.
    """
    if model is None:
        raise UsageError("The suite judge needs a chat model; give one with --model.")
    bench = registry.workbench(describer)
    cases = [c for kind in (_pairs(), _scores()) for c in inspecting.take(kind, limit, seed)]
    return inspecting.make_task(
        "judge",
        [c.model_dump(mode="json") for c in cases],
        partial(_run, bench, _chat_model(model)),
        failed=_failed,
        worth=lambda r: dict(r["grades"]) or {"preferred": float("better" in r["preferred"])},
        show=lambda r: r["text"] or ", ".join(r["preferred"]),
        subject={
            "judge": model,
            "rubrics": [load("judge_score").id, load("judge_pair").id],
            **registry.facts(bench.describer),
        },
    )


@cache
def _chat_model(name: str) -> BaseChatModel:
    """Return a model made by an import path, or else one by ``provider:name``."""
    try:
        made = made_by(name, "judge", "PROVIDER:NAME or package.module:factory")
    except UsageError:
        return load_chat_model(name)
    if not isinstance(made, BaseChatModel):
        raise UsageError(f"'{name}' does not make a LangChain chat model.")
    return made


def _pairs() -> list[JudgeCase]:
    return [JudgeCase(kind="pair", **row) for row in corpora.rows("judge")]


def _scores() -> list[JudgeCase]:
    """Return the regions of the built-in faces that have a reference text: it is the truth."""
    return [
        JudgeCase(
            id=f"{face.id}-{region.name}",
            kind="score",
            region=region.name,
            truth=region.references[0],
            face=face.model_copy(update={"regions": (region,)}),
        )
        for face in corpora.builtin(cut=False)
        for region in face.regions
        if region.references
    ]


def _run(bench: Workbench, model: BaseChatModel, raw: dict[str, Any]) -> dict[str, Any]:
    case = JudgeCase.model_validate(raw)
    record = _prefer(model, case) if case.kind == "pair" else _grade(bench, model, case)
    return record.model_dump(mode="json")


def _prefer(model: BaseChatModel, case: JudgeCase) -> JudgeRecord:
    """Return both orders: a judge that likes what stands first is right only half of the time."""
    prompt = load("judge_pair")
    found: list[Preference] = []
    for first, second, names in (
        (case.better, case.worse, {"first": "better", "second": "worse"}),
        (case.worse, case.better, {"first": "worse", "second": "better"}),
    ):
        asked = prompt.fill(region=case.region, truth=case.truth, first=first, second=second)
        said = _text(model.invoke([HumanMessage(asked)]).content).strip().strip(".").lower()
        word = re.match(r"first|second|tie", said)
        if word is None:
            raise registry.BadSubjectError(f"The judge answered {said[:80]!r}, no preference.")
        chosen: Preference = "tie"
        for name, meaning in names.items():
            if word.group() == name:
                chosen = "better" if meaning == "better" else "worse"
        found.append(chosen)
    return JudgeRecord(case=case, preferred=tuple(found))


def _grade(bench: Workbench, model: BaseChatModel, case: JudgeCase) -> JudgeRecord:
    assert case.face is not None
    image, face = describing.open_face(bench, case.face)
    [described] = bench.describe(image, face, [case.region])
    asked = load("judge_score").fill(region=case.region, truth=case.truth, text=described.text)
    x1, y1, x2, y2 = described.region.box.xyxy
    buffer = io.BytesIO()
    image.to_pil().crop((int(x1), int(y1), int(x2) + 1, int(y2) + 1)).save(buffer, "JPEG")
    picture = {
        "type": "image",
        "base64": base64.b64encode(buffer.getvalue()).decode(),
        "mime_type": "image/jpeg",
    }
    answer = model.invoke([HumanMessage(content=[{"type": "text", "text": asked}, picture])])
    return JudgeRecord(case=case, grades=grades(_text(answer.content)), text=described.text)


def _text(content: Any) -> str:
    if isinstance(content, str):
        return content
    return "".join(part.get("text", "") for part in content if isinstance(part, dict))


def grades(answer: str) -> dict[str, float]:
    """Return the five grades in a judge's answer. Raises ``BadSubjectError`` unless all are
    1..10."""
    found = re.search(r"\{.*\}", answer, re.DOTALL)
    try:
        data = json.loads(found.group()) if found else {}
        read = {name: float(data[name]) for name in RUBRICS}
    except (ValueError, KeyError, TypeError):
        raise registry.BadSubjectError(f"The judge answered {answer[:80]!r}, no grades.") from None
    if not all(1 <= grade <= 10 for grade in read.values()):
        raise registry.BadSubjectError(f"The judge gave a grade outside 1..10: {read}.")
    return read


def _failed(case: Mapping[str, Any], why: str) -> dict[str, Any]:
    record = JudgeRecord(case=JudgeCase.model_validate(case), failure=why)
    return record.model_dump(mode="json")


def statistics(records: Sequence[Raw]) -> dict[str, Statistic]:
    """``reference_agreement`` and ``order_consistency`` of the judge, then the mean grades."""
    rows = [JudgeRecord.model_validate(r) for r in records]
    nan = float("nan")
    pairs = [r.case.kind == "pair" for r in rows]
    agreed = [
        r.preferred.count("better") / 2 if pair else nan
        for r, pair in zip(rows, pairs, strict=True)
    ]
    steady = [
        float(len(set(r.preferred)) == 1) if pair else nan
        for r, pair in zip(rows, pairs, strict=True)
    ]
    found = {"reference_agreement": mean(agreed), "order_consistency": mean(steady)}
    for name in RUBRICS:
        found[name] = mean([r.grades.get(name, nan) for r in rows])
    return found


SUITE = Suite(
    name="judge",
    about="a chat model as judge: its agreement with fixed references, then its grades (optional)",
    task=judge,
    statistics=statistics,
    headline=("reference_agreement", "order_consistency", *RUBRICS),
    accepts=frozenset({"limit", "seed", "model", "describer"}),
)
