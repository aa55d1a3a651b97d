"""Who comes first, second and last is one order, whoever asks for it and however."""

import made_up
from composed import FACE, seen

from focalface.agent.basics.evidence import Evidence
from focalface.agent.basics.scene import Scene
from focalface.agent.composing.compose import Observations, compose
from focalface.agent.understanding import Context, parse

THREE = tuple(
    FACE.model_copy(update={"id": f"fac_{n}", "box": made_up.box(100 * n, 10, 100 * n + 80, 90)})
    for n in range(3)
)
SCENE = Scene("img", 320, 100, THREE)


def told(question, *found, **changes):
    """The answer on three faces from left to right, each with one reading of the whole face."""
    each = tuple(
        Evidence(SCENE, (one.model_copy(update={"region": one.region.model_copy(
            update={"face_id": face.id, "id": f"{one.region.id}_{face.id}"})}),))
        for one, face in zip(found, THREE, strict=True)
    )  # fmt: skip
    intent = parse(question, Context(count=3)).model_copy(update=changes)
    looked = Observations(each, face_ids=tuple(face.id for face in THREE))
    return " ".join(map(str, compose(intent, looked, expert=False).says))


SMILES = [seen("face", [("AU12", level, level)], age=made_up.age(years, years - 5, years + 5))
          for level, years in ((0.5, 30), (0.9, 50), (0.7, 40))]  # fmt: skip


def test_the_second_is_named_alone_after_the_first():
    text = told("who smiles second most?", *SMILES)
    assert text.startswith("The face on the right (face 3) comes second (")
    assert "after the face in the middle (face 2)." in text
    assert "on the left" not in text


def test_the_second_oldest_is_called_so():
    text = told("who is the second oldest?", *SMILES)
    assert text.startswith("The face on the right (face 3) is the second oldest (about 40)")


def test_there_is_no_fifth_of_three():
    assert told("who is the fifth oldest?", *SMILES).startswith("There is no fifth: only 3 faces")


def test_the_first_of_a_list_is_whoever_shows_most():
    level = [
        seen("face", [("AU12", 0.9, 0.9), ("AU6", cheeks, cheeks)]) for cheeks in (0.1, 0.2, 0.8)
    ]
    most = told("who smiles most?", *level)
    assert "face on the right (face 3)" in most
    assert told("rank them by smile", *level).startswith(
        "Smile, from most to least: the face on the right (face 3)"
    )


def test_whether_one_comes_first_is_told_with_yes_or_no():
    question = "is the one in the middle the oldest?"
    assert told(question, *SMILES, claimed="fac_1").startswith("Yes, the face in the middle")
    assert told(question, *SMILES, claimed="fac_0").startswith("No, the face in the middle")


def test_one_who_alone_could_be_judged_comes_first_of_nobody():
    blank = seen("face")
    text = told("is the one in the middle the oldest?", blank, SMILES[1], blank, claimed="fac_1")
    assert "I cannot compare" in text
    assert not text.startswith("Yes")
