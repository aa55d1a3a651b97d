import pytest

from focalface.tools.question.text import mend


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("rigth", "right"),
        ("eyebow", "eyebrow"),
        ("desribe", "describe"),
        ("hapy", "happy"),
        ("raized", "raised"),
        ("suprized", "surprised"),
        ("ekshausted", "exhausted"),
        ("expresaion", "expression"),
        ("forhead", "forehead"),
        ("smilin", "smiling"),
        ("smilng", "smiling"),
        ("sooo", "so"),
        ("philtrm", "philtrum"),
        ("eybrow's", "eyebrow's"),
    ],
)
def test_a_slip_of_the_hand_or_the_ear_is_mended(typed, meant):
    assert mend(typed) == meant


@pytest.mark.parametrize(
    "word",
    [
        "chinese",
        "scottish",
        "closet",
        "hotter",
        "pills",
        "upright",
        "writing",
        "posting",
        "stars",
        "bear",
        "baking",
        "winner",
        "fitting",
        "sacked",
        "scarves",
        "confuse",
        "pensioners",
        "something",
        "terrorist",
        "starting",
        "closest",
        "parser",
        "stronger",
        "browned",
        "joined",
        "cooking",
    ],
)
def test_another_word_is_left_alone_however_near_it_is(word):
    assert mend(word) == word
