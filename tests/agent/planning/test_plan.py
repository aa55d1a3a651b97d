"""Plans: which faces and regions, how many looks, and when one more is worth it."""

import made_up
import pytest

from focalface.agent.basics.evidence import Evidence
from focalface.agent.basics.scene import Scene
from focalface.agent.planning import face_selection
from focalface.agent.planning import plan as planning
from focalface.agent.planning.turn_context import Picture, TurnContext, turn_of
from focalface.agent.understanding import Intent, LastTurn, parse


def face(number, left, size=80):
    return made_up.face(f"fac_{number}", box=made_up.box(left, 10, left + size, 10 + size))


THREE = (face(1, 200, 100), face(2, 400), face(3, 10, 60))
PICTURE = Picture(path="a.png", image_id="img", width=500, height=200, faces=THREE)
SCENE = Scene("img", 500, 200, THREE)


def seen(name, code=None, level=0.0, *, owner="fac_1", years=None):
    region = made_up.region(name, id=f"reg_{owner}_{name}", face_id=owner)
    units = [made_up.unit(code, level)] if code else []
    age = made_up.age(years, years - 8, years + 8) if years else None
    return made_up.reading(region, units, age=age)


def starting(question, **changes):
    return TurnContext(question=question, picture=PICTURE, **changes)


def chosen(question, **changes):
    made = starting(question, **changes)
    intent = parse(question, made.conversation)
    return [f.id for f in face_selection.chosen_faces(intent, made, None)]


@pytest.mark.parametrize(
    ("question", "faces"),
    [
        ("is she smiling?", ["fac_1"]),
        ("is the woman on the left smiling?", ["fac_3"]),
        ("is the person on the right smiling?", ["fac_2"]),
        ("the guy in the middle: mouth", ["fac_1"]),
        ("is she older than the rightmost?", ["fac_2"]),
        ("face 2: mouth", ["fac_2"]),
        ("the second one from the left: mouth", ["fac_1"]),
        ("is everyone smiling?", ["fac_1", "fac_2", "fac_3"]),
        ("does the smallest face smile?", ["fac_3"]),
        ("face 7: mouth", []),
    ],
)
def test_faces_are_chosen_by_place_and_number(question, faces):
    assert chosen(question) == faces


def test_the_chosen_face_is_meant_when_the_question_names_none():
    assert chosen("is she smiling?", face=2) == ["fac_2"]


def test_the_others_are_those_that_the_last_turn_was_not_about():
    last = LastTurn(kind="recognise", attributes=("AU12",), regions=("mouth",), faces=("fac_3",))
    assert chosen("and the others?", last=last) == ["fac_1", "fac_2"]


@pytest.mark.parametrize(
    ("last", "neighbours"), [("fac_3", ["fac_1"]), ("fac_1", ["fac_3", "fac_2"])]
)
def test_the_one_next_to_her_is_a_neighbour_of_the_face_before(last, neighbours):
    before = LastTurn(kind="recognise", attributes=("AU12",), regions=("mouth",), faces=(last,))
    assert chosen("what about the one next to her?", last=before) == neighbours


def test_after_a_question_on_all_faces_no_other_one_is_left():
    before = LastTurn(
        kind="compare", attributes=("AU12",), regions=("mouth",), faces=("1", "2", "3")
    )
    made = starting("and the other one?", last=before)
    intent = parse(made.question, made.conversation)
    assert face_selection.chosen_faces(intent, made, None) == []
    assert "which one you mean" in face_selection.no_such_face(intent, made)


def test_one_face_is_compared_with_everybody_else():
    assert chosen("compare face 2 with everybody else") == ["fac_2", "fac_1", "fac_3"]


def test_the_oldest_face_is_found_by_looking_at_the_ages_first():
    made = starting("is the oldest-looking person frowning?")
    intent = parse(made.question, made.conversation)
    first = planning.requests_needed(intent, made, Evidence(SCENE))
    assert [(look.face_id, look.regions) for look in first] == [
        (f"fac_{n}", ("face",)) for n in (1, 2, 3)
    ]
    ages = Evidence(SCENE, tuple(seen("face", owner=f"fac_{n}", years=30.0 + n) for n in (1, 2, 3)))
    then = planning.requests_needed(intent, made, ages)
    assert [look.face_id for look in then] == ["fac_3"]
    assert set(then[0].regions) == {"left_brow", "right_brow", "glabella"}


def test_one_look_a_face_and_nothing_that_is_known_already():
    made = starting("compare the mouths of face 1 and face 3")
    intent = parse(made.question, made.conversation)
    known = Evidence(SCENE, (seen("mouth", "AU12", 0.7),))
    needed = planning.requests_needed(intent, made, known)
    assert [(look.face_id, look.regions) for look in needed] == [("fac_3", ("mouth",))]


@pytest.mark.parametrize(
    ("level", "more"), [(0.75, None), (0.35, "lip_corner"), (0.25, "lip_corner"), (0.02, None)]
)
def test_only_a_close_call_is_worth_a_second_look(level, more):
    intent = parse("is she smiling?")
    found = planning.second_look(intent, Evidence(SCENE, (seen("chin", "AU12", level),)))
    assert (found is None) == (more is None)
    if found:
        assert found[0] == ("left_lip_corner", "right_lip_corner")
        assert "close call" in found[1]


def test_a_second_look_goes_where_nobody_has_looked():
    intent = parse("is she smiling?")
    found = planning.second_look(intent, Evidence(SCENE, (seen("mouth", "AU12", 0.3),)))
    assert found is not None
    assert found[0] == ("left_nasolabial_fold", "right_nasolabial_fold")


def test_a_unit_that_is_not_assessed_where_it_was_sought_is_looked_for_on_the_whole_face():
    intent = parse("is AU17 there?")
    found = planning.second_look(intent, Evidence(SCENE, (seen("chin", "AU12", 0.8),)))
    assert found == (
        ("face",),
        "chin raising is not assessed at the chin, so I looked at the whole face as well",
    )
    read = Evidence(SCENE, (seen("chin", "AU17", 0.8),))
    assert planning.second_look(intent, read) is None
    both = Evidence(SCENE, (seen("chin"), seen("face", "AU12", 0.8)))
    assert planning.second_look(intent, both) is None


def test_a_plan_names_units_regions_and_reasons():
    made = starting("is the smile genuine?")
    plan = planning.plan(turn_of(made))
    assert plan.attributes == ("genuineness",)
    assert set(plan.action_units) == {"AU6", "AU7", "AU12"}
    assert [step.target for step in plan.steps] == list(plan.regions)
    assert plan.faces == ("fac_1",)


CROWD = Picture(
    path="a.png",
    image_id="img",
    width=5000,
    height=200,
    faces=tuple(face(n, 100 * n) for n in range(1, 13)),
)


def test_an_answer_on_a_crowd_says_whom_it_left_out_and_how_to_ask_about_them():
    everyone = TurnContext(question="is everyone smiling?", picture=CROWD)
    all_of_them = parse(everyone.question, everyone.conversation)
    assert len(face_selection.chosen_faces(all_of_them, everyone, None)) == len(CROWD.faces)
    assert face_selection.left_out(all_of_them, everyone) == ""
    made = TurnContext(question="and the others?", picture=CROWD)
    intent = Intent(kind="recognise", attributes=("AU12",), faces=("others",))
    assert len(face_selection.chosen_faces(intent, made, None)) == face_selection.MOST_FACES
    told = face_selection.left_out(intent, made)
    assert "12 faces" in told
    assert "8 largest" in told
    assert "'face 9'" in told
    assert face_selection.left_out(parse("is face 9 smiling?", made.conversation), made) == ""


def test_a_box_chooses_the_face_that_it_lies_on():
    assert chosen("describe 410,20,450,60") == ["fac_2"]


@pytest.mark.parametrize(
    ("question", "off"),
    [
        ("describe 480,150,499,190", True),
        ("what is at point (5, 195)", True),
        ("describe 410,20,450,60", False),
        ("describe the mouth", False),
    ],
)
def test_an_area_off_every_face_is_known_as_such(question, off):
    made = starting(question)
    assert face_selection.off_face(parse(question, made.conversation), made) is off


def test_half_faces_are_read_together_with_brows_eyes_and_mouth():
    intent = parse("is the face symmetrical?")
    halves = Evidence(SCENE, (seen("left_half", "AU12", 0.4), seen("right_half", "AU12", 0.4)))
    more = planning.second_look(intent, halves)
    assert more is not None
    assert more[0] == planning.PAIRS
