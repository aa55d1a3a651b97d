"""Whether two people show the same mood is answered yes or no, before who shows which."""

import pytest
from composed import FACE, seen
from made_up import box

from focalface.agent.basics.evidence import Evidence
from focalface.agent.basics.scene import Scene
from focalface.agent.composing.compose import Observations, compose
from focalface.agent.understanding import Context, parse

OTHER = FACE.model_copy(update={"id": "fac_2", "box": box(200, 20, 260, 90)})
SCENE = Scene("img", 300, 120, (FACE, OTHER))


def told(question, first, second):
    each = []
    for face, mood in ((FACE, first), (OTHER, second)):
        one = seen("face", [("AU12", 0.5, 0.5)], emotion=(mood, 0.8))
        region = one.region.model_copy(update={"face_id": face.id, "id": f"reg_{face.id}"})
        each.append(Evidence(SCENE, (one.model_copy(update={"region": region}),)))
    intent = parse(question, Context(count=2))
    return compose(intent, Observations(tuple(each), None, ("fac_1", "fac_2")), expert=False).says


@pytest.mark.parametrize(
    ("moods", "verdict"), [(("happiness", "neutral"), "no"), (("happiness", "happiness"), "yes")]
)
def test_same_mood_or_not_is_said_first(moods, verdict):
    assert told("do the two of them show the same mood?", *moods)[0].verdict == verdict


def test_a_comparison_that_asks_for_no_yes_gets_none():
    assert told("compare the mood of the two", "happiness", "neutral")[0].verdict == ""
