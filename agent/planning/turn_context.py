"""What a turn starts from: picture, faces, choices, what was asked before; and the question, read.

The offline planner goes by the structure, a language model gets the text.
"""

import re

from focalface.agent.basics.answer import IntentKind
from focalface.agent.basics.scene import Scene
from focalface.agent.understanding import Context, Intent, LastTurn, parse
from focalface.agent.understanding.changes import BY_SESSION
from focalface.agent.understanding.pictures import of_another_picture
from focalface.tools.face import facs
from focalface.tools.proposing import region_selection
from focalface.tools.types import Face, Frozen, Region


class Picture(Frozen):
    """One opened picture.

    ``crop``: all of it is one face. ``note``: what was left out of its file, in words.
    """

    path: str
    image_id: str
    width: int
    height: int
    faces: tuple[Face, ...]
    crop: bool = False
    note: str = ""

    @property
    def source(self) -> dict[str, str | bool]:
        """The picture as arguments of a tool."""
        return {"path": self.path, **({"whole_image_is_face": True} if self.crop else {})}

    @property
    def scene(self) -> Scene:
        """The picture as evidence knows it."""
        name = self.path.replace("\\", "/").rsplit("/", 1)[-1]
        return Scene(self.image_id, self.width, self.height, self.faces, name)


class TurnContext(Frozen):
    """The state of a conversation at the start of a turn.

    ``before``: the picture that was shown before; ``opened``: all, in the order of opening.
    ``face``: chosen face, from 1. ``answers``: what was answered so far, oldest first.
    """

    question: str
    picture: Picture | None = None
    before: Picture | None = None
    opened: tuple[Picture, ...] = ()
    face: int | None = None
    selection: tuple[Region, ...] = ()
    numbered: tuple[Region, ...] = ()
    last: LastTurn | None = None
    expert: bool = False
    answers: tuple[str, ...] = ()

    @property
    def conversation(self) -> Context:
        """What understanding a question needs of this."""
        return Context(
            count=len(self.picture.faces) if self.picture else None,
            selection=tuple(r.name for r in self.selection),
            numbered=tuple(r.name for r in self.numbered),
            last=self.last,
            pictures=max(len(self.opened), 1 + (self.before is not None)),
            shown=self._place_of(self.picture),
            other=self._place_of(self.before),
            counts=tuple(len(picture.faces) for picture in self.opened),
        )

    def _place_of(self, picture: Picture | None) -> int:
        """Return the place of a picture in the order of opening, from 1; 0 where it has none."""
        ids = [one.image_id for one in self.opened]
        known = picture is not None and picture.image_id in ids
        return 1 + ids.index(picture.image_id) if picture and known else 0

    @property
    def two(self) -> tuple[Picture, ...]:
        """The picture that is shown and the one before it, in the order of opening."""
        both = (picture for picture in (self.before, self.picture) if picture is not None)
        return tuple(sorted(both, key=self._place_of))

    def at(self, place: int) -> "TurnContext":
        """Return the state as if the picture at a place, from 1, were the one that is shown."""
        if not 0 < place <= len(self.opened) or place == self._place_of(self.picture):
            return self
        picture = self.opened[place - 1]
        last = self.last and of_another_picture(self.last, several=len(picture.faces) > 1)
        chosen = {"face": None, "selection": (), "numbered": (), "last": last}
        return self.model_copy(update={"picture": picture, "before": self.picture, **chosen})

    def text(self) -> str:
        """For a language model."""
        if self.picture is None:
            return f"{self.question}\n\n(There is no picture yet.)"
        lines = [self.question, "", f"Picture: {self.picture.path}, {_faces(self.picture)}"]
        if self.before:
            lines.append(f"Picture before: {self.before.path}, {_faces(self.before)}")
        if self.face:
            lines.append(f"Chosen face: {self.face}")
        if self.selection:
            chosen = ", ".join(f"{r.name} (region_id {r.id})" for r in self.selection)
            lines.append(f'"Here" means: {chosen}')
        if self.expert:
            lines.append("The reader is a FACS coder: answer in FACS terms.")
        return "\n".join(lines)


class Turn(Frozen):
    """One question: what it starts from and what it asks for, read once for everybody."""

    context: TurnContext
    intent: Intent


def turn_of(context: TurnContext) -> Turn:
    """Read the question of a turn; the only place where that happens.

    A question that names another picture is on that one.
    """
    intent = parse(context.question, context.conversation)
    context = context if intent.recall in BY_SESSION else context.at(intent.photo)
    return Turn(context=context, intent=_on_the_scale(intent, context))


_ANOTHER = re.compile(
    r"\W*(?:(?:and|ok|okay|so|then|now|what about|how about|same for|of|for)\b,? *)*"
    r"(?:(?:the|a|his|her|their)\b *)?(?P<what>[\w-]+(?: [\w-]+)?)\W*",
    re.I,
)
"""A follow-up that only names what else is asked for: "and fear?", "the smile?"."""
_FIGURES = frozenset({"emotion", "pain", "fatigue", "tension", "genuineness"})
"""Topics beside the units that a figure on a scale is given of."""


def _on_the_scale(intent: Intent, context: TurnContext) -> Intent:
    """Return a follow-up that names another thing with a figure on the scale of the answer before:
    "and fear?" after "from 0 to 10, how surprised?"."""
    scale = context.last.scale if context.last else 0
    measured = [a for a in intent.attributes if a in facs.UNITS or a in _FIGURES]
    one_more = measured and not (intent.form or intent.recall or intent.comparison)
    if not (scale and one_more and _ANOTHER.fullmatch(context.question)):
        return intent
    return intent.model_copy(update={"form": "of ten", "scale": scale})


def _faces(picture: Picture) -> str:
    scene = picture.scene
    named = [f"{n}: {f.id} {scene.where(f.id)}".strip() for n, f in enumerate(picture.faces, 1)]
    return f"image_id {picture.image_id}, faces {'; '.join(named) or 'none'}"


def remembered(
    intent: Intent,
    face_ids: tuple[str, ...],
    told_of: tuple[str, ...],
    before: LastTurn | None,
    order: tuple[str, ...] = (),
) -> LastTurn:
    """Return the state of the dialogue after a turn; a "why?" passes on what it was about.

    ``face_ids``: the faces that were looked at; ``told_of``: those that the first sentence of the
    answer speaks of; ``order``: the order in which the answer put faces, where it did.
    """
    if (intent.recall or intent.causes) and before is not None:
        return before
    kind: IntentKind = "recognise" if intent.kind in ("why", "check") else intent.kind
    of_all = {"all", "others"} & {*intent.faces} or intent.comparison == "faces"
    ids = intent.faces if "all" in intent.faces else face_ids
    found = told_of and (intent.comparison == "pictures" or len(told_of) < len(face_ids))
    subject = told_of if found else face_ids[:1] * (len(face_ids) == 1)
    around = {f.partition(":")[0] for f in intent.faces} & {"others", "beside", "behind", "before"}
    if not subject and around and before is not None:
        subject = before.subject  # "he" is still the one whom they are the others of
    return LastTurn(
        kind=kind,
        attributes=intent.attributes,
        regions=intent.regions,
        faces=face_ids if intent.faces else (),
        intent=intent.model_copy(
            update={
                "faces": ids,
                "recall": None,
                "form": "",
                "photo": 0,
                "claimed": "",
                "unread": (),
            }
        ),
        subject=subject,
        pair=_pair(face_ids, subject, before, bool(of_all)),
        regions_before=_regions_before(intent, before),
        coded=intent.expert or intent.form == "codes",
        scale=intent.scale if intent.form == "of ten" else 0,
        order=order or told_of
        if order or intent.listed or (of_all and len(told_of) > 1)
        else _order(face_ids, before),
    )


def _pair(
    face_ids: tuple[str, ...], subject: tuple[str, ...], before: LastTurn | None, of_all: bool
) -> tuple[str, ...]:
    """Return the last two faces that were spoken of one after the other."""
    known = before.pair if before else ()
    if len(face_ids) == 2:
        return face_ids
    if of_all and len(subject) == 2:
        return subject
    if of_all and len(subject) != 1:
        return known
    if not subject or subject[0] in known[-1:]:
        return known or subject[:1]
    return (*known[-1:], subject[0])


def _order(face_ids: tuple[str, ...], before: LastTurn | None) -> tuple[str, ...]:
    """Return the order in which faces were put, while one of them is spoken of."""
    known = before.order if before else ()
    return known if len(face_ids) == 1 and face_ids[0] in known else ()


def _regions_before(intent: Intent, before: LastTurn | None) -> tuple[str, ...]:
    """Return what was looked at before the regions changed."""
    if before is None:
        return ()
    return before.regions if before.regions != intent.regions else before.regions_before


def of_units(intent: Intent) -> Intent:
    """Return "what does AU5 mean?" as a question on that unit, for what is asked next."""
    regions = region_selection.plan_regions(intent.attributes, ())
    return intent.model_copy(update={"kind": "recognise", "about": None, "regions": regions})
