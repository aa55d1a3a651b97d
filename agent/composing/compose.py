"""From evidence to an answer in sentences, each with the regions it rests on. Pure.

The order is that of a person who answers: first what was asked, then what it rests on, then what
speaks against it. What could not be judged goes to the limits.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from focalface.agent.basics.answer import Table
from focalface.agent.basics.evidence import Evidence
from focalface.agent.basics.sentence import Sentence, caution, fixed
from focalface.agent.composing import (
    alike,
    attributes,
    codes,
    difference,
    fixed_replies,
    forms,
    found,
    grouped,
    of_two,
    one_face,
    rank,
    together,
    two_groups,
    two_pictures,
)
from focalface.agent.composing.grouped import NAMED
from focalface.agent.composing.per_face import roll_call
from focalface.agent.understanding import Intent
from focalface.tools.face.hiding import HIDDEN
from focalface.tools.types import RegionDescription

MOST_ROWS = 12
"""Faces up to which they stand in a table; of more the sentence counts."""
OF_TWO = ("surer", "assign")
"""How two faces are weighed by what is known of both."""
FEW = 2
"""Sentences on each face when there are several; the table has the rest."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before the check."""

    says: tuple[Sentence, ...] = ()
    limits: tuple[str, ...] = ()
    table: Table | None = None
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The sentences with their citations in brackets."""
        return " ".join(map(str, self.says))


@dataclass(frozen=True, slots=True)
class Observations:
    """The evidence that a question may use: the faces chosen, and the picture before if needed."""

    each: tuple[Evidence, ...]
    before: Evidence | None = None
    face_ids: tuple[str, ...] = field(default=())
    later: bool = True
    """Whether the picture that is shown was opened after the one before."""

    @property
    def called(self) -> list[tuple[str, Evidence]]:
        """What each face is called, and its evidence; where they are of two pictures, in which."""
        two = len({ev.scene.image_id for ev in self.each}) > 1
        return [
            (ev.scene.called_in(face_id) if two else ev.scene.called(face_id), ev)
            for face_id, ev in zip(self.face_ids, self.each, strict=True)
        ]

    @property
    def pair(self) -> tuple[Evidence, Evidence] | None:
        """The first face of two pictures, in the order of opening; None without a second one."""
        if self.before is None or not self.each:
            return None
        first = next((face.id for face in self.before.scene.faces), "")
        both = self.before.of(first), self.each[0]
        return both if self.later else (both[1], both[0])


def compose(intent: Intent, looked: Observations, *, expert: bool) -> Draft:
    """Return the answer to a question that needed tools."""
    expert = expert or intent.expert
    if intent.form == "codes" and looked.each:
        return _coded(intent, looked)
    draft = _composed(intent, looked, expert)
    first, last = fixed_replies.asides(intent)
    if by_looks := [part for part in intent.parts or (intent,) if part.by_looks]:
        first = [fixed_replies.by_looks(by_looks[0].faces), *first]
    named = intent.photo and intent.comparison != "pictures"
    told = _in_its_picture(draft.says, looked) if named else draft.says
    says = (*map(caution, first), *told, *map(caution, last))
    draft = replace(draft, says=says, notes=remarks(intent))
    return draft if intent.kind == "faces" else _with_limits(draft, intent, looked, expert)


def _in_its_picture(says: Sequence[Sentence], looked: Observations) -> tuple[Sentence, ...]:
    """Return sentences of a picture that was named, the first of them with its name."""
    scene = looked.each[0].scene if looked.each else None
    if scene is None or not says:
        return tuple(says)
    first, *rest = says
    if len(scene.faces) == 1 and first.kind == "reading":
        return (replace(first, face=f"the face in {scene.name}"), *rest)
    return (replace(first, picture=scene.name), *rest)


def _coded(intent: Intent, looked: Observations) -> Draft:
    """Return each face in one line of codes."""
    says: list[Sentence] = []
    for name, ev in looked.called:
        found = codes.line(intent, ev)
        several = len(looked.each) > 1
        says += [replace(found[0], face=name)] if several else found
    return Draft(tuple(says))


def remarks(intent: Intent) -> tuple[str, ...]:
    """Return what the reader should know about how the question was read."""
    unread = [fixed_replies.UNREAD.format(words) for words in intent.unread]
    return (*[fixed_replies.FOREIGN] * intent.foreign, *[fixed_replies.CUT] * intent.cut, *unread)


def _composed(intent: Intent, looked: Observations, expert: bool) -> Draft:
    if not looked.each:
        return Draft(
            says=(fixed("No face was found in the picture, so there is nothing to read."),)
        )
    scene = looked.each[0].scene
    if intent.kind == "faces":
        some = bool(intent.faces) and len(looked.face_ids) < len(scene.faces)
        if intent.in_both and looked.before is not None:
            return Draft((found.together((looked.before.scene, scene)),))
        says = found.places(scene, looked.face_ids) if some else found.faces(intent, scene)
        return Draft(says=tuple(says))
    if intent.recall == "difference":
        return Draft(tuple(difference.told(intent, _the_two(intent, looked))))
    if intent.form == "table":
        asked = intent.model_copy(update={"form": "short"})
        table = forms.table(intent, looked.called, expert)
        if table and (row := forms.from_left(table, looked.called)):
            return Draft((row,), table=table)
        return replace(_composed(asked, looked, expert), table=table)
    if intent.in_both and intent.counted and looked.before is not None:
        return Draft(tuple(two_groups.told(intent, _groups(looked))))
    if intent.comparison == "pictures":
        return _two_pictures(intent, looked, expert)
    if intent.weighing in OF_TWO and len(looked.each) == 2:
        return Draft(tuple(of_two.told(intent, looked.called)))
    if intent.weighing == "alike" and len(looked.each) > 1:
        return Draft(tuple(alike.pair(intent, looked.called)))
    if intent.comparison == "faces" and len(looked.each) == 2 and _held_together(intent):
        return Draft(tuple(together.told(intent, looked.called)))
    if intent.comparison == "faces" and len(looked.each) > 1:
        ranked, by_face = rank.faces(intent, looked.called, expert)
        listed = [] if intent.ranked else roll_call(intent, looked.called, expert)
        shown = by_face if len(looked.each) <= MOST_ROWS else _first_rows(by_face)
        if intent.ranked and not intent.listed:
            # Who it is says it; the others were not asked.
            return Draft(tuple(rank.claimed(intent, listed or ranked, looked.called)))
        says = rank.same_mood(intent, listed or ranked, looked.called)
        return Draft(tuple(says), table=shown)
    several = len(looked.each) > 1
    if several and intent.averaged and (mean := attributes.mean_age(looked.each)):
        return Draft((mean,), table=rank.faces(intent, looked.called, expert)[1])
    says_of = [one_face.told_of_one(intent, ev, expert, brief=several) for ev in looked.each]
    said = [
        [replace(says[0], face=name), *says[1:]]
        if says and (len(scene.faces) > 1 or intent.in_both)
        else says
        for (name, _), (says, _) in zip(looked.called, says_of, strict=True)
    ]
    table = says_of[0][1]
    if several:
        few = 1 if intent.attributes == ("age",) else FEW
        said = [says[:few] for says in said]
        worn = {*intent.attributes} and {*intent.attributes} <= {*attributes.appearance.TOPICS}
        many = len(looked.each) > 2 or intent.counted or bool(intent.among or worn)
        called = _of_many(intent, looked, expert) if many else []
        if not called and len(looked.each) > NAMED:
            called = grouped.by_statement([says[0] for says in said if says])
        said = [called] if called else said
        table = rank.faces(intent, looked.called, expert)[1]
        counted = many and bool(called) and (intent.polar or intent.counted)
        bare = table is not None and len(table.columns) < 2
        table = None if counted or bare or len(looked.each) > MOST_ROWS else table
    return Draft(tuple(s for says in said for s in says), table=table)


def _held_together(intent: Intent) -> bool:
    """Tell whether it is asked of two faces what they share, or whether they are alike."""
    if intent.weighing in ("shared", "differ"):
        return True
    of_mood = not intent.emotions and intent.attributes in ((), ("emotion",))
    even = intent.weighing in ("even", "uneven") or intent.comparison == "faces"
    return intent.polar and of_mood and even and not intent.ranked


def _of_many(intent: Intent, looked: Observations, expert: bool) -> list[Sentence]:
    """Return what several faces show, told together; empty where each is told alone."""
    if intent.attributes == ("emotion",) and not intent.emotions:
        if intent.absent:  # who does not feel as the others do
            return grouped.moods(looked.called)[1:] or grouped.moods(looked.called)
        told = grouped.mostly if intent.form == "short" else grouped.moods
        return told(looked.called)
    if called := roll_call(intent, looked.called, expert):
        return called
    if intent.recall or len(looked.each) < 3:
        return []
    if intent.attributes == ("age",):
        return grouped.ages(looked.called)
    if intent.kind == "summary":
        return grouped.moods(looked.called)
    return [] if intent.attributes else grouped.movements(looked.called, expert)


def _first_rows(table: Table) -> Table:
    """Return the first rows of a table of a crowd."""
    title = f"The first {MOST_ROWS} of {len(table.rows)}"
    return table.model_copy(update={"title": title, "rows": table.rows[:MOST_ROWS]})


def _the_two(intent: Intent, looked: Observations) -> list[tuple[str, Evidence]]:
    """Return the faces that were compared, by what they are called: of two pictures, or of one."""
    if intent.comparison != "pictures" or looked.pair is None:
        return looked.called
    return list(two_pictures.the_two(*looked.pair))


def _two_pictures(intent: Intent, looked: Observations, expert: bool) -> Draft:
    if looked.pair is None:
        text = "There is only one picture so far; open the second one and ask again."
        return Draft((Sentence(text),))
    if "all" in intent.faces:
        return Draft(tuple(two_groups.told(intent, _groups(looked))))
    pair = _the_two(intent, looked)
    if intent.weighing in OF_TWO:
        return Draft(tuple(of_two.told(intent, pair)))
    if _held_together(intent):
        return Draft(tuple(together.told(intent, pair)))
    says, table = two_pictures.told(intent, *looked.pair, expert)
    if intent.polar and not intent.ranked:
        says = roll_call(intent, pair, expert) or says
    return Draft(tuple(says), table=table)


def _groups(looked: Observations) -> list[tuple[str, list[tuple[str, Evidence]]]]:
    """Return the faces of both pictures, by what the pictures are called."""
    before = looked.before
    assert before is not None
    both: dict[str, list[tuple[str, Evidence]]] = {}
    if not any(ev.scene.image_id == before.scene.image_id for ev in looked.each):
        both[before.scene.name] = [
            (before.scene.called(face.id), before.of(face.id)) for face in before.scene.faces
        ]
    for name, ev in looked.called:
        both.setdefault(ev.scene.name, []).append((name, ev))
    told = list(both.items())
    return (
        told
        if looked.later or looked.each[0].scene.image_id == before.scene.image_id
        else told[::-1]
    )


def _limiting(ev: Evidence) -> list[RegionDescription]:
    """Return the descriptions of one face whose limits count: those of the whole face, which is
    looked at for want of better, only repeat those of a part that can be seen or tell of others."""
    parts = [d for d in ev if d.region.name != "face"]
    return parts if any(d.region.visibility >= HIDDEN for d in parts) else list(ev)


def _with_limits(draft: Draft, intent: Intent, looked: Observations, expert: bool) -> Draft:
    """Return the draft with everything that could not be judged."""
    if intent.attributes and {*intent.attributes} <= {*one_face.COVERS}:
        return draft  # the answer itself says what is hidden
    before = (looked.before,) if intent.comparison == "pictures" and looked.before else ()
    said: dict[str, None] = {}
    for ev in (*before, *looked.each):
        said |= dict.fromkeys(attributes.gaps(intent, ev, expert=expert))
        several = len(ev.scene.faces) > 1
        for one in _limiting(ev):
            whose = f"Face {ev.scene.number(one.region.face_id)}: " if several else ""
            said |= dict.fromkeys(f"{whose}{limit}" for limit in one.limits)
    return replace(draft, limits=tuple(said))
