"""Intervals: a proportion is never told as certain."""

import numpy as np
import pytest

from focalface.evals.metrics.statistics import Bootstrap, mean, ratio, wilson


@pytest.mark.parametrize("right", [0.0, 1.0])
def test_a_handful_of_judgements_that_all_agree_leave_a_wide_interval(right):
    found = Bootstrap(5).figure(mean(np.full(5, right)))
    assert found is not None
    assert found.high - found.low == pytest.approx(0.4345, abs=0.001)


def test_the_interval_of_a_proportion_is_that_of_wilson():
    low, high = wilson(0.9, 100)
    assert (low, high) == pytest.approx((0.8256, 0.9448), abs=1e-4)


def test_judgements_that_come_in_bunches_keep_the_wider_interval_of_resampling():
    bunched = Bootstrap(4).figure(ratio([25, 25, 0, 0], [25, 25, 25, 25]))
    assert bunched is not None
    assert bunched.high - bunched.low > 0.9


def test_a_mean_of_measurements_is_no_proportion():
    found = Bootstrap(4).figure(mean([0.5, 0.5, 0.5, 0.5]))
    assert found is not None
    assert (found.low, found.high) == (0.5, 0.5)
