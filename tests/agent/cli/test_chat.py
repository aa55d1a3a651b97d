"""The chat as people start it: a process of its own, the real tools, a real photo."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from focalface.agent.conversation.session import Session


def chat(script: str, *arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "focalface.agent", "chat", *arguments],
        input=script,
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"FOCALFACE_HOME": str(home), "PYTHONUTF8": "1", "COLUMNS": "60"},
        check=False,
    )


def test_a_script_in_a_pipe_is_a_conversation(photo, tmp_path):
    page = tmp_path / "talk.html"
    script = f"is the mouth open?\n/regions\nwhat does 3 show?\n/save '{page}'\n"
    done = chat(script, str(photo), home=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    assert "AI Act" in done.stdout
    assert "1 face" in done.stdout or "One face" in done.stdout
    assert "Seen in: " in done.stdout
    assert "left brow" in done.stdout.split("what does 3 show?")[1]
    assert "\x1b" not in done.stdout
    shown = [line for line in done.stdout.splitlines() if " > " not in line]  # not what was typed
    assert max(map(len, shown)) <= 60
    assert page.read_text(encoding="utf-8").count("data:image/jpeg") == 2


def test_a_script_with_an_error_goes_on_and_fails_in_the_end(tmp_path):
    done = chat("/image gone.jpg\nis the mouth open?\n", "--plain", home=tmp_path)
    assert done.returncode == 1
    assert "Error: There is no file" in done.stdout
    assert "> is the mouth open?" in done.stdout


def servers() -> list[int]:
    """Process ids of the face-tool servers that this process has started."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(status.read_text(encoding="utf-8").rpartition(")")[2].split()[1])
            command = status.with_name("cmdline").read_text(encoding="utf-8")
        except (OSError, ValueError):
            continue
        if parent == os.getpid() and "serve" in command:
            found.append(int(status.parent.name))
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds the server in /proc")
async def test_a_server_that_dies_before_the_first_question_is_no_loss(photo):
    async with Session(isolated=True) as session:
        await session.open(photo)
        (server,) = servers()
        os.kill(server, signal.SIGKILL)
        answer = await session.answer("is the mouth open?")
    assert answer.describer
