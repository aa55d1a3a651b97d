"""Of several faces the weak case is named, and no gaze that is known is withheld."""

import made_up
import pytest
from composed import answer, of_faces, seen

from focalface.agent.understanding import Context, parse
from focalface.tools.types import Attributes


def smiling(*levels):
    return [seen("mouth", [("AU12", x, x)]) for x in levels]


def looking(*ways):
    return [seen("face").model_copy(update={"attributes": Attributes(gaze=way)}) for way in ways]


@pytest.mark.parametrize(
    ("levels", "text"),
    [
        ((0.8, 0.35, 0.8),
         "Yes: all 3 faces show a smile, though the face in the middle (face 2) only slightly."),
        ((0.8, 0.7, 0.8), "Yes: all 3 faces show a smile."),
        ((0.35, 0.35, 0.35), "Yes: all 3 faces show a smile."),
    ],
)  # fmt: skip
def test_a_slight_smile_among_clear_ones_is_named(levels, text):
    assert of_faces("is everybody smiling?", *smiling(*levels)) == text


@pytest.mark.parametrize(
    ("ways", "text"),
    [
        (("right", "right", "right"),
         "No: all 3 faces: the eyes look to their right, the left of the picture."),
        (("camera", "camera", "camera"), "Yes: all 3 faces look into the camera."),
    ],
)  # fmt: skip
def test_where_they_look_instead_is_told(ways, text):
    assert of_faces("are they all looking at the camera?", *looking(*ways)) == text


def test_the_one_who_looks_elsewhere_is_told_with_the_way():
    looked = looking("camera", "down", "camera")
    text = of_faces("are they all looking at the camera?", *looked)
    assert text.startswith("No: all but") or text.startswith("Not all")


@pytest.mark.parametrize(
    ("question", "count", "recall", "weighing"),
    [
        ("how do these two differ?", 2, None, "differ"),
        ("what's the difference between them", 2, None, "differ"),
        ("what's the age difference", 2, "difference", ""),
        ("what's the age difference", 1, None, ""),
    ],
)
def test_a_difference_is_asked_of_two(question, count, recall, weighing):
    meant = parse(question, Context(count=count))
    assert (meant.recall, meant.weighing) == (recall, weighing)


@pytest.mark.parametrize(
    ("question", "levels", "start"),
    [
        ("does she show teeth?", {"AU25": 0.02}, "No, the lips are closed, so no teeth show."),
        ("does she show teeth?", {"AU25": 0.6}, "I cannot tell"),
    ],
)
def test_behind_closed_lips_no_teeth_show(question, levels, start):
    assert answer(question, seen("mouth", list(levels.items())))[0].startswith(start)


def test_years_that_a_mask_makes_vague_name_the_mask():

    face = seen("face", age=made_up.age(24, 9, 55))
    hidden = face.model_copy(
        update={"region": face.region.model_copy(update={"hidden_by": "a mask"})}
    )
    assert "but a mask hides a part, so anything from 9 to 55 fits" in answer("how old?", hidden)[0]
    assert "but that is rough: anything from 9 to 55 fits" in answer("how old?", face)[0]


@pytest.mark.parametrize(
    ("years", "start"), [((44, 36, 54), "In the forties: "), ((7, 4, 10), "The face looks about 7")]
)
def test_an_age_is_told_as_a_decade(years, start):

    text, _ = answer("age as a decade", seen("face", age=made_up.age(*years)))
    assert text.startswith(start)


@pytest.mark.parametrize(
    ("question", "level", "start"),
    [
        ("are there wrinkles around the eyes?", 0.6, "Yes, the skin beside both eyes is clearly"),
        ("are there wrinkles around the eyes?", 0.02, "No, the skin beside the eyes is not"),
    ],
)
def test_of_wrinkles_what_moves_is_told_and_what_is_not_judged(question, level, start):
    skin = [seen(f"{side}_crows_feet", [("AU6", level, level)]) for side in ("left", "right")]
    text, _ = answer(question, *skin)
    assert text.startswith(start)
    assert text.endswith("only movements that crease the skin.")
