"""Another cause that somebody offers is weighed by what goes with it and what does not."""

import pytest
from composed import answer, seen

from focalface.agent.understanding import parse


def eyes(**levels):
    return [
        seen(f"{side}_eye", [(c, x, x) for c, x in levels.items()]) for side in ("left", "right")
    ]


def brows(level):
    return seen("glabella", [("AU4", level, level)])


def mouth(**levels):
    return seen("mouth", list(levels.items()))


@pytest.mark.parametrize(
    ("question", "found", "start"),
    [
        ("could it just be the sun in his eyes?", [*eyes(AU7=0.7, AU5=0), brows(0.7)],
         "Possible: both eyes are strongly narrowed (lid tightening) and the skin between"),
        ("could it just be the sun in his eyes?", [*eyes(AU7=0, AU5=0), brows(0.7)],
         "Possible, but not likely: the skin between"),
        ("could it just be the sun in his eyes?", [*eyes(AU7=0, AU5=0), brows(0)],
         "Probably not: the eyes are not narrowed"),
        ("maybe he is just talking", [mouth(AU25=0.5, AU26=0)], "Possible: the lips are"),
        ("is he talking?", [mouth(AU25=0, AU26=0)], "Probably not: the lips are closed"),
        ("is he talking or shouting?", [mouth(AU25=0.5, AU26=0)],
         "Possible: the lips are clearly parted, as in speaking; one"),
        ("is he talking or shouting?", [mouth(AU25=0.5, AU26=0.8)],
         "Possible: the jaw is strongly dropped and the lips are clearly parted, as in speak"),
        ("could she just be yawning?", [mouth(AU26=0.8, AU12=0), *eyes(AU5=0.8)],
         "Possible, but not likely: the jaw is strongly dropped, as in yawning, yet both upper"),
        ("could she just be yawning?", [mouth(AU26=0.8, AU12=0), *eyes(AU5=0)], "Possible: the "),
        ("could she just be yawning?", [mouth(AU26=0, AU12=0)], "Probably not: the jaw is not"),
        ("could he just be posing?", [seen("face", emotion=("anger", 0.9))],
         "Possible: an expression can be put on"),
        ("could he just be putting it on for fun?", [seen("face", emotion=("anger", 0.9))],
         "Possible: an expression can be put on"),
        ("maybe something smells bad?", [mouth(AU10=0, AU9=0, AU12=0)], "Probably not: "),
    ],
)  # fmt: skip
def test_a_cause_is_possible_or_not_by_what_shows(question, found, start):
    assert answer(question, *found)[0].startswith(start)


def test_what_a_smile_does_as_well_is_said():
    found = [*eyes(AU7=0.5, AU6=0.6, AU5=0), mouth(AU12=0.8), brows(0)]
    text, _ = answer("is the sun in his eyes?", *found)
    assert "as in bright light, though a smile does the same; one picture cannot" in text


@pytest.mark.parametrize(
    "question",
    ["is he lying?", "is she squinting?", "what is he thinking about?", "is he happy?",
     "how bright is the photo?", "is he just tired?", "can you make it brighter?",
     "The light is bad, I know; can you say if the eyes are open?",
     "My son says he didn't break the window, did he do it?"],
)  # fmt: skip
def test_what_offers_no_cause_is_read_as_before(question):
    assert not parse(question).causes


def test_the_sun_is_the_cause_of_a_squint_that_is_named_with_it():
    assert parse("is she squinting because of bright light?").causes == ("bright light",)
    assert parse("maybe she is just squinting").causes == ("looking hard at something",)
