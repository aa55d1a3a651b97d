import pytest
from made_up import age as age_of
from made_up import emotion as emotion_of
from made_up import region, unit

from focalface.tools.describers.language import phrases
from focalface.tools.face import facs, wording
from focalface.tools.face.regions import ATLAS, BASIC, UNIONS, mentions
from focalface.tools.geometry import atlas
from focalface.tools.types import EMOTIONS, Attributes


def text_of(name, units=(), not_assessed=(), emotion=None, age=None, limits=(), **more):
    return wording.describe(region(name), units, not_assessed, emotion, age, limits, **more)


@pytest.mark.parametrize("name", BASIC)
def test_each_unit_is_said_so_that_a_reader_finds_the_same_unit_and_side(name):
    for code, sides in atlas.shown_in([name]).items():
        chosen = [[s] for s in sides] + ([list(sides)] if len(sides) > 1 else [])
        for present in chosen:
            units = [unit(code, 0.6 if side in present else 0.0, side) for side in sides]
            for variant in range(6):
                text = text_of(name, units, variant=variant)
                found = {(m.code, m.stance, m.side) for m in phrases.mentions(text)}
                side = present[0] if len(present) == 1 else "both"
                assert found == {(code, "present", side)}, text


@pytest.mark.parametrize("name", BASIC)
def test_a_text_speaks_of_no_part_outside_its_region(name):
    """Unit names such as "cheek raising" and the edges of the lips do not count as parts."""
    lips = {"mouth", "upper_lip", "lower_lip", "left_lip_corner", "right_lip_corner"}
    near = dict.fromkeys(("mouth", "upper_lip", "lower_lip"), lips)
    for code, sides in atlas.shown_in([name]).items():
        text = text_of(name, [unit(code, 0.6, side) for side in sides]).lower()
        for noun in wording.NOUNS.values():
            text = text.replace(noun, "it")
        parts = set(mentions(text)) - {name} - near.get(name, set())
        # The jaw is one bone: it has no side when it drops, wherever it is seen.
        parts -= {"left_jaw", "right_jaw"} if code == "AU26" else set()
        assert not parts, text


def test_absent_and_traced_units_are_not_claimed():
    text = text_of("left_brow", [unit("AU1", 0.0, "left"), unit("AU4", 0.29, "left")])
    assert phrases.mentions(text) == ()
    assert "rest" in text or "movement" in text


def test_a_region_at_rest_is_told_by_what_does_not_move_in_it():
    units = [unit(code, 0.05, "left") for code in ("AU1", "AU2", "AU4")]
    texts = {text_of("left_brow", units, variant=v) for v in range(8)}
    assert "The left brow is neither raised nor lowered." in texts and len(texts) == 3
    traced = [*units[:2], unit("AU4", 0.2, "left")]
    some = [traced, units[:2]]
    for left_open in some:
        texts = {text_of("left_brow", left_open, variant=v) for v in range(8)}
        assert not any("neither" in text for text in texts)


def test_two_movements_of_one_thing_share_their_subject():
    units = [unit("AU7", 0.6, "left"), unit("AU6", 0.5, "left")]
    assert text_of("left_under_eye", units, variant=0) == (
        "The skin under the left eye is clearly tautened (lid tightening) "
        "and clearly pushed up (cheek raising)."
    )
    apart = [unit("AU12", 0.6, "left"), unit("AU6", 0.5, "left")]
    assert "and the left cheek is" in text_of("left_cheek", apart)


def test_where_neither_feeling_nor_age_shows_one_sentence_says_so():
    text = text_of("chin", [], [], emotion_of(), age_of(40, 10, 75))
    assert text.count(".") == 1 and "emotion" in text and "age" in text


def test_what_is_worn_and_shown_stands_in_plain_sentences():
    worn = Attributes(
        gaze="left", teeth=True, glasses="clear", facial_hair="beard", head_wear="hat"
    )
    assert text_of("face", attributes=worn) == (
        "The eyes look to the subject's left. The teeth show. There is a beard. "
        "Clear glasses and a hat are worn."
    )
    assert text_of("face", attributes=Attributes(tongue=True, head_wear="other")) == (
        "The tongue shows. Headgear is worn."
    )
    assert text_of("left_eye", attributes=Attributes(gaze="down")).endswith(
        "The eye looks downwards."
    )
    assert text_of("mouth", attributes=Attributes(gaze="camera", teeth=False)) == (
        "Nothing can be told about the mouth."
    )


def test_nothing_is_said_of_movement_when_no_unit_was_assessed():
    text = text_of("left_crows_feet", [], ["AU6"])
    assert text == "Not assessed here: cheek raising."
    assert {m.stance for m in phrases.mentions(text)} == {"unknown"}


def test_units_that_were_not_assessed_are_unknown_to_a_reader_and_never_absent():
    text = text_of("face", [unit("AU12", 0.8)], ["AU6", "AU9", "AU17"])
    stances = phrases.settled(text)
    assert stances == {"AU12": "present", "AU6": "unknown", "AU9": "unknown", "AU17": "unknown"}


def test_many_units_that_were_not_assessed_are_counted_and_not_listed():
    some = text_of("face", [unit("AU12", 0.8)], facs.CODES[:8])
    assert some.endswith(
        "Not assessed here: inner brow raising, outer brow raising, brow lowering, "
        "upper lid raising and 4 other movements."
    )
    assert text_of("face", [], facs.CODES) == "Muscle movements were not assessed here."


def test_two_sides_that_differ_are_told_apart():
    units = [unit("AU12", 0.8, "left"), unit("AU12", 0.35, "right")]
    text = text_of("mouth", units, variant=0)
    assert text == "The left lip corner is strongly pulled up, the right one slightly."


def test_a_side_that_moves_alone_is_called_so():
    units = [unit("AU12", 0.1, "left"), unit("AU12", 0.8, "right")]
    assert "right lip corner alone" in text_of("mouth", units)


def test_a_unit_without_a_second_reading_is_not_said_to_be_alone():
    assert "alone" not in text_of("left_lip_corner", [unit("AU12", 0.8, "left")])


def test_strongest_movement_comes_first():
    text = text_of("mouth", [unit("AU25", 0.4), unit("AU18", 0.9)])
    assert text.index("pucker") < text.index("part")


@pytest.mark.parametrize(
    ("emotion", "words"),
    [
        (emotion_of(happiness=0.9), ["suggests happiness"]),
        (emotion_of(anger=0.6), ["anger"]),
        (emotion_of(fear=0.45, surprise=0.4), ["fear or surprise"]),
        (emotion_of(sadness=0.4), ["sadness"]),
        (emotion_of(neutral=0.8), ["a neutral expression"]),
        (emotion_of(), ["emotion"]),
        (emotion_of(happiness=0.3, sadness=0.25), ["emotion"]),
    ],
)
@pytest.mark.parametrize("variant", range(6))
def test_an_emotion_is_hedged_by_its_probability(emotion, words, variant):
    phrase = wording.emotion_phrase(emotion, variant)
    assert all(word in phrase for word in words)


def test_a_bare_label_without_a_distribution_is_not_called_strong():
    assert wording.emotion_phrase(emotion_of(happiness=1.0)) == "suggests happiness"


@pytest.mark.parametrize(("mixed", "named"), [(None, True), (0.45, True), (0.55, False)])
def test_an_emotion_that_onlookers_would_not_name_is_not_named(mixed, named):
    emotion = emotion_of(anger=0.6).model_copy(update={"mixed": mixed})
    for variant in range(6):
        assert ("anger" in wording.emotion_phrase(emotion, variant)) == named


def test_a_flat_distribution_names_no_emotion():
    for variant in range(6):
        phrase = wording.emotion_phrase(emotion_of(), variant)
        assert not any(e in phrase for e in EMOTIONS)


@pytest.mark.parametrize(
    ("age", "text"),
    [
        (age_of(33.6, 27.2, 41.8), "looks about 34 years old (27 to 42)"),
        (age_of(1.0, 0.0, 3.0), "looks about 1 year old (0 to 3)"),
        (age_of(0.3, 0.0, 2.0), "looks like that of a baby (0 to 2)"),
        (age_of(40, 10, 75), "gives little away about age"),
    ],
)
def test_an_age_is_whole_years_with_its_interval_or_is_not_told(age, text):
    assert wording.age_phrase(age) == text


def test_no_decimals_reach_the_reader():
    text = text_of(
        "mouth", [unit("AU12", 0.8321)], [], emotion_of(happiness=0.61), age_of(33.7, 25.1, 40.9)
    )
    assert "." not in text.replace(". ", " ").rstrip(".")


def test_limits_stand_as_they_are():
    text = text_of("chin", [], [], None, None, ["It lies outside the picture."])
    assert text == "It lies outside the picture."


def test_nothing_at_all_is_said_plainly():
    assert text_of("chin") == "Nothing can be told about the chin."


@pytest.mark.parametrize("name", ATLAS)
def test_every_region_has_words_with_its_side(name):
    words = wording.place_of(region(name))
    assert words.startswith("the ") and "@" not in words
    for side in ("left", "right"):
        assert (side in words) == name.startswith(f"{side}_")


def test_a_custom_region_is_spoken_of_by_what_it_covers():
    marked = region("custom", side="left")
    units = [unit("AU1", 0.6, "left")]
    text = wording.describe(marked, units, [], None, None, [], places=["forehead"], variant=0)
    assert text == "The middle of the forehead is clearly lifted on the left (inner brow raising)."
    assert wording.place_of(marked) == "the marked area on the left"


def test_words_are_stable_and_vary_between_regions():
    emotion = emotion_of(happiness=0.6)
    texts = {name: text_of(name, [], [], emotion) for name in BASIC}
    assert texts == {name: text_of(name, [], [], emotion) for name in BASIC}
    assert len(set(texts.values())) > 5


def test_unions_speak_of_the_unit_where_it_is_judged_best():
    assert "lip corners" in text_of("lower_face", [unit("AU12", 0.8)])
    assert set(UNIONS) <= set(ATLAS)


@pytest.mark.parametrize(
    ("probability", "word"),
    [(0.99, "very likely"), (0.7, "likely"), (0.5, "possibly"), (0.2, "uncertain")],
)
def test_a_probability_has_a_word(probability, word):
    assert wording.confidence_word(probability) == word
