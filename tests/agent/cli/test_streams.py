"""Standard input and output that are closed, full, or read no further."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")

_MAIN = "from focalface.agent.cli import main; main()"


def shell(line: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    command = line.replace("focalface", f"'{sys.executable}' -c '{_MAIN}'")
    return subprocess.run(
        ["bash", "-c", command],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=folder,
        check=False,
    )


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("focalface serve <&-", 0),
        ("focalface batch - -o out.jsonl <&-", 1),
        ("focalface batch --list - -o out.jsonl <&-", 1),
        ("focalface --version <&- >&- 2>&-", 0),
    ],
)
def test_what_is_closed_before_the_start_is_at_its_end(
    line: str, code: int, tmp_path: Path
) -> None:
    done = shell(line, tmp_path)
    assert "Traceback" not in done.stderr
    assert done.returncode == code


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("command", ["--version", "models list"])
def test_a_full_disk_behind_standard_output_is_one_sentence(command: str, tmp_path: Path) -> None:
    done = shell(f"focalface {command} >/dev/full", tmp_path)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "No space left on device" in done.stderr and "make room" in done.stderr


@pytest.mark.parametrize("command", ["licences"])
def test_a_reader_that_has_seen_enough_is_no_failure_to_talk_of(
    command: str, tmp_path: Path
) -> None:
    done = shell(f"focalface {command} | head -1", tmp_path)
    assert done.stdout and not done.stderr
