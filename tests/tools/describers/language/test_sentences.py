"""Which sentences of a model's text are kept."""

import pytest

from focalface.tools.describers.language.sentences import Structure, kept
from focalface.tools.types import EMOTIONS, ActionUnit, AgeEstimate, EmotionEstimate

HAPPY = EmotionEstimate(
    label="happiness", probabilities={e: 0.86 if e == "happiness" else 0.02 for e in EMOTIONS}
)
UNITS = tuple(
    ActionUnit(code=code, name="a name", side=side, intensity=strength)
    for code, side, strength in (("AU12", "left", 0.7), ("AU6", "left", 0.0), ("AU5", "left", 0.6))
)
STRUCTURE = Structure.of(UNITS, HAPPY, AgeEstimate(years=35, low=30, high=40, group="30-39"))
PLACES = ("left_eye", "left_cheek")
CODES = ("AU5", "AU6", "AU12")
FINE = "A smile bunches the left cheek (AU12)."


@pytest.mark.parametrize(
    "stray",
    [
        pytest.param("The jaw is dropped.", id="a unit that cannot show"),
        pytest.param("The mouth is wide.", id="another part"),
        pytest.param("The right eye looks tired.", id="the other side"),
        pytest.param("Both eyes look tired.", id="both sides of a region that has one"),
        pytest.param("The right upper lid is raised.", id="a unit of the other side"),
        pytest.param("The cheek is raised (AU6).", id="seen, and absent in the structure"),
        pytest.param("There is no smile.", id="denied, and present in the structure"),
        pytest.param("It suggests anger.", id="another emotion"),
        pytest.param("The skin looks about 60 years old.", id="another age"),
        pytest.param("And so it go", id="broken off"),
    ],
)
def test_a_sentence_that_the_region_or_the_structure_denies_is_left_out(stray):
    assert kept(f"{FINE} {stray}", PLACES, CODES, STRUCTURE).text == FINE


@pytest.mark.parametrize(
    "fair",
    [
        "The eye looks to the subject's right.",
        "The gaze goes to the person's left.",
        "The left upper lid is raised, and the left upper lid looks smooth.",
        "No sign of cheek raising.",
        "It suggests happiness.",
        "The skin looks about 35 years old.",
        "Whether the cheek is raised cannot be told.",
        "A pleasant look.",
    ],
)
def test_a_sentence_that_both_bear_out_stays(fair):
    found = kept(f"{FINE} {fair}", PLACES, CODES, STRUCTURE)
    assert found.text == f"{FINE} {fair}"
    assert not (found.strayed or found.elsewhere or found.contradicted)


def test_why_sentences_are_left_out_is_told_apart():
    found = kept(
        "The jaw is dropped. The mouth is wide. There is no smile.", PLACES, CODES, STRUCTURE
    )
    assert (found.text, found.strayed) == ("", {"AU26"})
    assert found.elsewhere and found.contradicted
