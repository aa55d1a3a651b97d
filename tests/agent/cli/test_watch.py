"""The camera's picture with readings on it; no camera is needed for that."""

import numpy as np
import pytest
import skimage.data
from typer.testing import CliRunner

from focalface.agent.cli.app import build
from focalface.agent.cli.commands.watch import draw
from focalface.tools.settings import Settings
from focalface.tools.workbench import Workbench


def test_faces_and_what_they_show_are_drawn_on_a_copy() -> None:
    frame = np.ascontiguousarray(skimage.data.astronaut()[..., ::-1])
    before = frame.copy()
    drawn = draw(Workbench(Settings(threads=1)), frame)
    assert drawn.shape == frame.shape and (frame == before).all()
    changed = np.argwhere((drawn != frame).any(axis=2))
    assert len(changed) > 500 and changed[:, 0].max() > 180  # the text below the face


@pytest.mark.filterwarnings("ignore")
def test_without_a_camera_one_sentence_says_so() -> None:
    done = CliRunner().invoke(build(), ["watch", "--camera", "97"])
    assert done.exit_code != 0 and "no camera 97" in str(done.exception)
