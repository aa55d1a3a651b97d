"""Sentences against made-up tool results: what is supported passes, what is invented does not."""

import made_up
import pytest

from focalface.agent.basics.evidence import Evidence
from focalface.agent.basics.scene import Scene
from focalface.agent.checking.check import check, sentences

FACES = tuple(
    made_up.face(f"fac_{n}", box=made_up.box(left, 10, left + 80, 110))
    for n, left in ((1, 200), (2, 10))
)


def found(name, *levels, **changes):
    return made_up.reading(name, made_up.units(name, levels), **changes)


FOUND = (
    found(
        "mouth",
        ("AU12", 0.62, 0.41),
        ("AU15", 0.02, 0.03),
        ("AU25", 0.55),
        emotion=made_up.emotion(happiness=0.81),
    ),
    found("left_eye", ("AU7", 0.35, 0), not_assessed=("AU6",)),
    found("left_brow", ("AU4", 0.05, 0)),
    found("face", emotion=made_up.emotion(happiness=0.72), age=made_up.age(34.2, 27.1, 42.4)),
)
KNOWN = [Evidence(Scene("img", 300, 120, FACES), FOUND)]

SUPPORTED = [
    "The lip corners are pulled up [mouth].",
    "AU12 is present, 0.62 on the left and 0.41 on the right [mouth].",
    "AU12 reaches 0.6 [mouth].",
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
    ("AU12 reaches 0.63 [mouth].", "0.63"),
    ("AU12 reaches 0.66 [mouth].", "0.66"),
    ("AU12 reaches 0.615 [mouth].", "0.615"),
    ("The face looks about 52 years old [face].", "52"),
    ("He is in his sixties [face].", "sixties"),
    ("The expression suggests anger [face].", "anger"),
    ("Happiness has a share of 99% [face].", "99%"),
    ("The brows are raised [left_brow].", "AU1"),
    ("Face 7 smiles [mouth].", "7"),
    ("She wears glasses [face].", "glasses"),
    ("There is a beard [face].", "beard"),
    ("A mask covers the mouth [face].", "mask"),
    ("This is Barack Obama [face].", "Barack"),
    ("John smiles broadly [mouth].", "John"),
    ("The person, Mary, smiles [mouth].", "Mary"),
    ("She is beautiful [face].", "attractiveness"),
    ("He is lying [mouth].", "honesty"),
    ("The beautiful woman smiles [mouth].", "attractiveness"),
    ("The criminal smiles [mouth].", "crime"),
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
