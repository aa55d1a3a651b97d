"""Model answers as people have seen them, and what may be read out of each."""

import unicodedata

import pytest

from focalface.tools.describers.language.parse import NOTHING, Unit, parse
from focalface.tools.describers.language.values import read_age, read_code, read_emotion
from focalface.tools.describers.language.values import read_intensity as intensity

WHOLE = (
    '{"text": "The lip corners are pulled up.", '
    '"action_units": [{"code": "AU12", "side": "both", "intensity": 0.6}], "absent": ["AU15"], '
    '"emotion": "happiness", "age_group": "30-39", "cannot_tell": ["AU25"]}'
)


def test_the_answer_we_ask_for_is_read_whole_and_needs_no_repair():
    found = parse(WHOLE)
    assert found.how == "json" and found.repairs == ()
    assert found.units == (Unit("AU12", "both", 0.6),)
    assert found.absent == {"AU15"} and found.unknown == {"AU25"}
    assert (found.emotion, found.age_group) == ("happiness", "30-39")


@pytest.mark.parametrize(
    "wrapped",
    [
        f"```json\n{WHOLE}\n```",
        f"Sure, here it is:\n{WHOLE}\nLet me know!",
        WHOLE.replace("]}", "],}"),
        WHOLE.replace('"', "'"),
    ],
    ids=["fence", "talk around it", "trailing comma", "Python quotes"],
)
def test_wrapping_changes_nothing_but_the_repairs(wrapped: str):
    found = parse(wrapped)
    assert found.how == "recovered" and found.repairs
    assert found.units == (Unit("AU12", "both", 0.6),) and found.emotion == "happiness"


@pytest.mark.parametrize("cut", range(1, len(WHOLE)))
def test_a_cut_anywhere_never_invents_a_value(cut: int):
    found = parse(WHOLE[:cut])
    assert set(found.units) <= {Unit("AU12", "both", 0.6)}
    assert found.absent <= {"AU15"} and found.unknown <= {"AU25", "emotion", "age"}
    assert found.emotion in (None, "happiness") and found.age_group in (None, "30-39")
    assert found.text in ("", "The lip corners are pulled up.")


def test_a_cut_in_the_last_list_keeps_what_came_before():
    found = parse(WHOLE[: WHOLE.index('"AU25"') + 3])
    assert found.how == "recovered" and found.emotion == "happiness" and found.unknown == set()


@pytest.mark.parametrize(
    "answer", ["", "   ", "{", "{]", "[1, 2]", "I am sorry.", '{"a": 1}', "{{"]
)
def test_nothing_readable_is_said_to_be_nothing(answer: str):
    assert parse(answer) == NOTHING


def test_unmentioned_absent_and_unknown_are_three_things():
    found = parse('{"action_units": [], "absent": ["AU4"], "cannot_tell": ["AU12", "age"]}')
    assert found.absent == {"AU4"} and found.unknown == {"AU12", "age"}
    assert "AU9" not in found.absent | found.unknown


def test_a_unit_called_present_and_absent_becomes_unknown():
    found = parse('{"action_units": {"AU12": 0.5, "AU6": 0.4}, "absent": ["AU12"]}')
    assert found.units == (Unit("AU6", "both", 0.4),)
    assert found.unknown == {"AU12"} and found.absent == set()


def test_an_intensity_of_zero_is_absence():
    assert parse('{"aus": {"AU12": 0, "AU6": 0.2}}').absent == {"AU12"}


def test_a_unit_that_we_do_not_know_is_dropped_and_reported():
    found = parse('{"aus": ["AU99", "AU12"]}')
    assert [u.code for u in found.units] == ["AU12"]
    assert any("AU99" in r for r in found.repairs)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("AU12", ("AU12", "both")),
        ("au 12", ("AU12", "both")),
        (12, ("AU12", "both")),
        ("L12", ("AU12", "left")),
        ("AU2R", ("AU2", "right")),
        ("AU2 left", ("AU2", "left")),
        ("AU06", ("AU6", "both")),
        ("AU12 (lip corner puller)", ("AU12", "both")),
        ("lip corner puller", ("AU12", "both")),
        ("left lid tightener", ("AU7", "left")),
        ("AU3", (None, "both")),
        ("happy", (None, "both")),
        (None, (None, "both")),
        (True, (None, "both")),
    ],
)
def test_codes_come_in_many_spellings(said: object, expected: tuple[str | None, str]):
    assert read_code(said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [(0.6, 0.6), ("60%", 0.6), (60, 0.6), ("C", 0.5), ("slight", 0.3), (3, 0.6), (1, 1.0),
     (True, 0.5), (False, 0.0), ("absent", 0.0), (-1, None), (900, None), ("blue", None),
     (None, None), ([], None)],
)  # fmt: skip
def test_intensities_come_on_many_scales(said: object, expected: float | None):
    assert intensity(said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [("Happy", "happiness"), ("a sad face", "sadness"), ({"anger": 0.7, "fear": 0.2}, "anger"),
     (["fear"], "fear"), ("happy or sad", None), ("confused", None), (None, None), (3, None)],
)  # fmt: skip
def test_emotions_have_synonyms_but_no_ties(said: object, expected: str | None):
    assert read_emotion(said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [("30-39", ("30-39", None)), ("30s", ("30-39", None)), ("in their thirties", ("30-39", None)),
     (34, ("30-39", 34.0)), ("around 34 years", ("30-39", 34.0)), ("30 to 34", ("30-39", 32.0)),
     ("70+", ("70+", None)), ("0–2", ("0-2", None)), ("adult", (None, None)), (True, (None, None)),
     (500, (None, None)), (None, (None, None))],
)  # fmt: skip
def test_ages_are_groups_or_numbers(said: object, expected: tuple[str | None, float | None]):
    assert read_age(said) == expected


@pytest.mark.parametrize(
    ("sentence", "present", "absent", "unknown"),
    [
        ("The lip corners are pulled up.", {"AU12"}, set(), set()),
        ("There is no smile.", set(), {"AU12"}, set()),
        ("The brows are not lowered, but the eyelids are tightened.", {"AU7"}, {"AU4"}, set()),
        ("A smile without raised cheeks.", {"AU12"}, {"AU6"}, set()),
        ("A smile, without raised cheeks.", {"AU12"}, {"AU6"}, set()),
        ("The jaw is hidden by a hand.", set(), set(), set()),
        ("It is hard to see whether the lips are parted.", set(), set(), {"AU25"}),
        ("AU6 and AU12 are visible; AU4 isn't.", {"AU6", "AU12"}, {"AU4"}, set()),
        ("She smiles. No smile is visible.", set(), set(), {"AU12"}),
        ("The eyebrows are raised.", {"AU1", "AU2"}, set(), set()),
        ("The inner brows are raised.", {"AU1"}, set(), set()),
    ],
)
def test_sentences_are_read_with_their_negations(
    sentence: str, present: set[str], absent: set[str], unknown: set[str]
):
    found = parse(sentence)
    assert {u.code for u in found.units} == present
    assert (found.absent, found.unknown) == (absent, unknown)


def test_a_phrase_amid_bytes_that_are_no_text_is_not_a_claim():
    assert parse("The lips are parted.").units
    assert parse("ach\ufffd\x12 The lips are parted. ith\x05") == NOTHING


def test_prose_keeps_side_strength_emotion_and_age():
    found = parse("A slight smile on the left. He looks happy, around 34 years old.")
    assert found.how == "prose" and found.units == (Unit("AU12", "left", 0.3),)
    assert (found.emotion, found.age_group) == ("happiness", "30-39")


@pytest.mark.parametrize("number", ["1" + 400 * "0", "-3", "1e999", "NaN", "-Infinity", "101"])
def test_a_unit_with_an_intensity_that_is_none_is_unknown_and_not_half_there(number):
    reading = parse(f'{{"action_units": {{"AU12": {number}, "AU25": 0.4}}}}')
    assert [unit.code for unit in reading.units] == ["AU25"]
    assert "AU12" in reading.unknown and reading.how == "recovered"


def test_no_number_is_no_score_of_an_emotion():
    assert parse('{"emotion": {"anger": NaN, "fear": 0.2, "disgust": -1}}').emotion == "fear"


@pytest.mark.parametrize(
    "hostile",
    ["\\ud800", "\\u001b[2J", "\\u0000", "\\u202e", "\\u0085", "\\ue000", "\\u200b"],
)
def test_a_text_that_would_steer_a_terminal_or_break_its_coding_is_plain(hostile):
    reading = parse(f'{{"text": "It {hostile} is at rest.", "emotion": "neutral"}}')
    assert all(unicodedata.category(letter)[0] != "C" for letter in reading.text)
    assert reading.text.startswith("It ") and reading.text.endswith("is at rest.")
    reading.text.encode()
