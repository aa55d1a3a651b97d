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
    HumanMessage,
    ToolCall,
    ToolMessage,
)
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from pydantic import PrivateAttr

from focalface.agent.basics.evidence import Evidence, merge
from focalface.agent.basics.scene import Scene
from focalface.agent.basics.sentence import Sentence, fixed, once
from focalface.agent.composing import about, fixed_replies
from focalface.agent.composing.compose import Draft, Observations, compose, remarks
from focalface.agent.composing.multi_part import joined_drafts
from focalface.agent.planning import face_selection, plan
from focalface.agent.planning.plan import RegionRequest
from focalface.agent.planning.turn_context import Turn
from focalface.agent.understanding import Intent
from focalface.tools.types import RegionDescription

BATCH = 40
"""Faces of a crowd that are looked at in one step, the largest first."""
SECONDS = 60.0
"""Time for looking at a crowd; then the answer tells of those that were looked at."""
TELLING = 0.05
"""Share of a batch that has to tell something; smaller faces will tell no more."""
AGE_SHOWS = ("left_eye", "right_eye", "mouth")
"""Regions whose age, when it is known already, is told beside that of the face."""
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


def decide(progress: "Progress") -> "Draft | list[RegionRequest | str]":
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
        unseen = intent.by_looks and not intent.beyond
        return fixed_replies.WHERE if unseen else fixed_replies.outside(intent.beyond)
    fixed = {"help": fixed_replies.help_text, "empty": fixed_replies.empty}
    if intent.kind in fixed:
        return fixed[intent.kind]()
    return fixed_replies.NO_PICTURE if turn.context.picture is None else None


class Progress:
    """What has happened since the question of a turn, and what is known from before."""

    def __init__(
        self,
        turn: Turn,
        messages: Sequence[BaseMessage],
        requests: Sequence[RegionRequest] = (),
        *,
        in_time: bool = True,
    ) -> None:
        at = max((i for i, m in enumerate(messages) if isinstance(m, HumanMessage)), default=-1)
        picture = turn.context.picture
        scene = picture.scene if picture else Scene("", 0, 0, ())
        self.turn = turn
        self.in_time = in_time
        self.known = merge(scene, [descriptions(messages)])
        self._since = messages[at + 1 :]
        self._again = [request for request in requests if request.note]
        self.failures = [
            m for m in self._since if isinstance(m, ToolMessage) and m.status == "error"
        ]
        self.called = [
            call["name"] for m in self._since if isinstance(m, AIMessage) for call in m.tool_calls
        ]
        self.returned = sum(isinstance(m, ToolMessage) for m in self._since)
        self.custom = [d.region.id for d in descriptions(self._since) if d.region.name == "custom"]

    @property
    def notes(self) -> tuple[str, ...]:
        """Why regions were looked at once more."""
        return tuple(dict.fromkeys(request.note for request in self._again))

    @property
    def looked_twice(self) -> bool:
        """Whether there was a second look already."""
        return bool(self._again)

    def of_before(self) -> Evidence | None:
        """Evidence on the picture before."""
        before = self.turn.context.before
        if before is None:
            return None
        return merge(before.scene, [descriptions(self._since)])

    def needed(self) -> list[RegionRequest]:
        """Looks that the question cannot do without."""
        intent, context = self.turn.intent, self.turn.context
        known = Evidence(self.known.scene, tuple(d for d in self.known if self._counts(d)))
        needed = plan.requests_needed(intent, context, known)
        before = self.of_before()
        if before is not None:
            needed += plan.before_needed(intent, context, before)
        return needed

    @property
    def enough(self) -> bool:
        """Whether a crowd was looked at as far as time, or the size of its faces, allows."""
        found = descriptions(self._since)
        if len({d.region.face_id for d in found}) < BATCH:
            return False
        last = found[-BATCH:]
        telling = sum(bool(d.action_units or d.emotion or d.age) for d in last)
        return not self.in_time or telling < TELLING * len(last)

    def _looked_at(self) -> list[Sentence]:
        """Return how many of a crowd were looked at, where not all of them were."""
        intent, context = self.turn.intent, self.turn.context
        faces = face_selection.chosen_faces(intent, context, self.known)
        looked = [face for face in faces if self.known.of(face.id).found]
        if len(looked) in (0, len(faces)) or not self.enough:
            return []
        why = "ask again and I go on" if not self.in_time else "the others are too small to judge"
        return [fixed(f"I looked at the {len(looked)} largest of {len(faces)} faces; {why}.")]

    def _counts(self, one: RegionDescription) -> bool:
        """Custom regions of earlier turns are other regions than those asked for now."""
        return one.region.name != "custom" or one.region.id in (*self.custom, *self._marked())

    def _marked(self) -> list[str]:
        return [r.id for r in self.turn.context.selection]

    @property
    def parts(self) -> tuple[Intent, ...]:
        """The questions in the question; mostly it is one."""
        return self.turn.intent.parts or (self.turn.intent,)

    def second_look(self) -> list[RegionRequest]:
        """Return one more region on the face that the question is about; on several only the whole
        face,
        for a unit that is not assessed where it was sought."""
        context = self.turn.context
        for number, part in enumerate(self.parts):
            faces = face_selection.chosen_faces(part, context, self.known)
            if len(faces) > face_selection.MOST_FACES:
                continue
            if part.comparison == "pictures" or self.custom or context.picture is None:
                continue
            alone = len(faces) == 1 and part.comparison != "faces"
            requests = []
            for face in faces:
                mine = self._evidence(part, face.id, ())
                more = plan.second_look(part, mine, self.known.of(face.id))
                if more and (alone or more[0] == plan.WHOLE):
                    image_id, (names, why) = context.picture.image_id, more
                    requests.append(RegionRequest(image_id, face.id, names, note=why, part=number))
            if requests:
                return requests
        return []

    def _evidence(self, part: Intent, face_id: str, more: Sequence[str]) -> Evidence:
        names = [n for n in part.regions if n != "custom"]
        marked = self._marked() if "custom" in part.named else []
        return self.known.of(face_id).at([*names, *self.custom, *marked, *more])

    def draft(self) -> Draft:
        """Return the answer from what is known now."""
        intent = self.turn.intent
        told = face_selection.left_out(intent, self.turn.context)
        drafts: list[Draft] = []
        for number, part in enumerate(self.parts):
            asked = self._of_the_one(part, drafts[-1]) if part.of_that_one and drafts else part
            drafts.append(self._answer(asked, number))
        draft = joined_drafts(drafts, intent)
        draft = replace(draft, says=(*draft.says, *self._looked_at()))
        return replace(draft, limits=(told, *draft.limits)) if told else draft

    def _of_the_one(self, part: Intent, found: Draft) -> Intent:
        """Return the second part of "who is happiest, and is it genuine?", on the face that is
        named."""
        cited = found.says[0].cites if found.says else ()
        owners = [d.region.face_id for i in cited for d in self.known if d.region.id == i]
        chosen = tuple(dict.fromkeys(owners))[:1]
        return part.model_copy(update={"faces": chosen or part.faces})

    def _answer(self, part: Intent, number: int) -> Draft:
        """Return the answer to one question."""
        context = self.turn.context
        faces = face_selection.chosen_faces(part, context, self.known)
        more = list(self._second_regions(number))
        if "age" in part.attributes and not part.named:
            more += [d.region.name for d in self.known if d.age and d.region.name in AGE_SHOWS]
        each = tuple(self._evidence(part, f.id, more) for f in faces)
        if part.kind == "faces" or not faces:
            each = (self.known,) if part.kind == "faces" else ()
            if not faces and context.picture and context.picture.faces:
                return Draft((fixed(face_selection.no_such_face(part, context)),))
        looked = Observations(each, self.of_before(), tuple(f.id for f in faces))
        return compose(part, looked, expert=context.expert)

    def _second_regions(self, part: int) -> list[str]:
        """Return what was looked at once more for one of the questions."""
        return [name for request in self._again if request.part == part for name in request.regions]


def descriptions(messages: Sequence[BaseMessage]) -> list[RegionDescription]:
    """Return every region description among tool results, oldest first."""
    return [
        RegionDescription.model_validate(found)
        for m in messages
        if isinstance(m, ToolMessage) and isinstance(m.artifact, dict)
        for found in m.artifact.get("descriptions", ())
    ]


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
