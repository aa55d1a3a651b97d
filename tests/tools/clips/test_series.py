"""Onset, apex and offset of series that were made up, and smoothing."""

import numpy as np
import pytest

from focalface.tools.clips.series import (
    Episode,
    Series,
    Smoothing,
    episodes,
    parse_smoothing,
    smooth,
)
from focalface.tools.errors import UsageError


def found(values: list[float], step: float = 0.1) -> list[Episode]:
    return episodes(Series.of([(step * i, value) for i, value in enumerate(values)]))


def test_a_movement_begins_peaks_and_ends_between_frames() -> None:
    (one,) = found([0, 0, 0, 0.2, 0.4, 0.6, 0.8, 0.8, 0.4, 0, 0])
    assert one.onset == pytest.approx(0.28) and one.offset == pytest.approx(0.86)
    assert one.apex == pytest.approx(0.6) and one.intensity == pytest.approx(0.8)


def test_times_are_those_of_the_frames_whatever_their_distance() -> None:
    points = [(0.0, 0.0), (1.0, 0.0), (1.1, 0.8), (1.3, 0.8), (2.3, 0.0), (3.0, 0.0)]
    (one,) = episodes(Series.of(points))
    assert one.onset == pytest.approx(1.02) and one.offset == pytest.approx(2.1)


@pytest.mark.parametrize(
    ("values", "begins", "ends"),
    [
        ([0.8, 0.8, 0.8], False, False),
        ([0.8, 0.8, 0.4, 0.1, 0.1], False, True),
        ([0.1, 0.1, 0.4, 0.8, 0.8], True, False),
    ],
)
def test_what_was_there_at_an_end_of_the_clip_has_no_onset_or_offset(
    values: list[float], begins: bool, ends: bool
) -> None:
    (one,) = found(values)
    assert (one.onset is not None, one.offset is not None) == (begins, ends)


def test_two_blinks_are_two_and_a_dip_of_one_smile_is_one() -> None:
    assert [round(one.apex, 1) for one in found([0.1, 0.1, 0.8, 0.1, 0.1, 0.7, 0.1])] == [0.2, 0.5]
    assert [round(one.apex, 1) for one in found([0.1, 0.5, 0.45, 0.8, 0.1])] == [0.3]


@pytest.mark.parametrize(
    "values", [[], [0.5], [0.1, 0.29, 0.1], [0.28, 0.31, 0.28, 0.3, 0.27], [0.0] * 20]
)
def test_noise_about_the_threshold_and_nothing_at_all_are_no_movements(
    values: list[float],
) -> None:
    assert found(values) == [] or values == [0.5]


def test_a_gap_without_readings_ends_what_is_known_of_a_movement() -> None:
    points = [(0.0, 0.1), (0.1, 0.7), (0.2, 0.7), (5.0, 0.7), (5.1, 0.1)]
    one, two = episodes(Series.of(points))
    assert one.offset is None and two.onset is None and one.onset is not None


@pytest.mark.parametrize("name", ["median", "savgol"])
def test_smoothing_takes_out_a_spike_and_keeps_the_slow(name: str) -> None:
    seconds = np.arange(60) / 30
    slow = 0.4 + 0.3 * np.sin(seconds * 3)
    spiked = slow.copy()
    spiked[30] = 1.0
    how = parse_smoothing(f"{name}:0.3s")
    smoothed = smooth(Series(seconds, spiked), how)
    assert abs(smoothed.values[30] - slow[30]) < 0.6 * abs(1.0 - slow[30])
    assert np.abs(smoothed.values[5:20] - slow[5:20]).max() < 0.03


def test_nothing_is_smoothed_unless_asked_and_short_series_never() -> None:
    series = Series.of([(0.0, 0.1), (0.1, 0.9), (0.2, 0.1)])
    assert smooth(series, None) is series
    assert smooth(series, Smoothing("median", 0.5)) is series


@pytest.mark.parametrize("text", ["mean", "median:", "median:0", "median:-1s", "savgol:1e9s", ""])
def test_another_smoothing_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match=r"median:0\.3s"):
        parse_smoothing(text)


def test_a_series_is_read_between_frames_and_not_beyond() -> None:
    series = Series.of([(1.0, 0.0), (2.0, 1.0)])
    assert series.at(1.25) == pytest.approx(0.25)
    assert series.at(0.5) is None and series.at(2.5) is None
