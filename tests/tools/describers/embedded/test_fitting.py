"""Landmarks against a detector's keypoints: who is believed."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import PIL.Image
import pytest
from skimage.data import astronaut

from focalface.tools.describers.embedded.fitting import Fitter
from focalface.tools.describers.embedded.networks import Bytes, NetworkOutput, Networks
from focalface.tools.paths import WEIGHTS
from focalface.tools.workbench import Workbench


class Spread(Networks):
    """Networks whose landmarks lie so many times as far apart as they should."""

    times = 1.0

    def read_crops(self, crops: Sequence[Bytes]) -> list[NetworkOutput]:
        return [
            replace(output, landmarks=(output.landmarks - 0.5) * self.times + 0.5)
            for output in super().read_crops(crops)
        ]


@pytest.mark.parametrize("times", [0.5, 2.2])
def test_landmarks_that_go_astray_are_laid_back_on_the_keypoints(times: float) -> None:
    bench = Workbench()
    image = bench.open(PIL.Image.fromarray(astronaut()))
    (found,) = bench.detector.detect(image.rgb)
    networks = Spread(WEIGHTS, threads=1)
    (right,) = Fitter().fit(networks, image, [(found.box, found.keypoints)])
    networks.times = times
    (laid,) = Fitter().fit(networks, image, [(found.box, found.keypoints)])
    off = np.linalg.norm(np.subtract(laid.landmarks, right.landmarks), axis=1).mean()
    (x1, y1), (x2, y2) = right.keypoints.left_eye, right.keypoints.right_eye
    assert off < 0.15 * np.hypot(x1 - x2, y1 - y2)
