"""Sentences against made-up tool results: what is supported passes, what is invented does not."""

import pytest

from focalface.agent.check import check, sentences
from focalface.agent.evidence import Evidence, Scene
from focalface.tools.facs import UNITS
from focalface.tools.types import (
    ActionUnit,
    AgeEstimate,
    Box,
    EmotionEstimate,
    Face,
    Keypoints,
    Pose,
    Region,
    RegionDescription,
)

SPOT = Keypoints(left_eye=(60, 40), right_eye=(40, 40), nose=(50, 50), left_mouth=(58, 60),
                 right_mouth=(42, 60))  # fmt: skip
FACES = tuple(
    Face(id=f"fac_{n}", image_id="img", box=Box(x1=left, y1=10, x2=left + 80, y2=110), score=0.9,
         keypoints=SPOT, landmarks=(), pose=Pose(pitch=0, yaw=0, roll=0))
    for n, left in ((1, 200), (2, 10))
)  # fmt: skip


def unit(code, side, intensity):
    return ActionUnit(code=code, name=UNITS[code].name, side=side, intensity=intensity)


def description(name, units=(), *, emotion=None, age=None, unassessed=(), face="fac_1"):
    feeling = None
    if emotion:
        label, share = emotion
        others = ["neutral", "happiness", "sadness", "surprise", "fear", "disgust", "anger",
                  "contempt"]  # fmt: skip
        shares = {o: share if o == label else (1 - share) / 7 for o in others}
        feeling = EmotionEstimate(label=label, probabilities=shares)
    region = Region(id=f"reg_{name}", face_id=face, name=name, side="both", visibility=1,
                    polygon=((0, 0), (9, 0), (9, 9)), box=Box(x1=0, y1=0, x2=9, y2=9))  # fmt: skip
    return RegionDescription(region=region, text="", action_units=tuple(units), emotion=feeling,
                             not_assessed=tuple(unassessed), age=age, limits=(), describer="test",
                             device="cpu", milliseconds=1)  # fmt: skip


FOUND = (
    description(
        "mouth",
        [unit("AU12", "left", 0.62), unit("AU12", "right", 0.41), unit("AU15", "left", 0.02),
         unit("AU15", "right", 0.03), unit("AU25", "both", 0.55)],
        emotion=("happiness", 0.81),
    ),
    description("left_eye", [unit("AU7", "left", 0.35)], unassessed=["AU6"]),
    description("left_brow", [unit("AU4", "left", 0.05)]),
    description("face", emotion=("happiness", 0.72),
                age=AgeEstimate(years=34.2, low=27.1, high=42.4, group="30-39")),
)  # fmt: skip
KNOWN = [Evidence(Scene("img", 300, 120, FACES), FOUND)]

SUPPORTED = [
    "The lip corners are pulled up [mouth].",
    "AU12 is present, 0.62 on the left and 0.41 on the right [mouth].",
    "The smile is stronger on the left [mouth].",
    "The left eye is slightly narrowed [left_eye].",
    "AU6 was not assessed, so it is unknown [left_eye].",
    "There is no frown: AU4 is absent [left_brow].",
    "The expression suggests happiness, at about 72% [face].",
    "The expression suggests happiness (happiness 72%, surprise 4%) [face].",
    "The face looks about 34 years old, from 27 to 42 [face].",
    "She seems to be in her thirties [face].",
    "Face 1 of 2 faces smiles [reg_mouth].",
    "The corners of the mouth do not turn down [mouth].",
    "I don't identify people.",
]
INVENTED = [
    ("AU4 is clearly present [left_brow].", "absent"),
    ("AU9 is active [mouth].", "AU9"),
    ("The expression suggests surprise (happiness 72%, surprise 4%) [face].", "surprise"),
    ("The expression suggests happiness (happiness 72%, surprise 72%) [face].", "surprise"),
    ("AU12 is absent [mouth].", "present"),
    ("The smile is stronger on the right [mouth].", "right"),
    ("The right eye is narrowed [left_eye].", "right eye"),
    ("The chin is bunched up [chin].", "never described"),
    ("The chin is raised.", "AU17"),
    ("The corners of the mouth turn down [mouth].", "AU15"),
    ("AU12 reaches 0.93 [mouth].", "0.93"),
    ("The face looks about 52 years old [face].", "52"),
    ("He is in his sixties [face].", "sixties"),
    ("The expression suggests anger [face].", "anger"),
    ("Happiness has a share of 99% [face].", "99%"),
    ("The brows are raised [left_brow].", "AU1"),
    ("Face 7 smiles [mouth].", "7"),
    ("This is Barack Obama [face].", "Barack"),
    ("John smiles broadly [mouth].", "John"),
    ("The person, Mary, smiles [mouth].", "Mary"),
    ("She is beautiful [face].", "attractiveness"),
    ("He is lying [mouth].", "honesty"),
]


@pytest.mark.parametrize("sentence", SUPPORTED)
def test_a_sentence_that_the_tools_support_passes(sentence):
    assert check(sentence, KNOWN).faults == ()


@pytest.mark.parametrize(("sentence", "named"), INVENTED)
def test_an_invented_sentence_is_found_and_the_reason_names_what_is_wrong(sentence, named):
    checked = check(sentence, KNOWN)
    assert checked.claims == ()
    assert named in checked.faults[0].why


def test_good_sentences_survive_bad_neighbours():
    text = (
        "The lip corners are pulled up [mouth]. AU9 is strong [nose_bridge]. "
        "It suggests happiness [face]."
    )
    checked = check(text, KNOWN)
    assert checked.text == "The lip corners are pulled up. It suggests happiness."
    assert [claim.evidence for claim in checked.claims] == [("reg_mouth",), ("reg_face",)]
    assert len(checked.faults) == 1


def test_citations_may_stand_before_or_after_the_full_stop():
    before = sentences("It smiles [mouth]. It looks 34.2 years old [face].")
    after = sentences("It smiles. [mouth] It looks 34.2 years old. [face]")
    assert before == after == [("It smiles.", ("mouth",)), ("It looks 34.2 years old.", ("face",))]


def test_without_any_evidence_nothing_about_a_face_passes():
    empty = [Evidence(Scene("img", 300, 120, FACES))]
    checked = check("The mouth smiles. The left brow is up. I looked carefully.", empty)
    assert checked.text == "I looked carefully."
