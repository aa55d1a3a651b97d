"""Soft targets: the label, what a teacher says, what nobody knows."""

import numpy as np
import pytest

pytest.importorskip("torch")

from focalface.tools.training.describer.targets import (
    LOOKS_WEIGHT,
    age_target,
    emotion_target,
)


@pytest.fixture
def soft(rows):
    return {
        "emotion": np.full((len(rows), 7), 1 / 7, np.float32),
        "age": np.full((len(rows), 101), 1 / 101, np.float32),
    }


def test_an_emotion_is_the_label_alone_before_there_is_a_teacher(rows):
    target = emotion_target(rows, 1, None, 0.5, 0.0)
    assert target[int(rows["emotion"][1])] == 1
    assert emotion_target(rows, 1, None, 0.5, 0.07).min() == pytest.approx(0.01)


def test_an_emotion_mixes_the_label_with_what_the_teacher_says(rows, soft):
    target = emotion_target(rows, 1, soft, 0.5, 0.1)
    label = int(rows["emotion"][1])
    assert target[label] == pytest.approx(0.5 + 0.5 / 7, abs=1e-6)
    assert target[label - 1] == pytest.approx(0.5 / 7, abs=1e-6)
    assert target.sum() == pytest.approx(1, abs=1e-5)


def test_an_age_mixes_too_and_one_that_a_face_looks_counts_less(rows, soft):
    alone, weight, years = age_target(rows, 2, None, 0.08, 1.5)
    assert alone.argmax() == years == rows["age"][2]
    assert weight == 1
    assert age_target(rows, 2, soft, 0.08, 1.5)[0].sum() == pytest.approx(1, abs=1e-4)
    assert age_target(rows, 3, soft, 0.08, 1.5)[1] == LOOKS_WEIGHT


def test_a_face_without_a_label_has_no_target(rows):
    assert not emotion_target(rows, 2, None, 0.5, 0.0).any()
