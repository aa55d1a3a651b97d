"""What is told of a face beside its movements."""

import pytest

from focalface.tools.describers.embedded.attributes import face_attributes
from focalface.tools.types import ActionUnit


def lids(left: float, right: float) -> dict:
    sides = {"left": left, "right": right}
    return {
        "AU43": {
            side: ActionUnit(code="AU43", name="eyes closed", side=side, intensity=value)
            for side, value in sides.items()
        }
    }


@pytest.mark.parametrize(
    ("left", "right", "gaze"),
    [(0.9, 0.9, None), (0.9, 0.1, "left"), (0.1, 0.1, "left")],
    ids=["closed eyes", "a wink", "open eyes"],
)
def test_closed_eyes_look_nowhere(left, right, gaze):
    told = {"gaze": "right"}  # of the picture
    assert face_attributes(told, 0.0, lids(left, right), ()).gaze == gaze
