"""Who of several faces shows what was asked for: counts, places, those who do not."""

import made_up
import pytest
from composed import seen

from focalface.agent.basics.evidence import Evidence
from focalface.agent.basics.scene import Scene
from focalface.agent.checking.own import verified
from focalface.agent.composing.compose import Observations, compose
from focalface.agent.understanding import Context, parse
from focalface.tools.types import Attributes


def told(question, smiles, **context):
    """The answer on faces from left to right that smile so much."""
    faces = tuple(
        made_up.face(f"f{n}", box=made_up.box(100 * n, 10, 100 * n + 80, 90))
        for n in range(len(smiles))
    )
    scene = Scene("img", 100 * len(faces), 100, faces)
    return _composed(
        question, scene, [_smiling(f.id, s) for f, s in zip(faces, smiles, strict=True)]
    )


def _smiling(face_id, level):
    mouth = seen("mouth", [("AU12", level, level), ("AU25", 0.1, 0.1)])
    region = mouth.region.model_copy(update={"face_id": face_id, "id": f"mouth_{face_id}"})
    return mouth.model_copy(update={"region": region})


def _composed(question, scene, found):
    each = tuple(Evidence(scene, (d,)) for d in found)
    intent = parse(question, Context(count=len(scene.faces)))
    looked = Observations(each, None, tuple(f.id for f in scene.faces))
    draft = compose(intent, looked, expert=False)
    checked = verified(draft.says, [Evidence(scene, tuple(found))])
    assert checked.faults == ()
    return checked.text


SOME = [0.9, 0.0, 0.8, 0.0, 0.9]


@pytest.mark.parametrize(
    ("question", "smiles", "said"),
    [
        ("how many people are smiling?", SOME, "Three of the 5 faces show a smile"),
        ("how many don't smile?", SOME, "Two of the 5 faces do not clearly show a smile"),
        ("who isn't smiling?", SOME, "The face second from the left (face 2) and the face second"),
        ("who isn't smiling?", [0.9] * 5, "Nobody: all 5 faces show a smile."),
        ("how many aren't smiling?", [0.9] * 5, "None: all 5 faces show a smile."),
        ("is everyone smiling?", SOME, "Not all: "),
        ("is anybody smiling?", SOME, "Yes: "),
        ("does either of them smile?", [0.9, 0.0], "Yes: the face on the left (face 1) shows"),
        ("are they both smiling?", [0.9, 0.9], "Yes: both faces show a smile."),
        ("do any of the women smile?", SOME, "I don't judge gender, so this is about everybody."),
    ],
)
def test_who_and_how_many_are_told_in_the_first_sentence(question, smiles, said):
    assert told(question, smiles).startswith(said)


def test_a_list_of_many_names_the_place_beside_the_number():
    text = told("who is smiling?", [0.9, 0.0, 0.8] + [0.0] * 8)
    assert "face 1 (on the left)" in text
    assert "face 3 (third from the left)" in text


def test_those_who_do_not_are_named_among_many():
    text = told("who isn't smiling?", [0.9] * 7 + [0.0] + [0.9] * 4)
    assert text == "Face 8 (fifth from the right) does not clearly show a smile."
    text = told("how many aren't smiling?", [0.9] * 7 + [0.0] + [0.9] * 4)
    assert text.startswith("1 of the 12 faces does not clearly show a smile: face 8")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("rank them by how much they smile", "Smile, from most to least: the face on the left"),
        ("order them from least smiling to most smiling", "Smile, from least to most: "),
    ],
)
def test_an_order_lists_all_faces(question, said):
    text = told(question, [0.9, 0.3, 0.6])
    assert text.startswith(said)
    assert all(f"(face {n}), " in text for n in (1, 2, 3))


def test_an_order_of_many_lists_the_first_ones():
    text = told("rank them by how much they smile", [0.05 * n for n in range(12)])
    assert text.endswith("then 8 more.")
    assert "face 12" in text


def test_of_one_that_could_be_judged_the_others_are_said_not_to_be():
    faces = tuple(
        made_up.face(f"f{n}", box=made_up.box(100 * n, 10, 100 * n + 80, 90)) for n in range(3)
    )
    scene = Scene("img", 300, 100, faces)
    each = (Evidence(scene, (_smiling("f0", 0.9),)), Evidence(scene), Evidence(scene))
    intent = parse("is everyone smiling?", Context(count=3))
    draft = compose(intent, Observations(each, None, ("f0", "f1", "f2")), expert=False)
    assert "(face 1) shows a smile; the others could not be judged." in draft.text


MOST = [0.9] * 9 + [0.0]


@pytest.mark.parametrize(
    ("question", "smiles", "said"),
    [
        ("are they all smiling?", MOST, "No: all but face 10 (on the right) show a smile."),
        (
            "are they all smiling?",
            [*MOST, 0.0],
            "No: all but 2 of the 11 faces show a smile: not face 10 (second from the right) and "
            "face 11 (on the right).",
        ),
        ("is anyone smiling?", [0.0] * 4, "No: none of the 4 faces clearly shows a smile."),
        ("are those in the picture smiling?", [0.9] * 4, "Yes: all 4 faces show a smile."),
        (
            "how many people are smiling?",
            [0.9, 0.9, 0.0, 0.9, 0.9],
            "Four of the 5 faces show a smile: all but the face in the middle (face 3).",
        ),
        ("how many people are smiling?", [0.0] * 4, "None of the 4 faces clearly shows a smile."),
    ],
)
def test_exceptions_are_what_is_told_where_they_are_few(question, smiles, said):
    assert told(question, smiles) == said


@pytest.mark.parametrize(
    ("smiles", "said"),
    [
        ([0.9, 0.9, 0.0, 0.9], "A smile shows on all but the face second from the right (face 3)."),
        ([0.9, 0.0, 0.0, 0.0], "A smile shows on the face on the left (face 1)."),
        ([0.9] * 4, "A smile shows on all 4 faces."),
    ],
)
def test_what_all_do_with_a_part_is_told_together_with_the_exceptions(smiles, said):
    assert told("what are they all doing with their mouths?", smiles) == said


def test_of_two_who_wears_something_is_named():
    hats = [_smiling(f"f{n}", 0.0) for n in range(2)]
    worn = [
        one.model_copy(update={"attributes": Attributes(head_wear=wear)})
        for one, wear in zip(hats, ("none", "hat"), strict=True)
    ]
    faces = tuple(
        made_up.face(f"f{n}", box=made_up.box(100 * n, 10, 100 * n + 80, 90)) for n in range(2)
    )
    text = _composed("who wears a hat?", Scene("img", 200, 100, faces), worn)
    assert text.startswith("The face on the right (face 2) wears something on the head, the other")


@pytest.mark.parametrize(
    ("smiles", "named"),
    [([0.0, 0.16, 0.02], True), ([0.14, 0.16, 0.02], False), ([0.0] * 3, False)],
)
def test_where_nobody_shows_it_whoever_comes_closest_is_named(smiles, named):
    text = told("is anybody smiling?", smiles)
    assert text.startswith("No: none of the 3 faces")
    assert ("The face in the middle (face 2) comes closest." in text) == named
