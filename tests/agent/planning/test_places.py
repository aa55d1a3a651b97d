"""Whom a question means by a place in the picture: rows, front and back, sides, corners, crowds."""

import made_up
import pytest

from focalface.agent.basics.evidence import Evidence
from focalface.agent.basics.scene import Scene
from focalface.agent.planning import face_selection
from focalface.agent.planning.plan import requests_needed
from focalface.agent.planning.turn_context import Picture, TurnContext
from focalface.agent.understanding import LastTurn, parse
from focalface.tools.types import Attributes


def face(name, x, y, size=60):
    """A face around a point of the picture."""
    half = size / 2
    return made_up.face(name, box=made_up.box(x - half, y - half, x + half, y + half))


HEIGHTS = (300, 268, 310, 296, 285, 345)
FRONT = [face(f"front{n}", 100 + 110 * n, y, 64) for n, y in enumerate(HEIGHTS)]
BACK = [face(f"back{n}", 160 + 180 * n, y, 56) for n, y in enumerate((205, 232, 215))]
GROUP = Picture(path="g.png", image_id="g", width=800, height=600, faces=(*FRONT, *BACK))
"""Six in front and three behind them, in no straight rows."""
NEAR = [face("man", 850, 850, 118), face("woman", 1200, 970, 176), face("lady", 1500, 850, 180)]
FAR = [face(f"far{n}", 20 + 47 * n, 200 + 20 * (n % 9), 20 + n % 5) for n in range(42)]
CROWD = Picture(path="c.png", image_id="c", width=2048, height=1150, faces=(*NEAR[::-1], *FAR))
SHEET = Picture(
    path="s.png",
    image_id="s",
    width=600,
    height=400,
    faces=tuple(
        face(f"r{r}c{c}", 100 + 200 * c, 100 + 200 * r) for r in range(2) for c in range(3)
    ),
)


def chosen(question, picture, **changes):
    context = TurnContext(question=question, picture=picture, **changes)
    intent = parse(question, context.conversation)
    return [f.id for f in face_selection.chosen_faces(intent, context, None)]


@pytest.mark.parametrize(
    ("question", "faces"),
    [
        ("is the woman on the far left of the front row smiling?", ["front0"]),
        ("is anybody unhappy in the back row?", ["back0", "back1", "back2"]),
        ("are the people at the back smiling?", ["back0", "back1", "back2"]),
        ("how many in the front row have their mouth open", [f.id for f in FRONT]),
        ("back row, second from the left: is he angry?", ["back1"]),
        ("is the tall man at the back on the right smiling?", ["back2"]),
        ("the guy in the middle of the back row, is he smiling", ["back1"]),
        ("who smiles most in the back row?", ["back0", "back1", "back2"]),
        ("And the blonde woman on the left?", ["front0"]),
    ],
)
def test_those_who_stand_behind_others_are_the_back_row(question, faces):
    assert chosen(question, GROUP) == faces


@pytest.mark.parametrize(
    ("question", "faces"),
    [
        ("what's the woman in the middle at the front doing with her mouth", ["woman"]),
        ("what about the woman on the far right in front, is her mouth open?", ["lady"]),
        ("is the girl in front happy?", ["lady"]),
        ("are those in front smiling?", ["lady", "woman", "man"]),
        ("the man on the left in the foreground: is he angry", ["man"]),
        ("is the man at the back smiling?", []),
    ],
)
def test_in_a_crowd_the_large_faces_are_in_front_and_never_a_tiny_one(question, faces):
    assert chosen(question, CROWD) == faces


@pytest.mark.parametrize(
    ("question", "faces"),
    [
        ("is the woman at the top right smiling", ["r0c2"]),
        ("and the woman below on the left?", ["r1c0"]),
        ("is the one in the bottom row, second from the left sad?", ["r1c1"]),
        ("everyone in the top row: smiling?", ["r0c0", "r0c1", "r0c2"]),
        ("who's on the far left", ["r0c0"]),
    ],
)
def test_rows_of_a_sheet_are_top_and_bottom(question, faces):
    assert chosen(question, SHEET) == faces


@pytest.mark.parametrize(
    ("question", "face"),
    [("and the man behind her?", "back0"), ("who is in front of him?", None)],
)
def test_who_stands_behind_or_in_front_is_found_from_the_one_spoken_of(question, face):
    last = LastTurn(kind="recognise", attributes=("AU12",), faces=("front0",), subject=("front0",))
    assert chosen(question, GROUP, last=last) == ([face] if face else [])


@pytest.mark.parametrize(
    "question",
    [
        "is the upper lip raised?",
        "what is the left corner of the mouth doing",
        "what does the skin below the eyes do?",
        "look at the back of her head",
        "is the lower lip of hers bitten",
    ],
)
def test_a_place_on_a_face_is_no_place_in_the_picture(question):
    context = TurnContext(question=question, picture=GROUP)
    assert not any(f.startswith("at:") for f in parse(question, context.conversation).faces)


def test_a_hat_and_a_place_are_looked_for_together():
    context = TurnContext(question="", picture=GROUP)
    heard = parse("is the man with the hat at the back smiling?", context.conversation)
    assert heard.faces == ("with:hat&at:back::",)
    heard = parse("is the man with the hat on the left smiling?", context.conversation)
    assert heard.faces == ("with:hat&leftmost",)


def test_among_many_the_number_goes_first_and_the_place_with_it():
    assert GROUP.scene.called("back1") == "face 8 (back row, in the middle)"
    assert GROUP.scene.called("front4") == "face 5 (front row, second from the right)"
    assert CROWD.scene.called("lady") == "face 1 (at the bottom right)"
    assert SHEET.scene.called("r1c0") == "the face in the bottom row, on the left (face 4)"


def test_one_row_is_no_rows():
    faces = tuple(face(f"f{n}", 100 * n + 50, 100 + 5 * n) for n in range(4))
    scene = Scene("one", 500, 200, faces)
    assert len(scene.lines()) == 1
    assert scene.at_the_back() == []


def wearer(face_id, wear):
    found = made_up.reading("face").model_copy(update={"attributes": Attributes(head_wear=wear)})
    region = found.region.model_copy(update={"face_id": face_id, "id": f"reg_{face_id}"})
    return found.model_copy(update={"region": region})


@pytest.mark.parametrize(("at", "found"), [(29, ["f29"]), (None, [])])
def test_who_wears_a_hat_is_looked_for_among_all_and_nobody_stands_in(at, found):
    faces = tuple(face(f"f{n}", 60 * n + 50, 100) for n in range(30))
    picture = Picture(path="rows.jpg", image_id="img", width=2000, height=200, faces=faces)
    worn = (wearer(f.id, "hat" if n == at else "none") for n, f in enumerate(faces))
    known = Evidence(picture.scene, tuple(worn))
    context = TurnContext(question="", picture=picture)
    intent = parse("is the man with the hat smiling?", context.conversation)
    assert [f.id for f in face_selection.chosen_faces(intent, context, known)] == found
    assert face_selection.no_such_face(intent, context).startswith(
        "I see nobody with a hat; say who"
    )


def test_of_many_faces_all_are_looked_at_before_one_is_called_by_a_hat():
    faces = tuple(face(f"f{n}", 60 * n + 50, 100) for n in range(30))
    picture = Picture(path="rows.jpg", image_id="img", width=2000, height=200, faces=faces)
    context = TurnContext(question="", picture=picture)
    intent = parse("is the man with the hat smiling?", context.conversation)
    needed = requests_needed(intent, context, Evidence(picture.scene))
    assert [r.face_id for r in needed] == [f.id for f in faces]
