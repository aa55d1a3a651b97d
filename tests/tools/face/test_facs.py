import pytest

from focalface.tools.face import facs


def test_the_table_holds_the_units_of_the_product():
    numbers = [unit.number for unit in facs.UNITS.values()]
    expected = "1 2 4 5 6 7 9 10 12 14 15 17 18 20 22 23 24 25 26 28 43"
    assert numbers == [int(n) for n in expected.split()]


def test_every_unit_has_words_muscles_and_a_place():
    for unit in facs.UNITS.values():
        assert unit.name and unit.plain and unit.muscles
        assert unit.primary == unit.regions[0]


@pytest.mark.parametrize(
    ("region", "shown", "hidden"),
    [
        ("left_brow", {"AU1", "AU2", "AU4"}, {"AU12", "AU5"}),
        ("right_eye", {"AU5", "AU7", "AU43"}, {"AU1", "AU25"}),
        ("mouth", {"AU12", "AU25", "AU26", "AU24"}, {"AU4", "AU9"}),
        ("nose_bridge", {"AU9"}, {"AU10", "AU12"}),
        ("chin", {"AU15", "AU17", "AU26"}, {"AU12"}),
        ("left_crows_feet", {"AU6"}, {"AU7"}),
        ("nose_tip", set(), {"AU9"}),
    ],
)
def test_a_region_shows_its_units_and_no_others(region, shown, hidden):
    codes = set(facs.shown_in(region))
    assert shown <= codes
    assert not hidden & codes


def test_regions_of_a_sided_unit_follow_the_side():
    assert facs.regions_of("AU6", "left")[:2] == ("left_crows_feet", "left_under_eye")
    assert facs.primary_regions("AU12") == ("left_lip_corner", "right_lip_corner")
    assert facs.primary_regions("AU4", "left") == ("glabella",)


@pytest.mark.parametrize(
    ("intensity", "letter", "word"),
    [
        (0.0, "", "absent"),
        (0.09, "", "absent"),
        (0.1, "A", "trace"),
        (0.3, "B", "slight"),
        (0.5, "C", "clear"),
        (0.7, "D", "strong"),
        (1.0, "E", "strong"),
    ],
)
def test_an_intensity_has_a_letter_and_a_word(intensity, letter, word):
    assert facs.letter(intensity) == letter
    assert facs.strength(intensity) == word


@pytest.mark.parametrize(
    ("name", "base"),
    [
        ("left_brow", "brow"),
        ("right_lip_corner", "lip_corner"),
        ("left_half", "left_half"),
        ("mouth", "mouth"),
    ],
)
def test_an_atlas_name_loses_its_side_only_where_there_are_two(name, base):
    assert facs.unsided(name) == base


def test_codes_are_ordered_and_unique():
    assert facs.in_order(["AU12", "AU1", "AU12", "AU99"]) == ("AU1", "AU12")
