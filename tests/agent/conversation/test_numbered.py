import pytest

from focalface.agent.understanding import Context, parse

NUMBERED = ("forehead", "mouth", "left_brow", "right_brow")


@pytest.mark.parametrize(
    ("question", "regions"),
    [
        ("3", ("left_brow",)),
        ("#3?", ("left_brow",)),
        ("what about 2?", ("mouth",)),
        ("what does 3 show?", ("left_brow",)),
        ("describe 3", ("left_brow",)),
        ("is 3 raised?", ("left_brow",)),
        ("compare 3 and 4", ("left_brow", "right_brow")),
        ("3 and 4", ("left_brow", "right_brow")),
    ],
)
def test_a_number_means_the_region_of_that_number_on_the_picture(question, regions):
    assert parse(question, Context(count=1, numbered=NUMBERED)).regions == regions


def test_two_numbers_are_compared():
    assert parse("compare 3 and 4", Context(count=1, numbered=NUMBERED)).comparison == "regions"


def test_a_number_that_is_on_no_picture_is_no_region():
    assert "left_brow" not in parse("what does 9 show?", Context(numbered=NUMBERED)).regions
    assert parse("describe 3", Context(count=1)).named == ()


def test_the_number_of_an_action_unit_is_no_region():
    assert "mouth" not in parse("is AU 2 active?", Context(count=1, numbered=NUMBERED)).named
