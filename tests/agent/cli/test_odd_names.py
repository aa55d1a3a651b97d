"""The command line with bytes that are no text, in names and in questions."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sessions import make_session


def test_a_question_and_a_name_that_are_no_unicode_end_in_an_answer(
    photo: Path, tmp_path: Path
) -> None:
    picture = os.fsencode(tmp_path) + b"/caf\xe9.png"
    Path(os.fsdecode(picture)).write_bytes(photo.read_bytes())
    command = [sys.executable, "-m", "focalface.agent", "ask", picture, b"happy \xff", "--json"]
    done = subprocess.run(command, capture_output=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr.decode()
    assert b'"text"' in done.stdout and b"Traceback" not in done.stderr


@pytest.mark.parametrize("name", [b"~x.png", b"caf\xe9.png", b"\xff\xfe.png"])
async def test_a_session_opens_a_picture_of_any_name(
    photo: Path, tmp_path: Path, name: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(os.fsdecode(name)).write_bytes(photo.read_bytes())
    async with make_session() as session:
        assert len(await session.open(os.fsdecode(name))) == 1
        assert session.image == tmp_path / os.fsdecode(name)
        answer = await session.answer("smile \udcff\ud800?")
        assert answer.model_dump_json().encode()
