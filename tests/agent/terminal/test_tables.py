import pytest

from focalface.agent.terminal.tables import (
    NOTHING,
    age,
    faces_table,
    head,
    limits,
    movements,
    readings_table,
    regions_table,
    spoken,
    suggestion,
)
from focalface.tools.types import ActionUnit, Box, EmotionEstimate, Face, Pose


@pytest.mark.parametrize(
    ("pose", "words"),
    [
        ((0, 0, 0), "straight"),
        ((9, -9, 9), "straight"),
        ((0, 20, 0), "turned to their left 20°"),
        ((0, -20, 0), "turned to their right 20°"),
        ((15, 0, 0), "raised 15°"),
        ((-15, 0, 0), "lowered 15°"),
        ((0, 0, 30), "tilted to their right 30°"),
        ((0, 12, -30), "turned to their left 12°, tilted to their left 30°"),
    ],
)
def test_a_pose_is_said_from_the_side_of_the_subject(smile, pose, words):
    turned = smile.face.model_copy(update={"pose": Pose(pitch=pose[0], yaw=pose[1], roll=pose[2])})
    assert head(turned) == words


def test_faces_are_numbered_and_the_chosen_one_is_marked(smile):
    table = faces_table([smile.face, smile.face], chosen=2)
    assert [row[0] for row in table.rows] == ["1", "2*"]
    assert table.rows[0][2] == "110 × 140"
    assert faces_table([smile.face]).title == "1 face"


def test_of_a_crowd_the_largest_few_and_the_chosen_one_are_listed(smile):
    table = faces_table([smile.face] * 370, chosen=200)
    assert [row[0] for row in table.rows] == [*map(str, range(1, 9)), "200*"]
    assert table.title == "370 faces, largest first; the first 8"


def test_faces_are_placed_in_words_and_a_single_one_by_pixels(smile):
    def at(n: int) -> Face:
        box = Box(x1=100 * n, y1=0, x2=100 * n + 50, y2=60)
        return smile.face.model_copy(update={"id": f"face-{n}", "box": box})

    few = faces_table([at(2), at(0), at(1)])
    assert [row[1] for row in few.rows] == ["on the right", "on the left", "in the middle"]
    many = faces_table([at(n) for n in range(12)])
    assert many.rows[3][1] == "fourth from the left"
    crowd = faces_table([at(n) for n in range(40)])
    assert crowd.rows[3][1] == "on the left"
    assert faces_table([at(0)]).rows[0][1] == "25, 30"


def test_the_reason_has_a_column_only_where_there_is_one(smile):
    assert regions_table(smile.regions).columns == ("#", "Region", "Visible")
    reasoned = smile.regions[0].model_copy(update={"reason": "shows the smile"})
    table = regions_table([reasoned, smile.regions[1]])
    assert [row[3] for row in table.rows] == ["shows the smile", NOTHING]


def test_movements_are_told_strongest_first_in_everyday_words(smile):
    words = movements(smile.readings[0], expert=False)
    assert words == "lip corner pulled up (strong), left cheek raised (clear)"


def test_sides_that_do_the_same_share_a_phrase(smile):
    def lips(right: float) -> str:
        units = tuple(
            ActionUnit(code="AU12", name="lip corner puller", side=side, intensity=intensity)
            for side, intensity in (("left", 0.6), ("right", right))
        )
        reading = smile.readings[0].model_copy(update={"action_units": units})
        return movements(reading, expert=False)

    assert lips(0.55) == "left and right lip corner pulled up (clear)"
    assert lips(0.35) == "left lip corner pulled up (clear), right lip corner pulled up (slight)"
    assert lips(0.1) == "left lip corner pulled up (clear)"


def test_movements_are_told_in_facs_terms_to_an_expert(smile):
    assert movements(smile.readings[0], expert=True) == "AU12 E 0.91, LAU6 C 0.52"


def test_the_side_is_not_said_twice_where_the_region_has_one(smile):
    assert movements(smile.readings[1], expert=False) == "cheek raised (clear)"


def test_an_absent_unit_is_no_movement(smile):
    assert movements(smile.readings[2], expert=False) == "none"


def test_a_region_without_any_assessed_unit_is_not_called_still(smile):
    unjudged = smile.readings[2].model_copy(update={"action_units": ()})
    assert movements(unjudged, expert=False) == NOTHING


def test_an_unlikely_emotion_is_hedged():
    emotion = EmotionEstimate(label="fear", probabilities={"fear": 0.4, "surprise": 0.3})
    assert suggestion(emotion, expert=False) == "fear?"
    assert suggestion(emotion, expert=True) == "fear 0.40"
    assert suggestion(None, expert=False) == NOTHING


def test_an_expert_sees_the_interval_of_an_age(smile):
    assert age(smile.readings[0].age, expert=False) == "about 37"
    assert age(smile.readings[0].age, expert=True) == "37 (31–44)"
    assert age(None, expert=True) == NOTHING


def test_readings_take_the_numbers_of_the_picture(smile):
    table = readings_table(smile.readings[:2], numbers={"region-mouth": 7})
    assert [row[0] for row in table.rows] == ["7", NOTHING]
    assert [row[0] for row in readings_table(smile.readings).rows] == ["1", "2", "3", "4"]


def test_each_limit_is_said_once(smile):
    assert limits(smile.readings) == ("The chin is hidden.",)


def test_names_are_spoken():
    assert spoken("left_crows_feet") == "left crow's feet"
    assert spoken("upper_lip") == "upper lip"
