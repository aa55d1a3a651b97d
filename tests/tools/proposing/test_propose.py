import pytest

from focalface.tools.errors import UsageError
from focalface.tools.face import facs
from focalface.tools.face.topics import TOPICS
from focalface.tools.proposing import propose
from focalface.tools.question.asked import asked
from focalface.tools.types import EMOTIONS

SIZE = (640, 640)


def both(base):
    return {f"left_{base}", f"right_{base}"}


@pytest.mark.parametrize(
    ("focus", "expected"),
    [
        ("is the smile genuine?", both("crows_feet") | {"mouth"}),
        ("does he look angry?", {"face", "glabella", "mouth"} | both("eye")),
        ("is she smirking?", both("lip_corner")),
        ("AU 9 please", {"nose_bridge"}),
        ("any frown?", {"glabella"}),
        ("are the eyes closed", both("eye")),
        ("is he squinting?", both("eye")),
        ("jaw drop?", {"mouth"}),
        ("is one side of the face stronger?", both("half")),
        ("how old?", {"face", "forehead"} | both("crows_feet")),
        ("does she look tired?", both("eye") | both("under_eye")),
    ],
)
def test_a_question_is_answered_with_the_regions_that_bear_on_it(mean_face, focus, expected):
    found = {r.name for r in propose.propose(mean_face(), SIZE, focus=focus)}
    assert expected <= found


@pytest.mark.parametrize(
    ("focus", "exactly"),
    [
        ("what is the left eyebrow doing?", {"left_brow"}),
        ("are the lips pressed together?", {"mouth", "upper_lip", "lower_lip"}),
        ("is this smile in the eyes too?", {"mouth"} | both("eye") | both("crows_feet")),
        ("does the person raise the eyebrows?", both("brow")),
        ("is the left brow higher than the right one?", both("brow")),
        ("does the left half of the face differ from the right?", both("half")),
    ],
)
def test_what_the_question_names_is_enough_when_it_can_show_the_answer(mean_face, focus, exactly):
    assert {r.name for r in propose.propose(mean_face(), SIZE, focus=focus)} == exactly


def test_a_name_that_cannot_show_the_attribute_is_joined_by_a_region_that_can(mean_face):
    found = [r.name for r in propose.propose(mean_face(), SIZE, focus="mouth: AU4?")]
    assert found[0] == "mouth" and "glabella" in found


@pytest.mark.parametrize("attribute", [*facs.CODES, *EMOTIONS, *TOPICS])
def test_every_attribute_has_regions_ranked_with_reasons(mean_face, attribute):
    regions = propose.propose(mean_face(), SIZE, attributes=[attribute])
    assert 1 <= len(regions) <= 6
    assert len({r.name for r in regions}) == len(regions)
    relevances = [r.relevance for r in regions]
    assert relevances == sorted(relevances, reverse=True)
    for region in regions:
        assert region.reason.endswith(".") and region.reason[0].isupper()


def test_the_primary_region_of_a_unit_comes_first(mean_face):
    for code in facs.CODES:
        names = [r.name for r in propose.propose(mean_face(), SIZE, attributes=[code])]
        first = set(facs.primary_regions(code))
        assert set(names[: len(first)]) == first


@pytest.mark.parametrize("focus", [None, "", "tell me something", "💥", "x" * 20_000])
def test_without_a_hint_there_is_an_overview(mean_face, focus):
    names = {r.name for r in propose.propose(mean_face(), SIZE, focus=focus)}
    assert {"mouth", "left_eye", "right_eye"} <= names


def test_the_middle_of_every_named_area_comes_before_the_surroundings_of_one(mean_face):
    focus = "does the area around the mouth look older than the area around the eyes?"
    names = [r.name for r in propose.propose(mean_face(), SIZE, focus=focus)]
    assert set(names[:3]) == {"mouth"} | both("eye")


@pytest.mark.parametrize("attribute", ["age", "emotion", "happiness"])
def test_the_whole_face_leads_where_no_part_is_named(mean_face, attribute):
    regions = propose.propose(mean_face(), SIZE, attributes=[attribute])
    assert regions[0].name == "face" and len(regions) > 1


def test_the_limit_keeps_the_best(mean_face):
    many = propose.propose(mean_face(), SIZE, limit=30)
    few = propose.propose(mean_face(), SIZE, limit=2)
    assert few == many[:2]


def test_hidden_regions_rank_last_and_say_why(mean_face, move_face):
    turned = propose.propose(mean_face(yaw=60), SIZE, attributes=["AU6"])
    assert turned[0].name == "right_crows_feet"
    hidden = next(r for r in turned if r.name == "left_crows_feet")
    assert hidden.relevance < 0.4 and "turned away" in hidden.reason
    away, _ = move_face(mean_face(), shift=(0, 300))
    out = propose.propose(away, SIZE, focus="chin and forehead")
    assert [r.name for r in out] == ["forehead", "chin"]
    assert "outside the picture" in out[1].reason


@pytest.mark.parametrize("attribute", ["AU99", "beauty", "", "AU45"])
def test_an_unknown_attribute_is_a_usage_error(mean_face, attribute):
    with pytest.raises(UsageError, match="no attribute"):
        propose.propose(mean_face(), SIZE, attributes=[attribute])


def test_a_limit_below_one_is_a_usage_error(mean_face):
    with pytest.raises(UsageError, match="at least one"):
        propose.propose(mean_face(), SIZE, limit=0)


@pytest.mark.parametrize(
    ("text", "attributes"),
    [
        ("AU12 and au 6", ("AU6", "AU12")),
        ("raised eyebrows", ("AU1", "AU2")),
        ("is the smile fake?", ("genuineness",)),
        ("are the eyes open?", ("eye_openness",)),
        ("is he happy or sad", ("emotion",)),
        ("is she smilng or frownign", ("AU4", "AU12")),
        ("hello", ()),
    ],
)
def test_attributes_are_understood(text, attributes):
    assert asked(text).attributes == attributes


@pytest.mark.parametrize(
    ("focus", "whole"),
    [("is he happy or sad?", {"face", "mouth"}), ("is she angry?", {"face", "upper_face"})],
)
def test_a_named_feeling_is_looked_for_where_it_shows_after_where_any_does(mean_face, focus, whole):
    names = [r.name for r in propose.propose(mean_face(), SIZE, focus=focus)]
    assert whole <= set(names[:3])
    assert set(names[3:]) & {"glabella", "left_brow", "left_crows_feet", "left_lip_corner"}
