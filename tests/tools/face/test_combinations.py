import pytest

from focalface.tools.face import combinations, facs
from focalface.tools.face.topics import TOPICS
from focalface.tools.types import ActionUnit


def unit(code, intensity, side="both"):
    return ActionUnit(code=code, name=facs.UNITS[code].name, side=side, intensity=intensity)


@pytest.mark.parametrize(
    ("codes", "emotion"),
    [
        ("AU6 AU12", "happiness"),
        ("AU1 AU4 AU15", "sadness"),
        ("AU1 AU2 AU5 AU26", "surprise"),
        ("AU1 AU2 AU4 AU5 AU20 AU26", "fear"),
        ("AU9 AU17", "disgust"),
        ("AU10 AU17", "disgust"),
        ("AU4 AU7 AU23", "anger"),
        ("AU4 AU5 AU24", "anger"),
    ],
)
def test_a_prototype_suggests_its_emotion_first(codes, emotion):
    found = dict.fromkeys(facs.CODES, 0.0) | dict.fromkeys(codes.split(), 0.8)
    assert combinations.suggestions(found)[0].emotion == emotion


def test_a_unit_that_speaks_against_an_emotion_weakens_it_and_is_named():
    calm = next(s for s in combinations.suggestions({"AU6": 0.8, "AU12": 0.8}) if s.seen)
    frown = combinations.suggestions({"AU6": 0.8, "AU12": 0.8, "AU4": 0.8})
    weakened = next(s for s in frown if s.emotion == "happiness")
    assert weakened.strength < calm.strength
    assert weakened.against == ("AU4",)


def test_units_that_were_not_assessed_lower_the_coverage_and_not_the_strength():
    half = next(s for s in combinations.suggestions({"AU12": 0.8}) if s.emotion == "happiness")
    assert half.strength == pytest.approx(0.8)
    assert half.coverage == pytest.approx(0.5)


def test_nothing_assessed_suggests_nothing():
    assert combinations.suggestions({}) == []


def test_sides_are_compared_only_where_both_were_assessed():
    units = [unit("AU12", 0.8, "left"), unit("AU12", 0.2, "right"), unit("AU2", 0.9, "left")]
    (uneven,) = combinations.asymmetries(units)
    assert (uneven.code, uneven.stronger) == ("AU12", "left")
    assert uneven.difference == pytest.approx(0.6)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [(0.7, 0.0, "left"), (0.1, 0.6, "right"), (0.8, 0.5, None), (0.2, 0.0, None)],
)
def test_contempt_needs_a_lip_corner_that_acts_alone(left, right, expected):
    found = combinations.one_sided([unit("AU14", left, "left"), unit("AU14", right, "right")])
    assert (found.stronger if found else None) == expected


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        ({"AU12": 0.8, "AU6": 0.6}, "with the eyes"),
        ({"AU12": 0.8, "AU6": 0.1}, "mouth only"),
        ({"AU12": 0.8, "AU7": 0.9}, "cannot tell"),
        ({"AU12": 0.8}, "cannot tell"),
        ({"AU6": 0.8}, "cannot tell"),
        ({"AU12": 0.1, "AU6": 0.8}, "none"),
    ],
)
def test_a_smile_is_judged_by_mouth_and_cheeks_together(found, kind):
    assert combinations.smile(found).kind == kind


def test_tightened_lids_are_called_a_weak_proxy_for_raised_cheeks():
    reason = combinations.smile({"AU12": 0.8, "AU7": 0.9}).reason
    assert "AU6" in reason and "proxy" in reason


def test_pspi_is_the_sum_of_the_published_formula():
    found = {"AU4": 0.4, "AU6": 0.2, "AU7": 0.6, "AU9": 0.8, "AU10": 0.2, "AU43": 1.0}
    score = combinations.pspi(found)
    assert score.score == pytest.approx(2 + 3 + 4 + 1)
    assert score.missing == ()


def test_pspi_is_not_computed_when_a_unit_was_not_assessed():
    score = combinations.pspi({"AU4": 0.4, "AU7": 0.6, "AU10": 0.2, "AU43": 0.0})
    assert score.score is None
    assert score.at_least == pytest.approx(2 + 3 + 1)
    assert score.missing == ("AU6", "AU9")


def test_topics_name_known_units_regions_and_sources():
    places = {region for u in facs.UNITS.values() for region in u.regions} | {"jaw", "face"}
    for topic in TOPICS.values():
        assert set(topic.units) <= set(facs.CODES)
        assert set(topic.regions) <= places
        assert topic.source in combinations.SOURCES or not topic.units
