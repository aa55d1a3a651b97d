"""How many faces there are at a place, and which."""

from made_up import box, face

from focalface.agent.basics.scene import Scene
from focalface.agent.composing import found

SIX = Scene(
    "p",
    300,
    300,
    tuple(
        face(f"f{n}", box=box(20 + 90 * x, 20 + 150 * y, 60 + 90 * x, 70 + 150 * y))
        for n, (y, x) in enumerate((y, x) for y in range(2) for x in range(3))
    ),
)


def test_of_several_it_is_told_first_how_many():
    (said,) = found.places(SIX, ("f0", "f1", "f2"))
    assert said.text == (
        "3 faces: face 1 (top row, on the left), face 2 (top row, in the middle) and "
        "face 3 (top row, on the right)."
    )


def test_of_one_it_is_told_where_it_is():
    (said,) = found.places(SIX, ("f5",))
    assert said.text == "Face 6 is in the bottom row, on the right."
