"""How far a turn has come: what was looked at since its question, and what is still needed."""

from collections.abc import Sequence
from dataclasses import replace

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage

from focalface.agent.basics.evidence import Evidence, merge
from focalface.agent.basics.scene import Scene
from focalface.agent.basics.sentence import Sentence, fixed
from focalface.agent.composing.compose import Draft, Observations, compose
from focalface.agent.composing.multi_part import joined_drafts
from focalface.agent.planning import face_selection, plan
from focalface.agent.planning.plan import RegionRequest
from focalface.agent.planning.turn_context import Turn
from focalface.agent.understanding import Intent
from focalface.tools.types import RegionDescription

BATCH = 40
"""Faces of a crowd that are looked at in one step, the largest first."""
TELLING = 0.05
"""Share of a batch that has to tell something; smaller faces will tell no more."""
AGE_SHOWS = ("left_eye", "right_eye", "mouth")
"""Regions whose age, when it is known already, is told beside that of the face."""


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
        before = turn.context.before
        self._of_before = merge(before.scene, [descriptions(messages)]) if before else None
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

    def needed(self) -> list[RegionRequest]:
        """Looks that the question cannot do without."""
        intent, context = self.turn.intent, self.turn.context
        known = Evidence(self.known.scene, tuple(d for d in self.known if self._counts(d)))
        needed = plan.requests_needed(intent, context, known)
        if self._of_before is not None:
            needed += plan.before_needed(intent, context, self._of_before)
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
        """Return one more region on the face that the question is about.

        On several faces only the whole face, for a unit that is not assessed where it was sought.
        """
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
        if part.claimed:
            part = self._with_claimed(part)
        each = tuple(self._evidence(part, f.id, more) for f in faces)
        if part.kind == "faces" or not faces:
            each = (self.known,) if part.kind == "faces" else ()
            if not faces and context.picture and context.picture.faces:
                return Draft((fixed(face_selection.no_such_face(part, context)),))
        later = not context.two or context.two[-1] == context.picture
        looked = Observations(each, self._before(part), tuple(f.id for f in faces), later)
        if part.in_both and part.kind != "faces":
            looked = self._on_both(part, looked)
        return compose(part, looked, expert=context.expert)

    def _with_claimed(self, part: Intent) -> Intent:
        """Return a question with the id of the face that it takes to come first."""
        alone = part.model_copy(update={"faces": (part.claimed,), "comparison": None})
        found = face_selection.chosen_faces(alone, self.turn.context, self.known)
        return part.model_copy(update={"claimed": found[0].id if len(found) == 1 else ""})

    def _before(self, part: Intent) -> Evidence | None:
        """Return what is known of the picture before, at the regions that are asked for."""
        return self._of_before and self._of_before.at([n for n in part.regions if n != "custom"])

    def _on_both(self, part: Intent, looked: Observations) -> Observations:
        """Return the faces of both pictures, those of the one that was opened first first."""
        if looked.before is None:
            return looked
        others = [face.id for face in looked.before.scene.faces]
        mine = list(zip(looked.face_ids, looked.each, strict=True))
        also = [(i, looked.before.of(i)) for i in others]
        both = [*also, *mine] if looked.later else [*mine, *also]
        each, ids = tuple(ev for _, ev in both), tuple(face_id for face_id, _ in both)
        return replace(looked, each=each, face_ids=ids)

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
