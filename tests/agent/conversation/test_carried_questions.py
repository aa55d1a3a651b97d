import pytest

from focalface.agent.understanding import Context, LastTurn, parse


@pytest.mark.parametrize(
    ("question", "attributes", "regions"),
    [
        ("and the left eye?", ("eye_openness",), ("left_eye",)),
        ("what about the brows?", (), ("left_brow", "right_brow")),
    ],
)
def test_an_open_mouth_asks_elsewhere_for_what_can_open_there(question, attributes, regions):
    last = LastTurn(kind="recognise", attributes=("mouth_openness",), regions=("mouth",))
    intent = parse(question, Context(count=1, last=last))
    assert (intent.attributes, intent.regions) == (attributes, regions)
    assert intent.kind == ("recognise" if attributes else "describe")


@pytest.mark.parametrize(
    ("question", "looked_at", "attributes"),
    [
        ("are they raised?", ("left_brow", "right_brow"), ("AU1", "AU2")),
        ("is it open?", ("mouth",), ("mouth_openness",)),
        ("is it closed?", ("left_eye",), ("eye_openness",)),
    ],
)
def test_they_and_it_are_the_parts_of_the_turn_before(question, looked_at, attributes):
    last = LastTurn(kind="describe", regions=looked_at)
    intent = parse(question, Context(count=1, last=last))
    assert (intent.attributes, intent.regions) == (attributes, looked_at)


def test_it_is_no_part_where_nothing_of_a_face_is_asked():
    last = LastTurn(kind="describe", regions=("mouth",))
    assert parse("is it raining?", Context(count=1, last=last)).kind == "outside"


@pytest.mark.parametrize(
    ("question", "looked_at", "regions"),
    [
        ("and above them?", ("left_under_eye", "right_under_eye"), ("left_brow", "right_brow")),
        ("what about below it?", ("nose_tip",), ("philtrum",)),
        ("and the skin under it?", ("left_eye",), ("left_under_eye",)),
        ("anything above it?", ("right_brow",), ("forehead",)),
    ],
)
def test_above_and_below_them_lies_by_the_parts_of_the_turn_before(question, looked_at, regions):
    """Among several faces too, where "them" alone would mean everybody."""
    last = LastTurn(kind="describe", regions=looked_at, faces=("fac_1",))
    intent = parse(question, Context(count=5, last=last))
    assert (intent.regions, intent.faces) == (regions, ("fac_1",))
