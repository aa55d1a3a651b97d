"""Ages that a question asks about."""

import pytest

from focalface.agent.understanding import Context, parse
from focalface.agent.understanding.age_spans import OLDEST


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("is he over 40?", (40, OLDEST)),
        ("does she look younger than 30", (0, 30)),
        ("is he over 30 but under 50 years of age?", (30, 50)),
        ("could she be 21 or older?", (21, OLDEST)),
        ("is he in his thirties?", (30, 40)),
        ("does he look like he is in his 60s", (60, 70)),
        ("is this a teenager?", (13, 20)),
        ("is she underage?", (0, 18)),
        ("how old is he?", None),
        ("how old does the area under the left eye look?", None),
    ],
)
def test_the_span_is_read_from_numbers_decades_and_stages_of_life(question, years):
    intent = parse(question)
    assert intent.attributes == ("age",)
    assert intent.years == years


@pytest.mark.parametrize(
    "question", ["what is the average age?", "mean age of the people", "their age on average"]
)
def test_an_average_is_that_of_all_faces(question):
    intent = parse(question, Context(count=3))
    assert intent.averaged
    assert (intent.attributes, intent.faces) == (("age",), ("all",))
    assert parse(question, Context(count=1)).faces == ()


@pytest.mark.parametrize(
    ("question", "least"),
    [
        ("how old is everybody, youngest first", True),
        ("sort them by age, oldest first", False),
        ("list all ages from youngest to oldest", True),
    ],
)
def test_ages_are_listed_in_the_order_that_was_asked_for(question, least):
    intent = parse(question, Context(count=3))
    assert intent.ranked
    assert intent.least == least
