"""What the wording module writes is read back as the same units: texts and scores speak alike."""

import pytest

from focalface.tools import facs
from focalface.tools.describers import phrases, wording
from focalface.tools.types import ActionUnit, Box, Region


def region(name):
    box = Box(x1=0, y1=0, x2=1, y2=1)
    return Region(
        id="r",
        face_id="f",
        name=name,
        side="both",
        polygon=((0, 0), (1, 0), (1, 1)),
        box=box,
        visibility=1,
    )


@pytest.mark.parametrize("code", facs.CODES)
def test_every_wording_of_a_unit_is_read_as_that_unit_and_no_other(code):
    unit = facs.UNITS[code]
    for side in ("left", "right", "both") if unit.sided else ("both",):
        for place in facs.regions_of(code, side):
            for variant in range(8):
                units = [ActionUnit(code=code, name=unit.name, side=side, intensity=0.7)]
                text = wording.describe(region(place), units, (), None, None, (), variant=variant)
                assert phrases.settled(text) == {code: "present"}, text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {}),
        ("The nose is long.", {}),
        ("Neither the cheeks are raised nor the lips parted.", {"AU6": "absent", "AU25": "absent"}),
        ("Whether the lids are tightened cannot be told.", {"AU7": "unknown"}),
        ("A smile on the left, but no smile on the right.", {"AU12": "unknown"}),
    ],
)
def test_negation_and_doubt_hold_for_their_clause(text, expected):
    assert phrases.settled(text) == expected
