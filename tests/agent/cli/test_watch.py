"""The camera's picture with readings on it; no camera is needed for that."""

import subprocess
import sys

import cv2
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


def test_without_a_camera_one_sentence_and_nothing_else_says_so() -> None:
    command = [sys.executable, "-m", "focalface.agent", "watch", "--camera", "97"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "focalface: There is no camera 97; connect one or choose with --camera.\n"


class Camera:
    """A camera that gives the same picture again and again."""

    def __init__(self, number: int) -> None:
        self.released = False

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        return True

    def read(self) -> tuple[bool, np.ndarray]:
        return True, np.ascontiguousarray(skimage.data.astronaut()[:256, 100:356, ::-1])

    def release(self) -> None:
        self.released = True


@pytest.mark.parametrize(("pressed", "code"), [("q", 0), ("Ctrl-C", 130)])
def test_a_key_or_ctrl_c_ends_it_and_lets_the_camera_go(
    monkeypatch: pytest.MonkeyPatch, pressed: str, code: int
) -> None:
    camera, shown = Camera(0), []

    def key(milliseconds: int) -> int:
        if len(shown) < 2:
            return -1
        if pressed == "Ctrl-C":
            raise KeyboardInterrupt
        return ord("q")

    monkeypatch.setattr(cv2, "VideoCapture", lambda number: camera)
    monkeypatch.setattr(cv2, "imshow", lambda title, frame: shown.append(frame))
    monkeypatch.setattr(cv2, "waitKey", key)
    done = CliRunner().invoke(build(), ["watch", "--threads", "1"])
    assert done.exit_code == code
    assert len(shown) == 2 and camera.released


def test_without_a_screen_one_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    camera = Camera(0)

    def no_screen(title: str, frame: np.ndarray) -> None:
        raise cv2.error("The function is not implemented")

    monkeypatch.setattr(cv2, "VideoCapture", lambda number: camera)
    monkeypatch.setattr(cv2, "imshow", no_screen)
    done = CliRunner().invoke(build(), ["watch", "--threads", "1"])
    assert "no screen" in str(done.exception) and camera.released
