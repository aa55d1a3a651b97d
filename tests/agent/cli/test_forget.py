"""What is kept of a user, how much of it, and that it goes."""

from pathlib import Path

import pytest
from prompt_toolkit.history import FileHistory
from typer.testing import CliRunner

from focalface.agent.cli.app import build
from focalface.agent.cli.first_run import NOTICE, notice
from focalface.agent.terminal import prompt_input


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FOCALFACE_HOME", str(tmp_path / "home"))
    (tmp_path / "home" / "models" / "pack").mkdir(parents=True)
    return tmp_path / "home"


def test_forget_deletes_history_and_log_and_weights_only_when_asked(home: Path) -> None:
    for name in ("history", "server.log", "results.jsonl"):
        (home / name).write_text("x", encoding="utf-8")
    done = CliRunner().invoke(build(), ["forget"])
    assert done.exit_code == 0 and "history" in done.output
    assert sorted(path.name for path in home.iterdir()) == ["models", "results.jsonl"]
    assert "nothing" in CliRunner().invoke(build(), ["forget"]).output
    CliRunner().invoke(build(), ["forget", "--models"])
    assert sorted(path.name for path in home.iterdir()) == ["results.jsonl"]


def test_history_is_bounded_and_keeps_the_newest(home: Path) -> None:
    path = home / "history"
    writing = FileHistory(str(path))
    for number in range(6_000):
        writing.store_string(f"question number {number}")
    path.chmod(0o600)
    assert path.stat().st_size > prompt_input.MAX_HISTORY
    prompt_input.open_history(path)
    kept = list(FileHistory(str(path)).load_history_strings())
    assert path.stat().st_size <= prompt_input.MAX_HISTORY
    assert kept[0] == "question number 5999" and 1_000 < len(kept) < 6_000
    assert all(line.startswith("question number ") for line in kept)
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_script_acknowledges_the_notice_and_nobody_is_told_twice(home: Path) -> None:
    assert notice(acknowledged=True) is None
    assert notice() is None
    (home / "notice-told").unlink()
    assert notice() == NOTICE
