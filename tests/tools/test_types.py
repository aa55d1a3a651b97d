import json

import pydantic
import pytest

from focalface.tools.types import (
    AGE_GROUPS,
    EMOTIONS,
    ActionUnit,
    AgeEstimate,
    Attributes,
    Box,
    Disc,
    EmotionEstimate,
    Face,
    Keypoints,
    Pose,
    Region,
    RegionDescription,
    age_group_of,
)

REGION = Region(
    id="reg_1",
    face_id="face_1",
    name="mouth",
    side="both",
    polygon=((1.0, 2.0), (3.5, 2.0), (3.0, 4.0)),
    box=Box(x1=1, y1=2, x2=3.5, y2=4),
    visibility=0.75,
    hidden_by="a hand",
)
FACE = Face(
    id="face_1",
    image_id="img_1",
    box=Box(x1=0, y1=0, x2=10, y2=12),
    score=0.9,
    keypoints=Keypoints(
        left_eye=(7, 4), right_eye=(3, 4), nose=(5, 6), left_mouth=(6, 9), right_mouth=(4, 9)
    ),
    landmarks=((1.25, 2.5), (3.0, 4.0)),
    pose=Pose(pitch=-3.0, yaw=12.5, roll=0.0),
)
DESCRIPTION = RegionDescription(
    region=REGION,
    text="The lip corners are pulled up.",
    action_units=(
        ActionUnit(code="AU12", name="lip corner puller", side="left", intensity=0.6, presence=0.9),
        ActionUnit(code="AU25", name="lips part", side="both", intensity=0.1),
    ),
    not_assessed=("AU23",),
    emotion=EmotionEstimate(label="happiness", probabilities=dict.fromkeys(EMOTIONS, 0.125)),
    age=AgeEstimate(years=31.5, low=26.0, high=38.0, group="30-39"),
    attributes=Attributes(gaze="left", teeth=False, mouth_opening=0.25),
    limits=("The picture is small.",),
    describer="embedded-1",
    device="cpu",
    milliseconds=4.5,
)


@pytest.mark.parametrize(
    "value", [FACE, REGION, DESCRIPTION], ids=["face", "region", "description"]
)
def test_a_value_survives_json_and_comes_back_equal(value: pydantic.BaseModel) -> None:
    assert type(value).model_validate_json(value.model_dump_json()) == value


@pytest.mark.parametrize(
    "value", [FACE, REGION, DESCRIPTION], ids=["face", "region", "description"]
)
def test_json_schema_allows_no_other_fields(value: pydantic.BaseModel) -> None:
    data = json.loads(value.model_dump_json()) | {"colour": "blue"}
    with pytest.raises(pydantic.ValidationError, match="colour"):
        type(value).model_validate(data)


def test_values_cannot_be_changed() -> None:
    with pytest.raises(pydantic.ValidationError, match="frozen"):
        REGION.name = "chin"  # type: ignore[misc]


@pytest.mark.parametrize("corners", [(5, 0, 5, 9), (9, 0, 5, 9), (0, 9, 5, 9), (0, 9, 5, 1)])
def test_a_box_without_area_is_refused_and_the_message_says_why(
    corners: tuple[float, float, float, float],
) -> None:
    x1, y1, x2, y2 = corners
    with pytest.raises(pydantic.ValidationError, match="x1 < x2 and y1 < y2"):
        Box(x1=x1, y1=y1, x2=x2, y2=y2)


def test_a_box_knows_its_measures() -> None:
    box = Box(x1=10, y1=20, x2=40, y2=30)
    assert (box.width, box.height, box.area, box.center) == (30, 10, 300, (25, 25))
    assert box.xyxy == (10, 20, 40, 30)


def test_a_disc_needs_a_radius() -> None:
    with pytest.raises(pydantic.ValidationError, match="greater than 0"):
        Disc(x=1, y=1, radius=0)


@pytest.mark.parametrize("intensity", [-0.01, 1.01, float("nan")])
def test_an_intensity_outside_zero_to_one_is_refused(intensity: float) -> None:
    with pytest.raises(pydantic.ValidationError):
        ActionUnit(code="AU1", name="inner brow raiser", side="both", intensity=intensity)


@pytest.mark.parametrize("code", ["12", "au12", "AU", "AU12x"])
def test_an_action_unit_code_is_au_and_a_number(code: str) -> None:
    with pytest.raises(pydantic.ValidationError, match="pattern"):
        ActionUnit(code=code, name="lip corner puller", side="both", intensity=0.5)


@pytest.mark.parametrize(
    ("years", "group"),
    [
        (0, "0-2"),
        (2.99, "0-2"),
        (3, "3-9"),
        (9.9, "3-9"),
        (10, "10-19"),
        (29.99, "20-29"),
        (30, "30-39"),
        (69.5, "60-69"),
        (70, "70+"),
        (116, "70+"),
    ],
)
def test_years_fall_in_their_age_group(years: float, group: str) -> None:
    assert age_group_of(years) == group


def test_every_age_group_starts_where_the_table_says() -> None:
    assert [age_group_of(start) for start, _ in AGE_GROUPS] == [name for _, name in AGE_GROUPS]


def test_attributes_that_cannot_be_told_are_left_out_of_json_but_known_to_the_schema() -> None:
    data = DESCRIPTION.model_dump(mode="json")["attributes"]
    assert data == {"gaze": "left", "teeth": False, "mouth_opening": 0.25}
    schema = Attributes.model_json_schema(mode="serialization")
    assert set(Attributes.model_fields) == set(schema["properties"])
