"""The chat as people start it: a process of its own, the real tools, a real photo."""

import os
import subprocess
import sys
from pathlib import Path

from typer.testing import CliRunner

from focalface.agent.cli.app import build


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


def test_a_script_with_an_error_goes_on_and_fails_in_the_end(tmp_path, monkeypatch):
    monkeypatch.setenv("FOCALFACE_HOME", str(tmp_path))
    script = "/image gone.jpg\nis the mouth open?\n"
    done = CliRunner().invoke(build(), ["chat", "--plain"], input=script)
    assert done.exit_code == 1
    assert "Error: There is no file" in done.stdout
    assert "> is the mouth open?" in done.stdout
