import pytest

from focalface.agent.intents import Context, Last, parse


@pytest.mark.parametrize(
    ("question", "attributes", "regions"),
    [
        ("and the left eye?", ("eye_openness",), ("left_eye",)),
        ("what about the brows?", (), ("left_brow", "right_brow")),
    ],
)
def test_an_open_mouth_asks_elsewhere_for_what_can_open_there(question, attributes, regions):
    last = Last(kind="recognise", attributes=("mouth_openness",), regions=("mouth",))
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
    last = Last(kind="describe", regions=looked_at)
    intent = parse(question, Context(count=1, last=last))
    assert (intent.attributes, intent.regions) == (attributes, looked_at)


def test_it_is_no_part_where_nothing_of_a_face_is_asked():
    last = Last(kind="describe", regions=("mouth",))
    assert parse("is it raining?", Context(count=1, last=last)).kind == "outside"
