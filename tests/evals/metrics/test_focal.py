import pytest

from focalface.evals.metrics import focal
from focalface.evals.metrics.statistics import Bootstrap
from focalface.evals.records import FaceCase, FaceRecord, RegionCase, Said
from focalface.tools.describers.language.statements import statements
from focalface.tools.types import EMOTIONS, AgeEstimate, EmotionEstimate


def said(text, inside=("mouth", "upper_lip", "lower_lip"), name="mouth", **changes):
    fields = {
        "name": name,
        "inside": inside,
        "pixels": 40.0,
        "visibility": 1.0,
        "text": text,
        "units": {},
        "not_assessed": (),
        "emotion": None,
        "age": None,
        "limits": (),
    }
    return Said(**(fields | changes))


HAPPY = EmotionEstimate(
    label="happiness", probabilities={e: 0.86 if e == "happiness" else 0.02 for e in EMOTIONS}
)
AGED = AgeEstimate(years=35, low=30, high=42, group="30-39")


@pytest.mark.parametrize(
    ("text", "units", "emotions", "ages", "negated", "unsure"),
    [
        ("The lip corners are pulled up (AU12).", ("AU12",), (), (), False, False),
        ("No cheek raiser is visible.", ("AU6",), (), (), True, False),
        ("Hardly any brow lowering shows.", ("AU4",), (), (), True, False),
        ("It suggests happiness.", (), ("happiness",), (), False, False),
        ("The skin looks about 35 years old.", (), (), ((35.0, 35.0),), False, False),
        ("Someone in their 30s.", (), (), ((30.0, 39.0),), False, False),
        ("The mouth cannot be judged.", (), (), (), False, True),
    ],
)
def test_statements_are_read_from_free_text(text, units, emotions, ages, negated, unsure):
    [found] = statements(text)
    assert found.units == units
    assert found.emotions == emotions
    assert found.ages == ages
    assert found.negated == negated
    assert found.unsure == unsure


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("The lips are parted. The upper lip is raised.", (2, 2)),
        ("The lips are parted. The brows are lowered.", (1, 2)),
        ("The forehead is smooth.", (0, 1)),
        ("The eyes cannot be seen from here.", (0, 0)),
        ("A relaxed face.", (1, 1)),
        ("Nothing in particular.", (0, 0)),
    ],
)
def test_focus_counts_claims_that_stay_in_the_region(text, want):
    assert focal.focus(said(text)) == want


def test_agreement_holds_text_against_its_own_structure():
    structure = {"units": {"AU12": 0.7, "AU25": 0.0}, "emotion": HAPPY, "age": AGED}
    assert focal.agreement(said("A smile (AU12) suggests happiness.", **structure)) == (2, 2)
    assert focal.agreement(said("The lips are parted.", **structure)) == (0, 1)
    assert focal.agreement(said("The lips are not parted.", **structure)) == (1, 1)
    assert focal.agreement(said("It suggests anger.", **structure)) == (0, 1)
    assert focal.agreement(said("About 33 years old.", **structure)) == (1, 1)
    assert focal.agreement(said("About 60 years old.", **structure)) == (0, 1)
    # A unit of which the structure knows nothing cannot be claimed.
    assert focal.agreement(said("The upper lip is raised (AU10).", **structure)) == (0, 1)


def test_coverage_asks_for_what_is_true_and_visible_in_the_region():
    case = FaceCase(
        id="x", picture="x", units={"AU12": 0.8, "AU25": 0.0, "AU4": 0.9}, emotion="happiness"
    )
    mouth = RegionCase(target="mouth")
    assert focal.coverage(said("The lip corners are pulled up."), case, mouth) == (1, 1)
    assert focal.coverage(said("The lips are closed."), case, mouth) == (0, 1)
    assert focal.coverage(said("There is no smile."), case, mouth) == (0, 1)
    whole = said("A smile suggests happiness.", inside=("mouth", "glabella"), name="face")
    face = RegionCase(target="face")
    assert focal.coverage(whole, case, face) == (2, 3)  # the frown (AU4) is missing


def test_coverage_follows_the_regions_own_truth_where_it_has_one():
    case = FaceCase(id="x", picture="x", units={"AU12": 0.8})
    corner = RegionCase(target="right_lip_corner", units={"AU12": 0.0})
    assert focal.coverage(said("The lip corners are level."), case, corner) == (0, 0)


def record(*regions):
    """A record from (target, visible, said) triples."""
    case = FaceCase(
        id="x",
        picture="x",
        regions=tuple(RegionCase(target=t, visible=v) for t, v, _ in regions),
    )
    return FaceRecord(case=case, said=tuple(s for _, _, s in regions))


def test_abstention_is_right_only_where_nothing_can_be_seen():
    tells = said("A smile.", units={"AU12": 0.9}, emotion=HAPPY)
    abstains = said("It cannot be told.", limits=("It lies outside the picture.",))
    right = record(("mouth", True, tells), ("chin", False, abstains))
    timid = record(("mouth", True, abstains), ("chin", False, abstains))
    bold = record(("mouth", True, tells), ("chin", False, tells))

    def f1(one):
        found = Bootstrap(1).figure(focal.statistics([one])["abstention"])
        assert found is not None
        return found.value

    assert f1(right) == 1
    assert f1(timid) == pytest.approx(2 / 3)
    assert f1(bold) == 0


def test_a_failed_sample_costs_focus_in_each_of_its_regions():
    good = record(("mouth", None, said("The lips are parted.")))
    dead = FaceRecord(case=good.case, failure="it broke")
    figure = Bootstrap(2).figure(focal.statistics([good, dead])["focus"])
    assert figure is not None
    assert figure.value == 0.5
