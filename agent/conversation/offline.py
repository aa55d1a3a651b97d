"""The offline planner: a chat model that needs no network, on the same path as any other.

It is made for one turn, looks at the tool results since the question, and decides by rules: another
tool call, or the answer. Its answers cite region ids in brackets, as those of a language model do,
and pass the same check.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import (
    AIMessage,
    AIMessageChunk,
    BaseMessage,
    ToolCall,
)
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from pydantic import PrivateAttr

from focalface.agent.basics.sentence import fixed, once
from focalface.agent.composing import about, fixed_replies
from focalface.agent.composing.compose import Draft, remarks
from focalface.agent.conversation.progress import BATCH, Progress
from focalface.agent.planning import face_selection
from focalface.agent.planning.plan import RegionRequest
from focalface.agent.planning.turn_context import Turn
from focalface.agent.understanding import Intent

SECONDS = 60.0
"""Time for looking at a crowd; then the answer tells of those that were looked at."""
DETECT = "detect_faces"


class OfflinePlanner(BaseChatModel):
    """Plans tool calls and composes the answer of one turn by rules; no chance is involved."""

    turn: Turn | None = None
    """What is asked; None only where the planner stands for a model that was not chosen yet."""
    _requests: list[RegionRequest] = PrivateAttr(default_factory=list)
    _started: float = PrivateAttr(default_factory=time.monotonic)
    _draft: Draft | None = PrivateAttr(default=None)

    @property
    def draft(self) -> Draft | None:
        """The answer that it gave, with table, limits and notes; None before it gave one."""
        return self._draft

    @property
    def _llm_type(self) -> str:
        return "focalface-offline"

    def bind_tools(self, tools: Sequence[Any], **_: Any) -> "OfflinePlanner":
        """The planner knows the tools already."""
        return self

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **_: Any,
    ) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=self._next(messages))])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **_: Any,
    ) -> Iterator[ChatGenerationChunk]:
        made = self._next(messages)
        yield ChatGenerationChunk(
            message=AIMessageChunk(content=made.content, tool_calls=made.tool_calls)
        )

    def _next(self, messages: Sequence[BaseMessage]) -> AIMessage:
        """Return the next message: tool calls or the answer."""
        if self.turn is None:
            return AIMessage(fixed_replies.empty())
        in_time = time.monotonic() - self._started < SECONDS
        progress = Progress(self.turn, messages, self._requests, in_time=in_time)
        decided = decide(progress)
        if isinstance(decided, Draft):
            self._draft = decided
            return AIMessage(decided.text)
        self._requests += [request for request in decided if isinstance(request, RegionRequest)]
        return AIMessage("", tool_calls=_calls(decided, progress))


def decide(progress: Progress) -> Draft | list[RegionRequest | str]:
    """Return the answer, or what to call before it: regions to look at, or the path of a
    picture."""
    turn = progress.turn
    if reply := quick_reply(turn):
        return Draft((fixed(reply),), notes=remarks(turn.intent))
    if face_selection.off_face(turn.intent, turn.context):
        return Draft((fixed(face_selection.no_face_there(turn.context)),))
    if progress.failures:
        return _after_failure(progress)
    if (needed := progress.needed()) and not progress.enough:
        return list(needed[:BATCH])
    if not progress.looked_twice and (extra := progress.second_look()):
        return list(extra)
    draft = progress.draft()
    draft = replace(draft, says=once(draft.says, turn.context.answers))
    return replace(draft, notes=(*draft.notes, *progress.notes))


def quick_reply(turn: Turn) -> str | None:
    """Return the answer to a question that needs no tool, or None."""
    intent = turn.intent
    if intent.kind == "refuse" and intent.refusal:
        return fixed_replies.refusal(intent.refusal)
    if intent.kind in ("help", "outside") and (said := about.answer(intent)):
        return said
    picture = turn.context.picture
    if picture is not None and not picture.faces and intent.kind in ("outside", "why", "check"):
        return fixed_replies.no_face(intent.beyond)
    if intent.kind == "outside":
        if "gender" in intent.declined:
            return fixed_replies.WHICH
        unseen = intent.by_looks and not intent.beyond
        return fixed_replies.WHERE if unseen else fixed_replies.outside(intent.beyond)
    fixed = {"help": fixed_replies.help_text, "empty": fixed_replies.empty}
    if intent.kind in fixed:
        return fixed[intent.kind]()
    return fixed_replies.NO_PICTURE if turn.context.picture is None else None


def _calls(wanted: Sequence[RegionRequest | str], progress: Progress) -> list[ToolCall]:
    """Tool calls for what is to be looked at; a path stands for a picture to be opened again."""
    return [
        ToolCall(
            name="describe_regions", args=_arguments(one, progress.turn.intent), id=f"call-{n}"
        )
        if isinstance(one, RegionRequest)
        else ToolCall(name=DETECT, args={"path": one}, id="call-again")
        for n, one in enumerate(wanted, progress.returned + 1)
    ]


def _arguments(request: RegionRequest, intent: Intent) -> dict[str, Any]:
    arguments: dict[str, Any] = {"image_id": request.image_id, "face_id": request.face_id}
    if request.regions:
        arguments["regions"] = list(request.regions)
    if request.region_ids:
        arguments["region_ids"] = list(request.region_ids)
    if request.custom:
        boxes = [dict(zip(("x1", "y1", "x2", "y2"), box, strict=True)) for box in intent.boxes]
        arguments |= {"boxes": boxes} if boxes else {}
        points = [{"x": x, "y": y, "radius": r or face_selection.SPOT} for x, y, r in intent.points]
        arguments |= {"points": points} if points else {}
    return arguments


def _after_failure(progress: Progress) -> Draft | list[RegionRequest | str]:
    """A tool refused: its sentence says what to do; expired handles are renewed first."""
    said = str(progress.failures[-1].content)
    picture = progress.turn.context.picture
    if DETECT in said and picture and DETECT not in progress.called:
        return [picture.path]
    if DETECT in progress.called and len(progress.failures) == 1 and (more := progress.needed()):
        return list(more)
    looked = progress.draft() if progress.known.found else Draft()
    if any(said.cites for said in looked.says):  # of several faces, some were looked at
        return replace(looked, limits=(*looked.limits, said))
    return Draft((fixed("I could not look at the face."),), limits=(said,))
