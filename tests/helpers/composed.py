"""Answers composed from made-up readings of one face; every answer has to pass the check."""

from collections.abc import Iterable, Sequence

import made_up

from focalface.agent.basics.evidence import Evidence
from focalface.agent.basics.scene import Scene
from focalface.agent.checking.own import verified
from focalface.agent.composing.compose import Draft, Observations, compose
from focalface.agent.planning.turn_context import remembered
from focalface.agent.understanding import Context, parse
from focalface.tools.types import AgeEstimate, Emotion, RegionDescription

FACE = made_up.face()
SCENE = Scene("img", 100, 100, (FACE,))


def seen(
    name: str,
    levels: Iterable[Sequence[object]] = (),
    *,
    emotion: tuple[Emotion, float] | None = None,
    age: AgeEstimate | None = None,
    unassessed: Iterable[str] = (),
) -> RegionDescription:
    """``levels``: (code, left, right) or (code, both); ``emotion``: label and share."""
    return made_up.reading(
        name,
        made_up.units(name, levels),
        text=f"{name} text.",
        emotion=made_up.emotion(**dict([emotion])) if emotion else None,
        age=age,
        not_assessed=tuple(unassessed),
    )


def answer(question: str, *found: RegionDescription, expert: bool = False) -> tuple[str, Draft]:
    """The text of an answer, without citations, and the draft that it comes from."""
    evidence = Evidence(SCENE, found)
    draft = compose(parse(question), Observations((evidence,), None, ("fac_1",)), expert=expert)
    checked = verified(draft.says, [evidence])
    assert checked.faults == (), checked.faults
    return checked.text, draft


FACES = tuple(
    FACE.model_copy(
        update={"id": f"fac_{n}", "box": made_up.box(100 * n - 90, 10, 100 * n - 10, 90)}
    )
    for n in (1, 2, 3, 4, 5)
)


def of_faces(intent, *found, faces=FACES):
    """The text on several faces, of which one description each is given."""
    intent = parse(intent) if isinstance(intent, str) else intent
    faces = faces[: len(found)]
    scene = Scene("img", 500, 100, faces)
    each = []
    for face, one in zip(faces, found, strict=True):
        region = one.region.model_copy(
            update={"face_id": face.id, "id": f"{face.id}_{one.region.name}"}
        )
        each.append(Evidence(scene, (one.model_copy(update={"region": region}),)))
    looked = Observations(tuple(each), None, tuple(face.id for face in faces))
    return " ".join(map(str, compose(intent, looked, expert=False).says)).split(" [")[0]


def talk(*questions: str, found: Iterable[RegionDescription]) -> str:
    """The text of the last of several questions on one face; all of it passes the check."""
    evidence, last, text = Evidence(SCENE, tuple(found)), None, ""
    for question in questions:
        intent = parse(question, Context(count=1, last=last))
        draft = compose(intent, Observations((evidence,), None, (FACE.id,)), expert=False)
        checked = verified(draft.says, [evidence])
        assert checked.faults == (), checked.faults
        last, text = remembered(intent, (FACE.id,), (FACE.id,), last), checked.text
    return text
