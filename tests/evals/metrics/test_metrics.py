"""Metrics against hand-computed examples and against the reference implementations."""

import random

import numpy as np
import pytest
import sacrebleu
from rouge_score.rouge_scorer import RougeScorer
from sklearn.metrics import balanced_accuracy_score, f1_score

from focalface.evals.metrics import action_units, classification, text
from focalface.evals.metrics.action_units import AuTable
from focalface.evals.metrics.age import Aged
from focalface.evals.metrics.cider import cider
from focalface.evals.metrics.classification import Labelled
from focalface.evals.metrics.detection import keypoint_error, match, size_of
from focalface.evals.metrics.geometry import box_iou, contains, near, touching, union_iou
from focalface.evals.metrics.statistics import Bootstrap, Statistic, mean, ratio
from focalface.tools.types import EMOTIONS, AgeEstimate, Box


def value(statistic: Statistic) -> float:
    return float(statistic.of_sums(statistic.rows.sum(axis=0)))


def labelled(truth, predicted, confidence=None):
    return Labelled(truth, predicted, confidence or [0.9] * len(truth))


# -- figures ---------------------------------------------------------------------------------


def test_a_ratio_of_three_in_four_has_an_interval_around_it():
    figure = Bootstrap(4, seed=1).figure(ratio([1, 1, 1, 0], [1, 1, 1, 1]))
    assert figure is not None
    assert figure.value == 0.75
    assert figure.n == 4
    assert figure.low < 0.75 < figure.high


def test_the_interval_of_a_proportion_agrees_with_the_normal_approximation():
    rng = np.random.default_rng(0)
    right = (rng.random(2000) < 0.7).astype(float)
    figure = Bootstrap(2000, seed=3).figure(mean(right))
    assert figure is not None
    half = 1.96 * np.sqrt(0.7 * 0.3 / 2000)
    assert figure.high - figure.value == pytest.approx(half, rel=0.15)
    assert figure.value - figure.low == pytest.approx(half, rel=0.15)


def test_the_same_seed_gives_the_same_interval_and_another_seed_another():
    statistic = mean([0.1, 0.5, 0.9, 0.2, 0.8])
    first, again, other = (Bootstrap(5, seed=s).figure(statistic) for s in (1, 1, 2))
    assert first == again
    assert first != other


def test_nothing_counted_is_no_figure_rather_than_zero():
    assert Bootstrap(2).figure(ratio([0, 0], [0, 0])) is None
    assert Bootstrap(2).figure(mean([np.nan, np.nan])) is None


# -- classification --------------------------------------------------------------------------


def test_accuracy_leaves_unknown_truth_out_and_counts_no_answer_as_wrong():
    data = labelled(["anger", None, "fear", "fear"], ["anger", "fear", None, "fear"])
    assert value(classification.accuracy(data)) == pytest.approx(2 / 3)


def test_macro_f1_is_that_of_scikit_learn():
    rng = random.Random(4)
    truth = [rng.choice(EMOTIONS[:6]) for _ in range(300)]
    found = [t if rng.random() < 0.6 else rng.choice(EMOTIONS) for t in truth]
    want = f1_score(truth, found, labels=sorted(set(truth)), average="macro", zero_division=0)
    assert value(classification.macro_f1(labelled(truth, found), EMOTIONS)) == pytest.approx(want)


def test_balanced_accuracy_is_that_of_scikit_learn_and_forgets_unknown_truth():
    rng = random.Random(5)
    truth = [rng.choice(EMOTIONS[:4]) for _ in range(200)]
    found = [t if rng.random() < 0.5 else rng.choice(EMOTIONS[:4]) for t in truth]
    data = labelled([*truth, None], [*found, "fear"])
    want = balanced_accuracy_score(truth, found)
    assert value(classification.balanced_accuracy(data, EMOTIONS)) == pytest.approx(want)


def test_balanced_accuracy_by_hand():
    data = labelled(["anger", "anger", "anger", "fear"], ["anger", "anger", None, "anger"])
    assert value(classification.balanced_accuracy(data, EMOTIONS)) == pytest.approx((2 / 3) / 2)


def test_confusion_counts_no_answer_in_its_last_column():
    data = labelled(["a", "a", "b"], ["a", None, "a"])
    assert classification.confusion(data, ["a", "b"]).tolist() == [[1, 0, 1], [1, 0, 0]]


def test_calibration_error_by_hand():
    # Bin 0.9-1.0: confidence 0.95, half right: gap 0.45. Bin 0.5-0.6: 0.55, all right: gap 0.45.
    data = labelled(["a"] * 3, ["a", "b", "a"], [0.95, 0.95, 0.55])
    assert value(classification.calibration_error(data)) == pytest.approx(0.45)
    assert classification.reliability(data) == [
        (pytest.approx(0.55), 1.0, 1),
        (pytest.approx(0.95), 0.5, 2),
    ]


# -- action units ----------------------------------------------------------------------------


def table(truth, predicted, failed=None):
    codes = [f"AU{i}" for i in range(len(truth[0]))]
    dead = np.array(failed or [False] * len(truth))
    return AuTable(codes, np.array(truth, float), np.array(predicted, float), dead)


def test_f1_of_units_is_that_of_scikit_learn():
    rng = np.random.default_rng(0)
    truth, found = rng.integers(0, 2, (80, 5)), rng.random((80, 5))
    data = table(truth, found)
    want = f1_score(truth, found >= 0.5, average=None)
    got = {c: value(s) for c, s in action_units.f1_per_unit(data).items()}
    assert list(got.values()) == pytest.approx(list(want))
    assert value(action_units.macro_f1(data)) == pytest.approx(want.mean())
    micro = f1_score(truth, found >= 0.5, average="micro")
    assert value(action_units.micro_f1(data)) == pytest.approx(micro)


def test_unknown_labels_and_unassessed_units_are_left_out_but_reported():
    nan = np.nan
    data = table([[1, nan], [1, 0], [0, 1]], [[0.9, 0.9], [0.1, nan], [0.2, nan]])
    assert value(action_units.f1_per_unit(data)["AU0"]) == pytest.approx(2 / 3)
    # AU1: one unknown, two unassessed: no positive left to score.
    assert "AU1" not in action_units.f1_per_unit(data)
    assert value(action_units.assessed(data)) == pytest.approx(3 / 5)


def test_a_failed_sample_is_wrong_on_every_label():
    data = table([[1], [0], [1]], [[0.9], [np.nan], [np.nan]], failed=[False, True, True])
    assert value(action_units.micro_f1(data)) == pytest.approx(2 * 1 / (2 * 1 + 1 + 1))


def test_correlation_is_that_of_numpy():
    rng = np.random.default_rng(2)
    truth = rng.random((40, 2))
    found = truth * 0.5 + rng.random((40, 2))
    got = action_units.correlation_per_unit(table(truth, found))
    for j, code in enumerate(("AU0", "AU1")):
        want = np.corrcoef(truth[:, j], found[:, j])[0, 1]
        assert value(got[code]) == pytest.approx(want)


def test_a_constant_prediction_has_no_correlation():
    data = table([[0.1], [0.5], [0.9]], [[0.5], [0.5], [0.5]])
    assert np.isnan(value(action_units.correlation_per_unit(data)["AU0"]))


# -- age -------------------------------------------------------------------------------------


def test_age_figures_by_hand():
    estimates = [
        AgeEstimate(years=32, low=25, high=40, group="30-39"),
        AgeEstimate(years=50, low=40, high=60, group="50-59"),
        None,
        AgeEstimate(years=10, low=5, high=15, group="10-19"),
    ]
    got = Aged([30, 39, 20, None], estimates).statistics()
    assert value(got["age_mae"]) == pytest.approx((2 + 11) / 2)
    assert value(got["age_group_accuracy"]) == pytest.approx(1 / 3)
    assert value(got["age_interval_coverage"]) == pytest.approx(1 / 3)
    assert value(got["age_interval_width"]) == pytest.approx((15 + 20) / 2)


# -- detection and geometry ------------------------------------------------------------------


def box(x1, y1, x2, y2):
    return Box(x1=x1, y1=y1, x2=x2, y2=y2)


def test_box_overlap_by_hand():
    assert box_iou(box(0, 0, 2, 2), box(1, 1, 3, 3)) == pytest.approx(1 / 7)
    assert box_iou(box(0, 0, 1, 1), box(2, 2, 3, 3)) == 0


def test_matching_takes_each_true_face_once_and_forgives_what_nobody_labelled():
    true = [box(0, 0, 10, 10), box(20, 0, 30, 10)]
    found = [box(0, 0, 10, 9), box(1, 0, 10, 10), box(50, 50, 60, 60), box(80, 80, 90, 90)]
    got = match(true, found, [0.9, 0.95, 0.8, 0.7], ignored=[box(48, 48, 62, 62)])
    assert got.pairs == ((0, 1),)
    assert got.missed == (1,)
    assert got.false == (0, 3)


def test_sizes_are_those_of_the_longer_side():
    assert size_of(box(0, 0, 5, 15.9)) == "under 16 px"
    assert size_of(box(0, 0, 5, 16)) == "16-32 px"
    assert size_of(box(0, 0, 500, 16)) == "over 128 px"


def test_keypoint_error_is_relative_to_the_face():
    assert keypoint_error([(0, 0), (0, 0)], [(3, 4), (0, 0)], box(0, 0, 10, 10)) == 0.25


def test_polygon_overlap_by_hand():
    left = [(0, 0), (10, 0), (10, 10), (0, 10)]
    right = [(5, 0), (15, 0), (15, 10), (5, 10)]
    assert union_iou([left], [right]) == pytest.approx(1 / 3, abs=0.01)
    assert union_iou([left, right], [left, right]) == 1
    assert touching([left], [right, [(20, 20), (30, 20), (30, 30)]], 0.4).tolist() == [
        [True, False]
    ]
    assert touching([left], [right], 0.6).tolist() == [[False]]
    assert union_iou([], [right]) == 0
    assert contains(left, (5, 5))
    assert not contains(left, (15, 5))


# -- text ------------------------------------------------------------------------------------

HYPOTHESES = [
    "The lip corners are pulled up strongly, which suggests happiness.",
    "The brows are lowered and drawn together.",
    "No movement.",
]
REFERENCES = [
    ["The corners of the lips are pulled up, suggesting happiness.", "A broad smile."],
    ["The brows are lowered and drawn together strongly.", "Lowered brows, frowning."],
    ["No movement is visible here.", "Nothing moves."],
]


def test_bleu_is_that_of_sacrebleu():
    columns = [list(column) for column in zip(*REFERENCES, strict=True)]
    want = sacrebleu.corpus_bleu(HYPOTHESES, columns).score / 100
    assert value(text.bleu(HYPOTHESES, REFERENCES)) == pytest.approx(want)


def test_bleu_without_long_matches_is_smoothed_as_sacrebleu_does():
    hypotheses, references = ["a b c d e f g"], [["a x c y e z g"]]
    want = sacrebleu.corpus_bleu(hypotheses, [[r[0] for r in references]]).score / 100
    assert value(text.bleu(hypotheses, references)) == pytest.approx(want)


def test_chrf_and_rouge_are_those_of_their_packages():
    for hypothesis, references in zip(HYPOTHESES, REFERENCES, strict=True):
        want = sacrebleu.sentence_chrf(hypothesis, references).score / 100
        assert text.chrf(hypothesis, references) == pytest.approx(want)
        scorer = RougeScorer(["rougeL"], use_stemmer=True)
        best = max(scorer.score(r, hypothesis)["rougeL"].fmeasure for r in references)
        assert text.rouge_l(hypothesis, references) == pytest.approx(best)


def test_cider_of_the_reference_itself_is_ten_and_of_something_else_zero():
    references = [["the left brow is raised high"], ["a closed mouth with pressed lips"]]
    assert cider(["the left brow is raised high", "nothing at all"], references) == [
        pytest.approx(10),
        0,
    ]


def test_cider_by_hand_for_single_words():
    # Two documents {red}, {blue}: only 1-grams, idf log 2; "red blue" has one of two in common.
    # cosine = 1 / sqrt(2); length penalty exp(-(1-0)^2 / 72); three empty orders; times 10 / 4.
    want = 10 / 4 / np.sqrt(2) * np.exp(-1 / 72)
    assert cider(["red blue", "blue"], [["red"], ["blue"]])[0] == pytest.approx(want)


def test_a_point_at_the_border_of_a_polygon_is_near_it():
    square = [(0, 0), (10, 0), (10, 10), (0, 10)]
    assert near(square, (5, 5), 0)
    assert near(square, (12, 5), 2.001)
    assert not near(square, (12, 5), 1.9)
    assert near(square, (13, 14), 5.001)
