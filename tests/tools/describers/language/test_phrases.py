"""What the wording module writes is read back as the same units: texts and scores speak alike."""

import made_up
import pytest

from focalface.tools.describers.language import phrases
from focalface.tools.face import facs, wording


@pytest.mark.parametrize("code", facs.CODES)
def test_every_wording_of_a_unit_is_read_as_that_unit_and_no_other(code):
    unit = facs.UNITS[code]
    for side in ("left", "right", "both") if unit.sided else ("both",):
        for place in facs.regions_of(code, side):
            for variant in range(8):
                units = [made_up.unit(code, 0.7, side)]
                region = made_up.region(place, side="both")
                text = wording.describe(region, units, (), None, None, (), variant=variant)
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
