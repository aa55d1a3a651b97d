"""From odds to calibrated numbers: tables."""

import numpy as np
import pytest

from focalface.tools.describers.embedded import calibration
from focalface.tools.face.facs import PRESENT


@pytest.mark.parametrize(
    ("presence", "clear", "intensity"),
    [(0, 0, 0), (0.5, 0, 0.3), (1, 0, 0.45), (1, 0.5, 0.65), (1, 0.9, 0.85), (1, 1, 1)],
)
def test_intensity_follows_from_how_sure_presence_and_clearness_are(presence, clear, intensity):
    assert calibration.intensity(presence, clear) == pytest.approx(intensity)


def test_intensity_rises_with_both_probabilities():
    steps = np.linspace(0, 1, 21)
    table = np.array([[calibration.intensity(p, c) for c in steps] for p in steps])
    assert (np.diff(table, axis=0) >= 0).all()
    assert (np.diff(table, axis=1) >= 0).all()


def test_what_is_not_even_likely_present_is_never_present_by_intensity():
    assert calibration.intensity(0.49, 0.49) < PRESENT <= calibration.intensity(0.5, 0.0)


def test_a_line_of_slope_one_changes_nothing_and_an_offset_moves_the_odds():
    assert calibration.on_line(0.3, (1.0, 0.0)) == pytest.approx(0.3)
    assert calibration.on_line(0.5, (2.0, 1.0)) == pytest.approx(1 / (1 + np.exp(-1)))
    assert 0 < calibration.on_line(0.0, (1.0, 0.0)) < 1e-5


@pytest.mark.parametrize(
    ("share", "age"), [(0.1, 29.6), (0.5, 30.0), (0.9, 30.4)], ids=["low", "median", "high"]
)
def test_quantiles_of_a_sure_age_lie_within_that_year(share, age):
    odds = np.zeros((1, 101), np.float32)
    odds[0, 30] = 1
    assert calibration.quantile(odds, share).tolist() == pytest.approx([age], abs=0.01)


def test_an_interval_of_ages_holds_the_median_and_never_starts_below_zero():
    odds = np.zeros((2, 101), np.float32)
    odds[0, :3] = 1 / 3
    odds[1, 20:61] = 1 / 41
    (low, middle, high), (_, flat, _) = calibration.interval(odds, 0.4)
    assert 0 <= low < middle < high
    assert flat == pytest.approx(40, abs=0.1)


def test_a_lower_temperature_sharpens_without_changing_the_order():
    odds = np.array([[0.5, 0.3, 0.2], [0.1, 0.1, 0.8]], np.float32)
    surer = calibration.tempered(odds, np.array([0.5, 0.5], np.float32))
    assert surer[0] == pytest.approx(np.array([25, 9, 4]) / 38, abs=1e-6)
    assert (surer.argsort(1) == odds.argsort(1)).all()
    assert calibration.tempered(odds, 1.0) == pytest.approx(odds, abs=1e-6)


def test_two_opinions_are_mixed_by_their_weights():
    one, other = np.array([0.8, 0.2], np.float32), np.array([0.2, 0.8], np.float32)
    assert calibration.mixed(one, other, 0.0) == pytest.approx(one, abs=1e-6)
    assert calibration.mixed(one, other, 1.0) == pytest.approx(other, abs=1e-6)
    assert calibration.mixed(one, other, 0.5) == pytest.approx([0.5, 0.5], abs=1e-6)
