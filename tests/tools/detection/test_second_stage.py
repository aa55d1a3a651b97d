"""The second stage of the detector: what it sees, what it says, how two opinions become one."""

from pathlib import Path

import numpy as np
import pytest
from skimage.data import astronaut

from focalface.tools.detection.second_stage import (
    CONTEXT,
    DOUBTFUL,
    MOST,
    SHARE,
    SIDE,
    SecondStage,
    cut_out,
    join_scores,
    pixels,
)
from focalface.tools.detection.views import FoundFaces
from focalface.tools.errors import ModelDamagedError, ModelMissingError
from focalface.tools.paths import WEIGHTS

FACE, ROCKET = (178.0, 64.0, 272.0, 188.0), (400.0, 40.0, 490.0, 160.0)


def marked(box: tuple[int, int, int, int], size: tuple[int, int]) -> np.ndarray:
    """A grey picture of (width, height) with a white box."""
    picture = np.full((size[1], size[0], 3), 90, np.uint8)
    x1, y1, x2, y2 = box
    picture[y1:y2, x1:x2] = 255
    return picture


@pytest.mark.parametrize("box", [(40, 40, 64, 64), (100, 80, 240, 220), (300, 200, 330, 230)])
def test_the_box_is_in_the_middle_of_what_is_cut_out(box: tuple[int, int, int, int]) -> None:
    seen = cut_out(marked(box, (400, 400)), np.array(box, float))
    assert seen.shape == (SIDE, SIDE, 3)
    white = np.argwhere(seen[..., 0] > 170)
    assert np.abs(white.mean(0) - (SIDE - 1) / 2).max() < 1
    assert np.ptp(white, axis=0) + 1 == pytest.approx(SIDE / CONTEXT, abs=2)


@pytest.mark.parametrize(
    ("box", "black"),
    [((0, 40, 24, 64), np.s_[:, :10]), ((76, 76, 100, 100), np.s_[-10:, :])],
)
def test_beyond_the_picture_it_is_black(box: tuple[int, int, int, int], black: object) -> None:
    seen = cut_out(marked(box, (100, 100)), np.array(box, float))
    assert (seen[black] == 0).all()
    assert (seen[SIDE // 2, SIDE // 2] == 255).all()


def test_a_box_that_covers_the_picture_is_cut_out_whole() -> None:
    seen = cut_out(marked((0, 0, 50, 60), (50, 60)), np.array([0.0, 0.0, 50.0, 60.0]))
    assert (seen == 255).any() and (seen[0] == 0).all()


def test_the_network_sees_channels_first_around_zero() -> None:
    seen = pixels(np.array([[[[0, 127, 255]]]], np.uint8))
    assert seen.shape == (1, 3, 1, 1)
    assert seen.ravel() == pytest.approx([-127.5 / 64, -0.5 / 64, 127.5 / 64])


def test_opinions_are_added_as_logits_and_the_second_one_counts_only_so_far() -> None:
    first = np.array([0.5, 0.5, 0.5, 0.7])
    scores = join_scores(first, np.array([0.0, 2.0, 99.0, -99.0]))
    assert scores[0] == pytest.approx(0.5)
    assert scores[1] == pytest.approx(1 / (1 + np.exp(-SHARE * 2)))
    assert scores[2] == pytest.approx(1 / (1 + np.exp(-SHARE * MOST)))
    assert scores[3] < 0.5


def test_a_doubtful_face_gains_and_a_doubtful_rocket_loses() -> None:
    found = FoundFaces(np.array([FACE, ROCKET]), np.array([0.5, 0.5]), None)
    judged = SecondStage(WEIGHTS / "detector_second.onnx").judged(np.asarray(astronaut()), found)
    assert judged.scores[0] > 0.5 > judged.scores[1]
    assert np.array_equal(judged.boxes, found.boxes)


def test_what_the_first_stage_is_sure_of_stays_as_it_is() -> None:
    scores = np.array([DOUBTFUL[1], DOUBTFUL[0] - 0.01])
    found = FoundFaces(np.array([ROCKET, FACE]), scores, None)
    judged = SecondStage(Path("never opened")).judged(np.asarray(astronaut()), found)
    assert np.array_equal(judged.scores, scores)


def test_missing_and_damaged_weights_are_named(tmp_path: Path) -> None:
    found = FoundFaces(np.array([FACE]), np.array([0.5]), None)
    damaged = tmp_path / "damaged.onnx"
    damaged.write_bytes(b"no model")
    with pytest.raises(ModelMissingError, match=r"nowhere\.onnx.*install"):
        SecondStage(tmp_path / "nowhere.onnx").judged(np.asarray(astronaut()), found)
    with pytest.raises(ModelDamagedError, match=r"damaged\.onnx.*install"):
        SecondStage(damaged).judged(np.asarray(astronaut()), found)
