import pytest

from focalface.tools.errors import UnknownRegionError
from focalface.tools.face import regions
from focalface.tools.face.regions import ATLAS, BASIC, UNIONS, names_for


def both(base):
    return (f"left_{base}", f"right_{base}")


def test_the_atlas_has_the_names_of_the_product():
    assert BASIC[0] == "forehead" and BASIC[-1] == "right_jaw"
    assert len(UNIONS) == 6 and "face" in UNIONS
    assert all(set(members) <= set(BASIC) for members in UNIONS.values())


@pytest.mark.parametrize("name", ATLAS)
@pytest.mark.parametrize("style", [str.upper, str.title, lambda n: n.replace("_", " ")])
def test_every_atlas_name_means_itself_however_it_is_written(name, style):
    assert names_for(style(name)) == (name,)
    assert names_for(style(name).replace("_", "-")) == (name,)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("eyes", both("eye")),
        ("the eyes", both("eye")),
        ("left and right eye", both("eye")),
        ("brows", both("brow")),
        ("eyebrow", both("brow")),
        ("left eyebrow", ("left_brow",)),
        ("lips", ("upper_lip", "lower_lip")),
        ("bottom lip", ("lower_lip",)),
        ("crow's feet", both("crows_feet")),
        ("Crow’s-Feet", both("crows_feet")),
        ("right crow's foot", ("right_crows_feet",)),
        ("outer corner of the left eye", ("left_crows_feet",)),
        ("left eye's outer corner", ("left_crows_feet",)),
        ("smile lines", both("nasolabial_fold")),
        ("between the eyebrows", ("glabella",)),
        ("under the left eye", ("left_under_eye",)),
        ("the area under the left eye", ("left_under_eye",)),
        ("eye bags", both("under_eye")),
        ("left side", ("left_half",)),
        ("right half of the face", ("right_half",)),
        ("right side of the mouth", ("right_lip_corner",)),
        ("corners of the mouth", both("lip_corner")),
        ("jaw", both("jaw")),
        ("jawline", both("jaw")),
        ("nose", ("nose_bridge", "nose_tip")),
        ("bridge of the nose", ("nose_bridge",)),
        ("nostrils", ("nose_tip",)),
        ("mid-face", ("mid_face",)),
        ("centre of the face", ("mid_face",)),
        ("center of the face", ("mid_face",)),
        ("whole face", ("face",)),
        ("teeth", ("mouth",)),
        ("her left cheekbone", ("left_cheek",)),
    ],
)
def test_everyday_words_mean_atlas_names(text, names):
    assert names_for(text) == names


def test_every_alias_leads_back_to_its_name():
    for name in ATLAS:
        for alias in regions.aliases(name):
            assert name in names_for(alias), alias


@pytest.mark.parametrize(
    ("text", "near"),
    [("leftt brow", "left_brow"), ("moth", "mouth"), ("glabela", "glabella"), ("chinn", "chin")],
)
def test_a_misspelt_name_is_answered_with_near_ones(text, near):
    with pytest.raises(UnknownRegionError, match=near):
        names_for(text)


@pytest.mark.parametrize("text", ["", "banana", "!!!", "left banana", "x" * 5000])
def test_an_unknown_name_is_one_short_sentence_with_examples(text):
    with pytest.raises(UnknownRegionError) as caught:
        names_for(text)
    assert len(str(caught.value)) < 300


def test_a_side_of_an_undivided_region_is_refused_with_a_way_out():
    with pytest.raises(UnknownRegionError, match="'forehead' has no left and right"):
        names_for("left forehead")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("What is the left eyebrow doing?", ("left_brow",)),
        ("is the left brow higher, and the mouth?", ("left_brow", "mouth")),
        ("look at the skin under the right eye", ("right_under_eye",)),
        ("is it all right?", ()),
        ("compare left with right", ()),
        ("crow's feet and smile lines", (*both("crows_feet"), *both("nasolabial_fold"))),
    ],
)
def test_regions_are_found_in_a_sentence(text, names):
    assert regions.mentions(text) == names
