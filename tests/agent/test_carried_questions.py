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
