"""When the reading network is heard alone, and when a second look or opinion is worth its time."""

import shutil

import numpy as np
import PIL.Image
import PIL.ImageFilter
import pytest
from skimage.data import astronaut

from focalface.tools import Workbench
from focalface.tools.describers.embedded.describer import EmbeddedDescriber
from focalface.tools.describers.embedded.networks import OPINION_EMOTION
from focalface.tools.describers.embedded.suggestions import (
    DETAIL,
    MEMBERS,
    NARROW,
    SURE,
    shares_of,
    united,
    unsure_of_age,
    unsure_of_emotion,
    with_coders,
)
from focalface.tools.describers.embedded.views import OPEN, unsure
from focalface.tools.errors import ModelMissingError
from focalface.tools.paths import WEIGHTS


def ages(width: int) -> np.ndarray:
    """A distribution that is even over so many years."""
    odds = np.zeros(101, np.float32)
    odds[20 : 20 + width] = 1 / width
    return odds


@pytest.mark.parametrize(
    ("likeliest", "heard"), [(SURE - 0.01, True), (SURE + 0.01, False), (0.95, False)]
)
def test_a_second_opinion_on_emotion_is_heard_where_none_is_likely_enough(likeliest, heard):
    odds = np.array([likeliest, *[(1 - likeliest) / 6] * 6], np.float32)
    assert unsure_of_emotion(odds) == heard


@pytest.mark.parametrize(
    ("width", "heard"), [(4, False), (2 * NARROW - 2, False), (2 * NARROW + 2, True), (80, True)]
)
def test_a_second_opinion_on_age_is_heard_where_the_middle_half_is_wide(width, heard):
    assert unsure_of_age(ages(int(width))) == heard
    assert unsure_of_age(np.stack([ages(int(width)), ages(4)])).tolist() == [heard, False]


@pytest.mark.parametrize(("side", "told"), [(48, 0), (DETAIL[0], 0), (80, 1), (DETAIL[1], 1)])
def test_coders_are_heard_of_faces_in_detail_alone(side, told):
    labels, coders = np.array([0.8, 0.2], np.float32), np.array([0.1, 0.7, 0.2], np.float32)
    found = with_coders(labels, coders, side, [0, 1])
    assert (found[1] > 0.2) == bool(told)
    assert found.sum() == pytest.approx(1)


def test_what_coders_call_mixed_leaves_the_emotions_as_they_are():
    labels = np.array([0.8, 0.2], np.float32)
    found = with_coders(labels, np.array([0.0, 0.0, 1.0], np.float32), 200.0, [0, 1])
    assert np.allclose(found, labels)


def test_a_part_is_told_by_itself_and_by_its_members_and_others_change_nothing():
    odds = np.array([[0.5, 0.5], [0.9, 0.1], [0.1, 0.9], [0.9, 0.1]], np.float32)
    alone, wide = united(odds, shares_of([[0], [0, 1, 3]], len(odds)))
    assert np.allclose(alone, [0.5, 0.5])
    assert np.allclose(np.log(wide[0] / wide[1]), MEMBERS * np.log(9), atol=1e-5)


@pytest.mark.parametrize(("slight", "looked_at"), [(OPEN[0] - 0.01, False), (0.5, True)])
def test_the_mirror_image_is_read_where_one_unit_is_open(slight, looked_at):
    units = np.zeros((2, 16, 2), np.float32)
    units[0, 3, 0] = slight
    units[:, 4, 1] = 0.5  # how clear a unit is does not count
    assert unsure({"units": units}).tolist() == [looked_at, False]


def test_a_sure_face_is_read_without_the_file_of_the_second_opinion(tmp_path):
    for file in WEIGHTS.glob("*.onnx"):
        if file.name != OPINION_EMOTION:
            shutil.copy(file, tmp_path)
    bench = Workbench(describer=EmbeddedDescriber(threads=1, folder=tmp_path))

    def asked(picture: PIL.Image.Image) -> list[bool]:
        image = bench.open(picture)
        return [_misses(bench, image, face) for face in bench.detect(image)]

    sharp = PIL.Image.fromarray(astronaut())
    assert asked(sharp) == [False]
    assert asked(sharp.filter(PIL.ImageFilter.GaussianBlur(6.5))) == [True]


def _misses(bench: Workbench, image, face) -> bool:
    try:
        bench.describe(image, face, ["face"])
    except ModelMissingError as error:
        assert OPINION_EMOTION in str(error)
        return True
    return False
