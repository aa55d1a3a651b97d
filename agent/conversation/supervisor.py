"""Watches a language model through a turn: limits, repair, and the offline planner as its stand-in.

Every answer is checked before anybody sees it. A model gets one chance to repair unsupported
sentences; what is left unsupported is dropped and counted. A model that fails, runs over its
limits, rambles, or is left with nothing supported is replaced by the offline planner for the rest
of the turn, and the user is told.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from langchain.agents.middleware import AgentMiddleware
from langchain.agents.middleware.types import ModelRequest, ModelResponse
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage

from focalface.agent.basics.events import Emit, Notice
from focalface.agent.basics.evidence import Evidence
from focalface.agent.checking.check import Checked, Fault, check
from focalface.agent.checking.own import verified
from focalface.agent.conversation.offline import OfflinePlanner, quick_reply
from focalface.agent.planning.turn_context import Turn
from focalface.prompts import load
from focalface.tools import network

MODEL_CALLS = 8
"""Calls of a language model in one turn, the repair included."""
SECONDS = 90.0
"""Time for a language model in one turn."""
TOKENS = 60_000
"""Tokens that a turn may cost, as the provider counts them."""
LONGEST = 2500
"""Characters of an answer beyond which it is rambling."""
KEPT = 40
"""Messages of the conversation that a language model is shown."""


@dataclass
class TurnState:
    """What a turn has cost and found out so far; made anew for each question."""

    turn: Turn
    planner: OfflinePlanner
    evidence: Callable[[], list[Evidence]]
    calls: int = 0
    tokens: int = 0
    started: float = field(default_factory=time.monotonic)
    stand_in: str = ""
    """Why the offline planner took over; "" while the model does the work."""
    repaired: bool = False
    checked: Checked | None = None
    dropped: tuple[Fault, ...] = ()

    @property
    def seconds_left(self) -> float:
        """Of the time for a language model."""
        return SECONDS - (time.monotonic() - self.started)


class Supervisor(AgentMiddleware[Any, Any, Any]):
    """The middleware; ``state`` is set before every question."""

    def __init__(self, emit: Emit, *, offline: bool) -> None:
        super().__init__()
        self._emit = emit
        self._offline = offline
        self.state: TurnState | None = None

    async def awrap_model_call(
        self,
        request: ModelRequest[Any],
        handler: Callable[[ModelRequest[Any]], Awaitable[ModelResponse[Any]]],
    ) -> ModelResponse[Any]:
        """Take one step of the turn: the model's, or the planner's where the model may not or
        cannot."""
        state = self.state
        assert state is not None
        if self._offline or state.stand_in or self._needs_no_model(state):
            return await self._by_rules(request, handler)
        try:
            return await self._by_model(request, handler, state)
        except asyncio.CancelledError:
            raise
        except Exception as error:  # noqa: BLE001  # providers raise whatever they like
            state.stand_in = _why(error)
        self._emit(Notice(f"{state.stand_in} The offline planner answers instead."))
        return await self._by_rules(request, handler)

    def _needs_no_model(self, state: TurnState) -> bool:
        """Refusals, help and the like are the same for every model."""
        return quick_reply(state.turn) is not None

    async def _by_rules(
        self,
        request: ModelRequest[Any],
        handler: Callable[[ModelRequest[Any]], Awaitable[ModelResponse[Any]]],
    ) -> ModelResponse[Any]:
        assert self.state is not None
        response = await handler(request.override(model=self.state.planner))
        if self._needs_no_model(self.state):
            return response
        return self._verified(response)

    async def _by_model(
        self,
        request: ModelRequest[Any],
        handler: Callable[[ModelRequest[Any]], Awaitable[ModelResponse[Any]]],
        state: TurnState,
    ) -> ModelResponse[Any]:
        request = request.override(messages=_recent(request.messages))
        response = await self._ask(request, handler, state)
        last = _answer(response)
        if last is None:
            return response
        checked = self._check(last, state)
        if checked.faults and not state.repaired:
            state.repaired = True
            response = await self._ask(_repair(request, last, checked), handler, state)
            last = _answer(response)
            if last is None:
                raise RamblingError("The language model did not repair its answer.")
            checked = self._check(last, state)
        if not any(claim.evidence for claim in checked.claims):
            raise RamblingError("The language model said nothing that the tools support.")
        state.checked, state.dropped = checked, checked.faults
        return ModelResponse(result=[AIMessage(checked.text, id=last.id)])

    async def _ask(
        self,
        request: ModelRequest[Any],
        handler: Callable[[ModelRequest[Any]], Awaitable[ModelResponse[Any]]],
        state: TurnState,
    ) -> ModelResponse[Any]:
        if state.calls >= MODEL_CALLS or state.tokens >= TOKENS:
            raise RamblingError("The language model used up its calls or tokens for this question.")
        state.calls += 1
        async with asyncio.timeout(max(state.seconds_left, 0.001)):
            response = await handler(request)
        for message in response.result:
            if isinstance(message, AIMessage) and message.usage_metadata:
                state.tokens += message.usage_metadata["total_tokens"]
        return response

    def _check(self, message: AIMessage, state: TurnState) -> Checked:
        text = message.text
        if not text.strip() or len(text) > LONGEST:
            raise RamblingError("The language model gave no usable answer.")
        return check(text, state.evidence())

    def _verified(self, response: ModelResponse[Any]) -> ModelResponse[Any]:
        """The planner's sentences are checked by their fields; none of them should ever fail."""
        last, state = _answer(response), self.state
        if last is not None and state is not None and state.planner.draft is not None:
            state.checked = verified(state.planner.draft.says, state.evidence())
            state.dropped = (*state.dropped, *state.checked.faults)
        return response


_ADVICE = {
    401: "did not accept the key; check it",
    403: "did not accept the key; check it",
    404: "does not exist under that name or address; check both",
    429: "is over its limit for now; try again later",
    500: "has trouble of its own; try again later",
}
"""HTTP status (500 stands for all above) -> what it means and what to do."""


class RamblingError(Exception):
    """A language model that talks without getting anywhere; the message is for the user."""


def _answer(response: ModelResponse[Any]) -> AIMessage | None:
    """Return the final message, or None while the model still calls tools."""
    last = response.result[-1]
    return last if isinstance(last, AIMessage) and not last.tool_calls else None


def _recent(messages: list[AnyMessage]) -> list[AnyMessage]:
    """Return the newest messages, beginning with a question."""
    asked = [i for i, m in enumerate(messages) if isinstance(m, HumanMessage)]
    start = next((i for i in asked if i >= len(messages) - KEPT), asked[-1] if asked else 0)
    return messages[start:]


def _repair(request: ModelRequest[Any], said: AIMessage, checked: Checked) -> ModelRequest[Any]:
    faults = "\n".join(f"- {fault.sentence} ({fault.why})" for fault in checked.faults)
    asked = HumanMessage(load("agent_repair").fill(faults=faults))
    return request.override(messages=[*request.messages, said, asked], tools=[])


def _by_proxy() -> str:
    """Return the proxy that stands between, if the environment names one."""
    proxy = network.proxy_of("https://example.com")
    if proxy:
        return f" through the proxy {proxy}; check the proxy, or name the host in NO_PROXY"
    return "; check its address and the network"


def _why(error: Exception) -> str:
    if isinstance(error, RamblingError):
        return str(error)
    kind, status = type(error).__name__, getattr(error, "status_code", None)
    if isinstance(error, TimeoutError) or "Timeout" in kind:
        return "The language model took too long."
    if isinstance(status, int) and (advice := _ADVICE.get(min(status, 500))):
        return f"The language model {advice} (status {status})."
    if isinstance(error, OSError) or "Connect" in kind:
        return f"The language model could not be reached{_by_proxy()}."
    line = " ".join(str(error).split())[:160]
    return f"The language model failed ({kind}: {line})."
