"""Fits, thresholds and statistics: tables of what they must give."""

import numpy as np
import pytest
from scipy.special import expit

pytest.importorskip("torch")
pytest.importorskip("tqdm")

from focalface.tools.describers.embedded.calibration import quantile
from focalface.tools.describers.embedded.sharpness import sharpness
from focalface.tools.training.describer import augment as aug
from focalface.tools.training.describer.evaluation import (
    fits,
    statistics,
    whole,
)

RNG = np.random.default_rng(0)


def test_presence_is_calibrated_where_the_network_is_too_timid_or_too_sure():
    truth = RNG.random(6000)
    happens = (RNG.random(6000) < truth).astype(np.float32)
    for slope, offset in ((2.0, 0.0), (0.5, -1.0)):  # what must be found again
        said = expit((fits.logit(truth) - offset) / slope)
        found = fits.platt(said.astype(np.float32), happens)
        assert found == pytest.approx((slope, offset), abs=0.15)


def test_presence_rises_with_the_reading_whatever_the_cases():
    slope, _ = fits.platt(np.array([0.1, 0.9] * 20, np.float32), np.array([1.0, 0.0] * 20))
    assert slope > 0


@pytest.mark.parametrize(
    ("score", "positive", "area"),
    [
        ([0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1], 1.0),
        ([0.1, 0.2, 0.8, 0.9], [1, 1, 0, 0], 0.0),
        ([0.5, 0.5, 0.5, 0.5], [1, 0, 1, 0], 0.5),
        ([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1], 0.75),
    ],
)
def test_the_area_is_how_often_a_positive_scores_higher(score, positive, area):
    assert fits.auc(np.array(score), np.array(positive, bool)) == pytest.approx(area)


def test_without_both_kinds_there_is_no_area():
    assert np.isnan(fits.auc(np.array([0.1, 0.9]), np.array([True, True])))


def test_a_threshold_keeps_what_it_must_and_finds_the_rest():
    score = np.array([0.1, 0.2, 0.3, 0.6, 0.5, 0.7, 0.9])
    positive = np.array([0, 0, 0, 0, 1, 1, 1], bool)
    strict, loose = (fits.threshold(score, positive, kept) for kept in (1.0, 0.5))
    assert strict.kept == 1
    assert strict.found == pytest.approx(2 / 3)
    assert loose.found == 1
    assert loose.kept == pytest.approx(0.75)


@pytest.mark.parametrize(("least", "expected"), [(0.75, 0.3), (0.95, 0.6), (1.01, None)])
def test_an_attribute_is_told_only_where_it_is_mostly_right(least, expected):
    odds = np.array([[0.405, 0.595]] * 4 + [[0.1, 0.9]] * 3 + [[0.9, 0.1]] * 3)
    label = np.array([0, 0, 1, 1] + [1] * 3 + [0] * 3)
    assert fits.sure_enough(odds, label, least) == expected


def test_an_attribute_that_is_read_no_better_than_by_its_commonest_class_is_not_told():
    odds = np.array([[0.9, 0.1]] * 10)
    assert fits.sure_enough(odds, np.array([0] * 9 + [1]), 0.8) is None


def test_a_timid_and_an_overconfident_emotion_are_set_right():
    truth = RNG.dirichlet(np.ones(7), 3000)
    label = np.array([RNG.choice(7, p=p) for p in truth])
    for power in (0.5, 2.0):
        said = truth**power / (truth**power).sum(1, keepdims=True)
        assert fits.emotion_heat(said.astype(np.float32), label) == pytest.approx(power, rel=0.1)


def test_the_age_interval_is_widened_when_distributions_are_too_narrow():
    truth = RNG.integers(20, 80, 400)
    guess = truth + RNG.normal(0, 5, 400)
    years = np.arange(101)
    narrow = np.exp(-((years - guess[:, None]) ** 2) / (2 * 4**2)).astype(np.float32)
    narrow /= narrow.sum(1, keepdims=True)
    half = fits.age_half(narrow, truth)
    assert half > 0.4
    assert fits.covers(narrow, truth, half) == pytest.approx(0.8, abs=0.04)


def test_an_enlarged_picture_is_not_sharper_and_a_detailed_one_is():
    noise = RNG.integers(0, 256, (96, 96), dtype=np.uint8)
    blurred = aug.coarser(noise, 0.5)
    assert sharpness(noise) > 2 * sharpness(blurred)
    assert sharpness(aug.coarser(blurred, 0.5)) < sharpness(blurred) + 0.01
    assert sharpness(np.full((96, 96), 90, np.uint8)) == 0


def test_the_temperature_lies_between_those_of_blurred_and_of_sharp_crops():
    level = np.array([0.0, 0.1, 0.2, 0.3, 0.9], np.float32)
    found = fits.heat_at(level, (0.1, 0.3), (1.5, 0.75))
    assert found[[0, 1]] == pytest.approx([1.5, 1.5])
    assert found[[3, 4]] == pytest.approx([0.75, 0.75])
    assert 0.75 < found[2] < 1.5


def test_a_network_that_is_too_sure_of_blurred_crops_alone_is_cooled_there_alone():
    truth = RNG.dirichlet(np.ones(7), 4000)
    label = np.array([RNG.choice(7, p=p) for p in truth])
    level = np.where(np.arange(4000) % 2, 0.3, 0.1).astype(np.float32)
    said = np.where(level[:, None] < 0.2, truth**2, truth)
    said = (said / said.sum(1, keepdims=True)).astype(np.float32)
    levels, heats = fits.emotion_heats(said, label, level)
    assert levels == pytest.approx((0.1, 0.3))
    assert heats == pytest.approx((2.0, 1.0), rel=0.12)


def test_the_same_shape_moved_turned_and_grown_is_no_farther_from_the_mean():
    shape = RNG.normal(0, 1, (40, 30, 2)) * 0.05 + RNG.normal(0, 1, (30, 2))
    z = shape[..., 0] + 1j * shape[..., 1]
    moved = z * np.exp(0.3j) * 2 + 5
    other = np.stack([moved.real, moved.imag], -1)
    assert np.allclose(whole.shape_distance(shape), whole.shape_distance(other), atol=1e-5)


def test_a_correlation_leaves_out_what_nobody_could_tell():
    truth = np.arange(50.0)
    found = truth.copy()
    truth[:10], found[:10] = np.nan, 1000
    assert fits.correlation(truth, found) == pytest.approx(1)
    assert np.isnan(fits.correlation(truth[:20], found[:20]))


@pytest.mark.parametrize(
    ("right", "n", "low", "high"), [(50, 100, 0.404, 0.596), (0, 10, 0.0, 0.278), (0, 0, 0, 1)]
)
def test_wilson_intervals_are_those_of_the_textbook(right, n, low, high):
    assert statistics.wilson(right, n) == pytest.approx((low, high), abs=2e-3)


def test_calibration_error_is_the_gap_between_sureness_and_success():
    odds = np.array([[0.8, 0.2]] * 10, np.float32)
    label = np.array([0] * 5 + [1] * 5)
    assert statistics.calibration_error(odds, label) == pytest.approx(0.3, abs=1e-6)
    assert statistics.binary_error(odds[:, 0], label == 0) == pytest.approx(0.3, abs=1e-6)


def test_f1_counts_hits_against_misses_and_false_alarms():
    truth = np.array([1, 1, 0, 0], bool)
    assert statistics.f1(truth, np.array([1, 0, 1, 0], bool)) == 0.5
    assert statistics.f1(truth, truth) == 1
    assert statistics.f1(~truth & truth, ~truth & truth) == 0


def test_quantiles_rise_with_the_share():
    odds = RNG.dirichlet(np.ones(101), 7).astype(np.float32)
    low, middle, high = (quantile(odds, share) for share in (0.1, 0.5, 0.9))
    assert (low < middle).all()
    assert (middle < high).all()
