"""Suppositions, parts together, and two faces held apart, from made-up readings."""

import pytest
from composed import FACE, SCENE, seen

from focalface.agent.basics.evidence import Evidence
from focalface.agent.checking.own import verified
from focalface.agent.composing import of_two
from focalface.agent.composing.compose import Observations, compose
from focalface.agent.understanding import Intent
from focalface.tools.face.facs import UNITS

STILL = [(code, 0.0) for code in UNITS]
FROWN = seen("face", [*STILL, ("AU4", 0.8), ("AU7", 0.6)], emotion=("anger", 0.9))


def told(found, **asked):
    """What is said of one face; all of it passes the check."""
    evidence = Evidence(SCENE, (found,))
    intent = Intent(kind="recognise", regions=("face",), **asked)
    draft = compose(intent, Observations((evidence,), None, (FACE.id,)), expert=False)
    checked = verified(draft.says, [evidence])
    assert checked.faults == (), checked.faults
    return checked.text


@pytest.mark.parametrize(
    ("attributes", "away", "words"),
    [
        (("AU12",), False, ("With a smile", "happiness", "supposed")),
        (("AU4",), True, ("Without brow lowering",)),
        (("AU12",), True, ("No, nothing of that moves as it is.",)),
        ((), False, ("I can tell what shows, not what would be.",)),
    ],
)
def test_a_supposition_is_told_as_one(attributes, away, words):
    text = told(FROWN, recall="suppose", attributes=attributes, shut=away)
    assert all(word in text for word in words), text


def test_parts_together_go_with_one_emotion():
    fear = seen("face", [*STILL, *((c, 0.7) for c in ("AU1", "AU2", "AU4", "AU5", "AU20"))])
    assert told(fear, recall="combine").startswith("Together, ")
    assert "no emotion in particular" in told(seen("face", STILL), recall="combine")


def pair(*found):
    return [(name, Evidence(SCENE, (one,))) for name, one in zip("AB", found, strict=True)]


@pytest.mark.parametrize(
    ("first", "second", "start"),
    [
        (("anger", 0.9), ("surprise", 0.6), "Surer of A: anger is 90% likely there"),
        (("anger", 0.5), ("surprise", 0.8), "Surer of B: surprise is 80% likely there"),
        (("anger", 0.7), ("surprise", 0.68), "About equally sure: "),
    ],
)
def test_of_two_faces_the_surer_one_is_named(first, second, start):
    two = pair(*(seen("face", STILL, emotion=one) for one in (first, second)))
    says = of_two.told(Intent(kind="compare", weighing="surer", attributes=("emotion",)), two)
    assert says[0].text.startswith(start)


@pytest.mark.parametrize("emotions", [("fear", "surprise"), ("surprise", "fear")])
def test_two_emotions_are_given_to_the_faces_they_suit(emotions):
    two = pair(seen("face", emotion=("fear", 0.7)), seen("face", emotion=("surprise", 0.9)))
    says = of_two.told(Intent(kind="compare", weighing="assign", emotions=emotions), two)
    assert says[0].text == "Fear is rather A, surprise B."


def test_two_emotions_are_told_apart_by_what_only_one_of_them_shows():
    text = told(FROWN, weighing="differ", emotions=("anger", "sadness"), attributes=("emotion",))
    assert "anger goes with" in text.lower()
    assert "Of these, lid tightening shows" in text
