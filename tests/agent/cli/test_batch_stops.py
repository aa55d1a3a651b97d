"""A batch that is stopped: a sentence, an exit code, the terminal whole, and it goes on later."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import PIL.Image
import pytest
import skimage.data
from terminal import Terminal

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals and terminals are POSIX")

FILES = 300
"""More than are read before the signal comes."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "pictures"
    made.mkdir()
    PIL.Image.fromarray(skimage.data.astronaut()[:256, 100:356]).save(made / "000.png")
    for number in range(1, FILES):
        (made / f"{number:03}.png").hardlink_to(made / "000.png")
    return made


def command(folder: Path, out: str, jobs: int) -> list[str]:
    ours = [sys.executable, "-m", "focalface.agent", "batch", str(folder), "--out", out]
    return [*ours, "--jobs", str(jobs), "--threads", "1", "--each-path", "-r", "mouth"]


@pytest.mark.parametrize(
    ("sent", "code", "jobs"), [(signal.SIGINT, 130, 1), (signal.SIGTERM, 143, 2)]
)
def test_a_signal_ends_it_in_a_sentence(folder: Path, sent: int, code: int, jobs: int) -> None:
    batch = subprocess.Popen(
        command(folder, "-", jobs), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert batch.stdout and batch.stderr
    with batch:
        assert json.loads(batch.stdout.readline())["faces"]
        batch.send_signal(sent)
        rows, told = batch.stdout.read(), batch.stderr.read()
    assert batch.returncode == code
    assert "Stopped" in told and "to go on" in told and "Traceback" not in told
    assert len(rows.splitlines()) < FILES
    assert all(json.loads(row) for row in rows.splitlines())  # nothing half written


def test_ctrl_c_at_a_terminal_leaves_it_whole_and_the_file_to_go_on_with(
    folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "found.jsonl"
    with Terminal(command(folder, str(out), 2), os.environ) as terminal:
        terminal.until(r"\b[1-9]\d*/300")
        terminal.type("\x03")
        terminal.until("Stopped")
        assert terminal.ended() == 130
        assert terminal.echoes and "Traceback" not in terminal.screen.text
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert 0 < len(rows) < FILES
    assert not list(tmp_path.glob(".*lock"))
