"""An answer begins with the word that the question offers, or says that it is neither."""

import made_up
import pytest
from composed import SCENE, answer, seen

from focalface.agent.basics.evidence import Evidence
from focalface.agent.composing.compose import Observations, compose
from focalface.agent.understanding import Intent, parse
from focalface.tools.types import Attributes

SIDES = ("left", "right")


def both(code, level):
    return code, level, level


def told(question, *found):
    return answer(question, *found)[0]


BROWS = ("left_brow", "right_brow")


def brows(**levels):
    units = [both(code, levels.get(code, 0.02)) for code in ("AU1", "AU2", "AU4")]
    return [seen(name, list(units)) for name in (*BROWS, "forehead")]


@pytest.mark.parametrize(
    ("question", "levels", "start"),
    [
        ("his forehead: wrinkled or smooth?", {}, "Smooth: the brows are neither raised"),
        ("his forehead: wrinkled or smooth?", {"AU1": 0.6, "AU2": 0.6}, "Wrinkled: both"),
        ("is the forehead smooth or lined?", {"AU4": 0.8}, "Lined: "),
        ("brows: raised, lowered or neutral", {"AU4": 0.8}, "Lowered: "),
        ("brows: raised, lowered or neutral", {"AU2": 0.8}, "Both outer brows are strongly raised"),
        ("brows: raised, lowered or neutral", {}, "Neutral: "),
        ("brows: raised, lowered or neutral", {"AU4": 0.25}, "Rather neutral: there is at most"),
        ("are his brows up or down?", {}, "Neither: "),
        ("are his brows up or down?", {"AU1": 0.5, "AU4": 0.6}, "Both: "),
    ],
)
def test_brows_and_forehead_are_told_in_the_words_of_the_question(question, levels, start):
    assert told(question, *brows(**levels)).startswith(start)


@pytest.mark.parametrize(
    ("question", "level", "start"),
    [
        ("is that smile strong or weak?", 0.4, "Weak: both lip corners are slightly pulled up."),
        ("is that smile strong or weak?", 0.8, "Strong: both lip corners are strongly"),
        ("is he smiling a lot or a little", 0.8, "A lot: "),
        ("is he smiling a lot or a little", 0.35, "A little: "),
        ("how strong is the smile, slight or strong", 0.8, "Strong: "),
        ("is that smile strong or weak?", 0.02, "Neither: the lip corners are not"),
    ],
)
def test_how_much_is_told_in_the_words_of_the_question_and_without_figures(question, level, start):
    text = told(question, seen("mouth", [both("AU12", level)]))
    assert text.startswith(start)
    assert not any(char.isdigit() for char in text)


def test_several_words_of_one_part_are_told_apart():
    lips = [seen(name, [("AU24", x), ("AU17", y)])
            for name, x, y in (("upper_lip", 0.6, 0.02), ("lower_lip", 0.6, 0.02))]  # fmt: skip
    asked = "lips: pressed, pouting or relaxed?"
    assert told(asked, *lips).startswith("The lips are clearly pressed")
    pout = [seen("lower_lip", [("AU24", 0.02), ("AU17", 0.7)])]
    assert told(asked, *pout).startswith("Pouting: ")
    still = [seen("lower_lip", [("AU24", 0.02), ("AU17", 0.02)])]
    assert told(asked, *still).startswith("Relaxed: ")


@pytest.mark.parametrize(
    ("question", "level", "start"),
    [
        ("mouth: open or shut?", 0.02, "Shut: "),
        ("mouth: shut or open?", 0.8, "Open: "),
        ("nose wrinkled or smooth?", 0.02, "Smooth: "),
        ("nose: wrinkled or not?", 0.02, "Not wrinkled: "),
        ("nose wrinkled or smooth?", 0.7, "Wrinkled: "),
    ],
)
def test_the_order_of_the_words_does_not_matter(question, level, start):
    found = [
        seen("mouth", [("AU25", level), ("AU26", level)]),
        seen("nose_bridge", [("AU9", level)]),
    ]
    assert told(question, *found).startswith(start)


def test_a_quality_of_two_is_chosen_by_the_emotion():
    text = told("is he serious or friendly?", seen("face", emotion=("happiness", 0.9)))
    assert text.startswith("Rather friendly than serious. The expression ")
    asked = "Is he on this portrait rather serious or friendly?"
    text = told(asked, seen("face", emotion=("anger", 0.9)))
    assert text.startswith("Rather serious than friendly.")


def test_where_the_eyes_look_is_told_in_the_words_of_the_question():
    asked = "is her gaze direct or off to the side?"
    assert told(asked, with_attributes(gaze="camera")).startswith("Direct: the eyes look")
    assert told(asked, with_attributes(gaze="left")).startswith("Side: ")


def with_attributes(**seen_there):
    return seen("face", emotion=("neutral", 0.9)).model_copy(
        update={"attributes": Attributes(**seen_there)}
    )


@pytest.mark.parametrize(
    ("question", "hair", "start"),
    [
        ("does he have a beard?", "beard", "Yes, there is a beard."),
        ("does he have a beard?", "moustache", "A moustache at least; a full beard I do not see."),
        ("does he have a beard?", "stubble", "No, there is only stubble."),
        ("does he have a beard?", "none", "No, there is no beard or moustache."),
        ("does he have a moustache?", "beard", "A beard; whether a moustache belongs to it"),
        ("does he have a moustache?", "moustache", "Yes, there is a moustache."),
        ("a moustache or a full beard?", "beard", "A beard."),
        ("is he clean shaven?", "none", "Yes, there is no beard"),
        ("is he clean shaven?", "stubble", "No, there is stubble."),
        ("does he have stubble?", "stubble", "Yes, there is stubble."),
    ],
)
def test_what_grows_is_told_by_what_was_asked_for(question, hair, start):
    assert told(question, with_attributes(facial_hair=hair)).startswith(start)


@pytest.mark.parametrize(
    "question",
    ["is she happy or sad?", "is the left brow or the right brow higher?", "is he 20 or 30?"],
)
def test_choices_with_answers_of_their_own_stay(question):
    assert not parse(question).options


@pytest.mark.parametrize(
    ("question", "found", "start"),
    [
        ("is his smile slight or strong?", [seen("mouth", [both("AU12", 0.6)])], "Rather strong: "),
        ("brows symmetric or crooked?", brows(AU4=0.8), "Symmetric: "),
        ("are the brows together or apart?", brows(AU4=0.8), "Together: "),
        ("are the brows together or apart?", brows(), "Apart: "),
        ("mouth corners: up, down or level?",
         [seen(f"{s}_lip_corner", [("AU12", 0.02, 0.02), ("AU15", 0.02, 0.02)]) for s in SIDES],
         "Level: "),
        ("are her glasses tinted or clear?", [with_attributes(glasses="clear")], "Clear glasses."),
        ("is her smile toothy or closed-lipped?", [with_attributes(teeth=True)], "Toothy: "),
        ("is he old or young?", [seen("face", age=made_up.age(24, 18, 30))], "Rather young than"),
        ("kid or teen?", [seen("face", age=made_up.age(8, 5, 11))], "Rather a kid than a teen"),
        ("sulking?", [seen("face", emotion=("anger", 0.9))], "Possibly: "),
        ("is he laughing?", [seen("mouth", [("AU25", 0.02), both("AU12", 0.4)])],
         "Possible, but not likely: both lip corners"),
    ],
)  # fmt: skip
def test_more_choices_begin_with_a_word_of_the_question(question, found, start):
    assert told(question, *found).startswith(start)


def test_a_smile_is_not_called_genuine_for_want_of_the_eyes():
    face = [seen("mouth", [both("AU12", 0.4)])]
    face += [seen(f"{s}_crows_feet", [("AU6", 0.02, 0.02)]) for s in SIDES]
    names = ("mouth", "left_eye", "right_eye")
    intent = Intent(kind="recognise", attributes=("genuineness",), named=names, polar=True)
    draft = compose(intent, Observations((Evidence(SCENE, tuple(face)),), None, ("fac_1",)),
                    expert=False)  # fmt: skip
    assert draft.text.startswith("Probably polite or posed")
