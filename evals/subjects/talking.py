"""Conversations for the suites planning, answers and judge: what was planned, called and said."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from focalface.agent.basics.answer import Answer, Plan
from focalface.agent.basics.events import Answered, PlanMade, ToolFinished, ToolStarted
from focalface.agent.conversation.session import Session
from focalface.evals.datasets import pictures
from focalface.tools.types import Frozen, RegionDescription


class Turn(Frozen):
    """One turn: the plan made first, the number of tool calls, what the tools saw, the answer."""

    plan: Plan
    calls: int
    seen: tuple[RegionDescription, ...]
    answer: Answer


def talk(
    picture: str, questions: Sequence[str], *, model: str | None, describer: str | None
) -> list[Turn]:
    """Ask the questions one after the other in one session, in this thread.

    ``seen`` of a turn holds all descriptions of the conversation so far: follow-ups may rest on
    earlier ones. Errors of the agent are raised.
    """
    return asyncio.run(_talk(pictures.as_file(picture), questions, model, describer))


async def _talk(
    picture: Path, questions: Sequence[str], model: str | None, describer: str | None
) -> list[Turn]:
    turns: list[Turn] = []
    seen: dict[str, RegionDescription] = {}
    async with Session(model=model, describer=describer) as session:
        await session.open(picture)
        for question in questions:
            plan, answer, calls = None, None, 0
            async for event in session.ask(question):
                match event:
                    case PlanMade(made):
                        plan = made
                    case ToolStarted():
                        calls += 1
                    case ToolFinished(result=result):
                        seen |= {d.region.id: d for d in _descriptions(result)}
                    case Answered(given):
                        answer = given
            if answer is None:
                raise RuntimeError(f"The turn {question!r} ended without an answer.")
            turns.append(
                Turn(
                    plan=plan or answer.plan, calls=calls, seen=tuple(seen.values()), answer=answer
                )
            )
    return turns


def _descriptions(result: dict[str, Any]) -> list[RegionDescription]:
    return [RegionDescription.model_validate(d) for d in result.get("descriptions", ())]
