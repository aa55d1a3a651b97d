"""The offline planner: a chat model that needs no network, on the same path as any other.

It reads the briefing on the last question and the tool results after it, and decides by rules:
another tool call, or the answer. Its answers cite region ids in brackets, as those of a language
model do, and pass the same check.
"""

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
    ToolMessage,
)
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult

from focalface.agent.basics.evidence import Evidence, Scene, merge
from focalface.agent.basics.phrasing import Say
from focalface.agent.composing import about, fixed_replies
from focalface.agent.composing.compose import Draft, Looked, compose, remarks
from focalface.agent.composing.multi_part import together
from focalface.agent.planning import face_selection, plan
from focalface.agent.planning import turn_context as briefings
from focalface.agent.planning.plan import Look
from focalface.agent.planning.turn_context import Briefing
from focalface.agent.understanding import Intent, parse, politeness
from focalface.tools.types import RegionDescription

EXTRAS = "focalface_extras"
"""Where table, limits and notes ride on the planner's messages."""
AGE_SHOWS = ("left_eye", "right_eye", "mouth")
"""Regions whose age, when it is known already, is told beside that of the face."""


class OfflinePlanner(BaseChatModel):
    """Plans tool calls and composes answers by rules; the same input gives the same output."""

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
        return ChatResult(generations=[ChatGeneration(message=decide(messages))])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **_: Any,
    ) -> Iterator[ChatGenerationChunk]:
        made = decide(messages)
        yield ChatGenerationChunk(
            message=AIMessageChunk(
                content=made.content,
                tool_calls=made.tool_calls,
                additional_kwargs=made.additional_kwargs,
            )
        )


def decide(messages: Sequence[BaseMessage]) -> AIMessage:
    """The next message of the planner: tool calls or the answer."""
    turn = Turn.read(messages)
    if turn is None:
        return AIMessage(fixed_replies.empty())
    intent = turn.intent
    if reply := quick_reply(intent, turn.briefing):
        return AIMessage(reply, additional_kwargs=_extras(Draft(notes=remarks(intent))))
    if face_selection.off_face(intent, turn.briefing):
        return AIMessage(
            face_selection.no_face_there(turn.briefing), additional_kwargs=_extras(Draft())
        )
    if turn.failures:
        return _after_failure(turn)
    if needed := turn.needed():
        return _calls(needed, turn)
    if not turn.looked_twice and (extra := turn.second_look()):
        return _calls(extra, turn)
    draft = turn.draft()
    return AIMessage(draft.text, additional_kwargs=_extras(draft, turn.notes))


def quick_reply(intent: Intent, briefing: Briefing) -> str | None:
    """The answer to a question that needs no tool, or None."""
    if intent.kind == "refuse" and intent.refusal:
        return fixed_replies.refusal(intent.refusal)
    if intent.kind in ("help", "outside") and (said := about.answer(briefing.question)):
        return said
    if intent.kind == "outside":
        return fixed_replies.outside(intent.beyond)
    if intent.kind == "help" and politeness.thanks(briefing.question):
        return fixed_replies.thanks()
    fixed = {"help": fixed_replies.help_text, "empty": fixed_replies.empty}
    if intent.kind in fixed:
        return fixed[intent.kind]()
    return fixed_replies.NO_PICTURE if briefing.picture is None else None


class Turn:
    """What happened since the last question, and what is known from before."""

    def __init__(self, briefing: Briefing, since: Sequence[BaseMessage], known: Evidence) -> None:
        self.briefing = briefing
        self.intent = understood(briefing)
        self.known = known
        self._since = since
        self.failures = [m for m in since if isinstance(m, ToolMessage) and m.status == "error"]
        extras = [m.additional_kwargs.get(EXTRAS, {}) for m in since if isinstance(m, AIMessage)]
        self.notes = [note for extra in extras for note in extra.get("notes", ())]
        self.looked_twice = any(extra.get("second_look") for extra in extras)
        self.custom = [d.region.id for d in descriptions(since) if d.region.name == "custom"]

    @classmethod
    def read(cls, messages: Sequence[BaseMessage]) -> "Turn | None":
        """The turn that the messages end with; None without a question that has a briefing."""
        at = max((i for i, m in enumerate(messages) if _asks(m)), default=-1)
        briefing = briefings.read(messages[at].additional_kwargs) if at >= 0 else None
        if briefing is None:
            return None
        picture = briefing.picture
        scene = picture.scene if picture else Scene("", 0, 0, ())
        return cls(briefing, messages[at + 1 :], merge(scene, [descriptions(messages)]))

    def of_before(self, messages_known: Evidence | None = None) -> Evidence | None:
        """Evidence on the picture before."""
        before = self.briefing.before
        if before is None:
            return None
        return merge(before.scene, [descriptions(self._since)])

    def needed(self) -> list[Look]:
        """Looks that the question cannot do without."""
        known = Evidence(self.known.scene, tuple(d for d in self.known if self._counts(d)))
        needed = plan.looks_needed(self.intent, self.briefing, known)
        before = self.of_before()
        if before is not None:
            needed += plan.before_needed(self.intent, self.briefing, before)
        return needed

    def _counts(self, one: RegionDescription) -> bool:
        """Custom regions of earlier turns are other regions than those asked for now."""
        return one.region.name != "custom" or one.region.id in (*self.custom, *self._marked())

    def _marked(self) -> list[str]:
        return [r.id for r in self.briefing.selection]

    @property
    def parts(self) -> tuple[Intent, ...]:
        """The questions in the question; mostly it is one."""
        return self.intent.parts or (self.intent,)

    def second_look(self) -> list[Look]:
        """One more region on the face that the question is about; on several only the whole face,
        for a unit that is not assessed where it was sought."""
        for number, part in enumerate(self.parts):
            faces = face_selection.chosen_faces(part, self.briefing, self.known)
            if part.comparison == "pictures" or self.custom or self.briefing.picture is None:
                continue
            alone = len(faces) == 1 and part.comparison != "faces"
            looks = []
            for face in faces:
                mine = self._evidence(part, face.id, ())
                more = plan.second_look(part, mine, self.known.of(face.id))
                if more and (alone or more[0] == plan.WHOLE):
                    image_id, (names, why) = self.briefing.picture.image_id, more
                    looks.append(Look(image_id, face.id, names, note=why, part=number))
            if looks:
                return looks
        return []

    def _evidence(self, part: Intent, face_id: str, more: Sequence[str]) -> Evidence:
        names = [n for n in part.regions if n != "custom"]
        marked = self._marked() if "custom" in part.named else []
        return self.known.of(face_id).at([*names, *self.custom, *marked, *more])

    def draft(self) -> Draft:
        """The answer from what is known now."""
        told = face_selection.left_out(self.intent, self.briefing)
        draft = together(
            [self._answer(part, number) for number, part in enumerate(self.parts)], self.intent
        )
        return replace(draft, limits=(told, *draft.limits)) if told else draft

    def _answer(self, part: Intent, number: int) -> Draft:
        """The answer to one question."""
        faces = face_selection.chosen_faces(part, self.briefing, self.known)
        more = list(self._second_regions(number))
        if "age" in part.attributes and not part.named:
            more += [d.region.name for d in self.known if d.age and d.region.name in AGE_SHOWS]
        each = tuple(self._evidence(part, f.id, more) for f in faces)
        if part.kind == "faces" or not faces:
            each = (self.known,) if part.kind == "faces" else ()
            if not faces and self.briefing.picture and self.briefing.picture.faces:
                return Draft((Say(face_selection.no_such_face(part, self.briefing)),))
        looked = Looked(each, self.of_before(), tuple(f.id for f in faces))
        return compose(part, looked, expert=self.briefing.expert)

    def _second_regions(self, part: int) -> list[str]:
        """What was looked at once more for one of the questions."""
        return [
            region
            for m in self._since
            if isinstance(m, AIMessage)
            and (extras := m.additional_kwargs.get(EXTRAS, {})).get("second_look")
            and extras.get("part") == part
            for call in m.tool_calls
            for region in call["args"].get("regions", [])
        ]


def understood(briefing: Briefing) -> Intent:
    """The question of a briefing, understood."""
    return parse(briefing.question, briefing.context)


def descriptions(messages: Sequence[BaseMessage]) -> list[RegionDescription]:
    """Every region description among tool results, oldest first."""
    return [
        RegionDescription.model_validate(found)
        for m in messages
        if isinstance(m, ToolMessage) and isinstance(m.artifact, dict)
        for found in m.artifact.get("descriptions", ())
    ]


def _asks(message: BaseMessage) -> bool:
    return isinstance(message, HumanMessage) and briefings.KEY in message.additional_kwargs


def _calls(needed: Sequence[Look], turn: Turn) -> AIMessage:
    done = sum(isinstance(m, ToolMessage) for m in turn._since)
    calls = [
        {
            "name": "describe_regions",
            "args": _arguments(look, turn.intent),
            "id": f"call-{done + n}",
        }
        for n, look in enumerate(needed, 1)
    ]
    notes = list(dict.fromkeys(look.note for look in needed if look.note))
    extras = {"notes": notes, "second_look": bool(notes), "part": needed[0].part}
    return AIMessage("", tool_calls=calls, additional_kwargs={EXTRAS: extras})


def _arguments(look: Look, intent: Intent) -> dict[str, Any]:
    arguments: dict[str, Any] = {"image_id": look.image_id, "face_id": look.face_id}
    if look.regions:
        arguments["regions"] = list(look.regions)
    if look.region_ids:
        arguments["region_ids"] = list(look.region_ids)
    if look.custom:
        boxes = [dict(zip(("x1", "y1", "x2", "y2"), box, strict=True)) for box in intent.boxes]
        arguments |= {"boxes": boxes} if boxes else {}
        points = [{"x": x, "y": y, "radius": r or face_selection.SPOT} for x, y, r in intent.points]
        arguments |= {"points": points} if points else {}
    return arguments


def _after_failure(turn: Turn) -> AIMessage:
    """A tool refused: its sentence says what to do; expired handles are renewed first."""
    said = str(turn.failures[-1].content)
    path = turn.briefing.picture.path if turn.briefing.picture else None
    asked = [c["name"] for m in turn._since if isinstance(m, AIMessage) for c in m.tool_calls]
    if "detect_faces" in said and path and "detect_faces" not in asked:
        call = {"name": "detect_faces", "args": {"path": path}, "id": "call-again"}
        return AIMessage("", tool_calls=[call])
    if "detect_faces" in asked and len(turn.failures) == 1 and (needed := turn.needed()):
        return _calls(needed, turn)
    draft = Draft((Say("I could not look at the face."),), limits=(said,))
    return AIMessage(draft.text, additional_kwargs=_extras(draft))


def extras_of(draft: Draft, notes: Sequence[str] = ()) -> dict[str, Any]:
    """What rides on a message beside the text of a draft."""
    return {
        "limits": list(draft.limits),
        "general_limits": list(draft.general_limits),
        "table": draft.table.model_dump(mode="json") if draft.table else None,
        "notes": [*draft.notes, *notes],
    }


def _extras(draft: Draft, notes: Sequence[str] = ()) -> dict[str, Any]:
    return {EXTRAS: extras_of(draft, notes)}
