"""Scores of hand-made answers."""

import pytest

from focalface.tools.training.finetune.score import Judged, majority, rouge_l, score


def truth(**changes):
    return {
        "units": {"AU12 left": 0.6},
        "absent": ["AU25"],
        "can_show": ["AU12", "AU25", "AU26"],
        "emotion": "happiness",
        "age_group": None,
        "cannot_tell": ["age"],
        "text": "The left lip corner is pulled up.",
    } | changes


GOOD = (
    '{"action_units": {"AU12": 0.5}, "absent": ["AU25"], "emotion": "happiness", '
    '"age_group": null, "cannot_tell": ["age"], "text": "The left lip corner is pulled up."}'
)


def test_a_right_answer_has_full_marks_and_no_age_or_seen_text_to_be_judged():
    found = score([Judged(GOOD, truth())])
    assert found.pop("age_accuracy") is None
    assert found.pop("rouge_written") is None
    assert found == dict.fromkeys(found, 1.0)


@pytest.mark.parametrize(
    ("answer", "measure", "value"),
    [
        ("noise", "valid", 0.0),
        ("noise", "emotion_accuracy", 0.0),
        ("noise", "abstention", 0.0),
        (f"```json\n{GOOD}\n```", "valid", 0.0),
        (f"```json\n{GOOD}\n```", "au_f1", 1.0),
        (GOOD.replace("null", '"30-39"'), "abstention", 0.0),
        (GOOD.replace("pulled up.", "pulled up. The brows are lowered."), "focus", 0.0),
        (GOOD.replace("pulled up.", "pulled up. The jaw drops."), "focus", 1.0),
        (GOOD.replace("pulled up.", "pulled up. The jaw drops."), "agreement", 0.0),
    ],
)
def test_each_fault_shows_in_its_measure(answer, measure, value):
    assert score([Judged(answer, truth())])[measure] == value


def test_au_f1_counts_labelled_units_only_and_is_the_mean_over_units():
    both = '{"action_units": {"AU12": 0.5, "AU25": 0.5, "AU26": 0.5}}'
    none = '{"action_units": {}}'
    cases = [
        Judged(both, truth()),
        Judged(none, truth()),
        Judged(both, truth(units={"AU25": 1.0}, absent=[])),
    ]
    # AU12: one hit, one miss, F1 2/3; AU25: one hit, one false, F1 2/3; AU26 has no label.
    assert score(cases)["au_f1"] == pytest.approx(2 / 3)


def test_the_majority_answer_takes_the_commonest_of_everything():
    answer = majority([truth(), truth(emotion="anger"), truth(units={}, absent=["AU12"])])
    found = score([Judged(answer, truth())])
    assert (found["emotion_accuracy"], found["au_f1"]) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("said", "true", "value"),
    [("a b c", "a b c", 1.0), ("a c", "a b c", 0.8), ("x", "a", 0.0), ("", "a", 0.0)],
)
def test_rouge_l_is_the_longest_common_subsequence(said, true, value):
    assert rouge_l(said, true) == pytest.approx(value)
