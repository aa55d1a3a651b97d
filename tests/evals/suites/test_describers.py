"""Describers that parrot or break must score where they should, through the whole machinery."""

import re
from pathlib import Path

import pytest

from focalface.evals.harness.reading import Result
from focalface.evals.harness.runner import BROKEN, MISSED, PASSED, Plan, run, verdict
from focalface.evals.harness.thresholds import parse
from focalface.evals.records import can_show_emotion
from focalface.tools.face.regions import BASIC

BY_SIZE = r"emotion_accuracy@.* px$"


def describe(describer: str, logs: Path, **options) -> Result:
    [result] = run(Plan(("describe",), {"describer": f"parrots:{describer}", **options}, logs))
    return result


@pytest.fixture(scope="module")
def neutral(tmp_path_factory: pytest.TempPathFactory) -> Result:
    return describe("neutral", tmp_path_factory.mktemp("logs"))


@pytest.fixture(scope="module")
def whole_face(tmp_path_factory: pytest.TempPathFactory) -> Result:
    return describe("whole_face", tmp_path_factory.mktemp("logs"))


def value(result: Result, name: str) -> float:
    return result.figures[name].value


def test_always_neutral_is_right_exactly_on_the_neutral_face(neutral: Result):
    assert value(neutral, "emotion_accuracy") == pytest.approx(1 / 4)
    assert value(neutral, "emotion_ece") == pytest.approx(3 / 4)


def test_always_neutral_finds_no_unit_and_covers_nothing_that_is_there(neutral: Result):
    assert value(neutral, "au_f1_macro") == 0
    assert value(neutral, "au_assessed") == 1
    assert value(neutral, "coverage") < 0.2
    assert value(neutral, "abstention") == 0


def test_always_neutral_stays_in_focus_and_agrees_with_itself(neutral: Result):
    assert value(neutral, "focus") == 1
    assert value(neutral, "agreement") == 1


def test_an_emotion_is_true_only_of_regions_that_can_show_one(neutral: Result):
    assert value(neutral, "emotion_accuracy@mouth") == pytest.approx(1 / 4)
    for region in ("forehead", "nose_tip", "chin", "left_jaw", "right_under_eye"):
        assert f"emotion_accuracy@{region}" not in neutral.figures


def test_nor_do_the_others_count_in_the_figures_by_size(neutral: Result):
    counted = sum(f.n for name, f in neutral.figures.items() if re.match(BY_SIZE, name))
    assert counted == 4 * sum(can_show_emotion(name) for name in BASIC)


def test_telling_the_whole_face_everywhere_loses_focus(whole_face: Result, neutral: Result):
    assert value(whole_face, "focus") < 0.5 < value(neutral, "focus")
    assert value(whole_face, "coverage") > value(neutral, "coverage")
    assert value(whole_face, "emotion_accuracy") == pytest.approx(3 / 4)


def test_both_pass_when_nothing_is_demanded_and_miss_what_they_cannot_do(neutral: Result):
    assert verdict([neutral]).code == PASSED
    missed = verdict([neutral], [parse("describe.emotion_accuracy>=0.65")])
    assert missed.code == MISSED
    assert "0.25" in missed.reasons[0]
    assert verdict([neutral], [parse("describe.emotion_accuracy>=0.2")]).code == PASSED


def test_a_threshold_on_a_figure_that_does_not_exist_is_missed(neutral: Result):
    assert verdict([neutral], [parse("describe.emotion_acuracy>=0")]).code == MISSED
    assert verdict([neutral], [parse("describe.age_mae<=100")]).code == MISSED


@pytest.mark.parametrize(
    "broken", ["raising", "short", "shuffled", "silent", "overconfident", "none_at_all"]
)
def test_a_broken_describer_cannot_pass(broken: str, tmp_path: Path):
    result = describe(broken, tmp_path, limit=2)
    assert result.scored == 0
    assert result.failed == result.wanted == 2
    assert verdict([result]).code == BROKEN


def test_samples_that_break_count_as_failed_and_wrong(tmp_path: Path):
    result = describe("raising_on_cut_faces", tmp_path)
    assert (result.wanted, result.failed) == (11, 4)
    assert value(result, "focus") < 1
    found = verdict([result])
    assert found.code == MISSED
    assert "too few regions" in found.reasons[0]
