"""The agent: LangChain's ``create_agent`` over the face tools, with memory; a question, an Answer.

The offline planner and any chat model take the same path: the same tools, the same supervisor, the
same check.
"""

import time
from collections.abc import Callable, Sequence
from typing import Any

from langchain.agents import create_agent
from langchain.agents.middleware import ToolCallLimitMiddleware
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage
from langchain_core.tools import BaseTool
from langgraph.checkpoint.memory import InMemorySaver

from focalface.agent.basics.answer import Answer, Cited, Claim
from focalface.agent.basics.events import Emit, PlanMade
from focalface.agent.basics.evidence import Evidence
from focalface.agent.checking.check import Checked
from focalface.agent.composing import fixed_replies
from focalface.agent.composing.compose import Draft, Observations, compose
from focalface.agent.conversation.offline import OfflinePlanner
from focalface.agent.conversation.progress import descriptions
from focalface.agent.conversation.supervisor import Supervisor, TurnState
from focalface.agent.planning import face_selection
from focalface.agent.planning import plan as planning
from focalface.agent.planning.turn_context import Turn
from focalface.prompts import load

TOOL_CALLS = 12
"""Tool calls in one turn; a question on eight faces needs nine."""
CROWD_CALLS = face_selection.CROWD + TOOL_CALLS
"""The same for the offline planner, which looks at each of a crowd."""
NOTHING = "I could not find anything to say that the tools support."


class Assistant:
    """An agent with memory. ``evidence`` gives what the tools have found in the conversation."""

    def __init__(
        self,
        tools: Sequence[BaseTool],
        emit: Emit,
        evidence: Callable[[], list[Evidence]],
        *,
        model: BaseChatModel | None = None,
        name: str = "offline",
    ) -> None:
        self.name = name
        self._emit = emit
        self._evidence = evidence
        self._supervisor = Supervisor(emit, offline=model is None)
        self._agent: Any = create_agent(
            model or OfflinePlanner(),
            list(tools),
            system_prompt=load("agent_system").fill(format=load("agent_answer").text),
            middleware=[
                self._supervisor,
                ToolCallLimitMiddleware(
                    run_limit=TOOL_CALLS if model else CROWD_CALLS, exit_behavior="continue"
                ),
            ],
            checkpointer=InMemorySaver(),
        )
        self._thread = {"configurable": {"thread_id": "1"}}
        self._state: dict[str, Any] = self._thread

    async def ask(self, turn: Turn) -> Answer:
        """Run one turn. A turn that is cancelled or fails leaves the memory as it was."""
        start = time.perf_counter()
        state = TurnState(turn, OfflinePlanner(turn=turn), self._evidence)
        self._supervisor.state = state
        plan = planning.plan(turn)
        self._emit(PlanMade(plan))
        hint = f"\nRegions that bear on it: {', '.join(plan.regions)}." if plan.regions else ""
        result = await self._run(HumanMessage(turn.context.text() + hint))
        said = [m for m in result["messages"] if isinstance(m, AIMessage)][-1]
        took = (time.perf_counter() - start) * 1000
        done = self._answer(said, state)
        if done.model != "offline":  # a chat model makes plans of its own
            plan = plan.model_copy(update={"regions": _looked_at(result["messages"]), "steps": ()})
        return done.model_copy(update={"plan": plan, "milliseconds": took})

    async def _run(self, question: HumanMessage) -> dict[str, Any]:
        """Goes on from the last turn that was finished; what a broken one left is never read."""
        config = {**self._state, "recursion_limit": 10 * TOOL_CALLS}
        try:
            result: dict[str, Any] = await self._agent.ainvoke({"messages": [question]}, config)
        except BaseException:
            if self._state is self._thread:  # no finished turn to go back to
                number = int(self._thread["configurable"]["thread_id"])
                self._state = self._thread = {"configurable": {"thread_id": str(number + 1)}}
            raise
        self._state = (await self._agent.aget_state(self._thread)).config
        return result

    def _answer(self, said: AIMessage, state: TurnState) -> Answer:
        intent = state.turn.intent
        checked = state.checked or Checked((Claim(text=said.text, evidence=()),), ())
        draft = state.planner.draft or self._beside(state.turn)
        used = {i for claim in checked.claims for i in claim.evidence}
        cited = [(ev, d) for ev in self._evidence() for d in ev if d.region.id in used]
        found = [d for _, d in cited]
        declined = [text for text in map(fixed_replies.declined, intent.declined)
                    if text.rstrip(".") not in checked.text]  # fmt: skip
        return Answer(
            text=" ".join([checked.text or NOTHING, *declined]),
            claims=tuple(c for c in checked.claims if c.evidence),
            evidence=tuple(Cited.of(d, ev.scene.number(d.region.face_id)) for ev, d in cited),
            plan=planning.plan(state.turn),
            refused=intent.kind == "refuse",
            limits=draft.limits,
            notes=(*draft.notes, *([state.stand_in] if state.stand_in else [])),
            table=draft.table,
            describer=found[0].describer if found else "",
            device=found[0].device if found else "",
            model="offline" if state.stand_in else self.name,
            dropped=len(state.dropped),
        )

    def _beside(self, turn: Turn) -> Draft:
        """Limits and tables for a language model's answer, from the same evidence and rules."""
        picture = turn.context.picture
        mine = [ev for ev in self._evidence() if picture and ev.scene.image_id == picture.image_id]
        if not mine:
            return Draft()
        faces = face_selection.chosen_faces(turn.intent, turn.context, mine[0])
        each = tuple(mine[0].of(f.id) for f in faces)
        if not any(ev.found for ev in each):
            return Draft()
        looked = Observations(each, None, tuple(f.id for f in faces))
        return compose(turn.intent, looked, expert=turn.context.expert)


def _looked_at(messages: Sequence[BaseMessage]) -> tuple[str, ...]:
    """Return regions that were described since the last question."""
    asked = max(i for i, m in enumerate(messages) if isinstance(m, HumanMessage))
    return tuple(dict.fromkeys(d.region.name for d in descriptions(messages[asked:])))
