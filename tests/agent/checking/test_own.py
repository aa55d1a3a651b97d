"""Sentences are checked by their fields: what they cite, whom they name, what they decide."""

from dataclasses import replace

import pytest
from composed import FACE, SCENE, seen

from focalface.agent.basics.evidence import Evidence
from focalface.agent.basics.sentence import Sentence, fixed, rendered
from focalface.agent.checking.own import verified

FOUND = Evidence(
    SCENE,
    (
        seen("mouth", [("AU12", 0.62, 0.41), ("AU25", 0.05)]),
        seen("face", [("AU12", 0.6, 0.4)], emotion=("happiness", 0.8)),
    ),
)
MOUTH, WHOLE = (d.region.id for d in FOUND)
SMILE = Sentence("both lip corners are pulled up.", (MOUTH,), verdict="yes", about=("AU12",))


@pytest.mark.parametrize(
    "said",
    [
        SMILE,
        replace(SMILE, verdict="no", about=("AU25",)),
        Sentence("it looks happy.", (WHOLE,), verdict="seems so", about=("happiness",)),
        fixed("I cannot see clothes."),
    ],
)
def test_a_sentence_that_the_readings_bear_out_passes(said):
    checked = verified([said], [FOUND])
    assert (checked.faults, checked.claims[0].evidence) == ((), said.cites)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (replace(SMILE, cites=("reg_gone",)), "never described"),
        (replace(SMILE, verdict="no"), "is there"),
        (replace(SMILE, about=("AU25",)), "is not there"),
        (replace(SMILE, about=("AU9",)), "in no tool result"),
        (Sentence("sad.", (WHOLE,), verdict="yes", about=("sadness",)), "is not there"),
        (replace(SMILE, kind="fixed"), "claims nothing"),
    ],
)
def test_a_sentence_whose_fields_the_readings_do_not_bear_out_fails(said, why):
    (found,) = verified([said], [FOUND]).faults
    assert why in found.why


def test_the_words_of_a_describer_are_read_as_those_of_any_model():
    quoted = Sentence("The nose is strongly wrinkled.", (MOUTH,), kind="quoted")
    assert verified([quoted], [FOUND]).faults


def test_text_comes_last_with_face_and_verdict_before_it():
    named = replace(SMILE, face="the face on the left (face 2)")
    assert rendered(named) == "The face on the left (face 2): yes, both lip corners are pulled up."
    assert rendered(replace(SMILE, led=False)) == "Both lip corners are pulled up."
    assert rendered(Sentence("The face looks old.", face="face 2")) == "Face 2 looks old."
    assert FACE.id == FOUND.found[0].region.face_id
